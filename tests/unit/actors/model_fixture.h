// A conversation in memory: decisions are applied at once, as the actor applies them after its
// commit.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "actors/conversation/model.h"
#include "actors/views.h"

namespace aura::test {

// A channel with a standard window of a day, a window of a week for people, templates, reactions,
// and a limit of 100 bytes per message.
class WindowedChannel : public ChannelAdapter {
 public:
  static constexpr Millis kDay = 24 * 3'600'000;
  Normalised normalise(std::string_view) const override { return {}; }
  std::vector<ProviderCall> compose(const OutboundMessage&,
                                    const api::Credentials&) const override {
    return {};
  }
  std::optional<ProviderCall> compose_typing(const std::string&,
                                             const api::Credentials&) const override {
    return std::nullopt;
  }
  std::optional<ProviderCall> compose_reaction(const std::string&, const std::string&,
                                               const std::string&,
                                               const api::Credentials&) const override {
    return ProviderCall{};
  }
  SendOutcome classify(const ProviderReply&) const override { return {}; }
  Result<std::string> account_of(const api::Credentials&) const override { return "account"; }
  std::optional<Millis> window_length() const override { return kDay; }
  std::optional<Millis> human_window_length() const override { return 7 * kDay; }
  Result<void> check(const OutboundMessage& message) const override {
    if (message.text.size() > 100) return fail(Errc::invalid, "Too long.", "/text");
    return {};
  }
};

class MemoryConversation final : public conversation::Lookup {
 public:
  MemoryConversation() {
    rules.channel = derived_id({"channel"});
    rules.conversation = conversation::conversation_id(rules.channel, "person");
    rules.channel_type = api::CHANNEL_TYPE_MESSENGER;
    rules.debounce = 1000;
    rules.handover_deadline = 900'000;
  }

  std::optional<conversation::ExternalEntry> external(const std::string& id) const override {
    const auto it = externals.find(id);
    return it == externals.end() ? std::nullopt : std::optional(it->second);
  }
  std::optional<conversation::StoredMessage> message(const Id& id) const override {
    const auto it = messages.find(id);
    return it == messages.end() ? std::nullopt : std::optional(it->second);
  }

  std::optional<api::Template> template_of(const api::TemplateUse& use) const override {
    if (templates.empty()) return std::nullopt;
    api::Template found;
    const auto it = templates.find(use.name());
    if (it == templates.end()) return found;
    found.set_status(it->second);
    found.set_category(use.name() == "promo" ? "marketing" : "utility");
    return found;
  }

  conversation::Decision apply(conversation::Decision decision) {
    if (decision.changed) {
      if (decision.contact_name) name = *decision.contact_name;
      if (decision.state_changed) {
        state = decision.next;
        ++state.version;
      }
      for (const auto& one : decision.messages) messages[one.id] = one;
      for (const auto& one : decision.externals) externals[one.external_id] = one.entry;
      for (const auto& one : decision.timers) {
        if (one.set)
          timers[{one.kind, one.due}] = one.generation;
        else
          timers.erase({one.kind, one.due});
      }
    }
    return decision;
  }
  conversation::Decision take(const ChannelEvent& event) {
    return apply(conversation::decide_event(state, event, rules, *this, now));
  }
  Result<conversation::Decision> propose(std::uint64_t generation, const std::string& text,
                                         agent::Action action = agent::Action::reply) {
    agent::Proposal proposal;
    proposal.action = action;
    proposal.text = text;
    auto decision = conversation::decide_proposal(state, generation, proposal, rules, now);
    if (decision) apply(*decision);
    return decision;
  }
  Result<conversation::Decision> send(const std::string& text) {
    api::MessageInput input;
    input.set_text(text);
    auto decision = conversation::decide_send(state, input, rules, *this, now);
    if (decision) apply(*decision);
    return decision;
  }
  void sent(const Id& id, const std::string& external_id) {
    conversation::SendFinished finished;
    finished.message = id;
    finished.outcome.kind = SendOutcome::Kind::sent;
    finished.external_ids = {external_id};
    apply(conversation::decide_send_finished(state, finished, rules, *this, now));
  }
  Result<conversation::Decision> send(const api::MessageInput& input) {
    auto decision = conversation::decide_send(state, input, rules, *this, now);
    if (decision) apply(*decision);
    return decision;
  }
  void use(const ChannelAdapter& adapter) { conversation::add_channel(rules, &adapter); }
  void finished(const conversation::SendFinished& what) {
    apply(conversation::decide_send_finished(state, what, rules, *this, now));
  }
  api::Conversation shown() const {
    return views::conversation(rules.conversation, state, rules, {}, {});
  }
  const conversation::StoredMessage& by_external(const std::string& id) const {
    return messages.at(externals.at(id).message);
  }
  api::Message view(const Id& id) const {
    return views::message(messages.at(id), state.row, rules.conversation, *this);
  }
  std::uint64_t generation() const { return state.row.turn().generation(); }
  bool turn_pending() const { return state.row.turn().due_ms() != 0; }

  conversation::Rules rules;
  conversation::State state;
  std::string name;  // the contact's name, as last reported
  Millis now = 1'790'000'000'000;
  std::map<Id, conversation::StoredMessage> messages;
  std::map<std::string, conversation::ExternalEntry> externals;
  std::map<std::string, std::string>
      templates;  // name → status ("promo" is marketing); empty: not known
  std::map<std::pair<conversation::TimerKind, Millis>, std::uint64_t> timers;
};

inline ChannelEvent event_of(ChannelEvent::Kind kind, std::string external_id, Millis at) {
  ChannelEvent event;
  event.kind = kind;
  event.external_id = std::move(external_id);
  event.thread = "person";
  event.at = at;
  return event;
}
inline ChannelEvent text_of(std::string external_id, Millis at, std::string text = "Hello?") {
  ChannelEvent event = event_of(ChannelEvent::Kind::message, std::move(external_id), at);
  event.text = std::move(text);
  return event;
}
inline ChannelEvent about(ChannelEvent::Kind kind, std::string target, Millis at) {
  ChannelEvent event = event_of(kind, "about-" + target, at);
  event.target_id = std::move(target);
  event.actor = "person";
  return event;
}
// A conversation whose contact has just written, over a channel with windows.
class OpenWindow : public ::testing::Test {
 protected:
  OpenWindow() {
    it.use(channel);
    it.take(text_of("m1", t0));
  }
  WindowedChannel channel;
  MemoryConversation it;
  const Millis t0 = it.now;
};

// A send that the provider refused.
inline conversation::SendFinished failed_send(const Id& id, int parts_sent = 0) {
  conversation::SendFinished what;
  what.message = id;
  what.outcome.kind = SendOutcome::Kind::failed;
  what.outcome.error_code = "unreachable";
  what.parts_sent = parts_sent;
  api::SendAttempt& attempt = what.attempts.emplace_back();
  attempt.set_outcome("failed");
  attempt.set_http_status(400);
  return what;
}

}  // namespace aura::test
