// The engine's ports in memory: every write echoes its input as a resource and records the request;
// `refusal` makes the next answers fail.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/ports/engine_api.h"

namespace aura::net {

class FakeEngine final : public Commands, public Queries, public Access, public LiveFeed {
 public:
  const Id workspace_id = derived_id({"workspace"});
  const Id other_workspace = derived_id({"other"});
  std::optional<Error> refusal;
  std::vector<std::string> asked;
  MaybeIdempotency once;
  Page page;
  ConversationFilter filter;
  api::ChannelInput channel_input;
  api::ItemInput item_input;
  api::MessageInput message_input;
  std::string reaction;
  api::DocumentInput document_input;
  api::WorkspaceInput workspace_input;
  std::optional<Result<api::Channel>> earlier;
  std::optional<std::uint64_t> followed_after;
  Wait may_wait;
  std::function<bool(const Change&)> on_change;
  std::function<void()> on_lost;
  std::uint64_t oldest_kept = 0;
  int subscriptions = 0;

  // Access
  Result<std::optional<KeyGrant>> grant_of(const std::string& key) override {
    if (key == "unread_key") return fail(Errc::io, "unreadable");
    if (key == "good_key") return KeyGrant{workspace_id};
    if (key == "reading_key") return KeyGrant{workspace_id, true};
    if (key == "other_key") return KeyGrant{other_workspace};
    return std::nullopt;
  }

  // Commands
  void create_workspace(api::WorkspaceInput input, MaybeIdempotency key,
                        Reply<api::WorkspaceCreated> reply) override {
    once = std::move(key);
    workspace_input = std::move(input);
    api::WorkspaceCreated out;
    out.set_workspace_id("ws_1");
    out.set_api_key("key_1");
    answer("create_workspace", std::move(out), reply);
  }
  void update_workspace(Id, api::WorkspaceInput input, Reply<api::Workspace> reply) override {
    workspace_input = std::move(input);
    answer("update_workspace", api::Workspace(), reply);
  }
  void create_channel(Id, api::ChannelInput input, MaybeIdempotency key,
                      Reply<api::Channel> reply) override {
    once = std::move(key);
    channel_input = input;
    api::Channel out;
    out.set_id("ch_1");
    out.set_type(input.type());
    out.set_name(input.name());
    answer("create_channel", std::move(out), reply);
  }
  void amend_channel(Id, MaybeIdempotency, api::Channel channel,
                     Reply<api::Channel> reply) override {
    answer("amend_channel", std::move(channel), reply);
  }
  std::optional<Result<api::Channel>> earlier_channel(
      Id, const MaybeIdempotency& request) const override {
    return request ? earlier : std::nullopt;
  }
  void update_channel(Id, Id, api::ChannelInput input, Reply<api::Channel> reply) override {
    channel_input = std::move(input);
    answer("update_channel", api::Channel(), reply);
  }
  void delete_channel(Id, Id, Reply<std::monostate> reply) override {
    answer("delete_channel", std::monostate(), reply);
  }
  void revoke_channel(Id, Id, Millis, Reply<std::monostate> reply) override {
    answer("revoke_channel", std::monostate(), reply);
  }
  void update_contact(Id, Id, api::ContactInput, Reply<api::Contact> reply) override {
    answer("update_contact", api::Contact(), reply);
  }
  void delete_contact(Id, Id, Reply<std::monostate> reply) override {
    answer("delete_contact", std::monostate(), reply);
  }
  void merge_contact(Id, Id, Id, MaybeIdempotency key, Reply<api::Contact> reply) override {
    once = std::move(key);
    answer("merge_contact", api::Contact(), reply);
  }
  void unmerge_contact(Id, Id, MaybeIdempotency key, Reply<api::Contact> reply) override {
    once = std::move(key);
    answer("unmerge_contact", api::Contact(), reply);
  }
  void update_conversation(Id, Id, api::ConversationInput,
                           Reply<api::Conversation> reply) override {
    answer("update_conversation", api::Conversation(), reply);
  }
  void send_message(Id, Id, api::MessageInput input, Origin origin,
                    Reply<api::Message> reply) override {
    once = std::move(origin.once);
    message_input = input;
    api::Message out;
    out.set_id("msg_1");
    out.set_text(input.text());
    out.set_direction(api::DIRECTION_OUT);
    out.set_status(api::MESSAGE_STATUS_QUEUED);
    answer("send_message", std::move(out), reply);
  }
  void retry_message(Id, Id, Id, Origin origin, Reply<api::Message> reply) override {
    once = std::move(origin.once);
    answer("retry_message", api::Message(), reply);
  }
  void react(Id, Id, Id, std::string emoji, Reply<api::Message> reply) override {
    reaction = std::move(emoji);
    answer("react", api::Message(), reply);
  }
  void create_item(Id, api::ItemInput input, MaybeIdempotency key,
                   Reply<api::Item> reply) override {
    once = std::move(key);
    item_input = input;
    api::Item out;
    out.set_id("item_1");
    out.set_name(input.name());
    answer("create_item", std::move(out), reply);
  }
  void update_item(Id, Id, api::ItemInput input, Reply<api::Item> reply) override {
    item_input = std::move(input);
    answer("update_item", api::Item(), reply);
  }
  void delete_item(Id, Id, Reply<std::monostate> reply) override {
    answer("delete_item", std::monostate(), reply);
  }
  void create_document(Id, api::DocumentInput input, MaybeIdempotency key,
                       Reply<api::Document> reply) override {
    once = std::move(key);
    document_input = std::move(input);
    api::Document out;
    out.set_id("doc_1");
    answer("create_document", std::move(out), reply);
  }
  void update_document(Id, Id, api::DocumentInput, Reply<api::Document> reply) override {
    answer("update_document", api::Document(), reply);
  }
  void delete_document(Id, Id, Reply<std::monostate> reply) override {
    answer("delete_document", std::monostate(), reply);
  }

