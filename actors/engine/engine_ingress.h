// The Ingress port: the raw items of a webhook become journal rows in one commit; after its fsync
// they are sent to the ingress actor. Owned by the EngineHost; any thread may call.
#pragma once

#include <functional>
#include <vector>

#include "actors/access/accounts.h"
#include "actors/engine/doors.h"
#include "actors/engine/ingress_actor.h"
#include "runtime/ports/ingress.h"

namespace aura {

class EngineIngress final : public Ingress {
 public:
  explicit EngineIngress(Doors& doors) : doors_(doors) {}
  void accept(std::vector<InboundItem> items, std::function<void(Errc)> done) override;

 private:
  struct Journal {
    storage::Commit commit;
    std::vector<QueuedEvent> events;  // in the order of the commit's appends
    std::int64_t unknown = 0;         // items without a connected channel
  };
  Result<void> add(InboundItem& item, Journal& journal) const;
  Result<void> add_row(InboundItem& item, const ChannelRoute* route, Journal& journal) const;

  Doors& doors_;
};

}  // namespace aura
