// Commands that may be dropped while an actor is paused, because their sender repeats them: durable
// ones (events from the journal, timers from their rows) and those of waiting callers (API clients
// and web chat visitors get an error and retry). Holding them would use up the bound and keep
// callers waiting as long as the pause lasts.
#pragma once

#include "actors/protocol.h"

namespace aura {

namespace detail {
template <class... Commands, class Variant>
bool is_one_of(const Variant& command) {
  return (std::holds_alternative<Commands>(command) || ...);
}
}  // namespace detail

template <class Message>
bool comes_again(const Message&) {
  return false;
}
inline bool comes_again(const ToConnection& envelope) {
  return std::holds_alternative<DeliverEvents>(envelope.command);
}
inline bool comes_again(const ToConversation& envelope) {
  return detail::is_one_of<FireTimer, ReceiveChat, ReadByVisitor, SendMessage, UpdateConversation,
                           UpdateContact, EraseContact, RetryMessage, ReactToMessage>(
      envelope.command);
}
inline bool comes_again(const ToWorkspace& envelope) {
  if (const auto* media = std::get_if<MediaCommand>(&envelope.command))
    return std::holds_alternative<StoreUpload>(*media);
  return detail::is_one_of<CreateWorkspace, UpdateWorkspace, CreateChannel, UpdateChannel,
                           DeleteChannel, RevokeChannel, MergeContacts, CatalogCommand>(
      envelope.command);
}

}  // namespace aura
