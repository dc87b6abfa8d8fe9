#!/usr/bin/env bash
# Runs the tests of a built preset: tools/check/tests.sh PRESET [CTEST-OPTION...]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
preset=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
ctest --preset "$preset" --parallel "$(nproc)" "$@" 2>&1 | tee "$log" || status=$?
# Said aloud: a test that did not run proves nothing.
echo "note: $(grep -c ' Passed ' "$log" || true) tests passed, $(grep -c 'Failed ' "$log" || true) failed, $(grep -c '\*\*\*Skipped' "$log" || true) skipped"
sed -n 's/^.*Test *#[0-9]*: \([^ ]*\).*\*\*\*Skipped.*/note: SKIPPED \1/p' "$log" | sort | head -n 20
exit "$status"
