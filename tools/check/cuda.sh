#!/usr/bin/env bash
# The CUDA kernels compile without a warning for Turing, Hopper and Blackwell and as PTX, that PTX holds nothing that it
# may not (cuda_ptx.py), and they take what kernels/cuda/RESOURCES.md says. Needs nvcc, no GPU.
#   tools/check/cuda.sh [--write]     --write makes that table anew
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
nvcc=$(command -v nvcc || command -v /usr/local/cuda/bin/nvcc) || { echo "no CUDA toolkit here: nvcc is not found"; exit 77; }
# The build's own options.
options=$(sed -n 's/.*COMPILE_LANGUAGE:CUDA>:\([^>]*\)>".*/\1/p' kernels/cuda/CMakeLists.txt | paste -sd ';')
[[ $options ]] || { echo "kernels/cuda/CMakeLists.txt: no options for CUDA found"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# compile ARCHITECTURE KERNEL.cu: $work/KERNEL.ARCHITECTURE.ptx, and what the assembler says of it as .txt
compile() {
  local made separate
  made=$work/$(basename "$2" .cu).$1
  IFS=';' read -ra separate <<<"$options"
  "$nvcc" -std=c++20 -O3 -DNDEBUG -I. -Iinclude "${separate[@]}" "-arch=compute_$1" -ptx "$2" -o "$made.ptx"
  [[ ! $1 =~ ^(75|90|120)$ ]] || "$nvcc" "${separate[@]}" -Xptxas=-v "-arch=sm_$1" -cubin "$made.ptx" -o "$made.cubin" >"$made.txt" 2>&1 ||
    { cat "$made.txt"; return 1; }
}
export -f compile
export nvcc options work
for kernel in kernels/cuda/*.cu; do
  for architecture in 75 80 90 100 120; do printf '%s\0' "$architecture" "$kernel"; done
done | xargs -0 -n 2 -P "$(nproc)" bash -c "set -euo pipefail; compile \"\$@\"" _

version=$("$nvcc" --version | sed -n 's/.*release .*, V\(.*\)/nvcc \1/p')
if [[ ${1-} == --write ]]; then
  table=$(python3 tools/check/cuda_resources.py "$version" "$work")
  echo "$table" >kernels/cuda/RESOURCES.md
  exit
fi
python3 tools/check/cuda_ptx.py "$work"/*.ptx
python3 tools/check/cuda_resources.py --check "$version" "$work"
