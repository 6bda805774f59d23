// Creates one channel: probes the credentials, performs the provider's setup steps and stores the
// channel; refuses credentials that do not own the account. Keeps itself alive until its reply has
// run, once. Runs on the threads of the replies, one step after the other.
#pragma once

#include <memory>

#include "net/connect/channel_setup.h"

namespace aura::net {

class SetupRun : public std::enable_shared_from_this<SetupRun> {
 public:
  SetupRun(const ChannelSetup::Parts& parts, const ChannelAdapter& adapter, Id workspace,
           api::ChannelInput input, MaybeIdempotency once, Reply<api::Channel> reply);
  void start();

 private:
  void on_probed(const ProviderReply& reply);
  void next_way(std::size_t step, std::size_t way);
  void on_told(std::size_t step, std::size_t way, const ProviderReply& reply);
  void refuse_step(std::size_t step, const ProviderReply& reply);
  void store();
  void come_again(const std::string& why) const;
  void on_stored(Result<api::Channel> channel);
  void answer(api::Channel made) const;  // with what the provider refused

  const ChannelSetup::Parts& parts_;
  const ChannelAdapter& adapter_;
  const Id workspace_;
  const api::ChannelInput input_;
  const MaybeIdempotency once_;
  const Reply<api::Channel> reply_;
  ProviderReply probed_;
  std::vector<SetupStep> steps_;
  bool proven_ = false;  // the credentials own the account
  std::string told_;     // description of a refused step, for the channel's `error`
};

}  // namespace aura::net
