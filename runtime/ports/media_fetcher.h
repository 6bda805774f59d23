// Downloads media from addresses given by others. net implements it with protection against
// requests into our own network (SSRF); media actors call it. Bytes arrive in pieces, and the next
// piece is read only after the previous one was handled, so memory is bounded.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "runtime/ports/channel_adapter.h"

namespace aura {

struct FetchEnd {
  enum class Kind {
    complete,
    gone,     // the server no longer has it (404, 410, an expired link)
    denied,   // the server refuses the credentials (401, 403)
    refused,  // permanent: a forbidden address, too large
    failed,   // temporary
  };
  Kind kind = Kind::failed;
  int status = 0;            // of the last answer, or 0
  std::string content_type;  // as declared by the server
  std::string why;           // one sentence; never contains the address
  std::optional<Millis> retry_after_ms;
};

class MediaFetcher {
 public:
  static constexpr std::size_t kPieceBytes = 512 * 1024;

  // Requests the next piece; false: the rest is not wanted and `done` will not be called.
  using GoOn = std::function<void(bool more)>;
  struct Sink {
    std::function<void(std::string bytes, GoOn go_on)> piece;
    std::function<void(FetchEnd end)> done;
  };

  virtual ~MediaFetcher() = default;
  // Any thread may call; the sink's functions run on a network thread, one at a time, and must not
  // block. `done` runs at the latest when the fetcher's own timeout expires.
  virtual void fetch(MediaTarget target, std::int64_t max_bytes, Sink sink) = 0;
};

}  // namespace aura
