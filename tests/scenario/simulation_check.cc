// The invariants at the end of a run, whatever happened: compares the stored data with what the
// customers did and what the provider accepted.
#include <algorithm>

#include "actors/conversation/rows.h"
#include "storage/counter.h"
#include "storage/keys.h"
#include "tests/scenario/simulation.h"

namespace aura::test {

namespace keys = storage::keys;
using conversation::StoredMessage;
using storage::Family;

struct Simulation::Conversation {
  Id id;
  conversation::State state;
  std::vector<StoredMessage> messages;
};

std::vector<Simulation::Conversation> Simulation::load() {
  std::vector<Conversation> all;
  const auto& reader = world_->rows();
  std::vector<Id> ids;
  (void)reader.for_each(Family::conversation, {}, [&](std::string_view key, std::string_view) {
    ids.push_back(*keys::last_id(key));
    return true;
  });
  for (const Id& id : ids) {
    Conversation one;
    one.id = id;
    conversation::Place place{customers_.workspace, {}, id};
    auto state = conversation::load_state(reader, place);
    const auto key = world_->services().vault.contact_key(
        customers_.workspace, Id::from_view(state.value().row.contact()));
    if (!key || !conversation::open_state(place, **key, *state)) {
      wrong("a conversation cannot be opened with its contact's key");
      continue;
    }
    one.state = std::move(*state);
    const auto rows = reader.scan(Family::message, keys::messages_of(customers_.workspace, id), {},
                                  100'000, storage::Reader::Direction::forward);
    for (const auto& row : rows.value()) {
      if (auto message = conversation::decode_message(row.key, row.value, **key))
        one.messages.push_back(std::move(*message));
      else
        wrong("a message cannot be opened with its contact's key");
    }
    all.push_back(std::move(one));
  }
  return all;
}

void Simulation::check() {
  const auto all = load();
  check_inbound(all);
  check_sends(all);
  for (const auto& conversation : all) {
    check_order(conversation);
    check_conversation(conversation.id, conversation);
  }
  if (const auto dead = world_->count(Family::dead_letter); dead != 0)
    wrong(dead, " dead letters, none was deserved");
}

namespace {

// Its place in the order in which the conversation took its messages.
std::uint32_t count_of(const Id& message) { return conversation::order_of(message) & 0x3ff; }

std::map<std::string, std::pair<Millis, std::string>> reactions_of(const StoredMessage& message) {
  std::map<std::string, std::pair<Millis, std::string>> out;
  for (const auto& one : message.body.reactions()) out[one.actor()] = {one.at_ms(), one.emoji()};
  return out;
}

}  // namespace

// Every inbound message is stored once, as last edited; unsent content is gone for good.
void Simulation::check_inbound(const std::vector<Conversation>& all) {
  std::map<std::string, int> seen;
  std::int64_t inbound = 0;
  for (const auto& conversation : all) {
    for (const auto& message : conversation.messages) {
      if (message.row.direction() != api::DIRECTION_IN) continue;
      ++inbound;
      const std::string& id = message.row.external_id();
      ++seen[id];
      if (const auto chat = customers_.chats.find(id); chat != customers_.chats.end()) {
        if (chat->second != message.body.text()) wrong("chat message ", id, " is another");
        continue;
      }
      const auto known = customers_.messages.find(id);
      if (known == customers_.messages.end()) {
        wrong("nobody wrote ", id);
        continue;
      }
      const ExpectedMessage& expected = known->second;
      if (message.row.deleted() != expected.unsent) wrong(id, ": unsend is not what it should be");
      if (expected.unsent) continue;
      if (message.body.text() != expected.text) wrong(id, " reads '", message.body.text(), "'");
      if (reactions_of(message) != expected.reactions) wrong(id, ": reactions differ");
    }
  }
  for (const auto& [id, unused] : customers_.messages)
    if (seen[id] != 1) wrong("message ", id, " is stored ", seen[id], " times");
  for (const auto& [id, unused] : customers_.chats)
    if (seen[id] != 1) wrong("chat message ", id, " is stored ", seen[id], " times");
  std::int64_t counted = 0;
  (void)world_->rows().for_each(Family::usage, {},
                                [&](std::string_view key, std::string_view value) {
                                  if (key.ends_with(std::string_view("\0\1", 2)))
                                    counted += storage::decode_counter(value).value_or(0);
                                  return true;
                                });
  if (counted != inbound) wrong(inbound, " messages came in, ", counted, " were counted");
}

// Of two messages of the same time the one that was acknowledged before the engine was told of the
// other stands first.
void Simulation::check_order(const Conversation& conversation) {
  Millis at = 0;
  int latest = 0;     // when the engine was told of the latest of this time …
  std::string which;  // … and which one that is
  for (const auto& message : conversation.messages) {
    if (message.row.direction() != api::DIRECTION_IN) continue;
    const std::string& id = message.row.external_id();
    const Told& told = customers_.told[id];
    if (std::exchange(at, message.row.created_ms()) != message.row.created_ms()) latest = 0;
    if (told.acknowledged != 0 && told.acknowledged < latest)
      wrong(id, " was acknowledged before ", which, " came and stands after it");
    if (told.first > latest) {
      latest = told.first;
      which = id;
    }
  }
}

// Every stored send reached the provider, in order within each conversation: once, unless a call
// was cut off; a message that was sent twice is flagged.
void Simulation::check_sends(const std::vector<Conversation>& all) {
  std::map<std::string, int> accepted;
  // Recipient → messages in order of acceptance.
  std::map<std::string, std::vector<std::string>> first;
  for (const auto& sent : provider_.accepted)
    if (accepted[sent.message_id]++ == 0) first[sent.recipient].push_back(sent.message_id);
  std::map<std::string, int> texts;
  std::size_t known = 0;
  for (const auto& conversation : all) {
    for (const auto& message : conversation.messages) {
      if (message.row.direction() != api::DIRECTION_OUT) continue;
      if (message.row.author() == api::AUTHOR_MEMBER) ++texts[message.body.text()];
      if (message.row.status() < api::MESSAGE_STATUS_SENT) wrong("a message is still queued");
      if (conversation.state.row.channel_type() != api::CHANNEL_TYPE_MESSENGER) continue;
      const std::string id = format_id(IdType::message, message.id);
      const int times = accepted[id];
      if (times > 0) ++known;
      if (message.row.status() == api::MESSAGE_STATUS_FAILED) continue;
      if (times == 0) wrong(id, " is called sent and was not");
      if (times > 1 && !message.row.maybe_duplicate()) wrong(id, " was doubled and is not flagged");
      const bool crashed_actors = plan_.actor_faults;
      if (!crashed_actors && times > 1 + excused_[id] + provider_.cut[id])
        wrong(id, " was sent ", times, " times without need");
    }
  }
  std::erase_if(accepted, [](const auto& entry) { return entry.second == 0; });
  if (known != accepted.size()) wrong("the provider has messages that are not stored");
  for (auto& [recipient, messages] : first)
    if (!std::is_sorted(messages.begin(), messages.end()))
      wrong("sends to ", recipient, " are out of order");
  for (const auto& text : customers_.sends)
    if (texts[text] != 1) wrong("'", text, "' is stored ", texts[text], " times");
}

// In a conversation that the AI handles, the customer's last message is answered and nothing is
// pending.
void Simulation::check_conversation(const Id& id, const Conversation& conversation) {
  const auto& row = conversation.state.row;
  if (row.turn().due_ms() != 0) wrong("a turn is pending in the end");
  if (row.handler() != api::HANDLER_AI) return;
  std::uint32_t asked = 0, answered = 0;
  for (const auto& message : conversation.messages) {
    const auto count = count_of(message.id) + 1;
    if (message.row.direction() == api::DIRECTION_IN && !message.row.deleted())
      asked = std::max(asked, count);
    if (message.row.author() == api::AUTHOR_AI) answered = std::max(answered, count);
  }
  if (asked > answered)
    wrong("conversation ", format_id(IdType::conversation, id), " waits for an answer");
}

}  // namespace aura::test
