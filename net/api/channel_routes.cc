// Channels: connecting, changing, their message templates.
#include "net/api/api_routes.h"
#include "net/connect/channel_setup.h"

namespace aura::net {

void add_channel_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  ChannelSetup* const setup = routes.ports().setup;
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, "/channels", list_route([&queries](const ApiCall& call, Page page) {
               queries.channels(call.workspace, std::move(page),
                                answer_list<api::Channel>(call.responder));
             }));
  routes.add(Method::post, "/channels", [&commands, setup](const ApiCall& call) {
    with_new<api::ChannelInput>(
        call, [](api::ChannelInput& input) { return validate(input, Write::create); },
        [&](api::ChannelInput input, MaybeIdempotency once) {
          auto reply = answer_created<api::Channel>(call);
          if (setup != nullptr)
            return setup->create(call.workspace, std::move(input), std::move(once),
                                 std::move(reply));
          commands.create_channel(call.workspace, std::move(input), std::move(once),
                                  std::move(reply));
        });
  });
  routes.add(Method::get, "/channels/{id}",
             id_route("id", IdType::channel, [&queries](const ApiCall& call, Id id) {
               queries.channel(call.workspace, id, answer_with<api::Channel>(call.responder));
             }));
  routes.add(Method::patch, "/channels/{id}",
             id_route("id", IdType::channel, [&commands](const ApiCall& call, Id id) {
               with_input<api::ChannelInput>(
                   call, [](api::ChannelInput& input) { return validate(input, Write::update); },
                   [&](api::ChannelInput input) {
                     commands.update_channel(call.workspace, id, std::move(input),
                                             answer_with<api::Channel>(call.responder));
                   });
             }));
  routes.add(Method::delete_, "/channels/{id}",
             id_route("id", IdType::channel, [&commands](const ApiCall& call, Id id) {
               commands.delete_channel(call.workspace, id, answer_deleted(call.responder));
             }));
}

void add_template_routes(ApiRoutes& routes) {
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, "/channels/{id}/templates",
             id_route("id", IdType::channel, [&queries](const ApiCall& call, Id id) {
               auto page = read_page(call.request);
               if (!page) return call.refuse(std::move(page.error()));
               queries.templates(call.workspace, id, std::move(*page),
                                 answer_list<api::Template>(call.responder));
             }));
}

}  // namespace aura::net
