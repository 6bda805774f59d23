// Instagram: applies an account's credentials to the shared wire format in net/providers/meta.
// An account is connected by Instagram's own login (account_id and access_token) or through the
// Facebook page it is linked to (page_id, page_access_token and account_id, if it is known).
// Owned by the application, used by every Instagram connection; immutable, any thread may call.
#pragma once

#include "net/providers/meta/graph_adapter.h"

namespace aura::net::instagram {

class InstagramAdapter final : public meta::GraphAdapter {
 public:
  explicit InstagramAdapter(meta::Options options);
  // The Instagram account's id, as in inbound items; the page's id if only a page is given.
  Result<std::string> account_of(const api::Credentials& credentials) const override;

 private:
  meta::Access access(const api::Credentials& credentials) const override;
};

}  // namespace aura::net::instagram
