// The way out for bytes at addresses that others name (media of contacts): net implements it with
// every guard against being sent into our own network; media actors call it. Bytes come in pieces,
// and no more are read until the piece before was dealt with, so that memory is bounded.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "runtime/ports/channel_adapter.h"

namespace aura {

struct FetchEnd {
  enum class Kind {
    complete,
    gone,     // the other side has it no more (404, 410, a link that is over)
    denied,   // it wants other credentials (401, 403)
    refused,  // will never work: an address we do not go to, too large
    failed,   // may work later
  };
  Kind kind = Kind::failed;
  int status = 0;            // of the last answer, or 0
  std::string content_type;  // as the other side says
  std::string why;           // one sentence; never the address
  std::optional<Millis> retry_after_ms;
};

class MediaFetcher {
 public:
  static constexpr std::size_t kPieceBytes = 512 * 1024;

  // Asks for the next piece; false: the rest is not wanted, `done` is not called any more.
  using GoOn = std::function<void(bool more)>;
  struct Sink {
    std::function<void(std::string bytes, GoOn go_on)> piece;
    std::function<void(FetchEnd end)> done;
  };

  virtual ~MediaFetcher() = default;
  // Any thread may call; the sink's functions run on a network thread, one at a time, and must not
  // block. `done` runs at the latest when the fetcher's own time is over.
  virtual void fetch(MediaTarget target, std::int64_t max_bytes, Sink sink) = 0;
};

}  // namespace aura
