// Any order of the same events, with any repetition, ends in the same conversation. The trace of a
// failure shows its seed.
#include <algorithm>
#include <variant>

#include "runtime/random.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;

// An input of the conversation: a channel's event or the end of a send.
using Step = std::variant<ChannelEvent, conversation::SendFinished>;

// Changes the message's kind, or adds to its text.
void vary(ChannelEvent& message, Random& random) {
  const std::string& id = message.external_id;
  switch (random.uniform(0, 7)) {
    case 0:
      message.comment.emplace().set_id(id);
      break;
    case 1:
      message.referral.emplace().set_ref("from " + id);
      break;
    case 2:
      message.kind = Kind::postback;
      message.payload = "payload of " + id;
      break;
    case 3:
      message.kind = Kind::unsupported;
      message.text.clear();
      message.unsupported = "poll";
      break;
    case 4:
      message.order_lines.emplace_back().set_product_id("product of " + id);
      message.contacts.emplace_back().set_name("card of " + id);
      message.form = "{}";
      break;
    case 5:
      message.consent = ConsentChange{ConsentChange::Scope::all, random.chance(1, 2), "word"};
      break;
    default:
      message.attachments.emplace_back().set_url("https://files.test/" + id);
      break;
  }
}

// Events about the contact or the thread instead of a message; some at the same time.
void add_contact_events(std::vector<Step>& events, Random& random, Millis t0) {
  for (auto more = random.uniform(0, 6); more > 0; --more) {
    const std::string id = "c" + std::to_string(more);
    const Millis at = t0 + static_cast<Millis>(random.uniform(0, 5));
    ChannelEvent event = event_of(Kind::referral, id, at);
    switch (random.uniform(0, 4)) {
      case 0:
        event.referral.emplace().set_ref(id);
        break;
      case 1:
        event.kind = Kind::consent;
        event.consent = ConsentChange{
            random.chance(1, 2) ? ConsentChange::Scope::all : ConsentChange::Scope::marketing,
            random.chance(1, 2), id};
        break;
      case 2:
        event.kind = Kind::identity;
        event.target_id = "person";
        event.identities = {{"wa_id", "number " + id}};
        if (!random.chance(1, 2)) break;
        event.text = "number " + id;  // shown as a message, and those have distinct times
        event.at = t0 + static_cast<Millis>(more);
        break;
      case 3:
        event.kind = Kind::handover;
        event.at = t0 + static_cast<Millis>(more);  // handover events have distinct times
        event.thread_external = random.chance(1, 2);
        break;
      default:
        event.kind = Kind::optin;
        break;
    }
    events.push_back(event);
  }
}

