// The connection's token: looked at once a day, renewed at half of its life, on a tick of its own.
// A dead token parks what goes out, in its order, and the owner is told once.
#include <chrono>
#include <memory>

#include "actors/connection/connection_actor.h"
#include "config/limits.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"

namespace aura {
namespace {

// Provider and adapter outlive every actor.
void tell_again(ProviderClient& provider, const ChannelAdapter& adapter,
                const std::shared_ptr<const SetupStep>& step, std::size_t way) {
  provider.call(step->ways[way], [&provider, &adapter, step, way](const ProviderReply& reply) {
    const SendOutcome outcome = adapter.classify(reply);
    if (outcome.kind == SendOutcome::Kind::sent) return;
    if (outcome.kind == SendOutcome::Kind::failed && way + 1 < step->ways.size())
      return tell_again(provider, adapter, step, way + 1);
    log::warn("setup_not_repeated",
              {{"purpose", step->purpose}, {"provider_code", outcome.provider_code}});
  });
}

}  // namespace

// Channels whose tokens cannot be looked at need no tick.
void ConnectionActor::watch_token() {
  if (watching_token_ || adapter_ == nullptr || draining_ || deleted_) return;
  if (!adapter_->compose_probe(credentials_) && !adapter_->compose_renewal(credentials_)) return;
  watching_token_ = true;
  delayed_send(this, std::chrono::seconds(1), TickToken{});
}

// If no event came for an hour, the provider is asked again to send them: Meta unsubscribes an app
// whose webhooks fail for an hour, and a channel may have been made while its provider was away.
void ConnectionActor::want_events() {
  if (now() - heard_at_ < in_ms(limits::kTokenTick)) return;
  for (SetupStep& step : adapter_->compose_setup(credentials_, {}))
    tell_again(services_.provider, *adapter_, std::make_shared<SetupStep>(std::move(step)), 0);
}

bool ConnectionActor::renewal_due() const {
  if (!channel_.has_token_expires_at()) return false;
  const Millis life = channel_.token_expires_at() - token_since_;
  return life > 0 && now() >= token_since_ + life / 2;
}

void ConnectionActor::on_token_tick() {
  watching_token_ = false;
  if (adapter_ == nullptr || draining_ || deleted_) return;
  const bool usable = channel_.status() != api::CHANNEL_STATUS_TOKEN_EXPIRED &&
                      channel_.status() != api::CHANNEL_STATUS_DISABLED;
  const bool looked = channel_.has_token_checked_at() &&
                      now() - channel_.token_checked_at() < in_ms(limits::kTokenProbe);
  if (usable) want_events();
  std::optional<ProviderCall> call;
  bool renewal = false;
  if (usable && renewal_due()) {
    call = adapter_->compose_renewal(credentials_);
    renewal = call.has_value();
  }
  if (usable && !call && !looked) call = adapter_->compose_probe(credentials_);
  if (call)
    services_.provider.call(std::move(*call),
                            [to = self(), renewal, token = token_number_](ProviderReply reply) {
                              caf::anon_send(to, TokenAnswered{token, renewal, std::move(reply)});
                            });
  if (!adapter_->compose_probe(credentials_) && !adapter_->compose_renewal(credentials_)) return;
  watching_token_ = true;
  delayed_send(this, limits::kTokenTick, TickToken{});
}

void ConnectionActor::on_token_answered(const TokenAnswered& answered) {
  // An answer about a token that was replaced meanwhile says nothing.
  if (adapter_ == nullptr || deleted_ || answered.token != token_number_) return;
  const TokenState token = adapter_->read_token(answered.reply, now());
  if (token.kind == TokenState::Kind::unknown) return;  // the next tick asks again
  if (token.kind == TokenState::Kind::dead) {
    outbox_.park();
    return set_status(api::CHANNEL_STATUS_TOKEN_EXPIRED, token.detail);
  }
  if (token.of_another(channel_.account_id())) {  // made while the provider was out of reach
    outbox_.park();
    return set_status(api::CHANNEL_STATUS_TOKEN_EXPIRED,
                      "These credentials belong to another account; please connect it again.");
  }
  if (!template_sync_) read_templates();
  channel_.set_token_checked_at(now());
  if (token.expires_at) channel_.set_token_expires_at(*token.expires_at);
  SetChannelToken seen;
  seen.channel = what_.channel;
  seen.checked_at = now();
  seen.expires_at = token.expires_at;
  if (answered.renewal) seen.renewed_token = token.renewed_token;
  send(what_.parent, ToWorkspace{what_.workspace, std::move(seen)});
}

}  // namespace aura
