// Conversations and their messages.

#include "config/limits.h"
#include "net/api/resource_routes.h"
#include "net/api/validate_text.h"
#include "runtime/log.h"
#include "runtime/trace_context.h"
#include "runtime/utf8.h"

namespace aura::net {
namespace {

constexpr Collection kConversations{"/conversations", IdType::conversation};

std::optional<api::ConversationStatus> status_of(std::string_view name) {
  if (name == "open") return api::CONVERSATION_STATUS_OPEN;
  if (name == "pending") return api::CONVERSATION_STATUS_PENDING;
  if (name == "closed") return api::CONVERSATION_STATUS_CLOSED;
  return std::nullopt;
}

// ?status=&channel_id=&contact_id=&q=
OrAnswer<ConversationFilter> read_filter(const Request& request) {
  ConversationFilter filter;
  const Params query = parse_form(request.raw_query());  // in a search, '+' is a space
  if (const std::string* status = query.find("status"); status && !status->empty()) {
    filter.status = status_of(*status);
    if (!filter.status) {
      return tl::unexpected(bad_request("status must be open, pending or closed.", "?status"));
    }
  }
  if (const std::string* channel = query.find("channel_id"); channel && !channel->empty()) {
    filter.channel = parse_id(IdType::channel, *channel);
    if (!filter.channel) {
      return tl::unexpected(bad_request("channel_id must be the id of a channel.", "?channel_id"));
    }
  }
  if (const std::string* contact = query.find("contact_id"); contact && !contact->empty()) {
    filter.contact = parse_id(IdType::contact, *contact);
    if (!filter.contact) {
      return tl::unexpected(bad_request("contact_id must be the id of a contact.", "?contact_id"));
    }
  }
  if (const std::string* text = query.find("q")) {
    if (count_chars(*text) > limits::kNameChars || text->find('\0') != std::string::npos) {
      return tl::unexpected(bad_request("q must have at most " +
                                            std::to_string(limits::kNameChars) +
                                            " characters, none of them NUL.",
                                        "?q"));
    }
    filter.text = *text;
  }
  return filter;
}

// The provider is called under the caller's trace.
Origin origin_of(const ApiCall& call, MaybeIdempotency once) {
  auto caller = parse_traceparent(call.request.headers.get("traceparent"));
  return {std::move(once), caller ? std::move(caller->trace_id) : std::string()};
}

// Connects the caller's trace with the message.
Reply<api::Message> logged(const Origin& origin, Reply<api::Message> reply) {
  if (origin.trace_id.empty()) return reply;
  return [trace_id = origin.trace_id, reply = std::move(reply)](Result<api::Message> queued) {
    if (queued) log::info("message_queued", {{"trace_id", trace_id}, {"message", queued->id()}});
    reply(std::move(queued));
  };
}

void list_conversations(Queries& queries, const ApiCall& call, Page page) {
  auto filter = read_filter(call.request);
  if (!filter) return call.refuse(std::move(filter.error()));
  queries.conversations(call.workspace, std::move(*filter), std::move(page),
                        answer_list<api::Conversation>(call.responder));
}

// …/messages/{msg}: read one message, send it again, react to it.
void add_message_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  const std::string path = kConversations.one() + "/messages/{msg}";
  const auto message_route = [](auto run) {
    return id_route("id", IdType::conversation, [run](const ApiCall& call, Id conversation) {
      id_route("msg", IdType::message,
               [&](const ApiCall&, Id message) { run(call, conversation, message); })(call);
    });
  };
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, path,
             message_route([&queries](const ApiCall& call, Id conversation, Id message) {
               queries.message(call.workspace, conversation, message,
                               answer_with<api::Message>(call.responder));
             }));
  routes.add(Method::post, path + "/retry",
             message_route([&commands](const ApiCall& call, Id conversation, Id message) {
               with_once(call, [&](MaybeIdempotency once) {
                 Origin origin = origin_of(call, std::move(once));
                 auto answer = logged(origin, answer_with<api::Message>(call.responder));
                 commands.retry_message(call.workspace, conversation, message, std::move(origin),
                                        std::move(answer));
               });
             }));
  routes.add(Method::put, path + "/reaction",
             message_route([&commands](const ApiCall& call, Id conversation, Id message) {
               with_input<api::ReactionInput>(
                   call, checked_for<api::ReactionInput>(Write::update),
                   [&](const api::ReactionInput& input) {
                     commands.react(call.workspace, conversation, message, input.emoji(),
                                    answer_with<api::Message>(call.responder));
                   });
             }));
  routes.add(Method::delete_, path + "/reaction",
             message_route([&commands](const ApiCall& call, Id conversation, Id message) {
               commands.react(call.workspace, conversation, message, {},
                              answer_with<api::Message>(call.responder));
             }));
}

}  // namespace

void add_conversation_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  Queries& queries = routes.ports().queries;
  routes.add(
      Method::get, kConversations.path,
      list_route([&queries](const ApiCall& call,
                            Page page) { list_conversations(queries, call, std::move(page)); },
                 {"status", "channel_id", "contact_id", "q"}));
  add_read(routes, kConversations, &Queries::conversation);
  add_change(routes, kConversations, &Commands::update_conversation);
  add_list_below(routes, kConversations, "/messages", &Queries::messages);
  routes.add(Method::post, kConversations.one() + "/messages",
             id_route("id", kConversations.type, [&commands](const ApiCall& call, Id id) {
               with_new<api::MessageInput>(
                   call, checked_for<api::MessageInput>(Write::create),
                   [&](api::MessageInput input, MaybeIdempotency once) {
                     Origin origin = origin_of(call, std::move(once));
                     auto answer = logged(origin, answer_created<api::Message>(call));
                     commands.send_message(call.workspace, id, std::move(input), std::move(origin),
                                           std::move(answer));
                   });
             }));
  add_message_routes(routes);
}

}  // namespace aura::net