// Events as a provider may send them: edits may share a number and reactions a time, because some
// providers tell whole seconds.
std::vector<Step> some_events(Random& random, Millis t0) {
  std::vector<Step> events;
  const bool with_echoes = random.chance(1, 2);
  const auto count = random.uniform(1, 6);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string id = "m" + std::to_string(i);
    const Millis at = t0 + static_cast<Millis>(10 * i);
    ChannelEvent message = text_of(id, at, "text of " + id);
    if (i > 0 && random.chance(1, 3)) message.reply_to = "m" + std::to_string(i - 1);
    if (with_echoes && random.chance(1, 3)) {
      message.echo = true;
    } else {
      if (random.chance(1, 2)) message.contact_name = "name " + std::to_string(i % 2);
      vary(message, random);
    }
    events.push_back(message);
    for (auto edits = random.uniform(0, 2); edits > 0; --edits) {
      ChannelEvent edit = about(Kind::edit, id, at + 1);
      edit.edit_number = static_cast<std::uint32_t>(random.uniform(1, 2));
      edit.text = "edit " + std::to_string(edits);
      events.push_back(edit);
    }
    for (auto reactions = random.uniform(0, 3); reactions > 0; --reactions) {
      ChannelEvent reaction =
          about(Kind::reaction, id, at + static_cast<Millis>(random.uniform(1, 2)));
      reaction.actor = random.chance(1, 2) ? "person" : "other";
      reaction.emoji = random.chance(1, 3) ? "" : "e" + std::to_string(reactions);
      events.push_back(reaction);
    }
    for (auto statuses = random.uniform(0, 2); statuses > 0; --statuses) {
      ChannelEvent status = about(Kind::status, id, at + 2);
      status.status = statuses == 1 ? api::MESSAGE_STATUS_DELIVERED : api::MESSAGE_STATUS_READ;
      status.at += static_cast<Millis>(random.uniform(0, 2));
      events.push_back(status);
    }
    for (auto failures = random.uniform(0, 2); failures > 0; --failures) {
      ChannelEvent status = about(Kind::status, id, at + 3);
      status.status = api::MESSAGE_STATUS_FAILED;
      status.error_code = failures == 1 ? "unreachable" : "blocked";
      status.error_detail = "reason " + std::to_string(failures);
      status.provider_code = std::to_string(100 + failures);
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

// The events of one outgoing message, in any order: the call's answer, its echo, receipts and a
// reaction.
void add_send(std::vector<Step>& events, const Id& out, Random& random, Millis t0) {
  conversation::SendFinished finished;
  finished.message = out;
  finished.outcome.kind = random.chance(1, 4) ? SendOutcome::Kind::failed : SendOutcome::Kind::sent;
  const bool failed = finished.outcome.kind == SendOutcome::Kind::failed;
  if (failed)
    finished.outcome.error_code = "unreachable";
  else
    finished.external_ids = {"x1"};
  events.push_back(finished);
  if (failed || random.chance(1, 2)) {
    ChannelEvent echo = text_of("x1", t0 + 3, "answer");
    echo.echo = echo.own_echo = true;
    echo.metadata = format_id(IdType::message, out);
    events.push_back(echo);
  }
  for (const auto reached : {api::MESSAGE_STATUS_FAILED, api::MESSAGE_STATUS_SENT,
                             api::MESSAGE_STATUS_DELIVERED, api::MESSAGE_STATUS_READ}) {
    if (!random.chance(1, 3)) continue;
    ChannelEvent status = about(Kind::status, "x1", t0 + 4);
    status.status = reached;
    events.push_back(status);
  }
  ChannelEvent reaction = about(Kind::reaction, "x1", t0 + 5);
  reaction.emoji = "e";
  events.push_back(reaction);
}

void shuffle_and_repeat(std::vector<Step>& events, Random& random) {
  const std::size_t once = events.size();
  for (std::size_t i = 0; i < once; ++i)
    if (random.chance(1, 4)) events.push_back(events[i]);
  for (std::size_t i = events.size(); i > 1; --i)
    std::swap(events[i - 1], events[random.uniform(0, i - 1)]);
}

// What a client sees, by external ids, because internal ids depend on the order of arrival.
std::string rendered(const MemoryConversation& conversation) {
  std::map<std::string, std::string> names;  // our id → external id
  for (const auto& [id, message] : conversation.messages)
    names[format_id(IdType::message, id)] = message.row.external_id();
  std::string out;
  for (const auto& [id, message] : conversation.messages) {
    api::Message view = conversation.view(id);
    view.set_id(view.external_id());
    if (view.has_reply_to()) view.set_reply_to(names.at(view.reply_to()));
    out += view.ShortDebugString() + "\n";
  }
  const auto& row = conversation.state.row;
  out += "last " + names[format_id(IdType::message, Id::from_view(row.last_message()))];
  out += " inbound " + std::to_string(row.last_inbound_ms());
  out += " read " + std::to_string(row.contact_read_ms());
  out += " delivered " + std::to_string(row.contact_delivered_ms());
  out += " external " + std::to_string(row.thread_external());
  out += " thread " + conversation.state.thread;
  out += " consent " + row.consent().ShortDebugString();
  out += " body " + conversation.state.body.ShortDebugString();
  // Leaves out the handler where it depends on the order: a failed answer calls a person, but not
  // after a receipt or while the contact wants no messages; and a later receipt does not revoke the
  // call. What has no words calls one, too, but not once it is taken back, or while another app has
  // the thread.
  const bool maybe_called =
      row.consent().history_size() > 0 || row.thread_owner_ms() != 0 ||
      std::any_of(conversation.messages.begin(), conversation.messages.end(), [](const auto& one) {
        const record::Message& message = one.second.row;
        if (message.author() != api::AUTHOR_AI) return message.deleted();
        return message.status() >= api::MESSAGE_STATUS_DELIVERED &&
               message.status() != api::MESSAGE_STATUS_FAILED;
      });
  if (!maybe_called) out += " handler " + std::to_string(row.handler());
  out += " unread " + std::to_string(row.unread());
  return out + " name " + conversation.name;
}

// A conversation with one answered question; each further step happens a little later than the one
// before.
struct Life {
  Life() {
    conversation.take(text_of("q", conversation.now, "question"));
    out = conversation.propose(conversation.generation(), "answer")->send->message;
  }
  void take(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      conversation.now += 1000;
      if (const auto* event = std::get_if<ChannelEvent>(&step))
        conversation.take(*event);
      else
        conversation.apply(conversation::decide_send_finished(
            conversation.state, std::get<conversation::SendFinished>(step), conversation.rules,
            conversation, conversation.now));
    }
  }
  MemoryConversation conversation;
  Id out;
};

TEST(Permutation, AnyOrderAndRepetitionEndsInTheSameConversation) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    Life in_order;
    auto events = some_events(random, in_order.conversation.now + 10);
    add_send(events, in_order.out, random, in_order.conversation.now);
    add_contact_events(events, random, in_order.conversation.now);
    in_order.take(events);
    for (int order = 0; order < 4; ++order) {
      auto shuffled = events;
      shuffle_and_repeat(shuffled, random);
      Life other;
      other.take(shuffled);
      ASSERT_EQ(rendered(other.conversation), rendered(in_order.conversation));
      const auto& known = other.conversation.externals;
      EXPECT_TRUE(std::none_of(known.begin(), known.end(),
                               [](const auto& one) { return one.second.message.empty(); }));
    }
  }
}

}  // namespace
}  // namespace aura::test
