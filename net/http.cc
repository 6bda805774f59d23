#include "net/http.h"

#include <array>

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
  switch (status) {
    case 100:
      return "Continue";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";
  }
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
