#!/usr/bin/env bash
# Fails, naming file and line, if a source file includes what the rules forbid to its layer (rules.txt).
# check.sh [ROOT]
set -euo pipefail
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
rules=$(cd "$(dirname "$0")" && pwd)/rules.txt
cd "$root"

folders=()
for folder in config runtime storage net actors; do [ -d "$folder" ] && folders+=("$folder"); done
if [ ${#folders[@]} -eq 0 ]; then echo "no layers below $root" >&2; exit 1; fi

mapfile -d '' files < <(find "${folders[@]}" -name node_modules -prune -o \( -name '*.h' -o -name '*.cc' \) -print0)
awk -v rules="$rules" -f "$(dirname "$rules")/check.awk" "${files[@]}"
echo "layers: ${#files[@]} files keep the rules"