  // Queries
  void workspace(Id, Reply<api::Workspace> reply) override {
    api::Workspace out;
    out.set_name("Café");
    answer("workspace", std::move(out), reply);
  }
  void channels(Id, Page p, Reply<List<api::Channel>> reply) override { list(p, reply); }
  void channel(Id, Id, Reply<api::Channel> reply) override {
    answer("channel", api::Channel(), reply);
  }
  void templates(Id, Id, Page p, Reply<List<api::Template>> reply) override { list(p, reply); }
  void contacts(Id, Page p, Reply<List<api::Contact>> reply) override { list(p, reply); }
  void contact(Id, Id, Reply<api::Contact> reply) override {
    answer("contact", api::Contact(), reply);
  }
  void conversations(Id, ConversationFilter f, Page p,
                     Reply<List<api::Conversation>> reply) override {
    filter = std::move(f);
    list(p, reply);
  }
  void conversation(Id, Id, Reply<api::Conversation> reply) override {
    answer("conversation", api::Conversation(), reply);
  }
  void messages(Id, Id, Page p, Reply<List<api::Message>> reply) override { list(p, reply); }
  void message(Id, Id, Id, Reply<api::Message> reply) override {
    answer("message", api::Message(), reply);
  }
  void newest_messages(Id, Id, std::size_t, Reply<std::vector<api::Message>> reply) override {
    answer("newest_messages", std::vector<api::Message>(), reply);
  }
  void items(Id, Page p, Reply<List<api::Item>> reply) override { list(p, reply); }
  void item(Id, Id, Reply<api::Item> reply) override { answer("item", api::Item(), reply); }
  void documents(Id, Page p, Reply<List<api::Document>> reply) override { list(p, reply); }
  void audit(Id, Page p, Reply<List<api::AuditEntry>> reply) override { list(p, reply); }
  void document(Id, Id, Reply<api::Document> reply) override {
    answer("document", api::Document(), reply);
  }

  // LiveFeed
  class Watch final : public Subscription {
   public:
    explicit Watch(FakeEngine& engine) : engine_(engine) { ++engine_.subscriptions; }
    ~Watch() override { --engine_.subscriptions; }

   private:
    FakeEngine& engine_;
  };
  std::unique_ptr<Subscription> follow(Id, std::optional<std::uint64_t> after,
                                       std::function<bool(const Change&)> callback,
                                       std::function<void()> lost, Wait wait) override {
    on_lost = std::move(lost);
    may_wait = std::move(wait);
    followed_after = after;
    on_change = std::move(callback);
    asked.push_back("follow");
    return std::make_unique<Watch>(*this);
  }
  Result<bool> keeps_after(const Id&, std::uint64_t cursor) const override {
    return cursor >= oldest_kept;
  }
  std::unique_ptr<Subscription> follow_chat(const ChatVisitor&,
                                            std::function<bool(const Change&)> callback,
                                            std::function<void()> lost) override {
    on_lost = std::move(lost);
    on_change = std::move(callback);
    asked.push_back("follow_chat");
    return std::make_unique<Watch>(*this);
  }

 private:
  template <class T>
  void answer(const char* name, T value, const Reply<T>& reply) {
    asked.push_back(name);
    if (refusal) return reply(tl::unexpected(*refusal));
    reply(std::move(value));
  }
  template <class T>
  void list(const Page& p, const Reply<List<T>>& reply) {
    page = p;
    answer("list", List<T>{{T(), T()}, "next_1"}, reply);
  }
};

}  // namespace aura::net
