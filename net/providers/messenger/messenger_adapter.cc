#include "net/providers/messenger/messenger_adapter.h"

#include <utility>

namespace aura::net::messenger {

MessengerAdapter::MessengerAdapter(meta::Options options)
    : GraphAdapter(meta::kMessenger, std::move(options)) {}

meta::Access MessengerAdapter::access(const api::Credentials& credentials) const {
  return {meta::Access::Login::facebook, credentials.page_id(), credentials.page_access_token()};
}

Result<std::string> MessengerAdapter::account_of(const api::Credentials& credentials) const {
  if (credentials.page_id().empty()) {
    return fail(Errc::invalid, "A Messenger channel needs page_id, the id of the Facebook Page.",
                "/credentials/page_id");
  }
  if (credentials.page_access_token().empty()) {
    return fail(Errc::invalid,
                "A Messenger channel needs page_access_token, the Page's access token.",
                "/credentials/page_access_token");
  }
  return credentials.page_id();
}

}  // namespace aura::net::messenger
