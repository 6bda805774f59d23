#include "actors/conversation/continuation.h"

#include "actors/contact_merges.h"
#include "actors/conversation/rows.h"
#include "storage/keys.h"
#include "storage/read.h"

namespace aura::conversation {
namespace {

constexpr std::size_t kParts = 100;  // looked at

Result<Id> person_of(const storage::Reader& reader, const Id& workspace, const Id& contact) {
  const auto whole = contact_merges::whole_of(reader, workspace, contact);
  if (!whole) return tl::unexpected(whole.error());
  return whole->value_or(contact);
}

}  // namespace

Result<std::optional<Id>> continued_in(const storage::Reader& reader, const Id& workspace,
                                       const Id& contact) {
  const auto merge = contact_merges::of(reader, workspace, contact);
  if (!merge) return tl::unexpected(merge.error());
  if (!*merge || (*merge)->continued_in().empty()) return std::nullopt;
  const Id next = Id::from_view((*merge)->continued_in());
  const auto state = load_state(reader, {workspace, {}, next});
  if (!state) return tl::unexpected(state.error());
  if (!state->exists) return std::nullopt;
  const auto person = person_of(reader, workspace, Id::from_view(state->row.contact()));
  if (!person) return tl::unexpected(person.error());
  if (person->view() != (*merge)->into()) return std::nullopt;
  return next;
}

Result<std::vector<Id>> continued_by(const storage::Reader& reader, const Id& workspace,
                                     const Id& conversation, const Id& contact) {
  const auto person = person_of(reader, workspace, contact);
  if (!person) return tl::unexpected(person.error());
  const auto parts = contact_merges::parts_of(reader, workspace, *person, kParts);
  if (!parts) return tl::unexpected(parts.error());
  std::vector<Id> before;
  for (const Id& part : *parts) {
    const auto next = continued_in(reader, workspace, part);
    if (!next) return tl::unexpected(next.error());
    if (*next != conversation) continue;
    const auto row = storage::read<record::Contact>(reader, storage::Family::contact,
                                                    storage::keys::contact(workspace, part));
    if (!row) return tl::unexpected(row.error());
    if (*row && !(*row)->conversation().empty())
      before.push_back(Id::from_view((*row)->conversation()));
  }
  return before;
}

}  // namespace aura::conversation
