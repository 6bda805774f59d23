// RFC 9457 answers: {"type","title","status","detail","field"}.
#include "net/http.h"
#include "net/json.h"

namespace aura::net {
namespace {

struct Kind {
  int status;
  std::string_view slug;
  std::string_view title;
  std::string_view retry_after;
};

Kind kind_of(Errc code) {
  switch (code) {
    case Errc::ok:
      return {200, "ok", "OK", ""};
    case Errc::invalid:
      return {400, "invalid", "Invalid request", ""};
    case Errc::not_found:
      return {404, "not-found", "Not found", ""};
    case Errc::conflict:
      return {409, "conflict", "Conflict", ""};
    case Errc::overloaded:
      return {503, "overloaded", "Overloaded", "1"};
    case Errc::restarting:
      return {503, "restarting", "Restarting", "1"};
    case Errc::quarantined:
      return {503, "quarantined", "Stopped after failures", "60"};
    case Errc::unavailable:
      return {503, "unavailable", "Unavailable", "5"};
    case Errc::unauthorized:
      return {401, "unauthorized", "Unauthorized", ""};
    case Errc::window_closed:
      return {409, "window-closed", "Messaging window closed", ""};
    case Errc::internal:
      return {500, "internal", "Internal error", ""};
    case Errc::corrupt:
      return {500, "corrupt", "Stored data is damaged", ""};
    case Errc::timeout:
      return {504, "timeout", "Timed out", ""};
    case Errc::io:
      return {502, "upstream", "Upstream failed", ""};
    case Errc::unsupported:
      return {422, "unsupported", "Not supported by this channel", ""};
    case Errc::opted_out:
      return {422, "opted-out", "The customer stopped messages", ""};
    case Errc::forbidden:
      return {403, "forbidden", "Forbidden", ""};
  }
  return {500, "internal", "Internal error", ""};
}

}  // namespace

Response problem(int status, std::string_view slug, std::string_view title, std::string_view detail,
                 std::string_view field) {
  std::string body = "{\"type\":";
  append_json_string(body, "https://aura-de-mer.dev/problems/" + std::string(slug));
  body += ",\"title\":";
  append_json_string(body, title);
  body += ",\"status\":" + std::to_string(status);
  if (!detail.empty()) {
    body += ",\"detail\":";
    append_json_string(body, detail);
  }
  if (!field.empty()) {
    body += ",\"field\":";
    append_json_string(body, field);
  }
  body += '}';
  return Response::of(status, "application/problem+json", std::move(body));
}

Response problem(const Error& error) {
  const Kind kind = kind_of(error.code);
  Response response = problem(kind.status, kind.slug, kind.title, error.detail, error.field);
  if (!kind.retry_after.empty()) response.headers.add("Retry-After", kind.retry_after);
  if (kind.status == 401) response.headers.add("WWW-Authenticate", "Bearer");
  return response;
}

int http_status(Errc code) { return kind_of(code).status; }

}  // namespace aura::net
