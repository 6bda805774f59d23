// Matches echoes to outgoing messages: an echo proves that a part was sent, perhaps before the
// call's answer is read. An echo without our message id is matched by its provider id, or by its
// text and time. Owned by the connection actor and used on it.
#pragma once

#include <vector>

#include "actors/connection/sends.h"

namespace aura {

class OwnEchoes {
 public:
  OwnEchoes(Services& services, const Account& account, OutboxQueue& queue, const OutboxRows& rows,
            Sends& sends)
      : services_(services),
        account_(account),
        queue_(queue),
        rows_(rows),
        sends_(sends),
        calls_(services, account) {}

  // Echoes without our message id wait until the outbox is read, because only then the cut-off
  // calls are known.
  bool must_wait(const std::vector<ChannelEvent>& events) const;
  // Adds the message id to such an echo if it belongs to an outgoing message. `waited`: no further
  // sends are expected to explain it. An error: this cannot be known now.
  Result<void> name(ChannelEvent& event, bool waited) const;
  // Whether such an echo may be of a message of ours whose id is not known yet. It is then held for
  // a moment, because what another program or a person wrote is shown as such.
  bool may_become_ours(ChannelEvent& event) const;
  // Handles a receipt; true: a message waited for it, and its next part may be sent.
  bool take_receipt(const ChannelEvent& event, Millis pace) const;
  // The conversation learned from an echo or a receipt that a part was sent.
  void on_seen(const EchoSeen& seen);

 private:
  bool is_stored(const std::string& external_id) const;
  bool is_sending(const std::string& thread) const;
  Result<bool> is_echo_of(OutboxEntry& entry, const ChannelEvent& echo) const;

  Services& services_;
  const Account& account_;
  OutboxQueue& queue_;
  const OutboxRows& rows_;
  Sends& sends_;
  const ProviderCalls calls_;
};

}  // namespace aura
