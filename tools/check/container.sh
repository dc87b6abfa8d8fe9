#!/usr/bin/env bash
# Builds the Dockerfile's image by podman and runs it as a user who has no name, with a read-only root.
#   tools/check/container.sh [--compile]
# The package in the image is made of build/release; with --compile, of the sources, by the Dockerfile's first stage, which
# takes as long as a build. The base is a debootstrap: no registry is asked. Exits 77 where podman cannot run a container.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# In a mount namespace of its own, the mounts of podman end with the script.
if [[ ! ${IRESWEEP_CONTAINER_WORK-} ]]; then
  unshare --mount true || { echo "mount namespaces are forbidden here"; exit 77; }
  IRESWEEP_CONTAINER_WORK=$(mktemp -d)
  export IRESWEEP_CONTAINER_WORK
  trap 'rm -rf "$IRESWEEP_CONTAINER_WORK"' EXIT
  unshare --mount --propagation private "$0" "$@"
  exit
fi
work=$IRESWEEP_CONTAINER_WORK
# shellcheck source=tools/check/debian.sh
source tools/check/debian.sh
make_debian "$work/debian"

# crun refuses a machine with cgroups of both kinds, and podman's locks lie in /dev/shm.
umount /sys/fs/cgroup/unified 2>/dev/null || true
mount -t tmpfs tmpfs /dev/shm
# Nothing is shared with the podman of the machine. In memory layers cost no time, and overlays work wherever the disk's
# own file system would not have them.
mkdir "$work/podman"
mount -t tmpfs tmpfs "$work/podman"
podman() {
  local dir=$work/podman
  HOME=$dir command podman --root "$dir/store" --runroot "$dir/run" --tmpdir "$dir/tmp" --storage-driver overlay \
    --cgroup-manager cgroupfs "$@"
}
# container OPTION... IMAGE ARGUMENT...: limits that may not be raised here are named as they are.
container() {
  podman run --rm --cgroups=disabled --network none --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    --read-only --read-only-tmpfs=false --user 12345:23456 "$@"
}

if ! tar -C "$work/debian" -c . | podman import --quiet - localhost/base || ! container localhost/base true; then
  echo "podman cannot run a container here"
  exit 77
fi

options=(--build-arg BASE=localhost/base --pull=never --isolation chroot --layers=false)
if [[ ${1-} != --compile ]]; then
  cpack --config build/release/CPackConfig.cmake -D CPACK_COMPONENTS_ALL=program -B "$work/context/package"
  options+=(--build-context "package=$work/context")
fi
podman build "${options[@]}" --tag iresweep .

data=$work/data
mkdir -p "$data" "$work/home" "$work/cache"
awk 'BEGIN { srand(1); print ">r"; for (i = 0; i < 3000; ++i) printf "%s", substr("ACGU", 1 + int(4 * rand()), 1); print "" }' >"$data/r.fa"
scan=(scan --threshold 0.5 --regions r:100-2900 -o hits.bed.gz)
(cp "$data/r.fa" "$work/cache" && cd "$work/cache" && "$OLDPWD/build/release/tools/iresweep" "${scan[@]}" r.fa)
chown 12345:23456 "$data" "$work/home"
chmod 755 "$work"

in_image=(--volume "$data:/data" --volume "$work/home:/home/any" --env HOME=/home/any)
container "${in_image[@]}" iresweep --version
container "${in_image[@]}" iresweep "${scan[@]}" r.fa
cmp "$work/cache/hits.bed.gz" "$data/hits.bed.gz"
(($(zcat "$data/hits.bed.gz" | wc -l) > 1)) || { echo "no hits to compare"; exit 1; }
[[ $(stat -c %u:%g "$data/hits.bed.gz") == 12345:23456 ]] || { echo "the output is not the user's"; exit 1; }
left=$(cd "$data" && echo *)
[[ $left == "hits.bed.gz hits.bed.gz.tbi r.fa r.fa.fai" ]] || { echo "left behind in the data: $left"; exit 1; }
[[ ! $(ls -A "$work/home") ]] || { echo "written to the home folder:"; ls -lA "$work/home"; exit 1; }
if container --entrypoint touch iresweep /tmp/x 2>/dev/null; then
  echo "the root was not read-only: this proved nothing"
  exit 1
fi
echo "note: image of $(podman image inspect --format '{{.Size}}' iresweep) bytes, $(stat -c %s "$work"/context/package/*.deb 2>/dev/null || echo compiled) of them the package"
