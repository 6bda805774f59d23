// Which files a channel accepts by URL.
#include <algorithm>
#include <array>

#include "config/limits.h"
#include "net/http.h"
#include "net/providers/meta/send_parts.h"

namespace aura::net::meta {
namespace {

// "png" for image/png or for …/a.png?x=1; empty if neither is known.
std::string format_of(const api::Attachment& attachment) {
  const std::string& mime = attachment.mime_type();
  if (const std::size_t slash = mime.find('/'); slash != std::string::npos) {
    return lower_case(std::string_view(mime).substr(slash + 1, mime.find(';') - slash - 1));
  }
  std::string_view path = attachment.url();
  path = path.substr(0, path.find_first_of("?#"));
  const std::size_t scheme = path.find("://");
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  const bool host_only = scheme == std::string_view::npos || slash == scheme + 2;
  if (host_only || dot == std::string_view::npos || dot < slash) return {};
  return lower_case(path.substr(dot + 1));
}

struct Taken {
  std::string_view type;
  std::string_view formats;  // MIME subtypes and extensions, each followed by a space
};
constexpr std::array<Taken, 4> kInstagramTakes{{
    {"image", "png jpeg jpg "},
    {"audio", "aac x-aac m4a x-m4a mp4 wav x-wav wave vnd.wave "},
    {"video", "mp4 ogg ogv avi x-msvideo mov quicktime webm "},
    {"file", "pdf "},
}};

}  // namespace

bool goes_as_file(const api::Attachment& attachment, const Product& product) {
  for (const Taken& taken : kInstagramTakes) {
    if (attachment.type() != taken.type) continue;
    if (product.any_file) return attachment.has_url();
    const std::string format = format_of(attachment);
    return attachment.has_url() &&
           (format.empty() || taken.formats.find(format + " ") != std::string_view::npos);
  }
  return false;
}

std::int64_t most_bytes(const api::Attachment& attachment) {
  const std::size_t megabytes = attachment.type() == "image" ? 8 : 25;
  return static_cast<std::int64_t>(megabytes * limits::kMiB);
}

}  // namespace aura::net::meta
