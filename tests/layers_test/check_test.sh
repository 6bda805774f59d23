#!/usr/bin/env bash
# Tests that the layer check can fail: puts each line below alone into a small source tree. The check must
# report it (or, for the last lines, accept it).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

# plant EXPECTED FILE INCLUDE [FILE INCLUDE]…
plant() {
  local expected=$1 said=passes what=$*
  shift
  rm -rf "${tree:?}"/*
  mkdir -p "$tree"/{config,runtime/{ports,app},storage/schema,net,actors}
  while [ $# -gt 0 ]; do echo "#include $2" >>"$tree/$1"; shift 2; done
  bash "$here/check.sh" "$tree" >/dev/null 2>&1 || said=fails
  if [ $said != "$expected" ]; then echo "wrong: $said: $what"; failed=1; fi
}

plant fails config/a.h '"runtime/ids.h"'
plant fails runtime/a.cc '"storage/store.h"'
plant fails runtime/a.cc '"actors/agent/agent.h"'
plant fails runtime/a.cc '"net/json.h"'
plant fails runtime/ports/a.h '<caf/all.hpp>'
plant fails runtime/ports/a.h '"runtime/b.h"' runtime/b.h '<boost/asio.hpp>'
plant fails storage/a.cc '"actors/agent/agent.h"'
plant fails storage/a.cc '<boost/asio.hpp>'
plant fails storage/schema/a.h '"storage/store.h"'
plant fails net/a.cc '"storage/store.h"'
plant fails net/a.cc '"actors/agent/agent.h"'
plant fails net/a.cc '<rocksdb/db.h>'
plant fails net/a.cc '<caf/all.hpp>'
plant fails actors/a.cc '"net/json.h"'
plant fails actors/a.cc '<rocksdb/db.h>'
plant fails actors/a.cc '<boost/url.hpp>'
plant fails actors/a.cc '"storage/b.h"' storage/b.h '"storage/c.h"' storage/c.h '<rocksdb/db.h>'
plant fails actors/a.cc '"runtime/app/wiring.h"'
plant fails net/a.cc '"bench/client.h"'
plant passes storage/a.cc '"storage/schema/records.pb.h"'
plant passes net/a.cc '"storage/schema/api.pb.h"' storage/a.cc '<rocksdb/db.h>'
plant passes actors/a.cc '"storage/store.h"' storage/store.h '"runtime/ids.h"'
plant passes actors/a.cc '"runtime/ports/ingress.h"' runtime/ports/ingress.h '"runtime/result.h"'
plant passes runtime/app/main.cc '"net/json.h"' net/json.h '<rapidjson/document.h>'
exit $failed
