// Files that the providers hold: uploaded by the engine, or sent by customers. A WhatsApp file has
// a media id; looking it up yields a URL that is valid for some minutes. Files on the other
// channels have a URL at once. Owned by the simulator, in memory; one thread.
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
  std::string account;  // the account whose token may read it; empty: any
};

class MediaStore {
 public:
  MediaStore(Faults& faults, SimClock clock) : faults_(faults), clock_(std::move(clock)) {}

  std::string add(StoredFile file);  // returns the media id
  const StoredFile* find(const std::string& id) const;
  bool erase(const std::string& id) { return files_.erase(id) > 0; }
  void clear() { files_.clear(); }

  // {"messaging_product":"whatsapp","url":…,"mime_type":…,"sha256":…,"file_size":…,"id":…}
  std::optional<std::string> describe(const std::string& id, const std::string& base_url);
  // Answers GET /_media/…: whatsapp/{id}?until=MS requires a Bearer token and answers 404 after its
  // time; {messenger|instagram|sms}/{id} needs no token.
  HttpAnswer serve(const HttpMessage& request);

 private:
  Faults& faults_;
  SimClock clock_;
  std::unordered_map<std::string, StoredFile> files_;
  std::uint64_t next_id_ = 1'013'000'000;
};

// A small valid file of a kind: image, sticker, audio, video, document.
StoredFile sample_file(std::string_view kind);

// Why WhatsApp refuses a file of this type and size; empty: it accepts it.
std::string whatsapp_upload_error(std::string_view mime, std::size_t bytes);

}  // namespace aura::bench
