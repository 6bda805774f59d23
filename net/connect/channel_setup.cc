#include "net/connect/channel_setup.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "config/limits.h"
#include "net/connect/meta_login.h"
#include "net/connect/setup_run.h"

namespace aura::net {

void ChannelSetup::create(Id workspace, api::ChannelInput input, MaybeIdempotency once,
                          Reply<api::Channel> reply) {
  const auto adapter = parts_.adapters.find(input.type());
  if (adapter == parts_.adapters.end())  // a web chat has no provider
    return parts_.commands.create_channel(workspace, std::move(input), std::move(once),
                                          std::move(reply));
  // Before calling the provider, which may refuse a repeated request.
  if (auto earlier = parts_.commands.earlier_channel(workspace, once))
    return reply(std::move(*earlier));
  std::make_shared<SetupRun>(parts_, *adapter->second, workspace, std::move(input), std::move(once),
                             std::move(reply))
      ->start();
}

void ChannelSetup::log_in(Id workspace, api::ChannelLoginInput input, MaybeIdempotency once,
                          Reply<api::ChannelLogin> reply) {
  if (parts_.meta.app_id.empty() || parts_.meta.app_secret.empty())
    return reply(fail(Errc::unsupported,
                      "This engine has no Meta app to log in with: set channels.meta.app_id and "
                      "app_secret, or connect the channel by a pasted token."));
  if (once) {
    const auto earlier = logins_.find(*once, workspace, parts_.clock.now_ms());
    if (earlier && earlier->once->fingerprint == once->fingerprint) return reply(earlier->shown);
    if (earlier)
      return reply(fail(Errc::conflict, "This Idempotency-Key was used for another request."));
    if (!logins_.begin(*once))
      return reply(fail(Errc::conflict, "The first request with this Idempotency-Key still runs."));
  }
  api::ChannelLogin shown;
  shown.set_provider(input.provider());
  MetaLogin::run(
      parts_.meta, parts_.provider, std::move(input),
      [this, workspace, shown = std::move(shown), once = std::move(once),
       reply = std::move(reply)](Result<MetaLogin::Accounts> accounts) {
        Result<api::ChannelLogin> answer =
            accounts ? Result<api::ChannelLogin>(keep(workspace, shown, std::move(*accounts), once))
                     : tl::unexpected(accounts.error());
        if (once) logins_.end(*once);
        reply(std::move(answer));
      });
}

api::ChannelLogin ChannelSetup::keep(Id workspace, api::ChannelLogin shown,
                                     std::vector<meta::LoginAccount> accounts,
                                     MaybeIdempotency once) {
  constexpr Millis kLife = std::chrono::milliseconds(limits::kChannelLoginLife).count();
  const Millis now = parts_.clock.now_ms();
  const Id id = new_id(now);
  shown.set_id(format_id(IdType::login, id));
  shown.set_expires_at(now + kLife);
  for (auto& account : accounts) {
    *shown.add_accounts() = account.shown;
    if (account.token_life > 0) account.credentials.set_token_expires_at(now + account.token_life);
  }
  logins_.add(id, {workspace, shown, std::move(accounts), std::move(once)}, now);
  return shown;
}

void ChannelSetup::choose(Id workspace, Id id, api::ChannelChoiceInput input, MaybeIdempotency once,
                          Reply<api::Channel> reply) {
  const auto login = logins_.find(id, workspace, parts_.clock.now_ms());
  if (!login)
    return reply(fail(Errc::not_found, "There is no such login, or it is over: log in again."));
  const auto chosen = std::find_if(
      login->accounts.begin(), login->accounts.end(),
      [&](const auto& account) { return account.shown.account_id() == input.account_id(); });
  if (chosen == login->accounts.end())
    return reply(
        fail(Errc::invalid, "account_id is none of this login's accounts.", "/account_id"));
  api::ChannelInput channel;
  channel.set_type(chosen->shown.type());
  channel.set_name(input.has_name() ? input.name() : chosen->shown.name());
  *channel.mutable_credentials() = chosen->credentials;
  if (input.has_pin()) channel.set_pin(input.pin());
  create(workspace, std::move(channel), std::move(once), std::move(reply));
}

}  // namespace aura::net
