#include "actors/conversation/shop_phrase.h"

#include "actors/or_throw.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::conversation {

std::string_view shop_phrase(const storage::Reader& reader, const Id& workspace,
                             agent::Phrase phrase) {
  record::Workspace shop;
  const auto row = or_throw(
      reader.get(storage::Family::workspace, storage::keys::workspace(workspace)), "workspace");
  if (row) shop.ParseFromString(*row);
  return agent::phrase(phrase, agent::language_of_locale(shop.workspace().locale()));
}

}  // namespace aura::conversation
