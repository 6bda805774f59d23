// What echoes tell of the sends on their way: that a part went out, perhaps before its call's
// answer was read. One that carries nothing of ours is known by its id, or by its words and its
// time. Owned by the connection actor and used on it.
#pragma once

#include <vector>

#include "actors/connection/sends.h"

namespace aura {

class OwnEchoes {
 public:
  OwnEchoes(Services& services, const Account& account, OutboxQueue& queue, const OutboxRows& rows,
            Sends& sends)
      : account_(account), queue_(queue), rows_(rows), sends_(sends), calls_(services, account) {}

  // Until the outbox is read nobody knows which calls an earlier run left open: echoes that do not
  // say what they are wait.
  bool must_wait(const std::vector<ChannelEvent>& events) const;
  // Writes on such an echo of a message on its way which one it is.
  void name(ChannelEvent& event) const;
  // A receipt of a part that a send waits for before the next one; true: that goes now.
  bool take_receipt(const ChannelEvent& event, Millis pace) const;
  // The conversation knows by an echo or a receipt that a part went out.
  void on_seen(const EchoSeen& seen);

 private:
  bool is_echo_of(OutboxEntry& entry, const ChannelEvent& echo) const;

  const Account& account_;
  OutboxQueue& queue_;
  const OutboxRows& rows_;
  Sends& sends_;
  const ProviderCalls calls_;
};

}  // namespace aura
