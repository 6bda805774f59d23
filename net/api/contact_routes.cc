// Contacts: read, change, merge, erase.
#include "net/api/resource_routes.h"

namespace aura::net {
namespace {

constexpr Collection kContacts{"/contacts", IdType::contact};

}  // namespace

void add_contact_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  add_list(routes, kContacts, &Queries::contacts);
  add_read(routes, kContacts, &Queries::contact);
  add_change(routes, kContacts, &Commands::update_contact);
  add_delete(routes, kContacts, &Commands::delete_contact);
  routes.add(Method::post, kContacts.one() + "/merge",
             id_route("id", kContacts.type, [&commands](const ApiCall& call, Id id) {
               with_new<api::ContactMergeInput>(
                   call, checked_for<api::ContactMergeInput>(Write::create),
                   [&](const api::ContactMergeInput& input, MaybeIdempotency once) {
                     commands.merge_contact(
                         call.workspace, id, *parse_id(IdType::contact, input.into()),
                         std::move(once), answer_with<api::Contact>(call.responder));
                   });
             }));
  routes.add(Method::post, kContacts.one() + "/unmerge",
             id_route("id", kContacts.type, [&commands](const ApiCall& call, Id id) {
               with_once(call, [&](MaybeIdempotency once) {
                 commands.unmerge_contact(call.workspace, id, std::move(once),
                                          answer_with<api::Contact>(call.responder));
               });
             }));
}

}  // namespace aura::net
