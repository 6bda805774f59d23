#!/usr/bin/env bash
# installed_test.sh DEB [CONTAINERFILE]: installs the package on a fresh Debian 12 and runs it as the service of a booted
# systemd (systemd-nspawn), then builds and runs the container. By hand, because it needs root, a Debian mirror and
#   apt-get install debootstrap systemd-container podman buildah runc
#   cpack --config build/release/CPackConfig.cmake -B build/package
#   sudo tests/packaging/installed_test.sh build/package/aura_*.deb
set -euo pipefail
deb=$(realpath "$1") containerfile=$(realpath "${2:-$(dirname "$0")/../../packaging/Containerfile}")
mirror=${MIRROR:-http://deb.debian.org/debian}
work=$(mktemp -d /var/tmp/aura-installed.XXXXXX)
# As many as this machine allows: without CAP_SYS_RESOURCE limits cannot be raised.
files=$(ulimit -Hn)
podman=(podman --root "$work/images" --runroot "$work/run" --storage-driver vfs --cgroup-manager cgroupfs --runtime runc)
nspawn=
clean_up() {
  "${podman[@]}" rm -f aura >/dev/null 2>&1 || true
  [ -z "$nspawn" ] || { kill "$nspawn" && wait "$nspawn"; } 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
say() { echo "installed: $*"; }
die() { say "$*" >&2; exit 1; }
# by SECONDS COMMAND…: the command succeeds before that
by() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $deadline ] || die "in vain: $*"; sleep 0.1; done
}

# ---- a service of systemd

fresh_debian() {
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates,curl bookworm "$1" "$mirror" >"$work/log" 2>&1 ||
    { tail "$work/log"; die "debootstrap"; }
}
inside() { nsenter --target "$leader" --all -- "$@"; }
unit() { inside systemctl show aura --property "$1" --value; }
is() { [ "$(unit "$1")" = "$2" ]; }
engine() { inside bash -c "$1" -- "$(unit MainPID)"; }

service() {
  fresh_debian "$work/system"
  cp "$deb" "$work/system/root/aura.deb"
  chroot "$work/system" sh -c 'apt-get install -y --no-install-recommends /root/aura.deb && systemctl enable aura' >"$work/log" 2>&1 ||
    { tail "$work/log"; die "the package cannot be installed"; }
  mkdir -p "$work/system/etc/systemd/system/aura.service.d" /run/systemd
  printf '[Service]\nWatchdogSec=3\n' >"$work/system/etc/systemd/system/aura.service.d/quick.conf"
  systemd-nspawn --directory "$work/system" --boot --register=no --keep-unit --private-network \
    --rlimit="RLIMIT_NOFILE=$files" --rlimit=RLIMIT_NPROC=4000 </dev/null >"$work/console" 2>&1 &
  nspawn=$!
  by 30 pgrep -P "$nspawn"
  leader=$(pgrep -P "$nspawn")

  by 60 is ActiveState active
  [[ $(unit StatusText) == "taking traffic" ]] || die "its status: $(unit StatusText)"
  engine 'curl -fsS http://127.0.0.1:9090/readyz' >/dev/null || die "it is not ready"
  say "systemd started it and was told that it is ready"

  engine 'grep -q "^CapEff:.0*$" /proc/$1/status && grep -q "^NoNewPrivs:.1$" /proc/$1/status &&
    grep -q "^Seccomp:.2$" /proc/$1/status && ! grep -q "^Uid:.0" /proc/$1/status' || die "it has rights"
  engine '! nsenter -t $1 -m touch /etc/x /usr/x /var/x && nsenter -t $1 -m touch /var/lib/aura/x' 2>/dev/null ||
    die "it can write elsewhere, or not to its data"
  say "it has no rights, and writes only its data"

  engine 'kill -KILL $1'
  by 30 is NRestarts 1
  by 30 is ActiveState active
  say "killed, it was started again"
  engine 'kill -STOP $1'
  by 30 is NRestarts 2
  by 30 is ActiveState active
  inside journalctl -u aura -o cat | grep -q "Watchdog timeout" || die "the watchdog did not act"
  say "stopped dead, it was ended by the watchdog and started again"
  inside systemctl stop aura
  is Result success || die "it ended with $(unit Result)"
  say "it stops when it is told to"
  kill "$nspawn"
  wait "$nspawn" || true
  nspawn=
}

# ---- a container

container() {
  "${podman[@]}" pull -q docker.io/library/debian:12-slim >/dev/null 2>&1 || {
    say "no registry: the base image is a Debian 12 of the mirror"
    debootstrap --variant=minbase bookworm "$work/base" "$mirror" >"$work/log" 2>&1 || die "debootstrap"
    tar -C "$work/base" -c . | "${podman[@]}" import -q - docker.io/library/debian:12-slim >/dev/null
  }
  "${podman[@]}" build --format docker --isolation chroot --pull=never -f "$containerfile" -t aura "$(dirname "$deb")" >"$work/log" 2>&1 ||
    { tail "$work/log"; die "the container cannot be built"; }
  "${podman[@]}" run --detach --name aura --network none --ulimit "nofile=$files" --ulimit nproc=4000 \
    -v aura:/var/lib/aura aura >/dev/null 2>"$work/log" || { cat "$work/log"; die "the container does not start"; }
  by 30 "${podman[@]}" healthcheck run aura
  [ "$("${podman[@]}" exec aura id -un)" = aura ] || die "the container runs as another user"
  "${podman[@]}" stop -t 30 aura >/dev/null 2>&1
  [ "$("${podman[@]}" inspect aura --format '{{.State.ExitCode}}')" = 0 ] || die "the container did not end well"
  say "the container is healthy, and stops when it is told to"
}

service
container
