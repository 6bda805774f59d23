// Channels: connect, change, list message templates.
#include "net/api/resource_routes.h"
#include "net/connect/channel_setup.h"

namespace aura::net {
namespace {

constexpr Collection kChannels{"/channels", IdType::channel};

}  // namespace

void add_channel_routes(ApiRoutes& routes) {
  ChannelSetup* const setup = routes.ports().setup;
  add_list(routes, kChannels, &Queries::channels);
  if (setup == nullptr) {
    add_create(routes, kChannels, &Commands::create_channel);
  } else {
    routes.add(Method::post, kChannels.path, [setup](const ApiCall& call) {
      with_new<api::ChannelInput>(call, checked_for<api::ChannelInput>(Write::create),
                                  [&](api::ChannelInput input, MaybeIdempotency once) {
                                    setup->create(call.workspace, std::move(input), std::move(once),
                                                  answer_created<api::Channel>(call));
                                  });
    });
  }
  add_read(routes, kChannels, &Queries::channel);
  add_change(routes, kChannels, &Commands::update_channel);
  add_delete(routes, kChannels, &Commands::delete_channel);
}

void add_template_routes(ApiRoutes& routes) {
  add_list_below(routes, kChannels, "/templates", &Queries::templates);
}

}  // namespace aura::net
