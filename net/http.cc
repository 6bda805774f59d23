#include "net/http.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace aura::net {
namespace {

constexpr std::array<std::string_view, 8> kMethods{"GET",   "HEAD",   "POST",    "PUT",
                                                   "PATCH", "DELETE", "OPTIONS", ""};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

void append_clean(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c != '\r' && c != '\n' && c != '\0') out.push_back(c);
  }
}

}  // namespace

std::string_view to_string(Method method) { return kMethods[static_cast<std::size_t>(method)]; }

Method parse_method(std::string_view name) {
  for (std::size_t i = 0; i + 1 < kMethods.size(); ++i) {
    if (kMethods[i] == name) return static_cast<Method>(i);
  }
  return Method::other;
}

std::string_view reason_phrase(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr Phrase kPhrases[] = {
      {100, "Continue"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {426, "Upgrade Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {505, "HTTP Version Not Supported"},
  };
  const auto* const found = std::ranges::find(kPhrases, status, &Phrase::status);
  return found == std::end(kPhrases) ? std::string_view() : found->text;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

void Headers::add(std::string_view name, std::string_view value) {
  if (text_.empty()) text_.reserve(256);
  if (entries_.empty()) entries_.reserve(8);
  Entry entry{};
  entry.name_at = static_cast<std::uint32_t>(text_.size());
  append_clean(text_, name);
  entry.name_size = static_cast<std::uint32_t>(text_.size()) - entry.name_at;
  text_ += ": ";
  entry.value_at = static_cast<std::uint32_t>(text_.size());
  append_clean(text_, value);
  entry.value_size = static_cast<std::uint32_t>(text_.size()) - entry.value_at;
  text_ += "\r\n";
  entries_.push_back(entry);
}

void Headers::set(std::string_view name, std::string_view value) {
  remove(name);
  add(name, value);
}

void Headers::remove(std::string_view name) {
  if (!contains(name)) return;
  Headers kept;
  for (std::size_t i = 0; i < size(); ++i) {
    const Field field = (*this)[i];
    if (!equals_ignoring_case(field.name, name)) kept.add(field.name, field.value);
  }
  *this = std::move(kept);
}

Headers::Field Headers::operator[](std::size_t index) const {
  const Entry& e = entries_[index];
  const std::string_view text = text_;
  return {text.substr(e.name_at, e.name_size), text.substr(e.value_at, e.value_size)};
}

std::string_view Headers::get(std::string_view name) const {
  for (std::size_t i = 0; i < size(); ++i) {
    const Field field = (*this)[i];
    if (equals_ignoring_case(field.name, name)) return field.value;
  }
  return {};
}

std::size_t Headers::count(std::string_view name) const {
  std::size_t n = 0;
  for (std::size_t i = 0; i < size(); ++i) n += equals_ignoring_case((*this)[i].name, name) ? 1 : 0;
  return n;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (std::size_t i = 0; i < size(); ++i) {
    const Field field = (*this)[i];
    if (equals_ignoring_case(field.name, name)) values.push_back(field.value);
  }
  return values;
}

std::string_view Request::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::raw_query() const {
  const auto at = target.find('?');
  return at == std::string::npos ? std::string_view{} : std::string_view(target).substr(at + 1);
}

std::string_view Request::param(std::string_view name) const {
  const std::string* value = params.find(name);
  return value ? std::string_view(*value) : std::string_view{};
}

std::optional<std::string> Request::query_param(std::string_view name) const {
  const Params all = query();
  const std::string* value = all.find(name);
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

Response Response::of(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", content_type);
  response.body = std::move(body);
  return response;
}

Response Response::json(int status, std::string body) {
  return of(status, "application/json", std::move(body));
}

Response Response::text(int status, std::string body) {
  return of(status, "text/plain; charset=utf-8", std::move(body));
}

Response& Response::with(std::string_view name, std::string_view value) {
  headers.set(name, value);
  return *this;
}

}  // namespace aura::net
