#!/usr/bin/env bash
# Configures and builds a preset of CMakePresets.json: tools/check/build.sh PRESET [TARGET...]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
preset=$1
shift
cmake --preset "$preset"
cmake --build --preset "$preset" --parallel "$(nproc)" ${1:+--target "$@"}
