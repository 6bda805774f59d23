// SMS and MMS through Twilio: parses webhook items, composes Messages API calls, classifies
// replies. Owned by the application, used by every SMS connection; immutable, any thread may call.
// Follows Twilio's Programmable Messaging (API 2010-04-01).
#pragma once

#include <optional>
#include <string>

#include "net/providers/sms/keywords.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::sms {

struct Options {
  std::string api_url = "https://api.twilio.com";
  std::string public_url;  // base URL for status callbacks; empty: none requested
  Keywords keywords;
};

class SmsAdapter final : public ChannelAdapter {
 public:
  explicit SmsAdapter(Options options);

  Normalised normalise(std::string_view payload) const override;
  // Adds the channel's own opt-out words.
  Normalised normalise_for(const api::Channel& channel, std::string_view payload) const override;
  // A message is sent in parts of at most four segments; all its files are sent with the last one.
  std::vector<ProviderCall> compose(const OutboundMessage& message,
                                    const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                             const api::Credentials& credentials) const override;
  SendOutcome classify(const ProviderReply& reply) const override;
  // The number (E.164), short code or messaging service that sends.
  Result<std::string> account_of(const api::Credentials& credentials) const override;
  std::optional<Millis> window_length() const override;  // none
  Result<void> check(const OutboundMessage& message) const override;
  SendLimits limits() const override;
  std::optional<ProviderCall> compose_lookup(const OutboundMessage& message,
                                             const api::Credentials& credentials) const override;
  SendOutcome classify_lookup(const OutboundMessage& message, const ProviderReply& reply,
                              const IsTaken& is_taken) const override;
  std::optional<ProviderCall> compose_probe(const api::Credentials& credentials) const override;
  TokenState read_token(const ProviderReply& reply, Millis now) const override;
  // Files are fetched with the account's credentials, which are not sent to the storage host that
  // Twilio redirects to.
  MediaTarget media_target(const MediaSource& source,
                           const api::Credentials& credentials) const override;
  std::optional<std::uint32_t> segments(const OutboundMessage& message) const override;
  std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message) const override;

  std::string webhook_url(const std::string& channel_id) const override;
  std::optional<ProviderCall> compose_webhook(const api::Credentials& credentials,
                                              const ProviderReply& probed,
                                              const std::string& channel_id) const override;

 private:
  Options options_;
  bool callbacks_ = false;  // Twilio can reach public_url
};

}  // namespace aura::net::sms
