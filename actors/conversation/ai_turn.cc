#include "actors/conversation/ai_turn.h"

#include <algorithm>
#include <caf/send.hpp>
#include <ranges>

#include "actors/conversation/outbound.h"
#include "actors/conversation/shop_phrase.h"
#include "actors/conversation/steps.h"
#include "actors/tree/timings.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/read.h"

namespace aura {

namespace keys = storage::keys;
using conversation::Decision;
using storage::Family;

void AiTurn::begin() {
  if (!state_.exists) dialogue_.begin_new();
  schedule();
}

void AiTurn::on_applied(const Decision& decision) {
  if (running_ && *running_ != due().generation()) end();
  dialogue_.note(decision);
  if (due().messages().empty()) dialogue_.note_answered();
}

void AiTurn::schedule() {
  if (due().due_ms() == 0 || running_ == due().generation() || ticking_ == due().generation())
    return;
  // No longer than the debounce, also if the clock was set back meanwhile.
  const Millis wait = std::min(due().due_ms() - services_.clock.now_ms(), shell_.rules().debounce);
  if (wait <= 0) return start();
  start_after(due().generation(), std::chrono::milliseconds(wait));
  show_typing();
}

void AiTurn::start_after(std::uint64_t generation, std::chrono::milliseconds wait) {
  ticking_ = generation;
  shell_.remind(wait, TickTurn{generation});
}

void AiTurn::on_tick(const TickTurn& tick, bool committing) {
  if (ticking_ == tick.generation) ticking_.reset();
  if (!committing && due().generation() == tick.generation) start();
}

// The contact sees that an answer is coming, once for each turn.
void AiTurn::show_typing() {
  typing_shown_ = due().generation();
  const auto last = due().messages().empty()
                        ? std::nullopt
                        : shell_.rows().message(Id::from_view(*due().messages().rbegin()));
  if (last && last->body.has_comment()) return;  // a public comment has no thread to show it in
  shell_.tell_connection(ShowTyping{state_.thread, last ? last->row.external_id() : std::string()});
}

void AiTurn::on_typing(const TickTyping& tick) {
  if (running_ == tick.generation && due().generation() == tick.generation) show_typing();
}

namespace {

// A scan, hence for a read thread.
Result<std::vector<agent::PastMessage>> read_history(const storage::Reader& reader,
                                                     const Id& workspace, const Id& conversation,
                                                     const storage::DataKey& key) {
  const auto rows =
      reader.scan(Family::message, keys::messages_of(workspace, conversation), {},
                  conversation::Dialogue::kMost, storage::Reader::Direction::backward);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<agent::PastMessage> history;
  for (const auto& row : std::views::reverse(*rows)) {
    const auto message = conversation::decode_message(row.key, row.value, key);
    if (!message) continue;
    if (auto past = conversation::past_of(*message)) history.push_back(std::move(*past));
  }
  return history;
}

}  // namespace

void AiTurn::start() {
  if (due().due_ms() == 0 || running_ == due().generation()) return;
  running_ = due().generation();
  since_ = services_.clock.monotonic();
  stop_ = std::stop_source();
  if (shell_.rules().has_provider && typing_shown_ != due().generation())
    shell_.remind(limits::kTypingAfter, TickTyping{due().generation()});
  if (dialogue_.complete()) return ask_agent();
  const bool posted = services_.read_pool.post(
      [to = shell_.self(), &reader = services_.reader, key = shell_.rows().keys().contact,
       workspace = what_.workspace, id = what_.conversation, generation = due().generation()] {
        caf::anon_send(to, RecentLoaded{generation, read_history(reader, workspace, id, *key)});
      });
  if (!posted) ask_agent();  // overloaded: answer from the question alone
}

// If the history could not be read, this turn is answered from the question alone.
void AiTurn::on_recent(RecentLoaded& loaded) {
  if (loaded.recent) dialogue_.put_history(std::move(*loaded.recent));
  if (running_ == loaded.generation) ask_agent();
}

agent::Capabilities AiTurn::capabilities() const {
  agent::Capabilities channel;
  channel.max_quick_replies = shell_.rules().channel_type == api::CHANNEL_TYPE_WEBCHAT ? 4 : 3;
  return channel;
}

void AiTurn::answer_at_once(Decision& decision) const {
  const auto& turn = decision.next.row.turn();
  const Millis now = services_.clock.now_ms();
  const bool due_now = turn.due_ms() != 0 && turn.due_ms() <= now && turn.messages_size() == 1;
  if (!due_now || decision.messages.size() != 1) return;
  // The decision may be about another message, while this turn's question is being answered.
  const auto& asked = decision.messages.front();
  if (asked.id.view() != turn.messages(0)) return;
  agent::TurnContext context;
  context.index = what_.agent_index->get();
  if (!context.index) return;
  const std::int64_t began = steady_us();
  context.history = dialogue_.history();
  context.text = conversation::meant(asked.body);
  context.channel = capabilities();
  context.now_ms = now;
  const auto proposal = services_.agent.answer_now(context);
  if (!proposal) return;
  const auto rules = shell_.rules();
  auto reply =
      conversation::decide_proposal(decision.next, turn.generation(), *proposal, rules, now);
  if (!reply) return;
  timings::turn(rules.channel_type, static_cast<double>(steady_us() - began) / 1e6);
  conversation::append(decision, std::move(*reply));
}

void AiTurn::ask_agent() {
  auto question = dialogue_.question(due(), shell_.rows());
  ProposeTurn ask;
  ask.text = std::move(question.text);
  ask.recent = std::move(question.before);
  ask.stop = stop_.get_token();
  ask.channel = capabilities();
  ask.reply = OnceReply<agent::Proposal>(
      [to = shell_.self(), generation = *running_](Result<agent::Proposal> proposal) {
        caf::anon_send(to, ProposalArrived{generation, std::move(proposal)});
      });
  shell_.show_wait("agent");
  shell_.tell_workspace(std::move(ask));
}

namespace {

template <class Row, class Resource>
bool has_revision(const Result<std::optional<Row>>& stored,
                  const Resource& (Row::*resource)() const, std::uint64_t revision) {
  return stored && *stored && ((**stored).*resource)().revision() == revision;
}

}  // namespace

// The agent may have taken long: no price is told that was changed meanwhile. What cannot be read
// does not hold.
bool AiTurn::still_holds(const agent::Proposal& proposal) const {
  return std::ranges::all_of(proposal.claims, [this](const agent::Claim& claim) {
    if (claim.source.empty()) return true;  // of the profile, which has no revision
    if (claim.of_document)
      return has_revision(
          storage::read<record::Document>(services_.reader, Family::document,
                                          keys::document(what_.workspace, claim.source)),
          &record::Document::document, claim.revision);
    return has_revision(storage::read<record::Item>(services_.reader, Family::item,
                                                    keys::item(what_.workspace, claim.source)),
                        &record::Item::item, claim.revision);
  });
}

std::optional<Decision> AiTurn::decide(ProposalArrived& arrived) {
  running_.reset();
  shell_.show_wait(nullptr);
  auto& proposal = arrived.proposal;
  if (proposal && !still_holds(*proposal))
    proposal = fail(Errc::conflict, "What it says was changed meanwhile.");
  if (!proposal) {
    if (++failures_ <= limits::kEventAttempts) {
      start_after(arrived.generation, std::chrono::seconds(1));
      return std::nullopt;
    }
    log::error("turn_failed",
               {{"conversation", format_id(IdType::conversation, what_.conversation)}});
    proposal = agent::Proposal{};  // no answer available: a person takes over
    proposal->action = agent::Action::handover;
    proposal->text =
        conversation::shop_phrase(services_.reader, what_.workspace, agent::Phrase::handover);
  }
  failures_ = 0;
  auto decision = conversation::decide_proposal(state_, arrived.generation, *proposal,
                                                shell_.rules(), services_.clock.now_ms());
  if (!decision) return std::nullopt;
  const std::chrono::duration<double> took = services_.clock.monotonic() - since_;
  timings::turn(state_.row.channel_type(), took.count());
  return std::move(*decision);
}

std::optional<ProposalArrived> AiTurn::give_up_if_overdue() {
  if (!running_ || services_.clock.monotonic() - since_ < limits::kTurnDeadline)
    return std::nullopt;
  stop_.request_stop();
  failures_ = limits::kEventAttempts;
  return ProposalArrived{*running_, fail(Errc::timeout, "No answer in time.")};
}

void AiTurn::end() {
  shell_.show_wait(nullptr);
  stop_.request_stop();
  running_.reset();
}

}  // namespace aura
