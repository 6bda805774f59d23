#include "net/operator/operator_page.h"

#include "net/signature.h"

namespace aura::net {
namespace {

// The CSP source expression ('sha256-…') of the content between the only pair of these tags.
std::string hash_source(const std::string& html, std::string_view tag) {
  const std::string open = "<" + std::string(tag) + ">", close = "</" + std::string(tag) + ">";
  const auto begin = html.find(open);
  const auto end = html.find(close, begin);
  if (begin == std::string::npos || end == std::string::npos) return "'none'";
  const auto from = begin + open.size();
  return "'sha256-" + to_base64(as_view(sha256(std::string_view(html).substr(from, end - from)))) +
         "'";
}

}  // namespace

Response operator_page(const std::string& html) {
  Response response = Response::of(200, "text/html; charset=utf-8", html);
  response.with("Cache-Control", "no-store")
      .with("X-Frame-Options", "DENY")
      .with("Referrer-Policy", "no-referrer")
      .with("Content-Security-Policy",
            "default-src 'none'; style-src " + hash_source(html, "style") + "; script-src " +
                hash_source(html, "script") +
                "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
                "frame-ancestors 'none'");
  return response;
}

}  // namespace aura::net
