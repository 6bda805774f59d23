// The conversation's contact: updates from events and from the API, and its erasure.
#include <algorithm>
#include <stdexcept>

#include "actors/contact_merges.h"
#include "actors/conversation/continuation.h"
#include "actors/conversation/conversation_actor.h"
#include "actors/conversation/identities.h"
#include "actors/or_throw.h"
#include "actors/refusal.h"
#include "actors/told_change.h"
#include "actors/views.h"
#include "storage/keys.h"
#include "storage/vault/erase_contact.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// The contact data in a decision as one string, to recognise repeated data without a read.
std::string told_by(const conversation::Decision& decision) {
  std::string all = decision.contact_name.value_or("");
  if (decision.name_in_book) all += '\0';
  for (const auto& identity : decision.identities)
    all.append(1, '\0').append(identity.kind).append(1, '\0').append(identity.value);
  return all;
}

Id contact_of(const conversation::Decision& decision) {
  return Id::from_view(decision.next.row.contact());
}

// A field that is sent empty or as null is deleted.
void change(const api::ContactInput& input, record::ContactBody& body) {
  if (input.has_name()) body.set_name(input.name());
  if (input.has_email()) body.set_email(input.email());
  if (input.has_phone()) body.set_phone(input.phone());
  const auto gone = [&](const char* name, const std::string& value) {
    return value.empty() ||
           std::find(input.cleared().begin(), input.cleared().end(), name) != input.cleared().end();
  };
  if (gone("name", body.name())) body.clear_name();
  if (gone("email", body.email())) body.clear_email();
  if (gone("phone", body.phone())) body.clear_phone();
}

}  // namespace

// Whether the event names an id by which the contact has another conversation: that one goes on in
// this one from now on. Read only if the event names other ids than the one before.
void ConversationActor::find_joined(conversation::Decision& decision) const {
  const bool may = decision.changed && !decision.identities.empty() && !decision.ids_of_recipient &&
                   conversation::has_aliases(decision.next.row.channel_type());
  if (!may || (told_by(decision) == told_ && !decision.given_up)) return;
  const auto place = this->place();
  const conversation::Links links(services_.reader, place, key_.of_workspace());
  const auto elsewhere = links.elsewhere(decision.identities);
  if (!elsewhere) return;
  const auto other = or_throw(
      conversation::joinable(services_.reader, what_.workspace, *elsewhere, contact_of(decision)),
      "contact");
  if (!other) return;
  decision.joined = other->joined;
  conversation::adopt(decision, other->row, rules(), now());
}

// The contact of the conversation that goes on in this one; nothing if it was erased.
std::optional<record::ContactBody> ConversationActor::joined_contact(
    const conversation::Decision& decision) const {
  if (!decision.joined) return std::nullopt;
  const Id& contact = decision.joined->contact;
  const auto key = services_.vault.contact_key(what_.workspace, contact);
  if (!key && key.error().code == Errc::not_found) return std::nullopt;
  if (!key) throw std::runtime_error("contact key: " + key.error().detail);
  return or_throw(
      conversation::load_contact(services_.reader, what_.workspace, contact, **key, nullptr),
      "contact");
}

// The contact of the other conversation is shown as a part of this one's, and its ids lead here.
void ConversationActor::join(const conversation::Joined& other, const record::ContactBody& body,
                             const conversation::Links& links, storage::Commit& commit) {
  links.take(other.conversation, body, commit);
  contact_merges::put(what_.workspace, other.contact, other.whole, what_.conversation, now(),
                      commit);
  for (const Id& shown : {other.contact, other.whole})
    tell_change(record::Feed::KIND_CONTACT_UPDATED, what_.workspace, shown, now(), commit);
}

// Reads the contact row only if the event carries other contact data than the event before.
void ConversationActor::write_contact(const conversation::Decision& decision,
                                      storage::Commit& commit) {
  const auto place = this->place();
  const auto type = decision.next.row.channel_type();
  const bool aliases = conversation::has_aliases(type);
  const conversation::Links links(services_.reader, place, key_.of_workspace());
  const auto joined = joined_contact(decision);
  if (!contact_known_) {
    conversation::encode_new_contact(decision, joined, place, *key_, now(), commit);
    if (joined) join(*decision.joined, *joined, links, commit);
    if (aliases)
      links.put(decision.next.thread, decision.identities, decision.identities_at, commit);
    if (aliases && decision.given_up) links.end(*decision.given_up, decision.joined, commit);
    told_ = told_by(decision);
    return;
  }
  if (decision.identities.empty() && !decision.contact_name && !decision.given_up) return;
  if (decision.ids_of_recipient && !aliases) return;
  std::string told = told_by(decision);
  std::string& known = decision.ids_of_recipient ? told_of_recipient_ : told_;
  if (told == std::exchange(known, told) && !decision.given_up) return;
  const Id contact = contact_of(decision);
  record::Contact row;
  auto body =
      or_throw(conversation::load_contact(services_.reader, what_.workspace, contact, *key_, &row),
               "contact");
  const std::string before = body.SerializeAsString();
  if (decision.given_up) conversation::give_up(body, *decision.given_up, decision.identities);
  auto identities = conversation::not_given_up(body, decision.identities);
  if (decision.ids_of_recipient) {
    identities = links.of_recipient(body, identities);
    if (identities.empty()) return;
  }
  // Somebody merged the other contact otherwise: they stay its own.
  if (decision.given_up && !decision.joined && links.elsewhere(identities)) identities.clear();
  if (!decision.given_up || !identities.empty())
    conversation::add_identities(body, place, type, decision.next.thread, identities);
  const std::string name = body.name();
  if (joined) conversation::take_name(body, *joined, decision.joined->newer_name);
  if (decision.contact_name)
    conversation::tell_name(body, *decision.contact_name, decision.name_in_book);
  if (body.name() != name)
    tell_change(record::Feed::KIND_CONTACT_UPDATED, what_.workspace, contact, now(), commit);
  if (decision.given_up && decision.given_up->lost)
    tell_change(record::Feed::KIND_CONTACT_UPDATED, what_.workspace, contact, now(), commit);
  if (body.SerializeAsString() == before && !decision.joined && !decision.given_up) return;
  conversation::encode_contact(what_.workspace, contact, body, row, *key_, now(), commit);
  if (joined) join(*decision.joined, *joined, links, commit);
  if (aliases) links.put(decision.next.thread, identities, decision.identities_at, commit);
  if (aliases && decision.given_up) links.end(*decision.given_up, decision.joined, commit);
}

