#!/usr/bin/env bash
# Prints the path of real transcripts to try things with: a FASTA of Debian's kallisto-examples, unpacked into build/.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
examples=$PWD/build/quickstart
transcripts=$examples/usr/share/doc/kallisto/test/transcripts.fasta.gz
if [[ ! -e $transcripts ]]; then
  package=$(awk '$1 == "data" {print $2}' tools/packages.txt)
  # Unpacked by hand: slim images tell dpkg to drop /usr/share/doc, where the file lies.
  mkdir -p "$examples"
  (cd "$examples" && apt-get -qq -o APT::Sandbox::User=root download "$package" && dpkg-deb -x "$package"_*.deb .) >&2
fi
echo "$transcripts"
