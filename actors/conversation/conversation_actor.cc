#include "actors/conversation/conversation_actor.h"

#include <algorithm>
#include <stdexcept>

#include "actors/media/attach.h"
#include "actors/or_throw.h"
#include "actors/views.h"
#include "config/limits.h"
#include "runtime/fault_points.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using conversation::Decision;
using conversation::StoredMessage;
using storage::Family;

ConversationActor::ConversationActor(caf::actor_config& config, Services& services,
                                     ActorCardPtr card, Config what)
    : CoreActor(config, services, std::move(card)),
      what_(std::move(what)),
      key_(services.reader, services.vault),
      turn_(*this, services, {what_.workspace, what_.conversation, what_.agent_index}, state_) {
  services_.live_conversations.fetch_add(1, std::memory_order_relaxed);
}

ConversationActor::~ConversationActor() {
  services_.live_conversations.fetch_sub(1, std::memory_order_relaxed);
}

namespace {

void observe_activation(std::chrono::steady_clock::duration took) {
  static auto activation = metrics::fine_histogram(
      "aura_conversation_activation_seconds",
      "From the spawn of a stored conversation's actor until it takes its first command");
  activation.observe(std::chrono::duration<double>(took).count());
}

// Chat and API writes are refused when too many commands wait. Events are never refused: they are
// already bounded by permits of their workspace, and refusing one would let later ones overtake it.
bool refuse(const ConversationCommand& command) {
  constexpr const char* kBusy = "This conversation is busy; please try again.";
  if (const auto* chat = std::get_if<ReceiveChat>(&command))
    return chat->reply.error(Errc::overloaded, kBusy), true;
  if (const auto* send = std::get_if<SendMessage>(&command))
    return send->reply.error(Errc::overloaded, kBusy), true;
  return std::holds_alternative<ReadByVisitor>(command);  // has no reply
}

}  // namespace

bool ConversationActor::crowded() const {
  return inbox_.size() >= static_cast<std::size_t>(limits::kConversationInFlight);
}

// Only the event in hand can have caused the crash; events still waiting are delivered again.
void ConversationActor::on_failure(const std::string& reason) {
  event_in_hand_.error(Errc::internal, reason);
}

void ConversationActor::on_exit() {
  turn_.end();
  inbox_.clear();  // dropped replies answer their callers with "try again"
}

caf::behavior ConversationActor::make_behavior() {
  load();
  if (state_.exists) observe_activation(services_.clock.monotonic() - what_.spawned_at);
  return {
      [this](ToConversation& envelope) {
        const auto scope = busy();
        if (crowded() && refuse(envelope.command)) return;
        if (channel_.empty()) channel_ = envelope.channel;
        inbox_.push_back(std::move(envelope.command));
        run_next();
      },
      [this](Committed& committed) {
        const auto scope = busy();
        on_committed(committed);
      },
      [this](const TickTyping& tick) { turn_.on_typing(tick); },
      [this](const TickTurn& tick) {
        const auto scope = busy();
        turn_.on_tick(tick, busy_committing_);
      },
      [this](RecentLoaded& loaded) {
        const auto scope = busy();
        turn_.on_recent(loaded);
      },
      [this](ProposalArrived& arrived) {
        const auto scope = busy();
        on_proposal(arrived);
      },
      [this](AskPassivation) {
        const bool idle = inbox_.empty() && !busy_committing_ && state_.row.turn().due_ms() == 0;
        if (!idle) return send(what_.parent, PassivationRefused{what_.conversation});
        card_->state = ActorState::passivated;
        quit();
      },
      [this](StopActor) {
        stopping_ = true;
        if (!busy_committing_) quit();
      },
  };
}

