#include "storage/vault/data_key.h"
#include "storage/vault/key_file.h"
#include "storage/vault/vault.h"

namespace aura::storage {

Result<DataKeyPtr> load_master_key(const std::string& path, bool may_create) {
  auto bytes = load_key_file({path, "master key", "security.master_key_file"}, may_create);
  if (!bytes) return tl::unexpected(bytes.error());
  DataKeyPtr key = std::make_shared<AesKey>(*bytes);
  wipe(*bytes);
  return key;
}

}  // namespace aura::storage
