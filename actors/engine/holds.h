// Which operators' orders kept an event or a send waiting, by the operator's audit chain. Blocks:
// on a read thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/schema/api.pb.h"
#include "storage/store.h"

namespace aura {

// Something waited for the actors at `paths`, and for those above them.
struct Wait {
  std::vector<std::string> paths;
  Millis from = 0;
  std::optional<Millis> until;  // nullopt: it still waits
  Millis engine_started = 0;    // orders do not outlive the process
};

// In the order of time. An order without an end that nevertheless let the event through had ended
// with its process, and counts only if it was given while the event waited.
Result<std::vector<api::Hold>> holds_during(const storage::Reader& reader, const Wait& wait,
                                            Millis now);

}  // namespace aura
