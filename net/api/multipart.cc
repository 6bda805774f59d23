#include "net/api/multipart.h"

#include "net/http.h"

namespace aura::net {
namespace {

constexpr std::size_t kMostParts = 16;
constexpr std::string_view kLine = "\r\n";

std::string_view unpadded(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// The value of `name` in a header like "form-data; name=\"a\"; filename=b", without quotes.
std::string parameter(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at != std::string_view::npos) {
    header = unpadded(header.substr(at + 1));
    const std::size_t equals = header.find('=');
    if (equals == std::string_view::npos) return {};
    const bool wanted = equals_ignoring_case(unpadded(header.substr(0, equals)), name);
    header = unpadded(header.substr(equals + 1));
    std::string value;
    std::size_t end = 0;
    if (header.starts_with('"')) {
      for (end = 1; end < header.size() && header[end] != '"'; ++end) {
        if (header[end] == '\\' && end + 1 < header.size()) ++end;
        value += header[end];
      }
    } else {
      end = header.find(';');
      value = unpadded(header.substr(0, end));
    }
    if (wanted) return value;
    at = header.find(';', end == std::string_view::npos ? header.size() : end);
  }
  return {};
}

void read_header(std::string_view line, FormPart& part) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view name = unpadded(line.substr(0, colon));
  const std::string_view value = line.substr(colon + 1);
  if (equals_ignoring_case(name, "Content-Type")) part.content_type = unpadded(value);
  if (!equals_ignoring_case(name, "Content-Disposition")) return;
  part.name = parameter(value, "name");
  part.filename = parameter(value, "filename");
}

// Reads header lines up to the empty line; false if there is none.
bool read_headers(std::string_view& rest, FormPart& part) {
  for (;;) {
    const std::size_t end = rest.find(kLine);
    if (end == std::string_view::npos) return false;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + kLine.size());
    if (line.empty()) return true;
    read_header(line, part);
  }
}

}  // namespace

std::optional<std::vector<FormPart>> parse_multipart(std::string_view body,
                                                     std::string_view content_type) {
  constexpr std::size_t kLongestBoundary = 70;
  const std::string boundary = parameter(content_type, "boundary");
  if (boundary.empty() || boundary.size() > kLongestBoundary) return std::nullopt;
  const std::string delimiter = "--" + boundary;
  if (!body.starts_with(delimiter)) return std::nullopt;
  std::string_view rest = body.substr(delimiter.size());
  std::vector<FormPart> parts;
  while (!rest.starts_with("--")) {
    if (!rest.starts_with(kLine) || parts.size() == kMostParts) return std::nullopt;
    rest.remove_prefix(kLine.size());
    FormPart& part = parts.emplace_back();
    if (!read_headers(rest, part)) return std::nullopt;
    const std::size_t end = rest.find(std::string(kLine) + delimiter);
    if (end == std::string_view::npos) return std::nullopt;
    part.content = rest.substr(0, end);
    rest.remove_prefix(end + kLine.size() + delimiter.size());
  }
  return parts;
}

}  // namespace aura::net
