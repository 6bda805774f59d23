// The agent's sources: catalog items and knowledge documents.
#include <algorithm>

#include "config/limits.h"
#include "net/api/multipart.h"
#include "net/api/resource_routes.h"
#include "runtime/utf8.h"

namespace aura::net {
namespace {

// Text for people: valid UTF-8 without control characters. A PDF may be plain ASCII, too.
bool is_text(std::string_view bytes) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  };
  return std::none_of(bytes.begin(), bytes.end(), is_control) && is_utf8(bytes) &&
         !bytes.starts_with("%PDF-");
}

Response unsupported(const char* detail) {
  return problem(415, "unsupported-media-type", "Unsupported media type", detail);
}

// Whether this part can be quoted to customers as it is: HTML, for example, would show its tags.
bool is_plain(const FormPart& part) {
  const std::string_view type =
      std::string_view(part.content_type).substr(0, part.content_type.find(';'));
  return type.empty() || type == "text/plain" || type == "text/markdown" ||
         type == "application/octet-stream";  // what clients send for a file they do not know
}

// A form: the fields title and text, or a text file (its name becomes the title if none is given).
OrAnswer<api::DocumentInput> read_document_form(const Request& request) {
  const auto parts = parse_multipart(request.body, request.headers.get("Content-Type"));
  if (!parts) return tl::unexpected(bad_request("The body is not multipart/form-data."));
  api::DocumentInput input;
  for (const FormPart& part : *parts) {
    if (!is_text(part.content) || !is_text(part.filename))
      return tl::unexpected(unsupported("Only text files (UTF-8) can be uploaded."));
    if (part.name == "title") {
      input.set_title(std::string(part.content));
    } else if (part.name == "text" || part.name == "file") {
      if (!is_plain(part))
        return tl::unexpected(unsupported("Upload a file of text/plain or text/markdown."));
      if (input.has_text())
        return tl::unexpected(bad_request("A form holds one document: one file, or one text."));
      input.set_text(std::string(part.content));
      if (!input.has_title() && !part.filename.empty()) input.set_title(part.filename);
    }
  }
  return input;
}

// The body is a text file; its title is in ?title=.
OrAnswer<api::DocumentInput> read_text_body(const Request& request) {
  if (!is_text(request.body)) {
    return tl::unexpected(
        bad_request("The document's text must be UTF-8 without control characters."));
  }
  api::DocumentInput input;
  const Params query = parse_form(request.raw_query());  // in a title, '+' is a space
  if (const std::string* title = query.find("title")) input.set_title(*title);
  input.set_text(request.body);
  return input;
}

OrAnswer<api::DocumentInput> read_document(const Request& request) {
  const std::string type = media_type(request);
  if (type == "multipart/form-data") return read_document_form(request);
  if (type == "text/plain" || type == "text/markdown") return read_text_body(request);
  if (!type.empty() && type != "application/json") {
    return tl::unexpected(
        unsupported("Send a document as application/json, text/plain, text/markdown or a text file "
                    "in multipart/form-data."));
  }
  return read_input<api::DocumentInput>(request);
}

constexpr Collection kItems{"/catalog/items", IdType::item};
constexpr Collection kDocuments{"/knowledge/documents", IdType::document};

}  // namespace

void add_catalog_routes(ApiRoutes& routes) {
  add_list(routes, kItems, &Queries::items);
  add_create(routes, kItems, &Commands::create_item);
  add_read(routes, kItems, &Queries::item);
  add_change(routes, kItems, &Commands::update_item);
  add_delete(routes, kItems, &Commands::delete_item);
}

void add_knowledge_routes(ApiRoutes& routes) {
  add_list(routes, kDocuments, &Queries::documents);
  const auto create = [&commands = routes.ports().commands](const ApiCall& call) {
    with_checked(call, read_document(call.request), checked_for<api::DocumentInput>(Write::create),
                 [&](api::DocumentInput input) {
                   with_once(call, [&](MaybeIdempotency once) {
                     commands.create_document(call.workspace, std::move(input), std::move(once),
                                              answer_created<api::Document>(call));
                   });
                 });
  };
  routes.add(Method::post, kDocuments.path, create, RouteOptions{limits::kUploadBodyBytes});
  add_read(routes, kDocuments, &Queries::document);
  add_change(routes, kDocuments, &Commands::update_document);
  add_delete(routes, kDocuments, &Commands::delete_document);
}

}  // namespace aura::net
