#include "net/providers/instagram/instagram_adapter.h"

#include <utility>

namespace aura::net::instagram {

InstagramAdapter::InstagramAdapter(meta::Options options)
    : GraphAdapter(meta::kInstagram, std::move(options)) {}

meta::Access InstagramAdapter::access(const api::Credentials& credentials) const {
  if (!credentials.access_token().empty()) {
    return {meta::Access::Login::instagram, credentials.account_id(), credentials.access_token()};
  }
  return {meta::Access::Login::facebook, credentials.page_id(), credentials.page_access_token()};
}

Result<std::string> InstagramAdapter::account_of(const api::Credentials& credentials) const {
  const bool by_page =
      credentials.access_token().empty() && !credentials.page_access_token().empty();
  if (by_page && credentials.page_id().empty()) {
    return fail(Errc::invalid,
                "An Instagram account that is connected by its Facebook Page needs page_id.",
                "/credentials/page_id");
  }
  if (credentials.account_id().empty()) {
    return fail(Errc::invalid,
                "An Instagram channel needs account_id, the id of the professional account.",
                "/credentials/account_id");
  }
  if (!by_page && credentials.access_token().empty()) {
    return fail(Errc::invalid,
                "An Instagram channel needs access_token (or page_id and page_access_token of the "
                "Facebook Page it is linked to).",
                "/credentials/access_token");
  }
  return credentials.account_id();
}

}  // namespace aura::net::instagram
