// A channel and a provider that a test scripts: inbound items are events stored in the channel (the
// payload is their index), outgoing texts are split at '|', and answers are given one after
// another. Single-threaded.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "runtime/ports/channel_adapter.h"
#include "runtime/ports/provider_client.h"

namespace aura::test {

class ScriptedChannel final : public ChannelAdapter {
 public:
  // Returns the payload of an item with these events.
  std::string item(std::vector<ChannelEvent> events) const;
  // Acts as a later version that reads the item like this.
  void learn(const std::string& payload, std::vector<ChannelEvent> events);
  bool looks_up = false;  // supports look-ups of cut-off sends
  bool has_token = false;
  bool nameless_echoes = false;  // its echoes show the content, but carry no metadata
  std::optional<Millis> window = 24 * 3'600'000;
  bool shows_typing = false;
  bool subscribes = false;  // needs a subscription call, which has two alternative forms

  Normalised normalise(std::string_view payload) const override;
  std::uint32_t projection() const override { return projection_; }
  bool shows_part(const ChannelEvent& echo, const OutboundMessage& message,
                  std::size_t part) const override;
  std::vector<ProviderCall> compose(const OutboundMessage& message,
                                    const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                             const api::Credentials&) const override;
  std::optional<ProviderCall> compose_reaction(const std::string& recipient,
                                               const std::string& external_id,
                                               const std::string& emoji,
                                               const api::Credentials&) const override;
  std::vector<SetupStep> compose_setup(const api::Credentials&, const std::string&) const override;
  // 200: sent; 400: failed (because of a file if the body has "file"); 401: reconnect; 429: paused
  // (for the contact if the body has "contact"); 500: retry; 0: ambiguous.
  SendOutcome classify(const ProviderReply& reply) const override;
  Result<std::string> account_of(const api::Credentials& credentials) const override {
    return credentials.phone_number_id();
  }
  std::optional<Millis> window_length() const override { return window; }
  std::optional<ProviderCall> compose_lookup(const OutboundMessage& message,
                                             const api::Credentials&) const override;
  SendOutcome classify_lookup(const OutboundMessage&, const ProviderReply& reply,
                              const IsTaken& is_taken) const override;
  std::optional<ProviderCall> compose_probe(const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_renewal(const api::Credentials& credentials) const override;
  // 200: alive until the time in the body, or renewed with "new:TOKEN"; 401: dead.
  TokenState read_token(const ProviderReply& reply, Millis now) const override;

 private:
  mutable std::vector<std::vector<ChannelEvent>> items_;
  std::uint32_t projection_ = 1;
};

class ScriptedProvider final : public ProviderClient {
 public:
  struct Call {
    std::string what, body, token;
  };
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override;
  std::size_t answer();  // answers all waiting calls

  std::deque<ProviderReply> answers;  // if empty: 200 with a new id
  std::vector<Call> calls;

 private:
  std::vector<std::pair<ProviderReply, std::function<void(ProviderReply)>>> waiting_;
  int sent_ = 0;
};

ProviderReply reply_of(int status, std::string body = {});
ProviderReply cut_off();

}  // namespace aura::test
