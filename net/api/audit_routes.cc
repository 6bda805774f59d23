// GET /audit: the workspace's audit chain, oldest first.
#include "net/api/api_routes.h"

namespace aura::net {

void add_audit_routes(ApiRoutes& routes) {
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, "/audit", list_route([&queries](const ApiCall& call, Page page) {
               queries.audit(call.workspace, std::move(page),
                             answer_list<api::AuditEntry>(call.responder));
             }));
}

}  // namespace aura::net
