// The HTTP/1.1 framing that a load generator and a simulator need: the end of a message, its status
// or target, a few headers. Pure functions over bytes already read; no ownership, no state. Bodies
// are framed by Content-Length or chunks; anything else is malformed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace aura::bench {

struct HttpMessage {
  std::string_view start_line;  // "HTTP/1.1 200 OK" or "POST /path HTTP/1.1"
  std::string_view headers;     // every header line, each ending with CRLF
  std::string_view body;        // for a chunked message: the raw chunks
  bool chunked = false;
  std::size_t size = 0;  // size of the whole message, to be consumed

  int status() const;               // of a response
  std::string_view method() const;  // of a request
  std::string_view target() const;  // of a request, with its query
  std::optional<std::string_view> header(std::string_view name) const;  // case-insensitive
  bool keep_alive() const;
  std::string decoded_body() const;  // the body with chunk framing removed
};

enum class Framing { complete, incomplete, malformed };

// A response 1xx, 204 or 304 has no body, whatever its headers say.
Framing parse_http(std::string_view bytes, HttpMessage& out);

std::string percent_decode(std::string_view text);
// The decoded value of a query parameter in `target`, if present.
std::optional<std::string> query_value(std::string_view target, std::string_view name);

}  // namespace aura::bench