// Where a contact that has lost its number is reached: its newest user id, or the number if there
// is none.
void ConversationActor::name_by_user_id(ChannelEvent& number_lost) const {
  if (!state_.exists || !key_) return;
  number_lost.thread = number_lost.target_id;
  const auto body =
      or_throw(conversation::load_contact(services_.reader, what_.workspace,
                                          Id::from_view(state_.row.contact()), *key_, nullptr),
               "contact");
  for (const auto& identity : body.identities())
    if (identity.kind() == "bsuid") number_lost.thread = identity.external_id();
}

void ConversationActor::handle(UpdateContact& command) {
  if (!state_.exists) return command.reply.error(Errc::not_found, "There is no such contact.");
  const Id contact = Id::from_view(state_.row.contact());
  record::Contact row;
  auto body = conversation::load_contact(services_.reader, what_.workspace, contact, *key_, &row);
  if (!body) return command.reply(tl::unexpected(body.error()));
  const std::string before = body->SerializeAsString(), name = body->name();
  change(command.input, *body);
  if (body->name() != name) {
    body->clear_name_told();
    body->clear_name_in_book();
    told_.clear();
  }
  if (body->SerializeAsString() == before)
    return command.reply.ok(views::contact(contact, row, *body));
  storage::Commit commit;
  row.set_updated_ms(now());
  tell_change(record::Feed::KIND_CONTACT_UPDATED, what_.workspace, contact, now(), commit);
  conversation::encode_contact(what_.workspace, contact, *body, row, *key_, now(), commit);
  commit.audit =
      storage::AuditEntry{now(), "api", "contact.update", format_id(IdType::contact, contact)};
  commit_decision({}, std::move(commit),
                  [reply = command.reply, answer = views::contact(contact, row, *body)](Errc code) {
                    if (code == Errc::ok) return reply.ok(answer);
                    refuse(reply, code);
                  });
}

// Erases all rows sealed under the contact's key.
void ConversationActor::erase_rows(storage::Commit& commit) const {
  storage::erase_contact_rows({what_.workspace, Id::from_view(state_.row.contact()), channel_,
                               what_.conversation, state_.row.inbox_ms()},
                              commit);
}

// Destroying the contact's key makes every copy of its data unreadable at once, including the log
// and backups; the rows are erased to free their space. If an erasure is interrupted between the
// two (disk full), it can be requested again: rows without a key can still be erased.
void ConversationActor::handle(EraseContact& command) {
  if (!state_.exists && state_.version == 0)
    return command.reply.error(Errc::not_found, "There is no such contact.");
  const Id contact = Id::from_view(state_.row.contact());
  storage::Commit commit;
  tell_change(record::Feed::KIND_CONTACT_DELETED, what_.workspace, contact, now(), commit);
  if (auto erased = storage::erase_merges(services_.reader, what_.workspace, contact, commit);
      !erased)
    return command.reply(tl::unexpected(erased.error()));
  commit.workspace = what_.workspace;
  services_.vault.destroy_contact_key(what_.workspace, contact, commit);
  erase_rows(commit);
  if (key_) {
    const auto body =
        conversation::load_contact(services_.reader, what_.workspace, contact, *key_, nullptr);
    if (!body && body.error().code == Errc::io) return command.reply(tl::unexpected(body.error()));
    const auto place = this->place();
    if (body)
      conversation::Links(services_.reader, place, key_.of_workspace()).erase(*body, commit);
  }
  if (state_.row.has_consent())  // rewritten: an older version's row contains personal ids
    commit.put(Family::consent, keys::consent(what_.workspace, what_.conversation),
               state_.row.consent().SerializeAsString());
  commit.fence =
      storage::Fence{Family::conversation, keys::conversation(what_.workspace, what_.conversation),
                     state_.version};
  commit.audit =
      storage::AuditEntry{now(), "api", "contact.erase", format_id(IdType::contact, contact)};
  busy_committing_ = true;
  CoreActor::commit(std::move(commit),
                    [this, reply = command.reply](const storage::CommitResult& result) {
                      busy_committing_ = false;
                      if (result.code == Errc::ok) {
                        reply.ok({});
                        return quit();  // the next message starts a new conversation state
                      }
                      refuse(reply, result.code);
                      end_step(to_string(result.code));
                      if (result.code != Errc::overloaded)  // the key may be destroyed already
                        return crash("erasing a contact failed");
                      if (stopping_) return quit();
                      run_next();
                    });
}

}  // namespace aura
