#include "net/connect/setup_run.h"

#include <utility>

namespace aura::net {

SetupRun::SetupRun(const ChannelSetup::Parts& parts, const ChannelAdapter& adapter, Id workspace,
                   api::ChannelInput input, MaybeIdempotency once, Reply<api::Channel> reply)
    : parts_(parts),
      adapter_(adapter),
      workspace_(workspace),
      input_(std::move(input)),
      once_(std::move(once)),
      reply_(std::move(reply)) {}

void SetupRun::start() {
  // Credentials that name no account are refused where the channel would be stored.
  const bool complete = adapter_.account_of(input_.credentials()).has_value();
  auto probe = complete ? adapter_.compose_probe(input_.credentials()) : std::nullopt;
  if (!probe) return store();
  parts_.provider.call(std::move(*probe), [self = shared_from_this()](const ProviderReply& reply) {
    self->on_probed(reply);
  });
}

void SetupRun::on_probed(const ProviderReply& reply) {
  const TokenState token = adapter_.read_token(reply, parts_.clock.now_ms());
  if (token.kind == TokenState::Kind::dead)
    return reply_(fail(Errc::invalid, token.detail, "/credentials"));
  if (token.kind == TokenState::Kind::unknown) return store();
  probed_ = reply;
  steps_ = adapter_.compose_setup(input_.credentials(), input_.pin());
  next_way(0, 0);
}

void SetupRun::next_way(std::size_t step, std::size_t way) {
  if (step == steps_.size()) return store();
  parts_.provider.call(steps_[step].ways[way],
                       [self = shared_from_this(), step, way](const ProviderReply& reply) {
                         self->on_told(step, way, reply);
                       });
}

void SetupRun::on_told(std::size_t step, std::size_t way, const ProviderReply& reply) {
  using Kind = SendOutcome::Kind;
  const SendOutcome outcome = adapter_.classify(reply);
  if (outcome.kind == Kind::sent) return next_way(step + 1, 0);
  if (outcome.kind == Kind::failed && way + 1 < steps_[step].ways.size())
    return next_way(step, way + 1);
  const SetupStep& refused = steps_[step];
  const bool answered = outcome.kind == Kind::failed || outcome.kind == Kind::reconnect;
  std::string why =
      answered
          ? "The provider refused to " + refused.purpose + " (code " + outcome.provider_code + ")."
          : "The provider does not answer at the moment: it must " + refused.purpose + ".";
  if (outcome.kind == Kind::reconnect) why += " " + outcome.error_detail;
  if (refused.field.empty()) {
    told_ = std::move(why);
    return next_way(step + 1, 0);
  }
  if (!answered) return reply_(fail(Errc::unavailable, why + " Please try again."));
  reply_(fail(Errc::invalid, std::move(why), refused.field));
}

void SetupRun::store() {
  parts_.commands.create_channel(workspace_, input_, once_,
                                 [self = shared_from_this()](Result<api::Channel> channel) {
                                   self->on_stored(std::move(channel));
                                 });
}

// Where each channel has an address of its own, the provider is told it now that it is known.
void SetupRun::on_stored(Result<api::Channel> channel) {
  if (channel && !told_.empty()) channel->set_error(told_);
  auto call = channel && probed_.status != 0
                  ? adapter_.compose_webhook(input_.credentials(), probed_, channel->id())
                  : std::nullopt;
  if (!call) return reply_(std::move(channel));
  parts_.provider.call(std::move(*call), [self = shared_from_this(), made = std::move(*channel)](
                                             const ProviderReply& reply) mutable {
    if (reply.status < 200 || reply.status >= 300)
      made.set_error(
          "The provider did not take the address for incoming messages: enter webhook_url there.");
    self->reply_(std::move(made));
  });
}

}  // namespace aura::net
