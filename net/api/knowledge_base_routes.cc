// What the agent answers from: catalog items and knowledge documents.
#include "config/limits.h"
#include "net/api/api_routes.h"
#include "net/api/multipart.h"
#include "runtime/utf8.h"

namespace aura::net {
namespace {

// Text that did not come in JSON keeps JSON's rules: valid UTF-8, no zero character.
bool is_text(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && is_utf8(bytes);
}

// A form: fields title and text, or a text file (its name is the title if none is given).
OrAnswer<api::DocumentInput> read_form(const Request& request) {
  const auto parts = parse_multipart(request.body, request.headers.get("Content-Type"));
  if (!parts) return tl::unexpected(bad_request("The body is not multipart/form-data."));
  api::DocumentInput input;
  for (const FormPart& part : *parts) {
    if (!is_text(part.content) || !is_text(part.filename)) {
      return tl::unexpected(problem(415, "unsupported-media-type", "Unsupported media type",
                                    "Only text files (UTF-8) can be uploaded."));
    }
    if (part.name == "title") {
      input.set_title(std::string(part.content));
    } else if (part.name == "text" || part.name == "file") {
      input.set_text(std::string(part.content));
      if (!input.has_title() && !part.filename.empty()) input.set_title(part.filename);
    }
  }
  return input;
}

// A text file as the body, its title in ?title=.
OrAnswer<api::DocumentInput> read_text_body(const Request& request) {
  if (!is_text(request.body)) {
    return tl::unexpected(bad_request("The document's text must be UTF-8 without zero bytes."));
  }
  api::DocumentInput input;
  if (const auto title = request.query_param("title")) input.set_title(*title);
  input.set_text(request.body);
  return input;
}

OrAnswer<api::DocumentInput> read_document(const Request& request) {
  const std::string type = media_type(request);
  if (type == "multipart/form-data") return read_form(request);
  if (type == "text/plain" || type == "text/markdown") return read_text_body(request);
  if (!type.empty() && type != "application/json") {
    return tl::unexpected(problem(415, "unsupported-media-type", "Unsupported media type",
                                  "Send a document as application/json, text/plain, "
                                  "text/markdown or a text file in multipart/form-data."));
  }
  return read_input<api::DocumentInput>(request);
}

void create_document(Commands& commands, const ApiCall& call) {
  auto input = read_document(call.request);
  if (!input) return call.refuse(std::move(input.error()));
  if (const auto checked = validate(*input, Write::create); !checked) {
    return call.refuse(problem(checked.error()));
  }
  auto once = read_idempotency(call.request);
  if (!once) return call.refuse(std::move(once.error()));
  commands.create_document(call.workspace, std::move(*input), std::move(*once),
                           answer_created<api::Document>(call));
}

}  // namespace

void add_catalog_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, "/catalog/items", list_route([&queries](const ApiCall& call, Page page) {
               queries.items(call.workspace, std::move(page),
                             answer_list<api::Item>(call.responder));
             }));
  routes.add(Method::post, "/catalog/items", [&commands](const ApiCall& call) {
    with_new<api::ItemInput>(
        call, [](const api::ItemInput& input) { return validate(input, Write::create); },
        [&](api::ItemInput input, MaybeIdempotency once) {
          commands.create_item(call.workspace, std::move(input), std::move(once),
                               answer_created<api::Item>(call));
        });
  });
  routes.add(Method::get, "/catalog/items/{id}",
             id_route("id", IdType::item, [&queries](const ApiCall& call, Id id) {
               queries.item(call.workspace, id, answer_with<api::Item>(call.responder));
             }));
  routes.add(Method::patch, "/catalog/items/{id}",
             id_route("id", IdType::item, [&commands](const ApiCall& call, Id id) {
               with_input<api::ItemInput>(
                   call, [](const api::ItemInput& input) { return validate(input, Write::update); },
                   [&](api::ItemInput input) {
                     commands.update_item(call.workspace, id, std::move(input),
                                          answer_with<api::Item>(call.responder));
                   });
             }));
  routes.add(Method::delete_, "/catalog/items/{id}",
             id_route("id", IdType::item, [&commands](const ApiCall& call, Id id) {
               commands.delete_item(call.workspace, id, answer_deleted(call.responder));
             }));
}

void add_knowledge_routes(ApiRoutes& routes) {
  Commands& commands = routes.ports().commands;
  Queries& queries = routes.ports().queries;
  routes.add(Method::get, "/knowledge/documents",
             list_route([&queries](const ApiCall& call, Page page) {
               queries.documents(call.workspace, std::move(page),
                                 answer_list<api::Document>(call.responder));
             }));
  routes.add(
      Method::post, "/knowledge/documents",
      [&commands](const ApiCall& call) { create_document(commands, call); },
      RouteOptions{limits::kUploadBodyBytes});
  routes.add(Method::get, "/knowledge/documents/{id}",
             id_route("id", IdType::document, [&queries](const ApiCall& call, Id id) {
               queries.document(call.workspace, id, answer_with<api::Document>(call.responder));
             }));
  routes.add(Method::patch, "/knowledge/documents/{id}",
             id_route("id", IdType::document, [&commands](const ApiCall& call, Id id) {
               with_input<api::DocumentInput>(
                   call,
                   [](const api::DocumentInput& input) { return validate(input, Write::update); },
                   [&](api::DocumentInput input) {
                     commands.update_document(call.workspace, id, std::move(input),
                                              answer_with<api::Document>(call.responder));
                   });
             }));
  routes.add(Method::delete_, "/knowledge/documents/{id}",
             id_route("id", IdType::document, [&commands](const ApiCall& call, Id id) {
               commands.delete_document(call.workspace, id, answer_deleted(call.responder));
             }));
}

}  // namespace aura::net
