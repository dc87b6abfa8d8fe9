#!/usr/bin/env bash
# Every shell script and bats file passes shellcheck. Variables that end with their subshell (SC2030, SC2031) are what a
# bats test is made of.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
find .ci/run tools tests bench \( -name '*.sh' -o -name '*.bash' -o -name '*.bats' -o -name run \) -type f -print0 |
  xargs -0 shellcheck --external-sources --exclude=SC2030,SC2031
