#!/usr/bin/env bash
# Writes a man page for the program and one for every subcommand, from what --help says: man-pages.sh PROGRAM FOLDER
# `iresweep train` has pages where the trainer lies beside the program.
set -euo pipefail

program=$(readlink -f "$1")
folder=$2
version=$("$program" --version | sed -n '1s/^iresweep //p')
rm -rf "$folder"
mkdir -p "$folder"
# help2man runs what it is given through a shell, where a path may hold blanks: it finds the program by its name.
PATH=$(dirname "$program"):$PATH
export LC_ALL=C.UTF-8

# page COMMAND: "iresweep", "iresweep scan", "iresweep model show"; then those below it.
page() {
  local command=$1 name=${1// /-} help summary below
  help=$($command --help)
  summary=$(sed -n '1{s/[:.]\( .*\)\?$//;s/^./\l&/;p}' <<<"$help")
  # No date: the same sources give the same page.
  help2man --no-info --version-string "$version" --name "$summary" "$command" |
    sed -e "s/^\.TH .*/.TH ${name^^} 1 \"\" \"iresweep $version\" \"User Commands\"/" -e "/^\.SH NAME/{n;s/^$command/$name/}" |
    gzip -9n >"$folder/$name.1.gz"
  below=$(sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z-]*\)  .*/\1/p' <<<"$help")
  for word in $below; do
    [[ $word == train && ! -x ${program%/*}/iresweep-train ]] || page "$command $word"
  done
}

page iresweep
