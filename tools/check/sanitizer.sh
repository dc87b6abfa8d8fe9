#!/usr/bin/env bash
# Builds and tests under a sanitizer: tools/check/sanitizer.sh asan|tsan
# asan (with ubsan) runs every test; tsan those of the parts that run threads, but for the longest that start none.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
case $1 in
  asan) targets=() select=() ;;
  tsan) targets=(test_scan test_engine) select=(--tests-regex '^(scan|engine):' --exclude-regex '(TilerSteps|Caller(Rules)?|PublishedTest)\.') ;;
  *) echo "usage: $0 asan|tsan" >&2; exit 2 ;;
esac
./build.sh "$1" "${targets[@]}"
./tests.sh "$1" "${select[@]}"
