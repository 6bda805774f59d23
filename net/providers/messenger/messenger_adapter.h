// Facebook Messenger's wire formats: webhook items in, Send API calls out, error replies read.
// Owned by the application, given to every Messenger connection; immutable, any thread may call.
// The rules are those of Meta's Messenger Platform, Graph API v25.
#pragma once

#include <optional>
#include <string>

#include "net/signature.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::messenger {

struct Options {
  std::string graph_url = "https://graph.facebook.com";
  std::string api_version = "v25.0";
  std::string app_id;      // ours: tells our own echoes and who owns a thread
  std::string app_secret;  // set: every call carries an appsecret_proof
};

class MessengerAdapter final : public ChannelAdapter {
 public:
  explicit MessengerAdapter(Options options);

  Normalised normalise(std::string_view payload) const override;
  std::vector<ProviderCall> compose(const OutboundMessage& message,
                                    const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                             const api::Credentials& credentials) const override;
  // A `sent` outcome with retry_after_ms says: accepted, but the account's quota is used up, so
  // nothing more should be sent before then.
  SendOutcome classify(const ProviderReply& reply) const override;
  Result<std::string> account_of(const api::Credentials& credentials) const override;
  std::optional<Millis> window_length() const override;

 private:
  ProviderCall call(const api::Credentials& credentials, std::string body) const;

  Options options_;
  std::optional<HmacSha256> proof_;
};

}  // namespace aura::net::messenger
