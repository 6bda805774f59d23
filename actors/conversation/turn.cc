// The turn: when the AI has to reply, the burst is sent to the workspace's agent after the
// debounce. The proposal is used only if nothing newer arrived: a new input ends the running turn.
#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "actors/conversation/conversation_actor.h"
#include "actors/tree/timings.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using conversation::Decision;
using storage::Family;

void ConversationActor::schedule_turn() {
  const auto& turn = state_.row.turn();
  if (turn.due_ms() == 0 || turn_running_ == turn.generation() ||
      turn_ticking_ == turn.generation())
    return;
  // No longer than the debounce, also if the clock was set back meanwhile.
  const Millis wait = std::min(turn.due_ms() - now(), rules().debounce);
  if (wait <= 0) return start_turn();
  start_turn_after(turn.generation(), std::chrono::milliseconds(wait));
  show_typing();
}

// The contact sees that an answer is coming, once for each turn.
void ConversationActor::show_typing() {
  const auto& turn = state_.row.turn();
  typing_shown_ = turn.generation();
  const auto last = turn.messages().empty()
                        ? std::nullopt
                        : rows_->message(Id::from_view(*turn.messages().rbegin()));
  if (last && last->body.has_comment()) return;  // a public comment has no thread to show it in
  send(what_.parent,
       ToConnection{what_.workspace, channel_,
                    ShowTyping{state_.thread, last ? last->row.external_id() : std::string()}});
}

void ConversationActor::on_typing(const TickTyping& tick) {
  if (turn_running_ == tick.generation && state_.row.turn().generation() == tick.generation)
    show_typing();
}

void ConversationActor::start_turn_after(std::uint64_t generation, std::chrono::milliseconds wait) {
  turn_ticking_ = generation;
  delayed_send(this, wait, TickTurn{generation});
}

void ConversationActor::start_turn() {
  const auto& turn = state_.row.turn();
  if (turn.due_ms() == 0 || turn_running_ == turn.generation() || busy_committing_) return;
  turn_running_ = turn.generation();
  turn_since_ = services_.clock.monotonic();
  turn_stop_ = std::stop_source();
  if (rules().has_provider && typing_shown_ != turn.generation())
    delayed_send(this, limits::kTypingAfter, TickTyping{turn.generation()});
  if (recent_loaded_) return ask_agent();
  // Reading the history is a scan, so it runs on a read thread.
  const bool posted = services_.read_pool.post(
      [to = self(), &reader = services_.reader, key = key_, workspace = what_.workspace,
       id = what_.conversation, generation = turn.generation()] {
        RecentLoaded loaded{generation, {}};
        auto rows = reader.scan(Family::message, keys::messages_of(workspace, id), {}, kRecent,
                                storage::Reader::Direction::backward);
        if (rows) {
          for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
            auto message = conversation::decode_message(row->key, row->value, *key);
            if (!message || message->row.deleted() || !message->body.has_text()) continue;
            if (message->row.author() == api::AUTHOR_SYSTEM) continue;
            loaded.recent.push_back(
                {message->row.direction() == api::DIRECTION_IN ? agent::Author::contact
                 : message->row.author() == api::AUTHOR_AI     ? agent::Author::ai
                                                               : agent::Author::member,
                 conversation::meant(message->body)});
          }
        }
        caf::anon_send(to, std::move(loaded));
      });
  if (!posted) {
    recent_loaded_ = true;  // overloaded: answer from the question alone
    ask_agent();
  }
}

void ConversationActor::on_recent(RecentLoaded& loaded) {
  if (!recent_loaded_) {
    recent_loaded_ = true;
    recent_.assign(std::make_move_iterator(loaded.recent.begin()),
                   std::make_move_iterator(loaded.recent.end()));
  }
  if (turn_running_ == loaded.generation) ask_agent();
}

// The texts of the unanswered burst, from memory or, after a restart, from storage. Messages
// without text are skipped.
std::vector<std::string> ConversationActor::burst_texts() {
  std::vector<std::string> texts;
  for (const auto& bytes : state_.row.turn().messages()) {
    const Id id = Id::from_view(bytes);
    std::string one;
    for (const auto& [known, words] : burst_)
      if (known == id) one = words;
    if (one.empty()) {
      const auto message = rows_->message(id);
      if (message && !message->row.deleted()) one = conversation::meant(message->body);
    }
    if (!one.empty()) texts.push_back(std::move(one));
  }
  return texts;
}

// For texts that the engine itself sends.
std::string_view ConversationActor::in_shop_language(agent::Phrase phrase) const {
  record::Workspace shop;
  const auto row = services_.reader.get(Family::workspace, keys::workspace(what_.workspace));
  if (!row) throw std::runtime_error("workspace: " + row.error().detail);
  if (*row) shop.ParseFromString(**row);
  return agent::phrase(phrase, agent::language_of_locale(shop.workspace().locale()));
}

// A person was called to an order: the contact is told so in the same commit.
void ConversationActor::confirm_order(Decision& decision) {
  if (!decision.order_taken) return;
  auto notice = conversation::decide_notice(
      decision.next, in_shop_language(agent::Phrase::order_taken), rules(), now());
  if (notice) conversation::append(decision, std::move(*notice));
}

agent::Capabilities ConversationActor::capabilities() const {
  agent::Capabilities channel;
  channel.max_quick_replies = rules().channel_type == api::CHANNEL_TYPE_WEBCHAT ? 4 : 3;
  return channel;
}

