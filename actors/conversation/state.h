// What a decision of the model is based on: the conversation's state, the stored rows that an event
// refers to, and the rules of its channel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/clock.h"
#include "runtime/ids.h"
#include "runtime/ports/channel_adapter.h"
#include "storage/schema/records.pb.h"

namespace aura::conversation {

struct State {
  bool exists = false;
  std::uint64_t version = 0;
  std::string thread;  // the contact's id in this channel
  record::Conversation row;
  record::ConversationBody body;  // sealed; whoever changes it calls reseal()
};

struct StoredMessage {
  Id id;
  record::Message row;
  record::MessageBody body;
};

struct ExternalEntry {
  Id message;  // empty: not seen yet
  std::vector<record::ParentedEvent> waiting;
};

// Access to stored rows other than the conversation's own. Implementations are point reads.
class Lookup {
 public:
  virtual ~Lookup() = default;
  virtual std::optional<ExternalEntry> external(const std::string& external_id) const = 0;
  virtual std::optional<StoredMessage> message(const Id& id) const = 0;
  // A message template of the channel as reported by the provider; without a status if there is no
  // such template, nullopt if the channel's templates are not known.
  virtual std::optional<api::Template> template_of(const api::TemplateUse&) const {
    return std::nullopt;
  }
};

// Settings of the channel and the workspace that apply to this conversation.
struct Rules {
  Id conversation;
  Id channel;
  api::ChannelType channel_type = api::CHANNEL_TYPE_UNSPECIFIED;
  bool has_provider = false;                // sends are calls of a provider's API
  const ChannelAdapter* adapter = nullptr;  // checks whether the channel can carry a message
  Millis debounce = 0;                      // wait for the rest of a burst before answering
  std::optional<Millis> window;             // how long after an inbound message sends are allowed
  std::optional<Millis> human_window;       // the same for a person (never the AI)
  Millis handover_deadline = 0;             // how long a handover may stay unclaimed
};

// Copies the channel adapter's properties into `rules`.
void add_channel(Rules& rules, const ChannelAdapter* adapter);

}  // namespace aura::conversation
