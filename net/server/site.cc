#include "net/server/site.h"

#include <memory>
#include <utility>

#include "net/server/problem.h"
#include "net/signature.h"

namespace aura::net {
namespace {

std::string etag_of(const Asset& asset) {
  constexpr std::size_t kBytes = 16;
  return "\"" + to_base64url(as_view(sha256(asset.body)).substr(0, kBytes)) + "\"";
}

// Whether a comma-separated header contains `item`, ignoring parameters and W/.
bool lists(std::string_view header, std::string_view item) {
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    std::string_view part = header.substr(0, comma);
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    part = part.substr(0, part.find(';'));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (part.starts_with("W/")) part.remove_prefix(2);
    if (part == item || (part == "*" && item.starts_with('"'))) return true;
  }
  return false;
}

bool takes_gzip(const Request& request) {
  const std::string_view accept = request.headers.get("Accept-Encoding");
  return lists(accept, "gzip") && accept.find("gzip;q=0,") == std::string_view::npos &&
         !accept.ends_with("gzip;q=0");
}

constexpr const char* kPolicyHeader = "Content-Security-Policy";
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'";

void add_common_headers(Response& response, const SitePath& site) {
  response.with("Cache-Control", site.max_age_seconds > 0
                                     ? "public, max-age=" + std::to_string(site.max_age_seconds)
                                     : std::string("no-cache"));
  response.with("Vary", "Accept-Encoding");
  if (site.other_origins) {
    response.with("Access-Control-Allow-Origin", "*")
        .with("Cross-Origin-Resource-Policy", "cross-origin");
  }
}

// Equal representations have equal ETags; the compressed representation has its own.
Response serve(const Request& request, Asset asset, const SitePath& site) {
  std::string tag = etag_of(asset);
  const bool gzip = !asset.gzip.empty() && takes_gzip(request);
  if (gzip) tag.insert(tag.size() - 1, "-gz");
  Response response;
  if (lists(request.headers.get("If-None-Match"), tag)) {
    response.status = 304;
  } else {
    response = Response::of(200, asset.content_type, std::move(gzip ? asset.gzip : asset.body));
    if (gzip) response.with("Content-Encoding", "gzip");
    if (asset.content_type.starts_with("text/html")) response.with(kPolicyHeader, kPagePolicy);
  }
  response.with("ETag", tag);
  add_common_headers(response, site);
  return response;
}

Response preflight() {
  Response response;
  response.status = 204;
  response.with("Access-Control-Allow-Origin", "*")
      .with("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
      .with("Access-Control-Max-Age", "86400");
  return response;
}

}  // namespace

std::vector<SitePath> default_site() {
  constexpr int kFiveMinutes = 300;
  return {{"/widget.js", kFiveMinutes, true},
          {"/widget-more.js", kFiveMinutes, true},
          {"/widget-ar.js", kFiveMinutes, true},
          {"/widget-de.js", kFiveMinutes, true},
          {"/widget-es.js", kFiveMinutes, true},
          {"/widget-fr.js", kFiveMinutes, true},
          {"/widget-it.js", kFiveMinutes, true},
          {"/widget-pt.js", kFiveMinutes, true},
          {"/demo", 0, false},
          {"/demo.css", kFiveMinutes, false},
          {"/favicon.svg", kFiveMinutes, false}};
}

void add_site_routes(Router& router, const std::vector<SitePath>& paths,
                     const AssetLookup& lookup) {
  for (const SitePath& site : paths) {
    router.add(
        Method::get, site.path, [site, lookup](Request&& request, const Responder& responder) {
          const auto asked = std::make_shared<const Request>(std::move(request));
          lookup(site.path, [site, asked, responder](std::optional<Asset> asset) {
            if (!asset) {
              return responder.reply(problem(Error{Errc::not_found, "There is no such page.", {}}));
            }
            responder.reply(serve(*asked, std::move(*asset), site));
          });
        });
    if (site.other_origins) {
      router.add(Method::options, site.path,
                 [](Request&&, const Responder& responder) { responder.reply(preflight()); });
    }
  }
}

}  // namespace aura::net