// If the turn is due at once and the agent answers synchronously, message and reply become one
// decision. A burst (more inputs are waiting, or the turn has several messages) and an answer that
// needs a history not in memory take the normal way.
void ConversationActor::answer_at_once(Decision& decision) {
  const auto& turn = decision.next.row.turn();
  const bool due = turn.due_ms() != 0 && turn.due_ms() <= now() && turn.messages_size() == 1;
  if (!due || !inbox_.empty() || decision.messages.size() != 1) return;
  // The decision may be about another message, while this turn's question is being answered.
  if (decision.messages.front().id.view() != turn.messages(0)) return;
  agent::TurnContext context;
  context.index = what_.agent_index->get();
  if (!context.index) return;
  const std::int64_t began = steady_us();
  context.history =
      recent_loaded_ ? agent::History({recent_.begin(), recent_.end()}) : agent::History::unread();
  context.text = conversation::meant(decision.messages.front().body);
  context.channel = capabilities();
  context.now_ms = now();
  const auto proposal = services_.agent.answer_now(context);
  if (!proposal) return;
  auto reply =
      conversation::decide_proposal(decision.next, turn.generation(), *proposal, rules(), now());
  if (!reply) return;
  timings::turn(rules().channel_type, static_cast<double>(steady_us() - began) / 1e6);
  conversation::append(decision, std::move(*reply));
}

void ConversationActor::ask_agent() {
  ProposeTurn ask;
  const auto burst = burst_texts();
  for (const std::string& text : burst) ask.text += (ask.text.empty() ? "" : "\n") + text;
  const std::size_t earlier = recent_.size() > burst.size() ? recent_.size() - burst.size() : 0;
  ask.recent.assign(recent_.begin(), recent_.begin() + static_cast<std::ptrdiff_t>(earlier));
  ask.stop = turn_stop_.get_token();
  ask.channel = capabilities();
  ask.reply = OnceReply<agent::Proposal>(
      [to = self(), generation = *turn_running_](Result<agent::Proposal> proposal) {
        caf::anon_send(to, ProposalArrived{generation, std::move(proposal)});
      });
  card_->waits_on = "agent";
  send(what_.parent, ToWorkspace{what_.workspace, std::move(ask)});
}

namespace {

template <class Row, class Resource>
bool has_revision(const std::string& stored, const Resource& (Row::*resource)() const,
                  std::uint64_t revision) {
  Row row;
  return row.ParseFromString(stored) && (row.*resource)().revision() == revision;
}

}  // namespace

// The agent may have taken long: no price is told that was changed meanwhile. What cannot be read
// does not hold.
bool ConversationActor::still_holds(const agent::Proposal& proposal) const {
  return std::ranges::all_of(proposal.claims, [this](const agent::Claim& claim) {
    if (claim.source.empty()) return true;  // of the profile, which has no revision
    const auto stored =
        claim.of_document
            ? services_.reader.get(Family::document, keys::document(what_.workspace, claim.source))
            : services_.reader.get(Family::item, keys::item(what_.workspace, claim.source));
    if (!stored || !*stored) return false;
    return claim.of_document ? has_revision(**stored, &record::Document::document, claim.revision)
                             : has_revision(**stored, &record::Item::item, claim.revision);
  });
}

void ConversationActor::on_proposal(ProposalArrived& arrived) {
  if (turn_running_ != arrived.generation) return;  // ended meanwhile
  if (busy_committing_) {  // an input is being committed: decide after that
    pending_proposal_ = std::move(arrived);
    return;
  }
  turn_running_.reset();
  card_->waits_on = nullptr;
  begin_step("proposal");
  if (arrived.proposal && !still_holds(*arrived.proposal))
    arrived.proposal = fail(Errc::conflict, "What it says was changed meanwhile.");
  if (!arrived.proposal) {
    if (++turn_failures_ <= limits::kEventAttempts)
      return start_turn_after(arrived.generation, std::chrono::seconds(1));
    log::error("turn_failed",
               {{"conversation", format_id(IdType::conversation, what_.conversation)}});
    arrived.proposal = agent::Proposal{};  // no answer available: a person takes over
    arrived.proposal->action = agent::Action::handover;
    arrived.proposal->text = in_shop_language(agent::Phrase::handover);
  }
  turn_failures_ = 0;
  auto decision =
      conversation::decide_proposal(state_, arrived.generation, *arrived.proposal, rules(), now());
  if (!decision) return run_next();
  const std::chrono::duration<double> took = services_.clock.monotonic() - turn_since_;
  timings::turn(state_.row.channel_type(), took.count());
  commit_decision(std::move(*decision), {}, [this, generation = arrived.generation](Errc code) {
    if (code != Errc::ok) start_turn_after(generation, std::chrono::milliseconds(500));
  });
}

bool ConversationActor::turn_overdue() const {
  return turn_running_ && services_.clock.monotonic() - turn_since_ >= limits::kTurnDeadline;
}

// The agent does not answer in time: treated as if all attempts had failed.
void ConversationActor::give_turn_up() {
  turn_stop_.request_stop();
  turn_failures_ = limits::kEventAttempts;
  ProposalArrived nothing{*turn_running_, fail(Errc::timeout, "No answer in time.")};
  on_proposal(nothing);
}

void ConversationActor::end_turn() {
  card_->waits_on = nullptr;
  turn_stop_.request_stop();
  turn_running_.reset();
}

}  // namespace aura
