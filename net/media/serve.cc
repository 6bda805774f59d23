// Serves files to whoever holds a signed link.
#include <algorithm>
#include <charconv>

#include "net/media/media_routes.h"
#include "net/server/problem.h"
#include "runtime/media_type.h"

namespace aura::net {
namespace {

// A browser asks before each use of its copy: a file that was unsent or erased is not shown again.
constexpr const char* kAskBeforeUse = "private, no-cache";

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || value < 0) return std::nullopt;
  return value;
}

// Types that a browser could run as a page or script of our origin are sent as plain downloads.
std::string_view safe_type(std::string_view type) {
  const bool markup = type == "text/html" || type.ends_with("xml") ||
                      type.find("javascript") != std::string_view::npos;
  return markup ? "application/octet-stream" : type;
}

std::string disposition(const MediaBytes& file) {
  std::string value = shown_in_place(file.content_type) ? "inline" : "attachment";
  if (file.filename.empty()) return value;
  std::string plain;
  for (const char c : file.filename)
    plain += (c >= ' ' && c <= '~' && c != '"' && c != '\\') ? c : '_';
  return value + "; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encode(file.filename);
}

// The bytes of an id never change, so the id is their mark.
std::string etag_of(const Request& request) {
  return "\"" + std::string(request.param("id")) + "\"";
}

Response not_modified(const std::string& etag) {
  Response response;
  response.status = 304;
  response.with("ETag", etag).with("Cache-Control", kAskBeforeUse);
  return response;
}

// The server itself adds "nosniff" to every response.
Response answer(MediaBytes file, bool ranged, const std::string& etag) {
  const std::string total = std::to_string(file.total);
  if (file.out_of_range) {
    Response none = problem(416, "range", "Range not satisfiable", "The file is shorter.");
    return std::move(none.with("Content-Range", "bytes */" + total));
  }
  const auto size = static_cast<std::int64_t>(file.bytes.size());
  const std::string where = disposition(file);
  Response response =
      Response::of(ranged ? 206 : 200, safe_type(file.content_type), std::move(file.bytes));
  if (ranged)
    response.with("Content-Range", "bytes " + std::to_string(file.first) + "-" +
                                       std::to_string(file.first + size - 1) + "/" + total);
  response.with("Accept-Ranges", "bytes")
      .with("Content-Disposition", where)
      .with("Content-Security-Policy", "default-src 'none'; sandbox")
      .with("Cross-Origin-Resource-Policy", "cross-origin")
      .with("Referrer-Policy", "no-referrer")
      .with("ETag", etag)
      .with("Cache-Control", kAskBeforeUse);
  return response;
}

}  // namespace

std::optional<ByteRange> parse_range(std::string_view header) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return std::nullopt;
  header.remove_prefix(kUnit.size());
  const auto dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view first = header.substr(0, dash), last = header.substr(dash + 1);
  ByteRange range{number_of(first), number_of(last)};
  if ((!first.empty() && !range.first) || (!last.empty() && !range.last)) return std::nullopt;
  if (!range.first && !range.last) return std::nullopt;
  if (range.first && range.last && *range.first > *range.last) return std::nullopt;
  return range;
}

void add_media_route(Router& router, MediaLibrary& library, const MediaLinks& links) {
  router.add(Method::get, "/media/{id}",
             [&library, &links](const Request& request, const Responder& responder) {
               const auto opened =
                   links.open(request.param("id"), request.query_param("expires").value_or(""),
                              request.query_param("signature").value_or(""));
               if (!opened)
                 return responder.reply(problem(403, "link-over", "Forbidden",
                                                "This link is over, or it is not complete."));
               const std::string etag = etag_of(request);
               const bool has_copy =
                   request.headers.get("If-None-Match").find(etag) != std::string_view::npos;
               const auto range = has_copy ? ByteRange{0, 0}  // only whether it is still there
                                           : parse_range(request.headers.get("Range"));
               library.read(opened->workspace, opened->media, range,
                            [responder, etag, has_copy,
                             ranged = range.has_value()](Result<MediaBytes> file) {
                              if (!file) return responder.reply(problem(file.error()));
                              responder.reply(has_copy ? not_modified(etag)
                                                       : answer(std::move(*file), ranged, etag));
                            });
             });
}

}  // namespace aura::net
