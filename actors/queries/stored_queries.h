// Implements the Queries port: reads directly from storage on a read thread, never through an
// actor. Created by the application, outlives the network layer. Any thread may call.
#pragma once

#include "actors/conversation/model.h"
#include "actors/services.h"
#include "runtime/ports/engine_api.h"
#include "storage/keys.h"

namespace aura {

class StoredQueries final : public Queries {
 public:
  // `searches`: the pool for searching conversations, which may take seconds.
  StoredQueries(const storage::Reader& reader, storage::ReadPool& pool, storage::ReadPool& searches,
                storage::Vault& vault, const ChannelAdapters& adapters,
                const MediaLinks* links = nullptr)
      : reader_(reader),
        pool_(pool),
        searches_(searches),
        vault_(vault),
        adapters_(adapters),
        links_(links) {}

  void workspace(Id ws, Reply<api::Workspace> reply) override;
  void channels(Id ws, Page page, Reply<List<api::Channel>> reply) override;
  void channel(Id ws, Id channel, Reply<api::Channel> reply) override;
  void templates(Id ws, Id channel, Page page, Reply<List<api::Template>> reply) override;
  void contacts(Id ws, Page page, Reply<List<api::Contact>> reply) override;
  void contact(Id ws, Id contact, Reply<api::Contact> reply) override;
  void conversations(Id ws, ConversationFilter filter, Page page,
                     Reply<List<api::Conversation>> reply) override;
  void conversation(Id ws, Id conversation, Reply<api::Conversation> reply) override;
  void messages(Id ws, Id conversation, Page page, Reply<List<api::Message>> reply) override;
  void message(Id ws, Id conversation, Id message, Reply<api::Message> reply) override;
  void newest_messages(Id ws, Id conversation, std::size_t limit,
                       Reply<std::vector<api::Message>> reply) override;
  void items(Id ws, Page page, Reply<List<api::Item>> reply) override;
  void item(Id ws, Id item, Reply<api::Item> reply) override;
  void documents(Id ws, Page page, Reply<List<api::Document>> reply) override;
  void document(Id ws, Id document, Reply<api::Document> reply) override;
  void audit(Id ws, Page page, Reply<List<api::AuditEntry>> reply) override;

  // The same reads on the caller's thread, for callers that may block. `inbox_at`, if not null,
  // receives the time in the conversation's inbox key.
  Result<api::Conversation> read_conversation(const Id& ws, const Id& conversation,
                                              Millis* inbox_at = nullptr) const;
  Result<api::Message> read_message(const Id& ws, const Id& conversation, const Id& message) const;
  Result<api::Contact> read_contact(const Id& ws, const Id& contact) const;
  // The conversation whose actor owns the contact's row.
  Result<Id> contact_owner(const Id& ws, const Id& contact) const;
  void contact_owner(Id ws, Id contact, Reply<Id> reply);
  // The contacts merged into this one.
  Result<std::vector<Id>> parts_of(const Id& ws, const Id& contact) const;  // a scan
  Result<api::Channel> read_channel(const Id& ws, const Id& channel) const;

 private:
  Result<api::Contact> read_own_contact(const Id& ws, const Id& contact) const;
  Result<bool> is_persons(const Id& ws, const std::vector<Id>& contacts,
                          const api::Identity& identity) const;
  Result<void> leave_out_lost(const Id& ws, const std::vector<Id>& contacts,
                              api::Contact& part) const;
  Result<api::Contact> read_person(const Id& ws, const Id& contact) const;
  template <class T, class Work>
  void run(Reply<T> reply, Work work);
  template <class T, class Work>
  static void run_on(storage::ReadPool& pool, Reply<T> reply, Work work);
  conversation::Rules rules_of(api::ChannelType type) const;
  api::Message with_links(const Id& ws, api::Message message) const;
  Result<List<api::Conversation>> list_conversations(const Id& ws, const ConversationFilter& filter,
                                                     const Page& page) const;
  Result<std::optional<api::Conversation>> read_listed(const Id& ws,
                                                       const storage::keys::InboxKey& key,
                                                       const ConversationFilter& filter,
                                                       std::size_t& budget) const;
  Result<bool> speaks_of(const Id& ws, const api::Conversation& conversation,
                         const std::string& text, std::size_t& budget) const;
  Result<std::vector<Id>> thread_of(const Id& ws, const Id& conversation) const;
  Result<api::Message> read_own_message(const Id& ws, const Id& conversation,
                                        const Id& message) const;
  Result<std::vector<api::Message>> read_own_messages(const Id& ws, const Id& conversation,
                                                      std::string_view start, std::size_t limit,
                                                      storage::Reader::Direction direction) const;
  Result<std::vector<api::Message>> read_messages(const Id& ws, const Id& conversation,
                                                  std::string_view start, std::size_t limit,
                                                  storage::Reader::Direction direction) const;

  const storage::Reader& reader_;
  storage::ReadPool& pool_;
  storage::ReadPool& searches_;
  storage::Vault& vault_;
  const ChannelAdapters& adapters_;
  const MediaLinks* const links_;  // null: media are shown without links
};

}  // namespace aura