namespace {

// The state of an erased contact: the key is gone, so its rows are unreadable and are overwritten
// or erased.
conversation::State remains_of(const conversation::State& stored) {
  conversation::State erased;
  erased.version = stored.version;
  erased.row.set_contact(stored.row.contact());
  erased.row.set_inbox_ms(stored.row.inbox_ms());
  if (stored.row.has_consent()) *erased.row.mutable_consent() = stored.row.consent();
  return erased;
}

}  // namespace

// Point reads only, so loading a stored conversation takes a few microseconds.
void ConversationActor::load() {
  constexpr const char* kWhat = "conversation";
  auto state = or_throw(conversation::load_state(services_.reader, place()), kWhat);
  if (state.exists) {
    channel_ = Id::from_view(state.row.channel());
    if (key_.load(place(), Id::from_view(state.row.contact()))) {
      or_throw(conversation::open_state(place(), *key_, state), kWhat);
      contact_known_ = true;
    } else {
      state = remains_of(state);
    }
  }
  state_ = std::move(state);
  turn_.begin();
}

void ConversationActor::remind_with(std::chrono::milliseconds wait, caf::message note) {
  delayed_send(this, wait, std::move(note));
}

void ConversationActor::tell_workspace(WorkspaceCommand command) {
  send(what_.parent, ToWorkspace{what_.workspace, std::move(command)});
}

void ConversationActor::tell_connection(ConnectionCommand command) {
  send(what_.parent, ToConnection{what_.workspace, channel_, std::move(command)});
}

conversation::Rules ConversationActor::rules() const {
  conversation::Rules rules;
  rules.conversation = what_.conversation;
  rules.channel = channel_;
  rules.handover_deadline = services_.options.handover_deadline.count();
  auto type = state_.exists ? state_.row.channel_type() : channel_type_;
  rules.channel_type = type;
  const auto adapter = services_.adapters.find(type);
  conversation::add_channel(rules, adapter == services_.adapters.end() ? nullptr : adapter->second);
  rules.debounce = type == api::CHANNEL_TYPE_WEBCHAT ? services_.options.webchat_debounce.count()
                                                     : services_.options.channel_debounce.count();
  return rules;
}

void ConversationActor::run_next() {
  while (!busy_committing_ && !inbox_.empty()) {
    ConversationCommand command = std::move(inbox_.front());
    inbox_.pop_front();
    begin_step(command_name(command));
    event_in_hand_ = {};
    std::visit([this](auto& it) { handle(it); }, command);
    if (busy_committing_) return;  // the rows were checked before the commit
    key_.check_rows();
    key_.forget_unstored();
    end_step("answered");
  }
  if (busy_committing_) return;
  auto arrived = std::exchange(proposal_, std::nullopt);
  if (arrived && turn_.waits_for(*arrived)) return on_proposal(*arrived);
  turn_.schedule();
}

void ConversationActor::on_proposal(ProposalArrived& arrived) {
  if (!turn_.waits_for(arrived)) return;  // the turn ended meanwhile
  if (busy_committing_) {                 // an input is being committed: decide after that
    proposal_ = std::move(arrived);
    return;
  }
  begin_step("proposal");
  auto decision = turn_.decide(arrived);
  if (!decision) return run_next();
  commit_decision(std::move(*decision), {}, [this, generation = arrived.generation](Errc code) {
    if (code != Errc::ok) turn_.start_after(generation, std::chrono::milliseconds(500));
  });
}

