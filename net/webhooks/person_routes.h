// Meta's callbacks for a person (deauthorisation, data deletion) and the page that shows the state
// of a deletion. Owned by the application, outlives the server; immutable, any io thread may call.
#pragma once

#include <optional>
#include <string>

#include "net/server/router.h"
#include "net/signature.h"
#include "runtime/metrics.h"
#include "runtime/ports/person_requests.h"

namespace aura::net {

struct PersonRouteOptions {
  std::string public_url;
  std::string app_secret;            // empty: every request is refused
  std::string instagram_app_secret;  // empty: the same app
};

class PersonRoutes {
 public:
  PersonRoutes(const PersonRouteOptions& options, PersonRequests& requests);

  // POST /meta/{fb,ig}/{data-deletion,deauthorize}, GET /privacy/deletion
  void add_routes(Router& router);

 private:
  using Answer = void (PersonRoutes::*)(PersonRequest, const Responder&);
  void add(Router& router, const std::string& path, const std::optional<HmacSha256>& secret,
           Answer answer);
  void erase(PersonRequest request, const Responder& responder);
  void disconnect(PersonRequest request, const Responder& responder);
  Response status(const Request& request) const;

  const std::string status_page_;
  std::optional<HmacSha256> facebook_, instagram_;
  PersonRequests& requests_;
  metrics::Counter genuine_, refused_;
};

}  // namespace aura::net
