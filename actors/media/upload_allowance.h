// Daily bounds on uploads by web chat visitors. Visitors are anonymous and a new token makes a new
// visitor, so uploads per channel and per address are bounded, too. Kept in memory: a restart
// begins the day again. Owned by the workspace's media actor.
#pragma once

#include <string>
#include <unordered_map>

#include "runtime/clock.h"
#include "runtime/ids.h"
#include "runtime/result.h"

namespace aura {

struct UploadSource {
  Id channel;
  Id owner;             // the visitor's contact
  std::string address;  // the client's IP address
};

class UploadAllowance {
 public:
  // Counts an upload; Errc::rate_limited until the day is over.
  Result<void> take(const UploadSource& source, std::int64_t bytes, Millis now);
  std::size_t entries() const { return channels_.size() + owners_.size() + addresses_.size(); }

 private:
  struct Used {
    std::int64_t files = 0, bytes = 0;
  };
  Millis day_ = 0;
  std::unordered_map<Id, Used> channels_;
  std::unordered_map<Id, Used> owners_;
  std::unordered_map<std::string, Used> addresses_;
};

}  // namespace aura
