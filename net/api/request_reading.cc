#include "net/api/request_reading.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "config/limits.h"
#include "net/api/multipart.h"
#include "net/server/problem.h"
#include "net/signature.h"

namespace aura::net {
namespace {

bool is_cursor_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-' || c == '.' || c == '~' || c == '=';
}

// RFC 8941 strings have quotes and escapes; the value without quotes is accepted too.
std::optional<std::string> unquote(std::string_view value) {
  if (!value.starts_with('"')) return std::string(value);
  if (value.size() < 2 || !value.ends_with('"')) return std::nullopt;
  std::string out;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '"') return std::nullopt;
    if (value[i] == '\\' && (++i + 1 >= value.size() || (value[i] != '"' && value[i] != '\\'))) {
      return std::nullopt;
    }
    out += value[i];
  }
  return out;
}

void add_part(std::string& out, std::string_view part) {
  out += std::to_string(part.size());
  out += ':';
  out += part;
}

// The request's content, independent of its encoding: a client chooses a new multipart boundary for
// each attempt.
std::string fingerprint(const Request& request) {
  const auto parts = media_type(request) == "multipart/form-data"
                         ? parse_multipart(request.body, request.headers.get("Content-Type"))
                         : std::nullopt;
  if (!parts && request.raw_query().empty()) return std::string(as_view(sha256(request.body)));
  std::string content;
  add_part(content, request.raw_query());
  if (!parts) add_part(content, as_view(sha256(request.body)));
  for (const FormPart& part : parts.value_or(std::vector<FormPart>{})) {
    add_part(content, part.name);
    add_part(content, part.filename);
    add_part(content, part.content_type);
    add_part(content, as_view(sha256(part.content)));
  }
  return std::string(as_view(sha256(content)));
}

bool is_key_char(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

std::string media_type(const Request& request) {
  std::string_view value = request.headers.get("Content-Type");
  value = value.substr(0, value.find(';'));
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  return lower_case(value);
}

std::string bearer_token(const Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  constexpr std::size_t kLongest = 512;
  if (request.headers.count("Authorization") != 1) return {};
  std::string_view value = request.headers.get("Authorization");
  if (value.size() <= kScheme.size() || value.size() > kLongest ||
      !equals_ignoring_case(value.substr(0, kScheme.size()), kScheme)) {
    return {};
  }
  value.remove_prefix(kScheme.size());
  while (value.starts_with(' ')) value.remove_prefix(1);
  return std::string(value);
}

OrAnswer<rapidjson::Document> read_object_body(const Request& request) {
  const std::string type = media_type(request);
  const bool patch = request.method == Method::patch && type == "application/merge-patch+json";
  if (!type.empty() && type != "application/json" && !patch) {
    return tl::unexpected(problem(415, "unsupported-media-type", "Unsupported media type",
                                  "Send the body as application/json."));
  }
  if (request.body.size() > limits::kApiBodyBytes) {
    return tl::unexpected(problem(
        413, "too-large", "Content too large",
        "A JSON body may have at most " + std::to_string(limits::kApiBodyBytes) + " bytes."));
  }
  auto json = parse_json(request.body, {limits::kApiBodyBytes, limits::kJsonDepth});
  if (!json) return tl::unexpected(bad_request(json.error().detail));
  if (!json->IsObject()) return tl::unexpected(bad_request("The body must be a JSON object."));
  return std::move(*json);
}

std::optional<Response> refuse_unknown(const Params& query, const Parameters& known) {
  for (const auto& [name, value] : query.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (const std::string_view one : known) list.append(list.empty() ? "" : ", ").append(one);
    return bad_request("This list knows no such parameter; it takes " + list + ".", "?" + name);
  }
  return std::nullopt;
}

OrAnswer<Page> read_page(const Request& request, const Parameters& filters) {
  Page page;
  const Params query = request.query();
  Parameters known = filters;
  known.insert(known.end(), {"limit", "after"});
  if (auto refused = refuse_unknown(query, known)) return tl::unexpected(std::move(*refused));
  if (const std::string* limit = query.find("limit")) {
    int number = 0;
    const char* end = limit->data() + limit->size();
    const auto [stop, error] = std::from_chars(limit->data(), end, number);
    if (error == std::errc::result_out_of_range && limit->front() != '-') number = limits::kPageMax;
    if (stop != end || number < 1)
      return tl::unexpected(bad_request("limit must be a whole number above 0.", "?limit"));
    page.limit = static_cast<std::size_t>(std::min(number, limits::kPageMax));
  } else {
    page.limit = limits::kPageDefault;
  }
  if (const std::string* after = query.find("after")) {
    if (after->size() > limits::kCursorBytes ||
        !std::all_of(after->begin(), after->end(), is_cursor_char)) {
      return tl::unexpected(bad_request("after is not a cursor of this list.", "?after"));
    }
    page.after = *after;
  }
  return page;
}

OrAnswer<MaybeIdempotency> read_idempotency(const Request& request) {
  constexpr std::string_view kName = "Idempotency-Key";
  if (!request.headers.contains(kName)) return MaybeIdempotency{};
  const auto key = unquote(request.headers.get(kName));
  if (request.headers.count(kName) != 1 || !key || key->empty() ||
      key->size() > limits::kIdempotencyKeyBytes ||
      !std::all_of(key->begin(), key->end(), is_key_char)) {
    return tl::unexpected(bad_request("Idempotency-Key must be one text of 1 to 255 characters."));
  }
  std::string scope;
  add_part(scope, to_string(request.method));
  std::string_view path = request.path();
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  add_part(scope, path);
  add_part(scope, *key);
  return Idempotency{std::string(as_view(sha256(scope))), fingerprint(request)};
}

OrAnswer<Id> read_path_id(const Request& request, std::string_view name, IdType type) {
  const auto id = parse_id(type, request.param(name));
  if (!id) return tl::unexpected(not_found_answer());
  return *id;
}

Response not_found_answer() {
  return problem(Error{Errc::not_found, "There is no such resource.", {}});
}

}  // namespace aura::net
