// Builds the provider calls for an outbox entry: reads its message from storage if needed, composes
// the calls of the parts not sent yet, and the status query for a cut-off call. Owned by `Sends`;
// reads only; used on the connection actor.
#pragma once

#include <optional>
#include <vector>

#include "actors/connection/account.h"
#include "actors/connection/outbox_entry.h"
#include "actors/services.h"

namespace aura {

class ProviderCalls {
 public:
  ProviderCalls(Services& services, const Account& account)
      : services_(services), account_(account) {}

  // False: the message was deleted, perhaps together with its contact.
  Result<bool> read_message(OutboxEntry& entry) const;
  Result<bool> is_stopped(const OutboxEntry& entry) const;  // the contact opted out

  // These require `entry.message`.
  std::vector<ProviderCall> compose(const OutboxEntry& entry) const;
  std::optional<ProviderCall> question(const OutboxEntry& entry) const;
  SendOutcome read_answer(const OutboxEntry& entry, const ProviderReply& reply) const;

 private:
  OutboundMessage with_links(OutboundMessage message) const;

  Services& services_;
  const Account& account_;
};

}  // namespace aura
