// Plain HTTP values: a handler's request and response. No socket, no Beast: API code includes only
// this file, responder.h and router.h. Values belong to their holder; only one thread at a time may
// use a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aura::net {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

std::string_view to_string(Method method);   // "GET", …
Method parse_method(std::string_view name);  // exact, case-sensitive; else Method::other
std::string_view reason_phrase(int status);  // "Not Found"; "" if unknown

bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII

// Header fields in order of arrival, including duplicates. Stored in wire format ("Name: value\r
// " lines), so that reading and writing a message copies the text once.
class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  // Drops characters that could end the line (CR, LF, NUL) from name and value.
  void add(std::string_view name, std::string_view value);
  void set(std::string_view name, std::string_view value);  // replaces every field of that name
  void remove(std::string_view name);

  std::string_view get(std::string_view name) const;  // the first value, or ""
  bool contains(std::string_view name) const { return count(name) > 0; }
  std::size_t count(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;

  std::size_t size() const { return entries_.size(); }
  Field operator[](std::size_t index) const;
  std::string_view wire() const { return text_; }

 private:
  struct Entry {
    std::uint32_t name_at;
    std::uint32_t name_size;
    std::uint32_t value_at;
    std::uint32_t value_size;
  };
  std::string text_;
  std::vector<Entry> entries_;
};

// Percent-decoded name/value pairs in order, including duplicates.
class Params {
 public:
  void add(std::string name, std::string value);
  const std::string* find(std::string_view name) const;  // the first value, or nullptr
  std::vector<std::string_view> all(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

std::string lower_case(std::string_view text);  // ASCII only
inline bool has_web_scheme(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}
std::string without_slash(std::string url);  // removes a trailing slash, to append "/path"

// A '+' in a query stays a '+' (a time's "+02:00" has one); only forms decode it to a space. A
// malformed escape ("%zz") is kept as it is.
std::string percent_decode(std::string_view text);
std::string percent_encode(std::string_view text);  // all except unreserved characters
Params parse_query(std::string_view raw_query);
Params parse_form(std::string_view body);  // application/x-www-form-urlencoded

struct Request {
  Method method = Method::get;
  std::string target;  // origin form, as sent: "/a%20b?x=1"
  Headers headers;
  std::string body;
  std::string remote_address;  // of the peer, without port
  Params params;               // values of the route's {names}, decoded

  std::string_view path() const;       // not decoded
  std::string_view raw_query() const;  // without '?'
  Params query() const { return parse_query(raw_query()); }
  std::string_view param(std::string_view name) const;                  // "" if absent
  std::optional<std::string> query_param(std::string_view name) const;  // the first value, decoded
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;

  static Response of(int status, std::string_view content_type, std::string body);
  static Response json(int status, std::string body);
  static Response text(int status, std::string body);
  Response& with(std::string_view name, std::string_view value);
};

}  // namespace aura::net
