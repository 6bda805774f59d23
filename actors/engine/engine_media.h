// The MediaLibrary port: uploads become commands to the workspace's media actor, reads go straight
// to storage on a read thread. Both are bounded by the bytes they hold in memory. Owned by the
// EngineHost; any thread may call.
#pragma once

#include <optional>

#include "actors/engine/doors.h"
#include "runtime/ports/media_library.h"

namespace aura {

class EngineMedia final : public MediaLibrary {
 public:
  explicit EngineMedia(Doors& doors) : doors_(doors) {}
  void upload(Id ws, std::optional<Id> conversation, Upload upload, MaybeIdempotency once,
              Reply<api::Media> reply) override;
  void upload(const ChatVisitor& visitor, Upload upload, Reply<api::Media> reply) override;
  void describe(Id ws, MediaRef media, Reply<api::Media> reply) override;
  void read(Id ws, MediaRef media, std::optional<ByteRange> range,
            Reply<MediaBytes> reply) override;

 private:
  void store(Id ws, StoreUpload command, Reply<api::Media> reply);

  Doors& doors_;
  Gate uploads_{limits::kUploadsInFlight};  // bytes on their way to storage
  Gate served_{limits::kMediaReadBytes};    // bytes of files being read
};

}  // namespace aura
