// The workspace itself: its business details and region.
#include "net/api/resource_routes.h"

namespace aura::net {

void add_workspace_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, "", [&queries](const ApiCall& call) {
    queries.workspace(call.workspace, answer_with<api::Workspace>(call.responder));
  });
  routes.add(Method::patch, "", [&commands](const ApiCall& call) {
    with_input<api::WorkspaceInput>(
        call, checked_for<api::WorkspaceInput>(Write::update), [&](api::WorkspaceInput input) {
          commands.update_workspace(call.workspace, std::move(input),
                                    answer_with<api::Workspace>(call.responder));
        });
  });
}

}  // namespace aura::net
