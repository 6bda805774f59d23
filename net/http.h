// Plain HTTP values: what a handler is given and what it answers. No socket, no Beast: API code
// includes only this, responder.h and router.h. Values are owned by whoever holds them; one thread
// at a time may use one value.
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

// Header fields in the order they came, duplicates kept. The text is held as it stands on the wire
// ("Name: value\r\n" lines), so that reading and writing a message copies it once.
class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  // Characters that could end the line (CR, LF, NUL) are dropped from name and value.
  void add(std::string_view name, std::string_view value);
  void set(std::string_view name, std::string_view value);  // replaces all of that name
  void remove(std::string_view name);

  std::string_view get(std::string_view name) const;  // first value, or ""
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

// Percent-decoded name/value pairs in order, duplicates kept.
class Params {
 public:
  void add(std::string name, std::string value);
  const std::string* find(std::string_view name) const;  // first, or nullptr
  std::vector<std::string_view> all(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

std::string lower_case(std::string_view text);  // of ASCII
std::string without_slash(std::string url);     // for what a path is put behind

// A '+' of a query stays a '+' (a time's "+02:00" is one); only forms decode it to a space.
// A broken escape ("%zz") is kept as the bytes it is.
std::string percent_decode(std::string_view text);
std::string percent_encode(std::string_view text);  // everything but unreserved characters
Params parse_query(std::string_view raw_query);
Params parse_form(std::string_view body);  // application/x-www-form-urlencoded

struct Request {
  Method method = Method::get;
  std::string target;  // origin form, as sent: "/a%20b?x=1"
  Headers headers;
  std::string body;
  std::string remote_address;  // of the peer, without port
  Params params;               // what the route's {names} matched, decoded

  std::string_view path() const;       // still encoded
  std::string_view raw_query() const;  // without '?'
  Params query() const { return parse_query(raw_query()); }
  std::string_view param(std::string_view name) const;                  // "" if absent
  std::optional<std::string> query_param(std::string_view name) const;  // first, decoded
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
