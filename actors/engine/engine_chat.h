// The Chat port: identifying visitors, the welcome, and incoming messages. Owned by the EngineHost;
// any thread may call.
#pragma once

#include <optional>
#include <string>

#include "actors/engine/doors.h"
#include "actors/queries/stored_queries.h"
#include "runtime/ports/engine_api.h"

namespace aura {

class EngineChat final : public Chat {
 public:
  EngineChat(Doors& doors, StoredQueries& queries) : doors_(doors), queries_(queries) {}
  Result<ChatVisitor> visitor(const std::string& widget_key,
                              const std::string& token) const override;
  void welcome(const ChatVisitor& visitor, Reply<ChatWelcome> reply) override;
  Result<ChatVisitor> identify(const ChatVisitor& visitor,
                               const ChatIdentity& identity) const override;
  void receive(const ChatVisitor& visitor, ChatMessage message, Reply<api::Message> reply) override;
  void read(const ChatVisitor& visitor, Id message) override;

 private:
  void merge_guest(const ChatVisitor& visitor) const;

  Doors& doors_;
  StoredQueries& queries_;
};

}  // namespace aura
