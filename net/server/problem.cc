#include "net/server/problem.h"

#include "config/limits.h"
#include "net/json.h"
#include "runtime/log.h"

namespace aura::net {
namespace {

constexpr std::string_view kTypes = "https://aura-de-mer.dev/problems/";

struct Kind {
  int status;
  std::string_view slug;
  std::string_view title;
};

Kind kind_of(Errc code) {
  switch (code) {
    case Errc::invalid:
      return {422, "validation", "Wrong input"};
    case Errc::not_found:
      return {404, "not-found", "Not found"};
    case Errc::conflict:
      return {409, "conflict", "Conflict"};
    case Errc::overloaded:
      return {503, "overloaded", "Overloaded"};
    case Errc::restarting:
    case Errc::quarantined:
    case Errc::unavailable:
      return {503, "unavailable", "Unavailable"};
    case Errc::unauthorized:
      return {401, "unauthorized", "Unauthorized"};
    case Errc::window_closed:
      return {422, "window-closed", "Messaging window closed"};
    case Errc::unsupported:
      return {422, "unsupported", "Not supported here"};
    case Errc::opted_out:
      return {422, "opted-out", "The customer stopped messages"};
    case Errc::forbidden:
      return {403, "forbidden", "Forbidden"};
    case Errc::rate_limited:
      return {429, "rate-limited", "Too many requests"};
    case Errc::timeout:
      return {504, "timeout", "Timed out"};
    case Errc::io:
      return {502, "upstream", "Another service failed"};
    case Errc::ok:
    case Errc::internal:
    case Errc::corrupt:
      break;
  }
  return {500, "internal", "Internal error"};
}

void member(std::string& out, std::string_view name, std::string_view text) {
  out.append(",\"").append(name).append("\":");
  append_json_string(out, text);
}

}  // namespace

Response problem(int status, std::string_view slug, std::string_view title, std::string_view detail,
                 std::string_view field) {
  std::string body = "{\"type\":";
  append_json_string(body, std::string(kTypes) + std::string(slug));
  member(body, "title", title);
  body += ",\"status\":" + std::to_string(status);
  if (!detail.empty()) member(body, "detail", detail);
  if (!field.empty()) {
    const bool parameter = field.starts_with('?');
    body += parameter ? ",\"errors\":[{\"parameter\":" : ",\"errors\":[{\"pointer\":";
    append_json_string(body, parameter ? std::string(field.substr(1)) : "#" + std::string(field));
    member(body, "detail", detail);
    body += "}]";
  }
  body += '}';
  Response response = Response::of(status, "application/problem+json", std::move(body));
  if (status == 503 || status == 429) {
    response.headers.add("Retry-After", std::to_string(limits::kRetryAfter.count()));
  }
  return response;
}

Response problem(const Error& error) {
  if (error.field.starts_with('?')) return bad_request(error.detail, error.field);
  const Kind kind = kind_of(error.code);
  std::string_view detail = error.detail;
  if (error.code == Errc::corrupt) {  // the detail names local files
    log::error("stored_data_unreadable", {{"detail", error.detail}});
    detail = "The stored data of this cannot be read. The operator has been told.";
  }
  Response response = problem(kind.status, kind.slug, kind.title, detail, error.field);
  if (kind.status == 401) response.headers.add("WWW-Authenticate", "Bearer realm=\"aura\"");
  if (error.retry_after.count() > 0)
    response.headers.set("Retry-After", std::to_string(error.retry_after.count()));
  return response;
}

Response bad_request(std::string_view detail, std::string_view field) {
  return problem(400, "bad-request", "The request cannot be read", detail, field);
}

}  // namespace aura::net
