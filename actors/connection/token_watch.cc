#include "actors/connection/token_watch.h"

#include <caf/send.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "config/limits.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"

namespace aura {
namespace {

// `provider` and `adapter` outlive every actor, so the callback may hold references.
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

// No tick for channels whose tokens can be neither checked nor renewed.
void TokenWatch::begin() {
  if (!watching_ && may_look()) watch(std::chrono::seconds(1));
}

bool TokenWatch::may_look() const {
  return account_.adapter != nullptr && !shell_.stopping() && !account_.deleted;
}

void TokenWatch::watch(std::chrono::seconds wait) {
  const auto& adapter = *account_.adapter;
  watching_ =
      adapter.compose_probe(account_.credentials) || adapter.compose_renewal(account_.credentials);
  if (watching_) shell_.remind(wait, TickToken{});
}

// Subscribes the webhooks again if no event came for an hour: Meta unsubscribes an app whose
// webhooks fail for an hour, and a channel may have been created while its provider was
// unreachable.
void TokenWatch::want_events(Millis now) const {
  if (now - heard_at_ < in_ms(limits::kTokenTick)) return;
  for (SetupStep& step : account_.adapter->compose_setup(account_.credentials, {}))
    tell_again(services_.provider, *account_.adapter, std::make_shared<SetupStep>(std::move(step)),
               0);
}

bool TokenWatch::renewal_due(Millis now) const {
  if (!account_.row.has_token_expires_at()) return false;
  const Millis life = account_.row.token_expires_at() - account_.token_since;
  return life > 0 && now >= account_.token_since + life / 2;
}

void TokenWatch::on_tick() {
  watching_ = false;
  if (!may_look()) return;
  const Millis now = services_.clock.now_ms();
  if (account_.usable()) {
    want_events(now);
    ask(now);
  }
  watch(limits::kTokenTick);
}

// Requests a new token after half of the token's lifetime, otherwise checks the token once a day.
void TokenWatch::ask(Millis now) const {
  std::optional<ProviderCall> call;
  if (renewal_due(now)) call = account_.adapter->compose_renewal(account_.credentials);
  const bool renewal = call.has_value();
  const bool looked = account_.row.has_token_checked_at() &&
                      now - account_.row.token_checked_at() < in_ms(limits::kTokenProbe);
  if (!call && !looked) call = account_.adapter->compose_probe(account_.credentials);
  if (!call) return;
  services_.provider.call(std::move(*call), [to = shell_.self(), renewal,
                                             token = account_.token_number](ProviderReply reply) {
    caf::anon_send(to, TokenAnswered{token, renewal, std::move(reply)});
  });
}

bool TokenWatch::on_answered(const TokenAnswered& answered) {
  // Ignore answers about a token that was replaced meanwhile.
  if (account_.adapter == nullptr || account_.deleted || answered.token != account_.token_number)
    return false;
  const Millis now = services_.clock.now_ms();
  const TokenState token = account_.adapter->read_token(answered.reply, now);
  if (token.kind == TokenState::Kind::unknown) return false;  // the next tick asks again
  if (token.kind == TokenState::Kind::dead) {
    shell_.stop_sending(api::CHANNEL_STATUS_TOKEN_EXPIRED, token.detail);
    return false;
  }
  if (token.of_another(account_.row.account_id())) {  // the channel was created unchecked
    shell_.stop_sending(api::CHANNEL_STATUS_TOKEN_EXPIRED,
                        "These credentials belong to another account; please connect it again.");
    return false;
  }
  account_.row.set_token_checked_at(now);
  if (token.expires_at) account_.row.set_token_expires_at(*token.expires_at);
  SetChannelToken seen;
  seen.channel = account_.channel;
  seen.checked_at = now;
  seen.expires_at = token.expires_at;
  seen.persons = token.persons;
  if (answered.renewal) seen.renewed_token = token.renewed_token;
  shell_.tell_workspace(std::move(seen));
  return true;
}

}  // namespace aura
