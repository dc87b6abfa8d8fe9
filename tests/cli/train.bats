#!/usr/bin/env bats
# `iresweep train` starts the trainer where there is one, and says how to get it where there is none.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup() {
  prepare
  # The program alone, as its package installs it.
  mkdir bin
  cp "$IRESWEEP" bin/iresweep
}

# A trainer that says what it was given.
put_trainer() {
  mkdir -p "$1"
  printf '#!/bin/sh\nprintf "%%s\\n" "%s" "$@"\nexit 7\n' "$1" > "$1/iresweep-train"
  chmod +x "$1/iresweep-train"
}

@test "without a trainer: one line that says how to get it" {
  for arguments in "" "fit table.tsv" "--help"; do
    # shellcheck disable=SC2086 # words
    PATH=/usr/bin:/bin run --separate-stderr bin/iresweep train $arguments
    one_line_error 1
    [[ $stderr == *"package iresweep-train"*libtorch-dev* ]]
  done
}

@test "the trainer beside the program comes first, then ../libexec, then PATH; all arguments and its exit code pass" {
  put_trainer "$PWD/on_path"
  PATH="$PWD/on_path:$PATH" run bin/iresweep train fit "a b" --help -- '*' ''
  assert_failure 7
  assert_output "$PWD/on_path"$'\nfit\na b\n--help\n--\n*'
  put_trainer "$PWD/libexec"
  PATH="$PWD/on_path:$PATH" run bin/iresweep train
  assert_output "$PWD/libexec"
  put_trainer "$PWD/bin"
  PATH="$PWD/on_path:$PATH" run bin/iresweep train
  assert_output "$PWD/bin"
  # Found through a link to the program, too, as /usr/local/bin may hold one.
  ln -s "$PWD/bin/iresweep" link
  PATH=/usr/bin:/bin run ./link train
  assert_output "$PWD/bin"
}

@test "a trainer that cannot be run is passed over" {
  put_trainer "$PWD/libexec"
  mkdir bin/iresweep-train
  PATH=/usr/bin:/bin run bin/iresweep train
  assert_output "$PWD/libexec"
}

@test "the scanner does not link LibTorch" {
  run ldd "$IRESWEEP"
  assert_success
  assert_output --partial libhts
  refute_output --regexp 'torch|c10|protobuf'
}
