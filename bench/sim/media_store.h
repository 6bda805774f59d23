// Files the providers hold: uploaded by the engine, or sent by customers. A WhatsApp file has a
// media id and, asked for it, an URL that lives some minutes; what customers send on the other
// channels has an URL at once. Owned by the simulator, in memory; one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bench/sim/faults.h"
#include "bench/sim/http_server.h"
#include "bench/sim/sim_clock.h"

namespace aura::bench {

struct StoredFile {
  std::string mime;
  std::string bytes;
  std::string account;  // whose token reads it; empty: anybody's
};

class MediaStore {
 public:
  MediaStore(Faults& faults, SimClock clock) : faults_(faults), clock_(std::move(clock)) {}

  std::string add(StoredFile file);  // the media id
  const StoredFile* find(const std::string& id) const;
  bool erase(const std::string& id) { return files_.erase(id) > 0; }
  void clear() { files_.clear(); }

  // {"messaging_product":"whatsapp","url":…,"mime_type":…,"sha256":…,"file_size":…,"id":…}
  std::optional<std::string> describe(const std::string& id, const std::string& base_url);
  // Answers GET /_media/…: whatsapp/{id}?until=MS wants a Bearer token and 404s when its time is
  // over; {messenger|instagram|sms}/{id} takes anybody.
  HttpAnswer serve(const HttpMessage& request);

 private:
  Faults& faults_;
  SimClock clock_;
  std::unordered_map<std::string, StoredFile> files_;
  std::uint64_t next_id_ = 1'013'000'000;
};

// A small file whose bytes are what its kind says: image, sticker, audio, video, document.
StoredFile sample_file(std::string_view kind);

// Why WhatsApp refuses a file of this type and size; empty: it takes it.
std::string whatsapp_upload_error(std::string_view mime, std::size_t bytes);

}  // namespace aura::bench
