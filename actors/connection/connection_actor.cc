#include "actors/connection/connection_actor.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "actors/channel_rows.h"
#include "actors/or_throw.h"
#include "actors/tree/timings.h"
#include "runtime/log.h"

namespace aura {

ConnectionActor::ConnectionActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                                 Config what)
    : CoreActor(config, services, std::move(card)),
      parent_(std::move(what.parent)),
      pace_clock_(services.clock),
      account_{.workspace = what.workspace, .channel = what.channel, .path = card_->path},
      queue_({}, services.clock.now_ms()),
      rows_(*this, services, account_, queue_),
      sends_(*this, services, account_, queue_, rows_),
      echoes_(services, account_, queue_, rows_, sends_),
      deliveries_(*this, services, account_, echoes_),
      token_(*this, services, account_),
      templates_(*this, services, account_),
      projection_(*this, services, account_),
      profiles_(*this, services, account_) {}

caf::behavior ConnectionActor::make_behavior() {
  load();
  rows_.read();
  projection_.look();
  return {
      [this](ToConnection& envelope) {
        const auto scope = busy();
        begin_step(command_name(envelope.command));
        std::visit([this](auto& command) { handle(command); }, envelope.command);
        end_step("handled");
      },
      [this](Committed& committed) {
        const auto scope = busy();
        on_committed(committed);
      },
      [this](EventEnded& ended) {
        const auto scope = busy();
        deliveries_.on_event_ended(ended);
      },
      [this](const TickRetry& tick) { deliveries_.try_again(tick.sequence); },
      [this](TickHeld) { deliveries_.free_held(); },
      [this](OutboxLoaded& loaded) { on_outbox_loaded(loaded); },
      [this](TickOutbox) { rows_.read(); },
      [this](CallFinished& finished) {
        const auto scope = busy();
        sends_.on_call_finished(finished);
      },
      [this](const SendRecorded& recorded) {
        const auto scope = busy();
        sends_.on_recorded(recorded);
      },
      [this](const TickRecord& tick) { sends_.record_again(tick.sequence); },
      [this](TickToken) { token_.on_tick(); },
      [this](const TokenAnswered& answered) {
        if (token_.on_answered(answered)) templates_.read();
      },
      [this](const TemplatesAnswered& answered) { templates_.on_answered(answered); },
      [this](TickTemplates) { templates_.read(); },
      [this](const UnsupportedFound& found) { projection_.on_found(found); },
      [this](TickProjection) { projection_.look(); },
      [this](TickProfiles) { profiles_.on_tick(); },
      [this](const ProfileAnswered& answered) { profiles_.on_answered(answered); },
      [this](const TickPump& tick) {
        if (tick.number != pump_tick_) return;
        pump_at_.reset();
        pump();
      },
      [this](StopActor) {
        if (drained_) return quit();
        draining_ = true;
        leave_if_drained();
      },
  };
}

// A pending timer (up to an hour) keeps this object alive after exit, so its data is released here.
void ConnectionActor::on_exit() {
  rows_.stop();
  deliveries_.clear();
  queue_ = OutboxQueue({}, 0);
  sends_.clear();
  templates_.clear();
  profiles_.clear();
}

// While stopping, no more rows are claimed; calls in flight are finished and recorded.
void ConnectionActor::leave_if_drained() {
  if (!draining_ || drained_ || queue_.in_flight() > 0) return;
  drained_ = true;
  send(parent_, ConnectionDrained{account_.channel});
}

// ---- the account

void ConnectionActor::load() {
  const auto row = channel_rows::load(services_.reader, account_.workspace, account_.channel);
  if (!row && row.error().code != Errc::not_found) throw std::runtime_error(row.error().detail);
  account_.deleted = !row;
  if (account_.deleted) {  // waiting sends fail, new events become dead letters
    if (queue_.parked()) queue_.resume(pace_now());
    return;
  }
  account_.row = row->channel();
  const auto adapter = services_.adapters.find(account_.row.type());
  account_.adapter = adapter == services_.adapters.end() ? nullptr : adapter->second;
  if (account_.adapter != nullptr) queue_.adopt(account_.limits(), !account_.beside_phone_app());
  open_credentials(*row);
  account_.token_since = row->token_since_ms();
  token_.begin();
  if (!account_.usable()) queue_.park();
}

void ConnectionActor::open_credentials(const record::Channel& row) {
  auto opened = or_throw(
      channel_rows::open_credentials(services_.vault, account_.workspace, account_.channel, row),
      "credentials");
  if (opened.SerializeAsString() != account_.credentials.SerializeAsString())
    ++account_.token_number;
  account_.credentials = std::move(opened);
}

void ConnectionActor::handle(ReloadChannel&) {
  load();
  if (account_.row.status() == api::CHANNEL_STATUS_ACTIVE && queue_.parked())
    queue_.resume(pace_now());
  pump();
}

// ---- inbound

void ConnectionActor::handle(DeliverEvents& command) {
  token_.heard();
  for (RawEvent& raw : command.events) deliveries_.deliver(std::move(raw));
}

// Typing and read marks are best effort: not retried, failures are ignored. None is sent while a
// rate limit holds, because calls would extend it.
bool ConnectionActor::has_room_for_courtesy() const {
  if (account_.adapter == nullptr || account_.deleted || queue_.parked()) return false;
  const Millis app_limit = services_.app_pauses.until(account_.adapter->app(account_.credentials));
  return !queue_.limited(pace_now()) && app_limit <= pace_now();
}

