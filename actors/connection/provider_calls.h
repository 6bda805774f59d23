// The calls that an outbox entry asks for: its message (read back from storage if an earlier run
// left it), the calls of its parts that are not sent yet, and the question whether a cut-off call
// arrived. Owned by the connection's sends; reads only; used on the connection actor.
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

  // False: the message is not there any more, perhaps with its contact.
  Result<bool> read_message(OutboxEntry& entry) const;
  Result<bool> is_stopped(const OutboxEntry& entry) const;  // by its contact

  // Both need the message.
  std::vector<ProviderCall> compose(const OutboxEntry& entry) const;
  std::optional<ProviderCall> question(const OutboxEntry& entry) const;
  SendOutcome read_answer(const OutboxEntry& entry, const ProviderReply& reply) const;

 private:
  OutboundMessage with_links(OutboundMessage message) const;

  Services& services_;
  const Account& account_;
};

}  // namespace aura
