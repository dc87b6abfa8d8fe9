#!/usr/bin/env bats
# What a run is on: chosen, said, refused.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup() {
  prepare
  fasta 2 200 400 > in.fa
}

has_gpu() { "$IRESWEEP" devices | grep -q '^  cuda:.*usable$'; }

@test "devices tells of GPUs, or why there is none" {
  run --separate-stderr "$IRESWEEP" devices
  assert_success
  assert_equal "$stderr" ""
  assert_line --regexp '^cuda: .+'
}

@test "auto says what it chose and why" {
  run --separate-stderr "$IRESWEEP" scan in.fa
  assert_success
  [[ $stderr =~ device:\ (cpu|cuda:).*\(auto:\ .+\) ]]
  run --separate-stderr "$IRESWEEP" scan --device cpu in.fa
  assert_success
  [[ $stderr == *"device: cpu, "* && $stderr != *auto* ]]
}

@test "a GPU that is asked for and not there is one line that says why, and 1" {
  ! has_gpu || skip "a GPU is here"
  local device
  for device in cuda cuda:0 cuda:0,1; do
    run --separate-stderr "$IRESWEEP" scan -q --device $device in.fa
    one_line_error 1
    [[ $stderr == *"no GPU can be used: "* && $stderr == *"--device cpu"* ]]
  done
  run --separate-stderr "$IRESWEEP" scan -q --device cuda -o out.bed in.fa
  [[ ! -e out.bed ]]
}

@test "bad devices, and an instruction set for a GPU, are refused with the mend" {
  local device
  for device in gpu cuda: cuda:x cuda:0,0; do
    run --separate-stderr "$IRESWEEP" scan -q --device $device in.fa
    one_line_error 1
    [[ $stderr == *";"* ]]
  done
  run --separate-stderr "$IRESWEEP" scan -q --device cuda --isa avx2 in.fa
  one_line_error 1
  [[ $stderr == *--isa* ]]
  run --separate-stderr "$IRESWEEP" scan -q --conv fast in.fa
  one_line_error 2
}

@test "the driver is looked for only where a GPU may be wanted" {
  # The loader tells of every library that the program opens, or tries to.
  LD_DEBUG=libs "$IRESWEEP" scan -q --device cpu in.fa > /dev/null 2> log
  run grep -c libcuda log
  assert_output 0
  LD_DEBUG=libs "$IRESWEEP" --version > /dev/null 2> log
  run grep -c libcuda log
  assert_output 0
}
