// Files that we keep: taking uploads, reading stored ones. Everything is asynchronous; `reply` runs
// exactly once, on an engine thread. Any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/media_ref.h"
#include "runtime/ports/engine_api.h"

namespace aura {

struct Upload {
  std::string bytes;
  std::string declared_type;  // what the sender says it is; the bytes decide
  std::string filename;
};

// What of a file is wanted: "first to last", "from first on", "the last `last` bytes".
struct ByteRange {
  std::optional<std::int64_t> first, last;
};

struct MediaBytes {
  std::string content_type;
  std::string filename;
  std::int64_t total = 0;  // of the whole file
  std::int64_t first = 0;  // where `bytes` begin
  std::string bytes;
  bool out_of_range = false;  // the range lies behind the end; there are no bytes
};

class MediaLibrary {
 public:
  virtual ~MediaLibrary() = default;
  // Of the workspace's side. With a conversation the file belongs to its contact: only that
  // conversation can send it, and it dies with the contact. Without, it is the workspace's.
  virtual void upload(Id ws, std::optional<Id> conversation, Upload upload, MaybeIdempotency once,
                      Reply<api::Media> reply) = 0;
  // Of a web chat visitor, for its own conversation.
  virtual void upload(const ChatVisitor& visitor, Upload upload, Reply<api::Media> reply) = 0;
  // A stored file without its bytes, with a fresh link.
  virtual void describe(Id ws, MediaRef media, Reply<api::Media> reply) = 0;
  // Errc::not_found: not stored, or not any more. A range may be answered with less than it asks.
  virtual void read(Id ws, MediaRef media, std::optional<ByteRange> range,
                    Reply<MediaBytes> reply) = 0;
};

}  // namespace aura
