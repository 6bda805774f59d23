// Route templates for the usual operations of a resource: list, create, read, change, delete. Each
// calls one port method, chosen by its input and result types. Used while routes are added;
// afterwards only the closures live on.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "net/api/api_routes.h"

namespace aura::net {

// The path of a resource collection and the type of its ids.
struct Collection {
  std::string_view path;
  IdType type;

  std::string one() const { return std::string(path) + "/{id}"; }
};

// Some inputs are checked differently when they create a resource and when they change it.
template <class Input>
auto checked_for([[maybe_unused]] Write write) {
  if constexpr (requires(Input & input) { validate(input, write); })
    return [write](Input& input) { return validate(input, write); };
  else
    return [](Input& input) { return validate(input); };
}

template <class T>
void add_list(ApiRoutes& routes, const Collection& at,
              void (Queries::*list)(Id, Page, Reply<List<T>>)) {
  routes.add(Method::get, at.path,
             list_route([&queries = routes.ports().queries, list](const ApiCall& call, Page page) {
               (queries.*list)(call.workspace, std::move(page), answer_list<T>(call.responder));
             }));
}

// …/things/{id}/{below}
template <class T>
void add_list_below(ApiRoutes& routes, const Collection& at, const std::string& below,
                    void (Queries::*list)(Id, Id, Page, Reply<List<T>>)) {
  routes.add(Method::get, at.one() + below,
             id_route("id", at.type,
                      [&queries = routes.ports().queries, list](const ApiCall& call, Id id) {
                        list_route([&](const ApiCall&, Page page) {
                          (queries.*list)(call.workspace, id, std::move(page),
                                          answer_list<T>(call.responder));
                        })(call);
                      }));
}

template <class T>
void add_read(ApiRoutes& routes, const Collection& at, void (Queries::*read)(Id, Id, Reply<T>)) {
  routes.add(Method::get, at.one(),
             id_route("id", at.type,
                      [&queries = routes.ports().queries, read](const ApiCall& call, Id id) {
                        (queries.*read)(call.workspace, id, answer_with<T>(call.responder));
                      }));
}

template <class T, class Input>
void add_create(ApiRoutes& routes, const Collection& at,
                void (Commands::*create)(Id, Input, MaybeIdempotency, Reply<T>)) {
  routes.add(Method::post, at.path,
             [&commands = routes.ports().commands, create](const ApiCall& call) {
               with_new<Input>(call, checked_for<Input>(Write::create),
                               [&](Input input, MaybeIdempotency once) {
                                 (commands.*create)(call.workspace, std::move(input),
                                                    std::move(once), answer_created<T>(call));
                               });
             });
}

template <class T, class Input>
void add_change(ApiRoutes& routes, const Collection& at,
                void (Commands::*change)(Id, Id, Input, Reply<T>)) {
  routes.add(Method::patch, at.one(),
             id_route("id", at.type,
                      [&commands = routes.ports().commands, change](const ApiCall& call, Id id) {
                        with_input<Input>(call, checked_for<Input>(Write::update),
                                          [&](Input input) {
                                            (commands.*change)(call.workspace, id, std::move(input),
                                                               answer_with<T>(call.responder));
                                          });
                      }));
}

inline void add_delete(ApiRoutes& routes, const Collection& at,
                       void (Commands::*erase)(Id, Id, Reply<std::monostate>)) {
  routes.add(Method::delete_, at.one(),
             id_route("id", at.type,
                      [&commands = routes.ports().commands, erase](const ApiCall& call, Id id) {
                        (commands.*erase)(call.workspace, id, answer_deleted(call.responder));
                      }));
}

}  // namespace aura::net
