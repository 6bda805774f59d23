// Facebook Messenger: applies a page's credentials to the shared wire format in net/providers/meta.
// Owned by the application, used by every Messenger connection; immutable, any thread may call.
#pragma once

#include "net/providers/meta/graph_adapter.h"

namespace aura::net::messenger {

class MessengerAdapter final : public meta::GraphAdapter {
 public:
  explicit MessengerAdapter(meta::Options options);
  Result<std::string> account_of(const api::Credentials& credentials) const override;

 private:
  meta::Access access(const api::Credentials& credentials) const override;
};

}  // namespace aura::net::messenger
