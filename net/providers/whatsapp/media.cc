// Files of customers: their URL is requested by media id (valid for five minutes) and fetched with
// the same token, which is sent to Meta's hosts only.
#include "net/http.h"
#include "net/providers/lenient_json.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"

namespace aura::net::whatsapp {
namespace {

constexpr int kBadParameter = 100;  // together with the subcode: no such object
constexpr int kNoSuchObject = 33;
const std::vector<std::string> kMetaHosts{"facebook.com", "fbcdn.net", "fbsbx.com", "whatsapp.net",
                                          "whatsapp.com"};

std::vector<std::pair<std::string, std::string>> bearer(const api::Credentials& credentials) {
  return {{"Authorization", "Bearer " + credentials.access_token()}};
}

bool is_gone(const ProviderReply& reply, JsonView error) {
  if (reply.status == 404) return true;
  return error.integer("code") == kBadParameter && error.integer("error_subcode") == kNoSuchObject;
}

}  // namespace

std::optional<ProviderCall> WhatsAppAdapter::compose_media_lookup(
    const MediaSource& source, const api::Credentials& credentials) const {
  if (source.provider_id.empty()) return std::nullopt;
  return get(credentials, percent_encode(source.provider_id),
             "phone_number_id=" + percent_encode(credentials.phone_number_id()));
}

Result<MediaTarget> WhatsAppAdapter::read_media_lookup(const MediaSource& source,
                                                       const ProviderReply& reply,
                                                       const api::Credentials& credentials) const {
  const LenientJson json(reply.body);
  const JsonView error = json.root().get("error");
  if (is_gone(reply, error)) return fail(Errc::not_found, "WhatsApp no longer has this file.");
  MediaTarget target;
  target.url = json.root().text("url");
  if (reply.status == 401 || error.integer("code") == 190)
    return fail(Errc::unauthorized, "WhatsApp did not accept the channel's token.");
  if (reply.status != 200 || target.url.empty())
    return fail(Errc::io, "WhatsApp did not say where the file is.");
  target.headers = bearer(credentials);
  target.header_hosts = kMetaHosts;
  target.sha256 = json.root().text("sha256");
  if (target.sha256.empty()) target.sha256 = source.sha256_base64;
  target.size = json.root().integer("file_size").value_or(0);
  return target;
}

MediaTarget WhatsAppAdapter::media_target(const MediaSource& source,
                                          const api::Credentials& credentials) const {
  return {.url = source.url,
          .headers = bearer(credentials),
          .header_hosts = kMetaHosts,
          .sha256 = source.sha256_base64};
}

}  // namespace aura::net::whatsapp
