#include "net/connect/setup_run.h"

#include <utility>

#include "net/providers/lenient_json.h"

namespace aura::net {
namespace {

using Kind = SendOutcome::Kind;

// The provider cannot be reached from here at all (no network, no such host). An attacker cannot
// cause this for somebody else's account, and no events arrive in this state. So the channel is
// stored unproven; its connection checks the token later.
bool out_of_reach(const ProviderReply& reply) {
  return reply.status == 0 && reply.error == Errc::io && !reply.maybe_sent;
}

// The provider does not implement the call (501): it proves nothing, and repeating it is useless.
bool is_absent(const ProviderReply& reply) { return reply.status == 501; }

// The provider itself has trouble, so its reply says nothing about the credentials.
bool is_trouble(const ProviderReply& reply, const SendOutcome& outcome) {
  if (is_absent(reply)) return false;
  return outcome.kind == Kind::retry || outcome.kind == Kind::pause ||
         outcome.kind == Kind::ambiguous;
}

bool says_no(const ProviderReply& reply) {  // {"success":false}
  const LenientJson json(reply.body);
  return json.root().has("success") && !json.root().flag("success");
}

}  // namespace

SetupRun::SetupRun(const ChannelSetup::Parts& parts, const ChannelAdapter& adapter, Id workspace,
                   api::ChannelInput input, MaybeIdempotency once, Reply<api::Channel> reply)
    : parts_(parts),
      adapter_(adapter),
      workspace_(workspace),
      input_(std::move(input)),
      once_(std::move(once)),
      reply_(std::move(reply)) {}

void SetupRun::start() {
  // For credentials that name no account, create_channel refuses the channel.
  const bool complete = adapter_.account_of(input_.credentials()).has_value();
  auto probe = complete ? adapter_.compose_probe(input_.credentials()) : std::nullopt;
  if (!probe) return store();
  parts_.provider.call(std::move(*probe), [self = shared_from_this()](const ProviderReply& reply) {
    self->on_probed(reply);
  });
}

// The credentials must own the account that they name; otherwise its customers' messages would
// reach a stranger.
void SetupRun::on_probed(const ProviderReply& reply) {
  const std::string account = *adapter_.account_of(input_.credentials());
  const TokenState token = adapter_.read_token(reply, parts_.clock.now_ms());
  if (token.kind == TokenState::Kind::dead)
    return reply_(fail(Errc::invalid, token.detail, "/credentials"));
  if (token.of_another(account))
    return reply_(fail(Errc::invalid,
                       "These credentials belong to another account than the one they name.",
                       "/credentials"));
  if (token.kind == TokenState::Kind::unknown) {
    if (out_of_reach(reply)) return store();
    if (is_trouble(reply, adapter_.classify(reply)))
      return come_again("The provider does not answer at the moment.");
  }
  proven_ = token.of(account);
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
  const SendOutcome outcome = adapter_.classify(reply);
  const bool done = outcome.kind == Kind::sent && !says_no(reply);
  if (done && steps_[step].proves_account) proven_ = true;
  if (done) return next_way(step + 1, 0);
  const bool so_spelled = outcome.kind == Kind::failed || outcome.kind == Kind::sent;
  if (so_spelled && way + 1 < steps_[step].ways.size()) return next_way(step, way + 1);
  refuse_step(step, reply);
}

// Refuses the channel if the client asked for this step, or if the step was to prove who owns the
// account and the provider denied it or has trouble. After any other refusal the channel is still
// created, and its `error` reports the step.
void SetupRun::refuse_step(std::size_t step, const ProviderReply& reply) {
  const SetupStep& refused = steps_[step];
  const SendOutcome outcome = adapter_.classify(reply);
  const bool trouble = is_trouble(reply, outcome);
  const std::string code =
      outcome.provider_code.empty() ? "" : " (code " + outcome.provider_code + ")";
  std::string why =
      trouble ? "The provider does not answer at the moment: it must " + refused.purpose + "."
              : "The provider refused to " + refused.purpose + code + ".";
  if (outcome.kind == Kind::reconnect) why += " " + outcome.error_detail;
  const bool owed = refused.proves_account && !proven_;
  const bool denied = outcome.kind == Kind::reconnect;
  const bool optional = refused.field.empty() && !(owed && (trouble || denied));
  if (optional || is_absent(reply)) {
    told_ = std::move(why);
    return next_way(step + 1, 0);
  }
  if (trouble) return come_again(why);
  reply_(fail(Errc::invalid, std::move(why), owed ? "/credentials" : refused.field));
}

void SetupRun::come_again(const std::string& why) const {
  reply_(fail(Errc::unavailable, why + " Please try again."));
}

void SetupRun::store() {
  parts_.commands.create_channel(workspace_, input_, once_,
                                 [self = shared_from_this()](Result<api::Channel> channel) {
                                   self->on_stored(std::move(channel));
                                 });
}

// A provider with one webhook address per channel gets the address now, because it contains the new
// channel's id.
void SetupRun::on_stored(Result<api::Channel> channel) {
  if (!channel) return reply_(std::move(channel));
  auto call = probed_.status != 0
                  ? adapter_.compose_webhook(input_.credentials(), probed_, channel->id())
                  : std::nullopt;
  if (!call) return answer(std::move(*channel));
  parts_.provider.call(std::move(*call), [self = shared_from_this(), made = std::move(*channel)](
                                             const ProviderReply& reply) mutable {
    if (reply.status < 200 || reply.status >= 300)
      self->told_ =
          "The provider did not take the address for incoming messages: enter webhook_url there.";
    self->answer(std::move(made));
  });
}

void SetupRun::answer(api::Channel made) const {
  if (told_.empty()) return reply_(std::move(made));
  made.set_error(told_);
  parts_.commands.amend_channel(workspace_, once_, std::move(made), reply_);
}

}  // namespace aura::net
