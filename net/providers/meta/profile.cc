// Profile of a contact: the name, or nothing (no permission, or an empty answer).
#include "net/http.h"
#include "net/providers/lenient_json.h"
#include "net/providers/meta/graph_adapter.h"

namespace aura::net::meta {

std::optional<ProviderCall> GraphAdapter::compose_profile(
    const std::string& recipient, const api::Credentials& credentials) const {
  const Access with = access(credentials);
  if (with.token.empty() || recipient.empty()) return std::nullopt;
  return call(with, "GET", percent_encode(recipient) + "?fields=" + std::string(product_.profile));
}

std::string GraphAdapter::read_profile(const ProviderReply& reply) const {
  if (reply.status != 200) return {};
  const LenientJson json(reply.body);
  const JsonView person = json.root();
  std::string name = person.text("first_name");
  if (const std::string last = person.text("last_name"); !last.empty()) {
    name += (name.empty() ? "" : " ") + last;
  }
  for (const char* other : {"name", "username"}) {
    if (name.empty()) name = person.text(other);
  }
  return name;
}

}  // namespace aura::net::meta
