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
  std::string filename;      // of a file, else empty
  std::string content_type;  // as the part says, or empty
  std::string_view content;  // in the body that was parsed
};

// Nothing if the body is not what the Content-Type says, or has more than 16 parts.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view body,
                                                     std::string_view content_type);

}  // namespace aura::net
