#include "bench/support/http_framing.h"

#include <strings.h>

#include <charconv>

namespace aura::bench {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Calls `use(name, value)` for each header line.
template <class Use>
void each_header(std::string_view headers, Use use) {
  while (!headers.empty()) {
    const auto end = headers.find("\r\n");
    const auto line = headers.substr(0, end);
    if (const auto colon = line.find(':'); colon != line.npos) {
      use(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
    if (end == headers.npos) return;
    headers.remove_prefix(end + 2);
  }
}

// Reads one chunk at the front of `bytes`: its data and the number of bytes to skip, or incomplete.
Framing next_chunk(std::string_view bytes, std::string_view& data, std::size_t& skip) {
  const auto line = bytes.find("\r\n");
  if (line == bytes.npos) return bytes.size() > 32 ? Framing::malformed : Framing::incomplete;
  std::size_t length = 0;
  const auto parsed = std::from_chars(bytes.data(), bytes.data() + line, length, 16);
  if (parsed.ec != std::errc{} || length > (std::size_t{1} << 30)) return Framing::malformed;
  if (bytes.size() < line + 2 + length + 2) return Framing::incomplete;
  data = bytes.substr(line + 2, length);
  skip = line + 2 + length + 2;
  return Framing::complete;
}

Framing measure_chunks(std::string_view bytes, std::size_t& size) {
  size = 0;
  while (true) {
    std::string_view data;
    std::size_t skip = 0;
    const auto framing = next_chunk(bytes.substr(size), data, skip);
    if (framing != Framing::complete) return framing;
    size += skip;
    if (data.empty()) return Framing::complete;
  }
}

bool bodiless(const HttpMessage& message) {
  if (!message.start_line.starts_with("HTTP/")) return false;
  const int status = message.status();
  return status / 100 == 1 || status == 204 || status == 304;
}

}  // namespace

int HttpMessage::status() const {
  int value = 0;
  if (start_line.size() >= 12) std::from_chars(&start_line[9], &start_line[9] + 3, value);
  return value;
}

std::string_view HttpMessage::method() const { return start_line.substr(0, start_line.find(' ')); }

std::string_view HttpMessage::target() const {
  const auto from = start_line.find(' ');
  const auto to = start_line.rfind(' ');
  return from == to ? std::string_view{} : start_line.substr(from + 1, to - from - 1);
}

std::optional<std::string_view> HttpMessage::header(std::string_view name) const {
  std::optional<std::string_view> found;
  each_header(headers, [&](std::string_view key, std::string_view value) {
    if (!found && same_name(key, name)) found = value;
  });
  return found;
}

bool HttpMessage::keep_alive() const {
  const auto connection = header("Connection");
  return !connection || !same_name(*connection, "close");
}

std::string HttpMessage::decoded_body() const {
  if (!chunked) return std::string(body);
  std::string out;
  auto rest = body;
  std::string_view data;
  std::size_t skip = 0;
  while (next_chunk(rest, data, skip) == Framing::complete && !data.empty()) {
    out += data;
    rest.remove_prefix(skip);
  }
  return out;
}

Framing parse_http(std::string_view bytes, HttpMessage& out) {
  const auto head_end = bytes.find("\r\n\r\n");
  if (head_end == bytes.npos) {
    return bytes.size() > 64 * 1024 ? Framing::malformed : Framing::incomplete;
  }
  const auto line_end = bytes.find("\r\n");
  out.start_line = bytes.substr(0, line_end);
  out.headers = bytes.substr(line_end + 2, head_end - line_end);
  out.chunked = false;
  std::size_t length = 0;
  bool bad = out.start_line.find(' ') == out.start_line.npos;
  each_header(out.headers, [&](std::string_view key, std::string_view value) {
    if (same_name(key, "Content-Length")) {
      const auto parsed = std::from_chars(value.data(), value.data() + value.size(), length);
      bad = bad || parsed.ec != std::errc{} || parsed.ptr != value.data() + value.size();
    } else if (same_name(key, "Transfer-Encoding")) {
      out.chunked = same_name(value, "chunked");
      bad = bad || !out.chunked;
    }
  });
  if (bad) return Framing::malformed;
  const auto body_start = head_end + 4;
  if (bodiless(out)) {
    length = 0;
  } else if (out.chunked) {
    const auto framing = measure_chunks(bytes.substr(body_start), length);
    if (framing != Framing::complete) return framing;
  }
  if (bytes.size() - body_start < length) return Framing::incomplete;
  out.body = bytes.substr(body_start, length);
  out.size = body_start + length;
  return Framing::complete;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(&text[i + 1], &text[i + 1] + 2, value, 16).ptr == &text[i + 1] + 2) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::optional<std::string> query_value(std::string_view target, std::string_view name) {
  const auto mark = target.find('?');
  if (mark == target.npos) return std::nullopt;
  auto rest = target.substr(mark + 1);
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find('&'));
    const auto equals = pair.find('=');
    if (percent_decode(pair.substr(0, equals)) == name) {
      return equals == pair.npos ? std::string{} : percent_decode(pair.substr(equals + 1));
    }
    if (pair.size() == rest.size()) break;
    rest.remove_prefix(pair.size() + 1);
  }
  return std::nullopt;
}

}  // namespace aura::bench
