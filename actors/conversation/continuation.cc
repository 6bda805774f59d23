#include "actors/conversation/continuation.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "actors/contact_merges.h"
#include "actors/conversation/consent.h"
#include "actors/conversation/message_owner.h"
#include "actors/conversation/rows.h"
#include "actors/conversation/steps.h"
#include "actors/conversation/unread.h"
#include "actors/or_throw.h"
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

Result<std::optional<Joinable>> joinable(const storage::Reader& reader, const Id& workspace,
                                         const Id& conversation, const Id& into) {
  auto other = load_state(reader, {workspace, {}, conversation});
  if (!other) return tl::unexpected(other.error());
  if (!other->exists) return std::nullopt;
  const Id contact = Id::from_view(other->row.contact());
  const auto whole = person_of(reader, workspace, into);
  if (!whole) return tl::unexpected(whole.error());
  const auto merged = contact_merges::whole_of(reader, workspace, contact);
  if (!merged) return tl::unexpected(merged.error());
  const auto parts = contact_merges::parts_of(reader, workspace, contact, 1);
  if (!parts) return tl::unexpected(parts.error());
  if (*merged || !parts->empty() || *whole == contact) return std::nullopt;
  return Joinable{{conversation, contact, *whole}, std::move(other->row)};
}

void adopt(Decision& decision, const record::Conversation& other, const Rules& rules, Millis now) {
  auto& row = decision.next.row;
  row.set_last_inbound_ms(std::max(row.last_inbound_ms(), other.last_inbound_ms()));
  row.set_last_activity_ms(std::max(row.last_activity_ms(), other.last_activity_ms()));
  adopt_consent(decision, other.consent());
  if (other.name_ms() > row.name_ms()) {
    row.set_name_ms(other.name_ms());
    decision.joined->newer_name = true;
    if (!decision.name_in_book) decision.contact_name.reset();
  }
  row.set_book_name_ms(std::max(row.book_name_ms(), other.book_name_ms()));
  for (const Millis at : other.unread_ms()) count_unread(row, at);
  if (row.status() == api::CONVERSATION_STATUS_CLOSED) row.set_status(other.status());
  if (other.handler() == api::HANDLER_HUMAN && row.handler() == api::HANDLER_AI)
    hand_to_human(decision, rules, now, other.handover_deadline_ms() != 0);
  decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
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

std::optional<StoredMessage> ThreadRows::message(const Id& id) const {
  if (auto own = own_.message(id)) return own;
  if (own_.broken() || contact_.empty()) return std::nullopt;
  constexpr const char* kWhat = "continuation";
  const auto owner = or_throw(owner_of_message(reader_, place_.workspace, id), kWhat);
  if (!owner) return std::nullopt;
  const auto before =
      or_throw(continued_by(reader_, place_.workspace, place_.conversation, contact_), kWhat);
  if (std::ranges::find(before, *owner) == before.end()) return std::nullopt;
  const Place there{place_.workspace, place_.channel, *owner};
  const auto state = or_throw(load_state(reader_, there), kWhat);
  if (!state.exists) return std::nullopt;
  auto keys = row_keys(vault_, place_.workspace, Id::from_view(state.row.contact()));
  if (!keys && keys.error().code == Errc::not_found) return std::nullopt;  // erased
  const StoredRows rows(reader_, vault_, there, or_throw(std::move(keys), kWhat));
  auto message = rows.message(id);
  if (rows.broken()) throw std::runtime_error(rows.broken()->detail);
  return message;
}

}  // namespace aura::conversation
