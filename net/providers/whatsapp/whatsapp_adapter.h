// WhatsApp Cloud API: parses webhook items, composes Graph calls, classifies replies. Owned by the
// application, used by every WhatsApp connection; immutable, any thread may call. Follows the
// WhatsApp Business Platform, Graph API v25.
#pragma once

#include <optional>
#include <string>

#include "net/signature.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::whatsapp {

struct Options {
  std::string graph_url = "https://graph.facebook.com";
  std::string api_version = "v25.0";
  std::string app_secret;  // if set, every call carries an appsecret_proof
};

class WhatsAppAdapter final : public ChannelAdapter {
 public:
  explicit WhatsAppAdapter(Options options);

  Normalised normalise(std::string_view payload) const override;
  std::vector<ProviderCall> compose(const OutboundMessage& message,
                                    const api::Credentials& credentials) const override;
  // Typing can only be shown in reply to an inbound message.
  std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                             const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_typing_below(
      const std::string& recipient, const std::string& last_inbound,
      const api::Credentials& credentials) const override;
  SendOutcome classify(const ProviderReply& reply) const override;
  Result<std::string> account_of(const api::Credentials& credentials) const override;
  std::string business_of(const api::Credentials& credentials) const override;
  std::optional<Millis> window_length() const override;

  Result<void> check(const OutboundMessage& message) const override;
  std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message) const override;
  SendLimits limits() const override;
  bool carries_contact_cards() const override { return true; }
  std::optional<ProviderCall> compose_read(const std::string& recipient,
                                           const std::string& external_id,
                                           const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_reaction(const std::string& recipient,
                                               const std::string& external_id,
                                               const std::string& emoji,
                                               const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_probe(const api::Credentials& credentials) const override;
  TokenState read_token(const ProviderReply& reply, Millis now) const override;
  std::vector<SetupStep> compose_setup(const api::Credentials& credentials,
                                       const std::string& pin) const override;
  std::optional<ProviderCall> compose_templates(const api::Credentials& credentials,
                                                const std::string& after) const override;
  std::string_view app(const api::Credentials& credentials) const override;
  std::optional<TemplatePage> read_templates(const ProviderReply& reply) const override;
  Result<void> check_template(const api::Template& known,
                              const api::TemplateUse& use) const override;
  std::string template_text(const api::Template& known, const api::TemplateUse& use) const override;
  std::optional<ProviderCall> compose_media_lookup(
      const MediaSource& source, const api::Credentials& credentials) const override;
  Result<MediaTarget> read_media_lookup(const MediaSource& source, const ProviderReply& reply,
                                        const api::Credentials& credentials) const override;
  MediaTarget media_target(const MediaSource& source,
                           const api::Credentials& credentials) const override;

 private:
  ProviderCall post(const api::Credentials& credentials, std::string body) const;
  ProviderCall get(const api::Credentials& credentials, const std::string& path,
                   const std::string& query) const;

  Options options_;
  std::optional<HmacSha256> proof_;
};

}  // namespace aura::net::whatsapp
