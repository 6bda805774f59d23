#include "bench/sim/media_store.h"

#include <array>
#include <charconv>

#include "bench/support/digest.h"

namespace aura::bench {
namespace {

struct UploadRule {
  std::string_view mime;  // the type, or a prefix that ends with a slash
  std::size_t most;
};

constexpr std::size_t kMb = 1024 * 1024;
constexpr std::array<UploadRule, 16> kRules{{
    {"audio/aac", 16 * kMb},
    {"audio/amr", 16 * kMb},
    {"audio/mpeg", 16 * kMb},
    {"audio/mp4", 16 * kMb},
    {"audio/ogg", 16 * kMb},
    {"image/jpeg", 5 * kMb},
    {"image/png", 5 * kMb},
    {"image/webp", 500 * 1024},
    {"video/mp4", 16 * kMb},
    {"video/3gpp", 16 * kMb},
    {"text/plain", 100 * kMb},
    {"application/pdf", 100 * kMb},
    {"application/msword", 100 * kMb},
    {"application/zip", 100 * kMb},
    {"application/vnd.ms-", 100 * kMb},
    {"application/vnd.openxmlformats-officedocument.", 100 * kMb},
}};

HttpAnswer no_file(int status, const std::string& title) {
  HttpAnswer answer;
  answer.status = status;
  answer.content_type = "text/plain";
  answer.body = title;
  return answer;
}

}  // namespace

std::string whatsapp_upload_error(std::string_view mime, std::size_t bytes) {
  const auto plain = mime.substr(0, mime.find(';'));
  for (const auto& rule : kRules) {
    const bool prefix = rule.mime.ends_with('-') || rule.mime.ends_with('.');
    if (prefix ? !plain.starts_with(rule.mime) : plain != rule.mime) continue;
    if (bytes <= rule.most) return {};
    return "the file has " + std::to_string(bytes) + " bytes, at most " +
           std::to_string(rule.most) + " are allowed for " + std::string(plain);
  }
  return "files of type '" + std::string(plain) + "' are not supported";
}

std::string MediaStore::add(StoredFile file) {
  auto id = std::to_string(next_id_++);
  files_.emplace(id, std::move(file));
  return id;
}

const StoredFile* MediaStore::find(const std::string& id) const {
  const auto found = files_.find(id);
  return found == files_.end() ? nullptr : &found->second;
}

std::optional<std::string> MediaStore::describe(const std::string& id,
                                                const std::string& base_url) {
  const auto* file = find(id);
  if (file == nullptr) return std::nullopt;
  const auto seconds = faults_.of(Channel::whatsapp).media_url_seconds;
  const auto until = clock_() + std::int64_t{seconds} * 1000;
  return R"({"messaging_product":"whatsapp","url":")" + base_url + "/_media/whatsapp/" + id +
         "?until=" + std::to_string(until) + R"(","mime_type":")" + file->mime + R"(","sha256":")" +
         to_hex(sha256(file->bytes)) + R"(","file_size":")" + std::to_string(file->bytes.size()) +
         R"(","id":")" + id + R"("})";
}

HttpAnswer MediaStore::serve(const HttpMessage& request) {
  auto path = request.target().substr(std::string_view("/_media/").size());
  path = path.substr(0, path.find('?'));
  const auto slash = path.find('/');
  const auto channel = channel_named(path.substr(0, slash));
  if (!channel || slash == path.npos) return no_file(404, "no such file");
  const auto& knobs = faults_.of(*channel);
  const auto* file = find(std::string(path.substr(slash + 1)));
  if (*channel == Channel::whatsapp) {
    const auto header = request.header("Authorization").value_or("");
    if (!header.starts_with("Bearer ")) return no_file(401, "Bearer token required");
    const auto known = file == nullptr ? knobs.tokens.end() : knobs.tokens.find(file->account);
    if (knobs.expired_token || (known != knobs.tokens.end() && known->second != header.substr(7))) {
      return no_file(401, "Bearer token refused");
    }
    const auto text = query_value(request.target(), "until").value_or("");
    std::int64_t until = 0;
    std::from_chars(text.data(), text.data() + text.size(), until);
    if (clock_() > until) return no_file(404, "this URL has expired");
  }
  if (file == nullptr || knobs.media_expired) return no_file(404, "no such file (any more)");
  HttpAnswer answer;
  answer.content_type = file->mime;
  answer.body = file->bytes;
  answer.delay = faults_.latency(*channel);
  return answer;
}

StoredFile sample_file(std::string_view kind) {
  if (kind == "audio")
    return {"audio/ogg", std::string("OggS\0\2", 6) + "opus of the simulator", {}};
  if (kind == "video") {
    return {"video/mp4",
            std::string("\0\0\0\x18"
                        "ftypmp42\0\0\0\0mp42isom",
                        24),
            {}};
  }
  if (kind == "document" || kind == "file") {
    return {
        "application/pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n%%EOF\n", {}};
  }
  if (kind == "sticker") {
    return {
        "image/webp",
        std::string(
            "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0", 34),
        {}};
  }
  // A grey pixel.
  return {"image/png",
          from_base64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytg"
                      "AAAABJRU5ErkJggg=="),
          {}};
}

}  // namespace aura::bench
