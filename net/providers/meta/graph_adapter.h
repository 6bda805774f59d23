// Common base of Messenger and Instagram: one wire format for events, sends, errors and tokens. The
// two adapters only add the handling of their credentials. Immutable; any thread may call.
#pragma once

#include <optional>
#include <string>

#include "net/providers/lenient_json.h"
#include "net/providers/meta/product.h"
#include "net/signature.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::meta {

struct Options {
  std::string graph_url = "https://graph.facebook.com";
  std::string api_version = "v25.0";
  std::string app_id;      // ours: recognises our own echoes and the owner of a thread
  std::string app_secret;  // if set, calls to graph_url carry an appsecret_proof
  std::string instagram_url = "https://graph.instagram.com";
};

// Target and token of an account's calls.
struct Access {
  enum class Login { facebook, instagram };
  Login login = Login::facebook;
  std::string node;  // the sending page or Instagram account
  std::string token;
};

// How long the token of this answer lives from now on; 0: not told.
Millis life_of_token(JsonView answer);

class GraphAdapter : public ChannelAdapter {
 public:
  Normalised normalise(std::string_view payload) const override;
  std::vector<ProviderCall> compose(const OutboundMessage& message,
                                    const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                             const api::Credentials& credentials) const override;
  // A `sent` outcome with retry_after_ms means: accepted, but the account's limit is used up, so
  // nothing more should be sent during that time.
  SendOutcome classify(const ProviderReply& reply) const override;
  std::optional<Millis> window_length() const override;
  std::optional<Millis> human_window_length() const override;
  Result<void> check(const OutboundMessage& message) const override;
  std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message) const override;
  SendLimits limits() const override;
  SendKind kind_of(const OutboundMessage& message) const override;
  std::optional<ProviderCall> compose_read(const std::string& recipient,
                                           const std::string& external_id,
                                           const api::Credentials& credentials) const override;
  // Instagram only, and only for emojis with a name.
  std::optional<ProviderCall> compose_reaction(const std::string& recipient,
                                               const std::string& external_id,
                                               const std::string& emoji,
                                               const api::Credentials& credentials) const override;
  std::string_view reactions() const override;
  bool shows_part(const ChannelEvent& echo, const OutboundMessage& message,
                  std::size_t part) const override;
  std::vector<SetupStep> compose_setup(const api::Credentials& credentials,
                                       const std::string& pin) const override;
  std::string_view app(const api::Credentials& credentials) const override;
  bool has_profiles() const override { return true; }
  std::optional<ProviderCall> compose_profile(const std::string& recipient,
                                              const api::Credentials& credentials) const override;
  std::string read_profile(const ProviderReply& reply) const override;
  std::optional<ProviderCall> compose_leave(const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_probe(const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_renewal(const api::Credentials& credentials) const override;
  TokenState read_token(const ProviderReply& reply, Millis now) const override;

 protected:
  GraphAdapter(const Product& product, Options options);
  virtual Access access(const api::Credentials& credentials) const = 0;

 private:
  // `path` starts after the API version; the token is sent as a header.
  ProviderCall call(const Access& access, const char* method, const std::string& path) const;
  ProviderCall send(const Access& access, std::string body) const;

  const Product& product_;
  Options options_;
  std::optional<HmacSha256> proof_;
};

}  // namespace aura::net::meta
