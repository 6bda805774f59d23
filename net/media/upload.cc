// Receives uploaded files.
#include "config/limits.h"
#include "net/api/api_routes.h"
#include "net/api/multipart.h"
#include "net/chat/chat_session.h"
#include "net/media/media_routes.h"
#include "runtime/utf8.h"

namespace aura::net {
namespace {

constexpr std::size_t kFormOverhead = 64 * limits::kKiB;  // boundary, headers, small fields
constexpr std::size_t kFilenameChars = 200;

// The part after the last slash or backslash; empty if it contains control characters or is not
// valid text.
std::string clean_filename(std::string_view name) {
  name = name.substr(name.find_last_of("/\\") + 1);
  for (const unsigned char c : name)
    if (c < 0x20 || c == 0x7f) return {};
  if (!is_utf8(name) || count_chars(name) > kFilenameChars || name == "." || name == "..")
    return {};
  return std::string(name);
}

Response too_large() {
  return problem(413, "too-large", "Too large",
                 "A file may have at most " + std::to_string(limits::kMediaBytes) + " bytes.");
}

tl::expected<Upload, Response> read_upload_form(const Request& request) {
  const auto parts = parse_multipart(request.body, request.headers.get("Content-Type"));
  if (!parts) return tl::unexpected(bad_request("The body is not multipart/form-data."));
  for (const FormPart& part : *parts) {
    if (part.filename.empty() && part.name != "file") continue;
    return Upload{std::string(part.content), part.content_type, clean_filename(part.filename)};
  }
  return tl::unexpected(problem(Error{Errc::invalid, "The form has no file.", "/file"}));
}

// A page of any origin may have opened the chat; the visitor's token is the authorisation.
Response open_to_pages(Response response) {
  response.headers.set("Access-Control-Allow-Origin", "*");
  return response;
}

void upload_to_workspace(MediaLibrary& library, const ApiCall& call) {
  std::optional<Id> conversation;
  if (const auto given = call.request.query_param("conversation_id")) {
    conversation = parse_id(IdType::conversation, *given);
    if (!conversation)
      return call.refuse(
          bad_request("conversation_id must be the id of a conversation.", "?conversation_id"));
  }
  auto once = read_idempotency(call.request);
  if (!once) return call.refuse(std::move(once.error()));
  auto upload = read_upload(call.request);
  if (!upload) return call.refuse(std::move(upload.error()));
  library.upload(call.workspace, conversation, std::move(*upload), std::move(*once),
                 answer_created<api::Media>(call));
}

}  // namespace

tl::expected<Upload, Response> read_upload(const Request& request) {
  tl::expected<Upload, Response> upload;
  if (media_type(request) == "multipart/form-data") {
    upload = read_upload_form(request);
    if (!upload) return upload;
  } else {
    upload->declared_type = media_type(request);
    upload->filename = clean_filename(request.query_param("filename").value_or(""));
    upload->bytes = request.body;
  }
  if (upload->bytes.empty())
    return tl::unexpected(problem(Error{Errc::invalid, "The file is empty.", {}}));
  if (upload->bytes.size() > static_cast<std::size_t>(limits::kMediaBytes))
    return tl::unexpected(too_large());
  return upload;
}

void add_media_api(Router& router, ApiPorts ports, MediaLibrary& library) {
  ApiRoutes routes(router, ports);
  routes.add(
      Method::post, "/media",
      [&library](const ApiCall& call) { upload_to_workspace(library, call); },
      RouteOptions{static_cast<std::size_t>(limits::kMediaBytes) + kFormOverhead});
  routes.add(Method::get, "/media/{id}", [&library](const ApiCall& call) {
    const auto media = parse_media(call.request.param("id"));
    if (!media) return call.refuse(not_found_answer());
    library.describe(call.workspace, *media, answer_with<api::Media>(call.responder));
  });
}

void add_chat_upload_route(Router& router, FindVisitor find_visitor, MediaLibrary& library) {
  RouteOptions options{static_cast<std::size_t>(limits::kMediaBytes) + kFormOverhead};
  options.refuses = [find_visitor](const Request& request) -> std::optional<Response> {
    if (!is_visitor_token(request.query_param("visitor").value_or("")))
      return open_to_pages(problem(Error{Errc::not_found, "There is no such visitor.", {}}));
    const auto visitor = find_visitor(request);
    if (visitor) return std::nullopt;
    return open_to_pages(problem(visitor.error()));
  };
  router.add(
      Method::post, "/chat/{widget_key}/uploads",
      [find_visitor = std::move(find_visitor), &library](const Request& request,
                                                         const Responder& responder) {
        const auto visitor = find_visitor(request);
        if (!visitor) return responder.reply(open_to_pages(problem(visitor.error())));
        auto upload = read_upload(request);
        if (!upload) return responder.reply(open_to_pages(std::move(upload.error())));
        library.upload(*visitor, std::move(*upload), [responder](Result<api::Media> stored) {
          responder.reply(open_to_pages(stored ? Response::json(201, to_json(*stored))
                                               : problem(stored.error())));
        });
      },
      std::move(options));
  router.add(Method::options, "/chat/{widget_key}/uploads",
             [](Request&&, const Responder& responder) {
               Response allowed;
               allowed.status = 204;
               allowed.with("Access-Control-Allow-Methods", "POST, OPTIONS")
                   .with("Access-Control-Allow-Headers", "Content-Type")
                   .with("Access-Control-Max-Age", "86400");
               responder.reply(open_to_pages(std::move(allowed)));
             });
}

}  // namespace aura::net
