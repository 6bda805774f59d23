#!/usr/bin/env bash
# package_test.sh CPACK CONFIG PACKAGING: builds the .deb and looks at what is in it.
set -euo pipefail
cpack=$1 config=$2 packaging=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
die() { echo "package: $*" >&2; exit 1; }

(cd "$work" && "$cpack" --config "$config" -B "$work/out") >"$work/log" 2>&1 || { cat "$work/log" >&2; die "cpack failed"; }
deb=$(echo "$work"/out/aura_*.deb)
[ -f "$deb" ] || die "there is no package"

dpkg-deb --contents "$deb" >"$work/contents"
has() { grep -qE "^$1 root/root .* $2\$" "$work/contents" || { cat "$work/contents" >&2; die "lacks $2 ($1)"; }; }
has '-rwxr-xr-x' '\./usr/bin/aura'
has '-rw-r--r--' '\./usr/lib/systemd/system/aura\.service'
has '-rw-r--r--' '\./etc/aura/aura\.toml'
for document in README.md LICENSE Containerfile sbom.json net/{api,chat,connect,operator}/README.md {storage,web}/README.md; do has '-rw-r--r--' "\\./usr/share/doc/aura/$document"; done
for file in alerts.yml grafana-dashboard.json prometheus.yml; do has '-rw-r--r--' "\\./usr/share/doc/aura/observability/$file"; done
! grep -vE '\./(usr/(bin|lib|share)|etc/aura|$)|\./(usr|etc)/$' "$work/contents" || die "holds more than it should"

dpkg-deb --control "$deb" "$work/control"
grep -qx /etc/aura/aura.toml "$work/control/conffiles" || die "the configuration is no conffile"
for script in postinst prerm; do
  [ -x "$work/control/$script" ] || die "$script is not executable"
  sh -n "$work/control/$script" || die "$script"
done
depends=$(dpkg-deb --field "$deb" Depends)
for library in librocksdb libcaf-core libssl3 ca-certificates; do
  [[ $depends == *"$library"* ]] || die "does not depend on $library: $depends"
done

# An upgrade says that the old program still runs; a first installation has nothing to say.
mkdir "$work/stubs"
for stub in systemctl getent install; do printf '#!/bin/sh\n' >"$work/stubs/$stub" && chmod +x "$work/stubs/$stub"; done
said=$(PATH="$work/stubs:$PATH" "$work/control/postinst" configure 0.1) || die "postinst fails"
[[ $said == *"systemctl restart aura"* ]] || die "an upgrade gives no hint: $said"
said=$(PATH="$work/stubs:$PATH" "$work/control/postinst" configure "") || die "postinst fails"
[ -z "$said" ] || die "a first installation says: $said"

# What is installed runs, and takes its own configuration.
dpkg-deb --extract "$deb" "$work/root"
"$work/root/usr/bin/aura" check-config "$work/root/etc/aura/aura.toml" || die "the packaged configuration is refused"
grep -q '"name": "librocksdb-dev", "version": "[0-9]' "$work/root/usr/share/doc/aura/sbom.json" ||
  die "the bill of materials names no version of RocksDB"
header=$(readelf --file-header --program-headers --dynamic "$work/root/usr/bin/aura")
grep -q 'Type: *DYN' <<<"$header" || die "the program is not position-independent"
grep -q GNU_RELRO <<<"$header" || die "the program lacks RELRO"
grep -q BIND_NOW <<<"$header" || die "the program binds lazily"

if command -v systemd-analyze >/dev/null; then
  # The unit with the extracted program in place: nothing else of it may be wrong.
  sed "s#ExecStart=/usr/bin/aura#ExecStart=$work/root/usr/bin/aura#" "$packaging/aura.service" >"$work/aura.service"
  said=$(systemd-analyze verify --man=no "$work/aura.service" 2>&1 | grep -F aura.service || true)
  [ -z "$said" ] || die "systemd-analyze: $said"
  systemd-analyze security --offline=true --threshold=20 "$packaging/aura.service" >"$work/log" 2>&1 ||
    { tail -n 3 "$work/log" >&2; die "the service is exposed to more than 2.0 of 10"; }
else
  echo "package: systemd-analyze is missing, the unit was not verified" >&2
fi
grep -q '^Type=notify' "$packaging/aura.service" || die "the unit does not wait for readiness"
