#include "bench/sim/form.h"

#include <cctype>

#include "bench/support/http_framing.h"

namespace aura::bench {
namespace {

// The value of `name="…"` or `name=…` in a header line.
std::string parameter(std::string_view line, std::string_view name) {
  const auto key = std::string(name) + "=";
  for (auto at = line.find(key); at != line.npos; at = line.find(key, at + 1)) {
    if (at > 0 && line[at - 1] != ' ' && line[at - 1] != ';') continue;
    auto rest = line.substr(at + key.size());
    if (!rest.starts_with('"')) return std::string(rest.substr(0, rest.find_first_of("; \r\n")));
    rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find('"')));
  }
  return {};
}

FormPart read_part(std::string_view head, std::string_view bytes) {
  FormPart part;
  part.bytes = bytes;
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const auto line = head.substr(0, end);
    std::string lower;
    for (const char c : line)
      lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (lower.starts_with("content-disposition:")) {
      part.name = parameter(line, "name");
      part.filename = parameter(line, "filename");
    } else if (lower.starts_with("content-type:")) {
      const auto from = line.find_first_not_of(' ', 13);
      if (from != line.npos) part.type = line.substr(from);
    }
    if (end == head.npos) break;
    head.remove_prefix(end + 2);
  }
  return part;
}

}  // namespace

Form parse_form(std::string_view body) {
  Form form;
  while (!body.empty()) {
    const auto pair = body.substr(0, body.find('&'));
    const auto equals = pair.find('=');
    if (!pair.empty()) {
      form.emplace_back(
          percent_decode(pair.substr(0, equals)),
          equals == pair.npos ? std::string{} : percent_decode(pair.substr(equals + 1)));
    }
    if (pair.size() == body.size()) break;
    body.remove_prefix(pair.size() + 1);
  }
  return form;
}

std::string form_value(const Form& form, std::string_view name) {
  for (const auto& [key, value] : form) {
    if (key == name) return value;
  }
  return {};
}

std::string percent_encode(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

std::string encode_form(const Form& form) {
  std::string out;
  for (const auto& [name, value] : form) {
    if (!out.empty()) out += '&';
    out += percent_encode(name) + "=" + percent_encode(value);
  }
  return out;
}

std::optional<std::vector<FormPart>> parse_multipart(std::string_view content_type,
                                                     std::string_view body) {
  const auto boundary = parameter(content_type, "boundary");
  if (!content_type.starts_with("multipart/form-data") || boundary.empty()) return std::nullopt;
  const auto line = "--" + boundary;
  std::vector<FormPart> parts;
  auto at = body.find(line);
  while (at != body.npos) {
    at += line.size();
    if (body.substr(at, 2) == "--") return parts;
    const auto head = at + 2;
    const auto head_end = body.find("\r\n\r\n", at);
    if (head_end == body.npos) return std::nullopt;
    const auto next = body.find("\r\n" + line, head_end + 2);
    if (next == body.npos) return std::nullopt;
    const auto bytes = head_end + 4;
    parts.push_back(
        read_part(body.substr(head, head_end - head),
                  next < bytes ? std::string_view{} : body.substr(bytes, next - bytes)));
    at = next + 2;
  }
  return std::nullopt;
}

}  // namespace aura::bench
