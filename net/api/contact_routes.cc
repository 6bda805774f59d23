// Contacts: what is known of them, merging, erasing.
#include "net/api/api_routes.h"

namespace aura::net {

void add_contact_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, "/contacts", list_route([&queries](const ApiCall& call, Page page) {
               queries.contacts(call.workspace, std::move(page),
                                answer_list<api::Contact>(call.responder));
             }));
  routes.add(Method::get, "/contacts/{id}",
             id_route("id", IdType::contact, [&queries](const ApiCall& call, Id id) {
               queries.contact(call.workspace, id, answer_with<api::Contact>(call.responder));
             }));
  routes.add(Method::patch, "/contacts/{id}",
             id_route("id", IdType::contact, [&commands](const ApiCall& call, Id id) {
               with_input<api::ContactInput>(
                   call, [](const api::ContactInput& input) { return validate(input); },
                   [&](api::ContactInput input) {
                     commands.update_contact(call.workspace, id, std::move(input),
                                             answer_with<api::Contact>(call.responder));
                   });
             }));
  routes.add(Method::delete_, "/contacts/{id}",
             id_route("id", IdType::contact, [&commands](const ApiCall& call, Id id) {
               commands.delete_contact(call.workspace, id, answer_deleted(call.responder));
             }));
  routes.add(Method::post, "/contacts/{id}/merge",
             id_route("id", IdType::contact, [&commands](const ApiCall& call, Id id) {
               with_new<api::ContactMergeInput>(
                   call, [](const api::ContactMergeInput& input) { return validate(input); },
                   [&](const api::ContactMergeInput& input, MaybeIdempotency once) {
                     commands.merge_contact(
                         call.workspace, id, *parse_id(IdType::contact, input.into()),
                         std::move(once), answer_with<api::Contact>(call.responder));
                   });
             }));
  routes.add(Method::post, "/contacts/{id}/unmerge",
             id_route("id", IdType::contact, [&commands](const ApiCall& call, Id id) {
               auto once = read_idempotency(call.request);
               if (!once) return call.refuse(std::move(once.error()));
               commands.unmerge_contact(call.workspace, id, std::move(*once),
                                        answer_with<api::Contact>(call.responder));
             }));
}

}  // namespace aura::net
