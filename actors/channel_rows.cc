#include "actors/channel_rows.h"

#include "storage/keys.h"
#include "storage/read.h"

namespace aura::channel_rows {

namespace keys = storage::keys;
using storage::Family;

namespace {

std::string place_of(const Id& workspace, const Id& channel) {
  return storage::aad(Family::channel, keys::channel(workspace, channel));
}

}  // namespace

Result<record::Channel> load(const storage::Reader& reader, const Id& workspace,
                             const Id& channel) {
  return storage::read_existing<record::Channel>(
      reader, Family::channel, keys::channel(workspace, channel), "There is no such channel.");
}

Result<api::Credentials> open_credentials(storage::Vault& vault, const Id& workspace,
                                          const Id& channel, const record::Channel& row) {
  api::Credentials credentials;
  if (row.sealed_credentials().empty()) return credentials;
  const auto key = vault.workspace_key(workspace);
  if (!key) return tl::unexpected(key.error());
  const auto opened = (*key)->open(place_of(workspace, channel), row.sealed_credentials());
  if (!opened || !credentials.ParseFromString(*opened))
    return fail(Errc::corrupt, "The channel's credentials cannot be opened.");
  return credentials;
}

Result<void> seal_credentials(storage::Vault& vault, const Id& workspace, const Id& channel,
                              const api::Credentials& credentials, record::Channel& row) {
  const auto key = vault.workspace_key(workspace);
  if (!key) return tl::unexpected(key.error());
  row.set_sealed_credentials(
      (*key)->seal(place_of(workspace, channel), credentials.SerializeAsString()));
  return {};
}

void put(const Id& workspace, const Id& channel, const record::Channel& row,
         storage::Commit& commit) {
  commit.put(Family::channel, keys::channel(workspace, channel), row.SerializeAsString());
}

}  // namespace aura::channel_rows
