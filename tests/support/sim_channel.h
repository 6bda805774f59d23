// A channel for tests: events travel as plain fields, sends as "recipient, id, text", so that a
// simulation controls exactly what the provider says and sees exactly what the engine sent.
// Stateless; any thread may call.
//
//   item    = event *( 0x1E event )
//   event   = kind 0x1F external-id 0x1F thread 0x1F at 0x1F text 0x1F target 0x1F number
//             0x1F emoji 0x1F echo 0x1F metadata 0x1F reply-to
#pragma once

#include "runtime/ports/channel_adapter.h"

namespace aura::test {

std::string encode_event(const ChannelEvent& event);
std::string encode_events(const std::vector<ChannelEvent>& events);
std::vector<std::string> split(std::string_view text, char mark);

class SimChannel final : public ChannelAdapter {
 public:
  explicit SimChannel(std::optional<Millis> window = std::nullopt) : window_(window) {}
  Normalised normalise(std::string_view payload) const override;
  std::vector<ProviderCall> compose(const OutboundMessage& message,
                                    const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_typing(const std::string&,
                                             const api::Credentials&) const override {
    return std::nullopt;
  }
  SendOutcome classify(const ProviderReply& reply) const override;
  Result<std::string> account_of(const api::Credentials& credentials) const override {
    return credentials.page_id();
  }
  std::optional<Millis> window_length() const override { return window_; }

 private:
  std::optional<Millis> window_;
};

}  // namespace aura::test