void ConversationActor::commit_decision(Decision decision, storage::Commit commit, Then then) {
  if (fault::point("conversation_commit")) throw std::runtime_error("fault point");
  key_.check_rows();
  commit.workspace = what_.workspace;
  if (!decision.changed) commit.keyring.clear();  // nothing is sealed
  const bool stores_key = !commit.keyring.empty();
  if (decision.changed) {
    if (!key_.is_stored() && !stores_key)
      throw std::runtime_error("the contact's key is not stored");
    const bool over_remains = !state_.exists && state_.version != 0 && decision.next.exists;
    if (over_remains) erase_rows(commit);
    if (decision.next.exists) write_contact(decision, commit);
    // The last to write: an outbox row is the commit's last append (send_outbox).
    conversation::encode(decision, state_, place(), rules(), rows().keys(), now(), commit);
  }
  busy_committing_ = true;
  if (traced()) trace("decided", "decision", summary_of(decision));
  auto shared = std::make_shared<Decision>(std::move(decision));
  CoreActor::commit(std::move(commit), [this, shared, stores_key, then = std::move(then)](
                                           const storage::CommitResult& result) {
    busy_committing_ = false;
    if (result.code == Errc::conflict || result.code == Errc::corrupt)
      return crash("commit refused: " + std::string(to_string(result.code)));
    if (result.code == Errc::ok) fault::point("S6_decided");
    if (result.code == Errc::ok && stores_key) key_.note_stored();
    if (result.code == Errc::ok && shared->changed) applied(*shared, result);
    if (result.code != Errc::ok) {
      told_.clear();
      told_of_recipient_.clear();
    }
    end_step(result.code != Errc::ok   ? to_string(result.code)
             : shared->ignored.empty() ? std::string_view("committed")
                                       : std::string_view(shared->ignored));
    show_state();
    key_.forget_unstored();
    then(result.code);
    if (stopping_) return quit();
    run_next();
  });
}

// A new contact who came without a name, or one who wrote again without having got a name yet.
bool ConversationActor::lacks_name(const Decision& decision, bool is_new) const {
  if (decision.contact_name) return false;
  const auto& usage = decision.usage;
  const bool wrote =
      std::find(usage.begin(), usage.end(), conversation::Metric::messages_in) != usage.end();
  return is_new || (wrote && state_.row.name_ms() == 0 && state_.row.last_inbound_ms() != 0);
}

// The commit is durable: the decision becomes the state and its effects start.
void ConversationActor::applied(Decision& decision, const storage::CommitResult& result) {
  const bool is_new = !state_.exists;
  if (decision.next.exists && decision.state_changed) {
    const std::uint64_t version = state_.version + 1;
    state_ = std::move(decision.next);
    state_.version = version;
    contact_known_ = true;
    if (lacks_name(decision, is_new)) look_up_profile();
  }
  turn_.on_applied(decision);
  for (const auto& message : decision.messages) {
    key_.rows().wrote(message);
    const bool sends = decision.send && decision.send->message == message.id;
    const bool reacts = decision.react && decision.react->message == message.id;
    if (sends || reacts) send_outbox(decision, message, result.sequences.back());
  }
  if (!decision.media.empty()) tell_workspace(MediaCommand{MediaWaiting{}});
  if (decision.proved)
    tell_connection(EchoSeen{decision.proved->message, decision.proved->external_id});
}

// Asks the provider for the contact's name.
void ConversationActor::look_up_profile() {
  const ChannelAdapter* adapter = rules().adapter;
  if (adapter != nullptr && adapter->has_profiles())
    tell_connection(LookUpProfile{state_.thread, what_.conversation});
}

void ConversationActor::send_outbox(Decision& decision, const StoredMessage& message,
                                    std::uint64_t sequence) {
  OutboxAppended appended;
  appended.sequence = sequence;
  appended.row = std::move(*decision.outbox);
  appended.row.set_state(record::Outbox::STATE_READY);  // its call has not been made yet
  if (decision.send) appended.message = std::move(decision.send->composed);
  if (!appended.message)
    appended.message = std::make_shared<OutboundMessage>(
        decision.react ? conversation::outbound_reaction(message, state_)
                       : conversation::outbound_of(message, state_, rows()));
  tell_connection(std::move(appended));
}

api::Message ConversationActor::render(const StoredMessage& message) const {
  api::Message shown = views::message(message, state_.row, what_.conversation, rows());
  media::link(what_.workspace, services_.media_links, shown);
  return shown;
}

}  // namespace aura
