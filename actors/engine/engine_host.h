// The engine's facade: starts the supervision tree, turns calls of the ports into commands to the
// owning actors, and stops everything in order. Created by the application, outlives the network
// layer; every method may be called from any thread.
#pragma once

#include <caf/actor_system.hpp>
#include <chrono>
#include <future>
#include <memory>

#include "actors/access/accounts.h"
#include "actors/engine/ingress_actor.h"
#include "actors/queries/stored_queries.h"
#include "actors/services.h"
#include "runtime/ports/engine_api.h"
#include "runtime/ports/ingress.h"
#include "runtime/ports/media_library.h"
#include "storage/lru_cache.h"

namespace aura {

struct MergeContacts;

class EngineHost final : public Ingress,
                         public Commands,
                         public Chat,
                         public Access,
                         public MediaLibrary {
 public:
  EngineHost(caf::actor_system& system, Services& services, StoredQueries& queries);
  ~EngineHost() override;

  // Loads the channels' external names, counts events left by an earlier run, starts the tree.
  Result<void> start();
  // Refuses new work from now on. Does not wait: poll drained().
  void close_gates();
  bool drained() const;
  // Stops the tree (connections finish their calls first) and waits; false: not stopped in time.
  bool stop(std::chrono::steady_clock::time_point deadline);

  // Ingress
  void accept(std::vector<InboundItem> items, std::function<void(Errc)> done) override;

  // Commands
  void create_workspace(api::WorkspaceInput input, MaybeIdempotency once,
                        Reply<api::WorkspaceCreated> reply) override;
  void update_workspace(Id ws, api::WorkspaceInput input, Reply<api::Workspace> reply) override;
  void create_channel(Id ws, api::ChannelInput input, MaybeIdempotency once,
                      Reply<api::Channel> reply) override;
  std::optional<Result<api::Channel>> earlier_channel(Id ws,
                                                      const MaybeIdempotency& once) const override;
  void update_channel(Id ws, Id channel, api::ChannelInput input,
                      Reply<api::Channel> reply) override;
  void delete_channel(Id ws, Id channel, Reply<std::monostate> reply) override;
  void update_contact(Id ws, Id contact, api::ContactInput input,
                      Reply<api::Contact> reply) override;
  void delete_contact(Id ws, Id contact, Reply<std::monostate> reply) override;
  void merge_contact(Id ws, Id contact, Id into, MaybeIdempotency once,
                     Reply<api::Contact> reply) override;
  void unmerge_contact(Id ws, Id contact, MaybeIdempotency once,
                       Reply<api::Contact> reply) override;
  void update_conversation(Id ws, Id conversation, api::ConversationInput input,
                           Reply<api::Conversation> reply) override;
  void send_message(Id ws, Id conversation, api::MessageInput input, MaybeIdempotency once,
                    Reply<api::Message> reply) override;
  void retry_message(Id ws, Id conversation, Id message, MaybeIdempotency once,
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

  // Chat
  std::optional<ChatVisitor> visitor(const std::string& widget_key,
                                     const std::string& token) const override;
  void welcome(const ChatVisitor& visitor, Reply<ChatWelcome> reply) override;
  Result<ChatVisitor> identify(const ChatVisitor& visitor,
                               const ChatIdentity& identity) const override;
  void receive(const ChatVisitor& visitor, ChatMessage message, Reply<api::Message> reply) override;
  void read(const ChatVisitor& visitor, Id message) override;

  // MediaLibrary
  void upload(Id ws, std::optional<Id> conversation, Upload upload, MaybeIdempotency once,
              Reply<api::Media> reply) override;
  void upload(const ChatVisitor& visitor, Upload upload, Reply<api::Media> reply) override;
  void describe(Id ws, MediaRef media, Reply<api::Media> reply) override;
  void read(Id ws, MediaRef media, std::optional<ByteRange> range,
            Reply<MediaBytes> reply) override;

  // Access
  std::optional<Id> workspace_of(const std::string& api_key) const override;

  const caf::actor& root() const { return root_; }

 private:
  // Wraps `reply` with a permit of the gate; nothing (and `reply` gets an error) if the gate is
  // full.
  template <class T>
  std::optional<OnceReply<T>> admit(Reply<T> reply) {
    Permit permit = gate_.try_enter();
    if (!permit || !root_ || !services_.room_on_disk()) {
      reply(fail(root_ && !permit ? Errc::overloaded : Errc::unavailable,
                 "The engine takes no more work now; please try again shortly."));
      return std::nullopt;
    }
    return OnceReply<T>([permit = std::move(permit), reply = std::move(reply)](Result<T> result) {
      reply(std::move(result));
    });
  }
  template <class Command, class T>
  void to_workspace(Id ws, Command command, Reply<T> reply);
  template <class Command, class T>
  void to_conversation(Id ws, Id conversation, Command command, Reply<T> reply);
  template <class Command, class T>
  void to_contact(Id ws, Id contact, Command command, Reply<T> reply);
  void set_merge(Id ws, MergeContacts command, Reply<api::Contact> reply);
  void merge_guest(const ChatVisitor& visitor) const;
  void delete_contacts(Id ws, std::vector<Id> contacts, Reply<std::monostate> reply);
  void journal(InboundItem& item, const ChannelRoute* route, storage::Commit& commit,
               std::vector<QueuedEvent>& events);
  bool journal_for_business(const InboundItem& item, storage::Commit& commit,
                            std::vector<QueuedEvent>& events);

  caf::actor_system& system_;
  Services& services_;
  StoredQueries& queries_;
  void store(Id ws, StoreUpload command, Reply<api::Media> reply);

  Gate gate_;     // external commands
  Gate uploads_;  // upload bytes not yet stored
  Gate served_;   // bytes of files being read
  // Recently used API keys, by hash. Caching is safe because keys are never revoked.
  mutable storage::LruCache<std::string, Id> known_keys_{4096};
  caf::actor root_;
  bool started_ = false;
  std::shared_ptr<std::promise<void>> ended_ = std::make_shared<std::promise<void>>();
  std::future<void> end_ = ended_->get_future();
};

}  // namespace aura
