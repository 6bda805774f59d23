// The engine as a whole (build, settings, storage, faults), its connections, and the trace of a
// message.
#include "net/api/api_routes.h"
#include "net/operator/actor_query.h"
#include "net/operator/operator_api.h"

namespace aura::net {

void add_message_trace_route(Router& router, ApiPorts ports, Operations& operations) {
  ApiRoutes routes(router, ports);
  routes.add(Method::get, "/messages/{id}/trace",
             id_route("id", IdType::message, [&operations](const ApiCall& call, Id message) {
               operations.message_trace(call.workspace, message, {},
                                        answer_with<api::MessageTrace>(call.responder));
             }));
}

void OperatorApi::add_engine_routes(Router& router) {
  add(router, Method::get, "/engine", [this](const Request&, const Responder& responder) {
    operations_.engine(answer_with<api::EngineFacts>(responder));
  });
  add(router, Method::get, "/connections",
      [this](const Request& request, const Responder& responder) {
        auto page = read_page(request);
        if (!page) return responder.reply(std::move(page.error()));
        operations_.connections(std::move(*page), answer_list<api::ConnectionHealth>(responder));
      });
  add(router, Method::get, "/messages/{id}/trace",
      [this](const Request& request, const Responder& responder) {
        auto id = read_path_id(request, "id", IdType::message);
        if (!id) return responder.reply(std::move(id.error()));
        if (auto no = refuse_unknown(request.query(), {"workspace", "unmask", "reason"}))
          return responder.reply(std::move(*no));
        auto unmask = read_unmasking(request);
        if (!unmask) return responder.reply(std::move(unmask.error()));
        auto workspace = read_workspace(request);
        if (!workspace) return responder.reply(std::move(workspace.error()));
        operations_.message_trace(*workspace, *id, std::move(*unmask),
                                  answer_with<api::MessageTrace>(responder));
      });
}

}  // namespace aura::net
