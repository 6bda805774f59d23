// Stored files: accepting uploads and reading. Everything is asynchronous; `reply` runs exactly
// once, on an engine thread. Any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/media_ref.h"
#include "runtime/ports/engine_api.h"

namespace aura {

struct Upload {
  std::string bytes;
  std::string declared_type;  // as declared by the sender; the bytes decide
  std::string filename;
};

// A byte range as in HTTP: first to last, from first on, or (last alone) the final `last` bytes.
struct ByteRange {
  std::optional<std::int64_t> first, last;
};

struct MediaBytes {
  std::string content_type;
  std::string filename;
  std::int64_t total = 0;  // of the whole file
  std::int64_t first = 0;  // offset of `bytes`
  std::string bytes;
  bool out_of_range = false;  // the range begins beyond the end; `bytes` is empty
};

class MediaLibrary {
 public:
  virtual ~MediaLibrary() = default;
  // Upload by the business. With a conversation, the file belongs to its contact: only that
  // conversation can send it, and it is erased with the contact. Otherwise it belongs to the
  // workspace.
  virtual void upload(Id ws, std::optional<Id> conversation, Upload upload, MaybeIdempotency once,
                      Reply<api::Media> reply) = 0;
  // Upload by a web chat visitor for its own conversation.
  virtual void upload(const ChatVisitor& visitor, Upload upload, Reply<api::Media> reply) = 0;
  // Facts of a stored file with a fresh link, without its bytes.
  virtual void describe(Id ws, MediaRef media, Reply<api::Media> reply) = 0;
  // Errc::not_found: not stored (any more). The answer to a range may be shorter than requested.
  virtual void read(Id ws, MediaRef media, std::optional<ByteRange> range,
                    Reply<MediaBytes> reply) = 0;
};

}  // namespace aura
