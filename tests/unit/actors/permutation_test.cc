// Any order of the same events, with any repetition, ends in the same conversation. Seeds are in
// the failure's trace.
#include <algorithm>

#include "runtime/random.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;

// Events as a provider may send them: edits numbered, no two reactions of one actor at one time.
std::vector<ChannelEvent> some_events(Random& random, Millis t0) {
  std::vector<ChannelEvent> events;
  const auto count = random.uniform(1, 6);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string id = "m" + std::to_string(i);
    const Millis at = t0 + static_cast<Millis>(10 * i);
    ChannelEvent message = text_of(id, at, "text of " + id);
    if (i > 0 && random.chance(1, 3)) message.reply_to = "m" + std::to_string(i - 1);
    if (random.chance(1, 4)) message.echo = true;
    events.push_back(message);
    for (auto edits = random.uniform(0, 2); edits > 0; --edits) {
      ChannelEvent edit = about(Kind::edit, id, at + 1);
      edit.edit_number = static_cast<std::uint32_t>(edits);
      edit.text = "edit " + std::to_string(edits);
      events.push_back(edit);
    }
    for (auto reactions = random.uniform(0, 3); reactions > 0; --reactions) {
      ChannelEvent reaction = about(Kind::reaction, id, at + static_cast<Millis>(reactions));
      reaction.actor = random.chance(1, 2) ? "person" : "other";
      reaction.emoji = random.chance(1, 3) ? "" : "e" + std::to_string(reactions);
      events.push_back(reaction);
    }
    for (auto statuses = random.uniform(0, 2); statuses > 0; --statuses) {
      ChannelEvent status = about(Kind::status, id, at + 2);
      status.status = statuses == 1 ? api::MESSAGE_STATUS_DELIVERED : api::MESSAGE_STATUS_READ;
      events.push_back(status);
    }
    if (random.chance(1, 6)) events.push_back(about(Kind::unsend, id, at + 5));
  }
  for (auto marks = random.uniform(0, 2); marks > 0; --marks) {
    ChannelEvent mark = event_of(random.chance(1, 2) ? Kind::read : Kind::delivery, "w", t0);
    mark.watermark = t0 + static_cast<Millis>(random.uniform(0, 60));
    events.push_back(mark);
  }
  return events;
}

void shuffle_and_repeat(std::vector<ChannelEvent>& events, Random& random) {
  const std::size_t once = events.size();
  for (std::size_t i = 0; i < once; ++i)
    if (random.chance(1, 4)) events.push_back(events[i]);
  for (std::size_t i = events.size(); i > 1; --i)
    std::swap(events[i - 1], events[random.uniform(0, i - 1)]);
}

// What a client sees, by external ids: internal ids differ in their arrival number.
std::string rendered(const MemoryConversation& conversation) {
  std::map<std::string, std::string> names;  // our id → external
  for (const auto& [id, message] : conversation.messages)
    names[format_id(IdType::message, id)] = message.row.external_id();
  std::string out;
  for (const auto& [id, message] : conversation.messages) {
    api::Message view = conversation.view(id);
    view.set_id(view.external_id());
    if (view.has_reply_to()) view.set_reply_to(names.at(view.reply_to()));
    std::sort(view.mutable_reactions()->begin(), view.mutable_reactions()->end(),
              [](const auto& a, const auto& b) { return a.created_at() < b.created_at(); });
    out += view.ShortDebugString() + "\n";
  }
  const auto& row = conversation.state.row;
  out += "last " + names[format_id(IdType::message, Id::from_view(row.last_message()))];
  out += " inbound " + std::to_string(row.last_inbound_ms());
  out += " read " + std::to_string(row.contact_read_ms());
  out += " delivered " + std::to_string(row.contact_delivered_ms());
  return out + " handler " + std::to_string(row.handler());
}

TEST(Permutation, AnyOrderAndRepetitionEndsInTheSameConversation) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    MemoryConversation in_order;
    const auto events = some_events(random, in_order.now);
    for (const auto& event : events) in_order.take(event);
    for (int order = 0; order < 4; ++order) {
      auto shuffled = events;
      shuffle_and_repeat(shuffled, random);
      MemoryConversation other;
      for (const auto& event : shuffled) other.take(event);
      ASSERT_EQ(rendered(other), rendered(in_order));
      EXPECT_TRUE(std::none_of(other.externals.begin(), other.externals.end(),
                               [](const auto& one) { return one.second.message.empty(); }));
    }
  }
}

}  // namespace
}  // namespace aura::test
