// The Commands port: each call becomes one command to the actor that owns the resource. The
// command's OnceReply holds the permit, so the gate counts the command until it is answered. Owned
// by the EngineHost; any thread may call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actors/engine/doors.h"
#include "actors/queries/stored_queries.h"
#include "runtime/ports/engine_api.h"

namespace aura {

class EngineCommands final : public Commands {
 public:
  EngineCommands(Doors& doors, StoredQueries& queries) : doors_(doors), queries_(queries) {}
  void create_workspace(api::WorkspaceInput input, MaybeIdempotency once,
                        Reply<api::WorkspaceCreated> reply) override;
  void update_workspace(Id ws, api::WorkspaceInput input, Reply<api::Workspace> reply) override;
  void create_channel(Id ws, api::ChannelInput input, MaybeIdempotency once,
                      Reply<api::Channel> reply) override;
  void amend_channel(Id ws, MaybeIdempotency once, api::Channel channel,
                     Reply<api::Channel> reply) override;
  std::optional<Result<api::Channel>> earlier_channel(Id ws,
                                                      const MaybeIdempotency& once) const override;
  void update_channel(Id ws, Id channel, api::ChannelInput input,
                      Reply<api::Channel> reply) override;
  void delete_channel(Id ws, Id channel, Reply<std::monostate> reply) override;
  void revoke_channel(Id ws, Id channel, Millis at, Reply<std::monostate> reply) override;
  void update_contact(Id ws, Id contact, api::ContactInput input,
                      Reply<api::Contact> reply) override;
  void delete_contact(Id ws, Id contact, Reply<std::monostate> reply) override;
  void merge_contact(Id ws, Id contact, Id into, MaybeIdempotency once,
                     Reply<api::Contact> reply) override;
  void unmerge_contact(Id ws, Id contact, MaybeIdempotency once,
                       Reply<api::Contact> reply) override;
  void update_conversation(Id ws, Id conversation, api::ConversationInput input,
                           Reply<api::Conversation> reply) override;
  void send_message(Id ws, Id conversation, api::MessageInput input, Origin origin,
                    Reply<api::Message> reply) override;
  void retry_message(Id ws, Id conversation, Id message, Origin origin,
                     Reply<api::Message> reply) override;
  void react(Id ws, Id conversation, Id message, std::string emoji,
             Reply<api::Message> reply) override;
  void create_item(Id ws, api::ItemInput input, MaybeIdempotency once,
                   Reply<api::Item> reply) override;
  void update_item(Id ws, Id item, api::ItemInput input, Reply<api::Item> reply) override;
  void delete_item(Id ws, Id item, Reply<std::monostate> reply) override;
  void create_document(Id ws, api::DocumentInput input, MaybeIdempotency once,
                       Reply<api::Document> reply) override;
  void update_document(Id ws, Id document, api::DocumentInput input,
                       Reply<api::Document> reply) override;
  void delete_document(Id ws, Id document, Reply<std::monostate> reply) override;

 private:
  template <class Command, class T>
  void to_workspace(Id ws, Command command, Reply<T> reply);
  template <class Command, class T>
  void to_catalog(Id ws, Command command, Reply<T> reply);
  template <class Command, class T>
  void to_conversation(Id ws, Id conversation, Command command, Reply<T> reply);
  template <class Command, class T>
  void to_contact(Id ws, Id contact, Command command, Reply<T> reply);
  void set_merge(Id ws, MergeContacts command, Reply<api::Contact> reply);
  template <class T>
  void remember_answer(Id ws, const MaybeIdempotency& once, T answer, Reply<T> reply);
  void delete_contacts(Id ws, std::vector<Id> contacts, Reply<std::monostate> reply);

  Doors& doors_;
  StoredQueries& queries_;
};

}  // namespace aura