void ConnectionActor::handle(ShowTyping& command) {
  if (!has_room_for_courtesy()) return;
  if (auto call = account_.adapter->compose_typing_below(command.recipient, command.last_inbound,
                                                         account_.credentials))
    services_.provider.call(std::move(*call), [](const ProviderReply&) {});
}

void ConnectionActor::handle(ShowRead& command) {
  if (!has_room_for_courtesy()) return;
  if (auto call = account_.adapter->compose_read(command.recipient, command.external_id,
                                                 account_.credentials))
    services_.provider.call(std::move(*call), [](const ProviderReply&) {});
}

// ---- outbound

void ConnectionActor::handle(OutboxAppended& command) {
  rows_.add(command);
  pump();
  rows_.put_claim_back(command.sequence);
}

void ConnectionActor::on_outbox_loaded(OutboxLoaded& loaded) {
  rows_.on_loaded(loaded);
  if (rows_.all_known()) deliveries_.send_waiting_echoes();
  pump();
}

// Outbox rows may exist without a notification: their conversation died before it sent one, or the
// notification was dropped while this connection was paused.
void ConnectionActor::read_outbox_again() {
  pump();
  rows_.read_again();
}

void ConnectionActor::pump() {
  card_->queue.store(static_cast<std::int64_t>(queue_.size()), std::memory_order_relaxed);
  card_->waits_on = queue_.in_flight() > 0 ? "provider" : nullptr;
  if (draining_) return leave_if_drained();
  rows_.fill();
  card_->next_timer = 0;
  if (!rows_.all_known() || card_->paused_at()) return;
  show_limit();
  if (const auto taken = queue_.take(pace_now()); !taken.empty()) sends_.start(taken);
  auto due = queue_.next_due(pace_now());
  if (queue_.limited_until() > pace_now())  // to show the limit's end even if nothing waits
    due = std::min(due.value_or(queue_.limited_until()), queue_.limited_until());
  card_->next_timer = due ? now() + *due - pace_now() : 0;
  if (!due || (pump_at_ && *pump_at_ <= *due)) return;
  pump_at_ = due;
  remind(std::chrono::milliseconds(std::clamp<Millis>(*due - pace_now(), 1, 30'000)),
         TickPump{++pump_tick_});
}

// Shows an active rate limit in the channel status, including an app-wide limit that another
// account hit.
void ConnectionActor::show_limit() {
  if (account_.adapter != nullptr)
    if (const Millis until =
            services_.app_pauses.until(account_.adapter->app(account_.credentials));
        until > pace_now())
      queue_.limit_until(until);
  const bool limited = queue_.limited(pace_now());
  if (limited && account_.row.status() == api::CHANNEL_STATUS_ACTIVE)
    set_status(api::CHANNEL_STATUS_RATE_LIMITED,
               "The provider allows no more messages for the moment; sending goes on by itself.");
  if (!limited && account_.row.status() == api::CHANNEL_STATUS_RATE_LIMITED)
    set_status(api::CHANNEL_STATUS_ACTIVE, "");
}

// ---- ConnectionShell

void ConnectionActor::commit(storage::Commit commit, ConnectionShell::AfterCommit then) {
  CoreActor::commit(std::move(commit), std::move(then));
}

void ConnectionActor::tell_workspace(WorkspaceCommand command) {
  send(parent_, ToWorkspace{account_.workspace, std::move(command)});
}

void ConnectionActor::tell_conversation(const Id& conversation, ConversationCommand command) {
  send(parent_,
       ToConversation{account_.workspace, conversation, account_.channel, std::move(command)});
}

void ConnectionActor::remind_with(std::chrono::milliseconds wait, caf::message note) {
  delayed_send(this, wait, std::move(note));
}

void ConnectionActor::set_status(api::ChannelStatus status, std::string reason) {
  if (account_.row.status() == status) return;
  account_.row.set_status(status);
  tell_workspace(SetChannelStatus{account_.channel, status, std::move(reason)});
}

void ConnectionActor::stop_sending(api::ChannelStatus status, std::string reason) {
  queue_.park();
  set_status(status, std::move(reason));
}

// Acts on a refusal beyond its message. One that no rule explains is our mistake or a change at the
// provider: it is counted, and whoever runs the engine is warned.
void ConnectionActor::note_refused(const Refusal& refusal) {
  if (refusal.error_code == kTemplateInvalid) templates_.read_after_refusal();
  const bool unexplained = refusal.error_code == kRefused;
  if (unexplained) timings::unexplained_refusal(account_.row.type()).add();
  const auto count = refusal_log_.note(refusal.error_code, refusal.provider_code, pace_now());
  if (count == 0) return;
  log::write(unexplained ? log::Level::warn : log::Level::info, "send_not_accepted",
             {{"path", account_.path},
              {"trace_id", refusal.trace_id},
              {"code", refusal.error_code},
              {"provider_code", refusal.provider_code},
              {"attempt", refusal.attempt},
              {"unexplained", unexplained},
              {"count", count}});
}

void ConnectionActor::pause_sending(Millis wait, std::string reason) {
  queue_.limit_until(pace_now() + wait);
  if (account_.row.status() == api::CHANNEL_STATUS_ACTIVE)
    set_status(api::CHANNEL_STATUS_RATE_LIMITED, std::move(reason));
  pump();
}

void ConnectionActor::note_step(const char* what, std::string_view outcome, std::int64_t took_us) {
  CoreActor::note_step(what, outcome, took_us);
}

}  // namespace aura
