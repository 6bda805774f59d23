#include "actors/connection/connection_actor.h"

#include <stdexcept>

#include "actors/tree/timings.h"
#include "config/limits.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

ConnectionActor::ConnectionActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                                 Config what)
    : CoreActor(config, services, std::move(card)),
      what_(std::move(what)),
      pace_clock_(services.clock),
      outbox_({limits::kSendsInFlight, limits::kSendsPerSecond, limits::kBreakerFailures},
              services.clock.now_ms()),
      workspace_events_(timings::workspace_events(format_id(IdType::workspace, what_.workspace))) {}

caf::behavior ConnectionActor::make_behavior() {
  load();
  load_outbox();
  look_for_unsupported();
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
        on_event_ended(ended);
      },
      [this](const TickRetry& tick) {
        const auto it = deliveries_.find(tick.sequence);
        if (it != deliveries_.end()) send_events(it->second);
      },
      [this](TickHeld) { free_held(); },
      [this](OutboxLoaded& loaded) { on_outbox_loaded(loaded); },
      [this](TickOutbox) { load_outbox(); },
      [this](CallFinished& finished) {
        const auto scope = busy();
        on_call_finished(finished);
      },
      [this](const SendRecorded& recorded) {
        const auto scope = busy();
        on_send_recorded(recorded);
      },
      [this](const TickRecord& tick) {
        if (auto* entry = outbox_.find(tick.sequence))
          record_result(*entry, pending_results_[tick.sequence]);
      },
      [this](TickToken) { on_token_tick(); },
      [this](const TokenAnswered& answered) { on_token_answered(answered); },
      [this](const TemplatesAnswered& answered) { on_templates_answered(answered); },
      [this](TickTemplates) {
        if (!template_sync_) read_templates();
      },
      [this](const UnsupportedFound& found) { on_unsupported_found(found); },
      [this](TickProjection) { look_for_unsupported(); },
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

// Stopping: nothing more is claimed, the calls in flight are finished and recorded.
void ConnectionActor::leave_if_drained() {
  if (!draining_ || drained_ || outbox_.in_flight() > 0) return;
  drained_ = true;
  send(what_.parent, ConnectionDrained{what_.channel});
}

// A tick that is set for an hour keeps this object so long: nothing large stays in it.
void ConnectionActor::on_exit() {
  if (told_full_) services_.full_outboxes.set(what_.channel, false);
  deliveries_.clear();
  outbox_ = OutboxQueue({}, 0);
  calls_.clear();
  pending_results_.clear();
  owners_ = {};
  template_sync_.reset();
}

void ConnectionActor::load() {
  const std::string at = keys::channel(what_.workspace, what_.channel);
  auto value = services_.reader.get(Family::channel, at);
  if (!value) throw std::runtime_error(value.error().detail);
  deleted_ = !*value;
  if (deleted_) {  // what waits to go out fails, what still comes in becomes a dead letter
    if (outbox_.parked()) outbox_.resume(pace_now());
    return;
  }
  record::Channel row;
  if (!row.ParseFromString(**value)) throw std::runtime_error("the channel's row is not readable");
  channel_ = row.channel();
  const auto adapter = services_.adapters.find(channel_.type());
  adapter_ = adapter == services_.adapters.end() ? nullptr : adapter->second;
  if (adapter_ != nullptr) outbox_.adopt(adapter_->limits());
  const std::string before = credentials_.SerializeAsString();
  credentials_.Clear();
  if (!row.sealed_credentials().empty()) {
    auto key = services_.vault.workspace_key(what_.workspace);
    if (!key) throw std::runtime_error(key.error().detail);
    auto open = (*key)->open(storage::aad(Family::channel, at), row.sealed_credentials());
    if (!open || !credentials_.ParseFromString(*open))
      throw std::runtime_error("the channel's credentials cannot be opened");
  }
  if (credentials_.SerializeAsString() != before) ++token_number_;
  token_since_ = row.token_since_ms();
  watch_token();
  if (channel_.status() == api::CHANNEL_STATUS_TOKEN_EXPIRED ||
      channel_.status() == api::CHANNEL_STATUS_DISABLED)
    outbox_.park();
}

void ConnectionActor::handle(ReloadChannel&) {
  load();
  if (channel_.status() == api::CHANNEL_STATUS_ACTIVE && outbox_.parked())
    outbox_.resume(pace_now());
  pump();
}

// A courtesy: it is not retried, and a failure says nothing.
void ConnectionActor::handle(ShowTyping& command) {
  if (adapter_ == nullptr || deleted_ || outbox_.parked()) return;
  if (auto call =
          adapter_->compose_typing_below(command.recipient, command.last_inbound, credentials_))
    services_.provider.call(std::move(*call), [](const ProviderReply&) {});
}

void ConnectionActor::handle(ShowRead& command) {
  if (adapter_ == nullptr || deleted_ || outbox_.parked()) return;
  if (auto call = adapter_->compose_read(command.recipient, command.external_id, credentials_))
    services_.provider.call(std::move(*call), [](const ProviderReply&) {});
}

void ConnectionActor::set_status(api::ChannelStatus status, std::string reason) {
  if (channel_.status() == status) return;
  channel_.set_status(status);
  send(what_.parent,
       ToWorkspace{what_.workspace, SetChannelStatus{what_.channel, status, std::move(reason)}});
}

}  // namespace aura
