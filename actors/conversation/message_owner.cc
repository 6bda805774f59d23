#include "actors/conversation/message_owner.h"

#include "storage/keys.h"

namespace aura::conversation {

namespace keys = storage::keys;
using storage::Family;

Result<std::optional<Id>> owner_of_message(const storage::Reader& reader, const Id& workspace,
                                           const Id& message) {
  constexpr std::size_t kShared = 6;       // bytes of the conversation in a message's id
  constexpr std::size_t kCandidates = 16;  // 48 bits: even two are improbable
  const std::string prefix =
      keys::head(workspace) + std::string(message.view().substr(16 - kShared));
  const auto rows = reader.scan(Family::conversation, prefix, {}, kCandidates);
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& row : *rows) {
    const auto conversation = keys::last_id(row.key);
    if (!conversation) continue;
    const auto stored =
        reader.get(Family::message, keys::message(workspace, *conversation, message));
    if (!stored) return tl::unexpected(stored.error());
    if (*stored) return conversation;
  }
  return std::optional<Id>();
}

}  // namespace aura::conversation
