// multipart/form-data (RFC 7578): what a browser's form or `curl -F` sends. Pure; any thread.
//
//   --BOUNDARY CRLF  Content-Disposition: form-data; name="file"; filename="a.md" CRLF … CRLF CRLF
//   content CRLF --BOUNDARY … --BOUNDARY--
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aura::net {

struct FormPart {
  std::string name;
  std::string filename;      // empty if the part is not a file
  std::string content_type;  // as given in the part, or empty
  std::string_view content;  // points into the parsed body
};

// nullopt if the body does not match the Content-Type or has more than 16 parts.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view body,
                                                     std::string_view content_type);

}  // namespace aura::net
