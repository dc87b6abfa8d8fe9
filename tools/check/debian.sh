# Clean Debian 12 systems to try things in. Sourced; needs root, debootstrap and the leave to mount.
# shellcheck shell=bash

# The Debian repositories that this machine's apt is set up for, as lines "URI RELEASE"; the public one by default.
debian_repositories() {
  local found
  # shellcheck disable=SC2016
  found=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 'Component: main' 2>/dev/null |
    grep -E ' bookworm(-updates|-security)?$' | sort -u || true)
  echo "${found:-http://deb.debian.org/debian bookworm}"
}

# make_debian DIR: a minimal Debian 12 in DIR, set up to fetch packages as this machine does.
# Ends the script as skipped where the machine does not let us.
make_debian() {
  local dir=$1 mirror proxy kept
  ((EUID == 0)) || { echo "only root can make a chroot"; exit 77; }
  mirror=$(debian_repositories | awk '$2 == "bookworm" {print $1; exit}')
  proxy=$(apt-config shell proxy Acquire::http::Proxy | sed "s/^proxy='\(.*\)'$/\1/")
  [[ ! $proxy ]] || export http_proxy=${http_proxy-$proxy}
  # Several parts of a check want one: what debootstrap made is kept for a day.
  kept=build/check/debian.tar
  mkdir -p "$dir" build/check
  if [[ $(find $kept -mmin -1440 2>/dev/null) ]]; then
    tar -C "$dir" -xpf $kept
  elif ! debootstrap --variant=minbase bookworm "$dir" "$mirror" || ! in_debian "$dir" true; then
    echo "debootstrap of $mirror or its chroot does not work here"
    exit 77
  else
    tar -C "$dir" -cf $kept.part . && mv $kept.part $kept
  fi
  debian_repositories | sed 's/.*/deb & main/' >"$dir/etc/apt/sources.list"
  # Proxies, and leave to trust lists whose time is over where the clock or the mirror stands still.
  apt-config dump --no-empty Acquire | grep -E '^Acquire::(https?::|Check-|Retries)' >"$dir/etc/apt/apt.conf.d/99machine" || true
}

# in_debian DIR COMMAND...: runs it inside, with /proc and /dev; the mounts end with the command.
in_debian() {
  local dir=$1
  shift
  # shellcheck disable=SC2016
  env -u TMPDIR HOME=/root LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    unshare --mount --propagation private bash -euc '
      dir=$1; shift
      mount -t proc proc "$dir/proc"
      mount --rbind /dev "$dir/dev"
      exec chroot "$dir" "$@"' in_debian "$dir" "$@"
}
