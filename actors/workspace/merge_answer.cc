#include "actors/workspace/merge_answer.h"

#include <ranges>

#include "storage/keys.h"

namespace aura::merge_answer {
namespace {

// Bound to its place a second time by the idempotency row that holds it.
std::string place_of(const Id& workspace, const Id& contact) {
  return storage::aad(storage::Family::idempotency, storage::keys::contact(workspace, contact));
}

}  // namespace

Result<record::MergeAnswer> seal(storage::Vault& vault, const Id& workspace,
                                 const api::Contact& shown) {
  record::MergeAnswer answer;
  std::vector<std::string> contacts{shown.id()};
  contacts.insert(contacts.end(), shown.merged_ids().begin(), shown.merged_ids().end());
  std::string sealed = shown.SerializeAsString();
  for (const std::string& text : contacts) {
    const auto contact = parse_id(IdType::contact, text);
    if (!contact) return fail(Errc::internal, "A contact without an id was merged.");
    const auto key = vault.contact_key(workspace, *contact);
    if (!key) return tl::unexpected(key.error());
    sealed = (*key)->seal(place_of(workspace, *contact), sealed);
    answer.add_contacts(std::string(contact->view()));
  }
  answer.set_sealed(std::move(sealed));
  return answer;
}

std::optional<api::Contact> open(storage::Vault& vault, const Id& workspace,
                                 const record::MergeAnswer& answer) {
  if (answer.sealed().empty()) return std::nullopt;
  std::string opened = answer.sealed();
  for (const std::string& bytes : answer.contacts() | std::views::reverse) {
    const Id contact = Id::from_view(bytes);
    const auto key = vault.contact_key(workspace, contact);
    if (!key) return std::nullopt;
    auto inner = (*key)->open(place_of(workspace, contact), opened);
    if (!inner) return std::nullopt;
    opened = std::move(*inner);
  }
  api::Contact shown;
  if (!shown.ParseFromString(opened)) return std::nullopt;
  return shown;
}

}  // namespace aura::merge_answer
