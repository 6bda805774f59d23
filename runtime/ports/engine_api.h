// The engine's interface for API, web chat and operator endpoint. Everything is asynchronous:
// `reply` runs exactly once, on an engine thread. Any thread may call.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/ids.h"
#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura {

template <class T>
using Reply = std::function<void(Result<T>)>;

// The Idempotency-Key of a POST, already reduced: key = SHA-256(method, path, Idempotency-Key).
struct Idempotency {
  std::string key;          // 32 bytes
  std::string fingerprint;  // SHA-256 of the raw body
};
using MaybeIdempotency = std::optional<Idempotency>;

// The request that has a message sent.
struct Origin {
  MaybeIdempotency once;
  std::string trace_id;  // the caller's (W3C, 32 hexadecimal digits), or empty
};

struct Page {
  std::string after;  // opaque cursor of the previous page, or empty
  std::size_t limit = 50;
};
template <class T>
struct List {
  std::vector<T> data;
  std::optional<std::string> next;
};

struct ConversationFilter {
  std::optional<api::ConversationStatus> status;
  std::optional<Id> channel;
  std::optional<Id> contact;
  std::string text;  // searched in the contact's name, e-mail, phone, ids and in recent messages;
                     // ignores case
};

// Writes: each goes to the actor that owns the resource and is confirmed after its commit's fsync.
class Commands {
 public:
  virtual ~Commands() = default;
  virtual void create_workspace(api::WorkspaceInput input, MaybeIdempotency once,
                                Reply<api::WorkspaceCreated> reply) = 0;
  virtual void update_workspace(Id ws, api::WorkspaceInput input, Reply<api::Workspace> reply) = 0;
  virtual void create_channel(Id ws, api::ChannelInput input, MaybeIdempotency once,
                              Reply<api::Channel> reply) = 0;
  // The channel was created, and what the provider said then belongs to the answer: a repeated
  // request gets this one.
  virtual void amend_channel(Id ws, MaybeIdempotency once, api::Channel channel,
                             Reply<api::Channel> reply) = 0;
  // The answer to an earlier request with the same key, for callers that have to act before
  // create_channel(); nullopt: the request is new. Reads one or two rows.
  virtual std::optional<Result<api::Channel>> earlier_channel(
      Id ws, const MaybeIdempotency& once) const = 0;
  virtual void update_channel(Id ws, Id channel, api::ChannelInput input,
                              Reply<api::Channel> reply) = 0;
  virtual void delete_channel(Id ws, Id channel, Reply<std::monostate> reply) = 0;
  // The person who connected the channel revoked the access at `at`; a token newer than that stays.
  virtual void revoke_channel(Id ws, Id channel, Millis at, Reply<std::monostate> reply) = 0;
  virtual void update_contact(Id ws, Id contact, api::ContactInput input,
                              Reply<api::Contact> reply) = 0;
  virtual void delete_contact(Id ws, Id contact, Reply<std::monostate> reply) = 0;
  // Shows `contact` as part of `into`, or separately again; replies with the contact as shown.
  virtual void merge_contact(Id ws, Id contact, Id into, MaybeIdempotency once,
                             Reply<api::Contact> reply) = 0;
  virtual void unmerge_contact(Id ws, Id contact, MaybeIdempotency once,
                               Reply<api::Contact> reply) = 0;
  virtual void update_conversation(Id ws, Id conversation, api::ConversationInput input,
                                   Reply<api::Conversation> reply) = 0;
  virtual void send_message(Id ws, Id conversation, api::MessageInput input, Origin origin,
                            Reply<api::Message> reply) = 0;
  // Sends a failed message again.
  virtual void retry_message(Id ws, Id conversation, Id message, Origin origin,
                             Reply<api::Message> reply) = 0;
  // Our reaction to a message; an empty emoji removes it.
  virtual void react(Id ws, Id conversation, Id message, std::string emoji,
                     Reply<api::Message> reply) = 0;
  virtual void create_item(Id ws, api::ItemInput input, MaybeIdempotency once,
                           Reply<api::Item> reply) = 0;
  virtual void update_item(Id ws, Id item, api::ItemInput input, Reply<api::Item> reply) = 0;
  virtual void delete_item(Id ws, Id item, Reply<std::monostate> reply) = 0;
  virtual void create_document(Id ws, api::DocumentInput input, MaybeIdempotency once,
                               Reply<api::Document> reply) = 0;
  virtual void update_document(Id ws, Id document, api::DocumentInput input,
                               Reply<api::Document> reply) = 0;
  virtual void delete_document(Id ws, Id document, Reply<std::monostate> reply) = 0;
};

// Reads: straight from storage, on a read thread.
class Queries {
 public:
  virtual ~Queries() = default;
  virtual void workspace(Id ws, Reply<api::Workspace> reply) = 0;
  virtual void channels(Id ws, Page page, Reply<List<api::Channel>> reply) = 0;
  virtual void channel(Id ws, Id channel, Reply<api::Channel> reply) = 0;
  virtual void templates(Id ws, Id channel, Page page, Reply<List<api::Template>> reply) = 0;
  virtual void contacts(Id ws, Page page, Reply<List<api::Contact>> reply) = 0;
  virtual void contact(Id ws, Id contact, Reply<api::Contact> reply) = 0;
  virtual void conversations(Id ws, ConversationFilter filter, Page page,
                             Reply<List<api::Conversation>> reply) = 0;
  virtual void conversation(Id ws, Id conversation, Reply<api::Conversation> reply) = 0;
  virtual void messages(Id ws, Id conversation, Page page, Reply<List<api::Message>> reply) = 0;
  virtual void message(Id ws, Id conversation, Id message, Reply<api::Message> reply) = 0;
  // The newest `limit` messages, oldest first; Errc::not_found if there is no such conversation.
  virtual void newest_messages(Id ws, Id conversation, std::size_t limit,
                               Reply<std::vector<api::Message>> reply) = 0;
  virtual void items(Id ws, Page page, Reply<List<api::Item>> reply) = 0;
  virtual void item(Id ws, Id item, Reply<api::Item> reply) = 0;
  virtual void documents(Id ws, Page page, Reply<List<api::Document>> reply) = 0;
  virtual void document(Id ws, Id document, Reply<api::Document> reply) = 0;
  virtual void audit(Id ws, Page page, Reply<List<api::AuditEntry>> reply) = 0;  // oldest first
};

// What an API key opens.
struct KeyGrant {
  Id workspace;
  bool read_only = false;
};
// Access: resolves an API key, by its hash.
class Access {
 public:
  virtual ~Access() = default;
  // nullopt: there is no such key, or it has expired.
  virtual Result<std::optional<KeyGrant>> grant_of(const std::string& api_key) = 0;
};

// A web chat's visitor.
struct ChatVisitor {
  Id workspace, channel, conversation, contact;
  std::string thread;  // external thread: derived from the visitor's token or identity
  std::vector<std::string> allowed_origins;  // of pages that may open this chat; none: any
  std::string user_id, name, email;          // of an identified visitor, else empty
  Id guest;                  // the contact that an identified visitor may have been before
  std::string address = {};  // the client's IP address
};

// The change feed. `after` is exclusive; a subscriber gets every change after its cursor exactly
// once and in order, first from disk, then live. Dropping the Subscription ends it. `on_change`
// runs on an engine thread; returning false (or being too slow) ends the subscription, and the
// client comes back with its cursor. `on_lost` says, at most once, that a change could not be read:
// nothing follows any more, and the client has to come back as well.
struct Change {
  std::uint64_t cursor = 0;
  api::Event event;
};
class Subscription {
 public:
  virtual ~Subscription() = default;
};
class LiveFeed {
 public:
  virtual ~LiveFeed() = default;
  // Backpressure while reading from disk: `wait` returns true to pause and later calls `go_on`.
  using Wait = std::function<bool(std::function<void()> go_on)>;
  virtual std::unique_ptr<Subscription> follow(Id ws, std::optional<std::uint64_t> after,
                                               std::function<bool(const Change&)> on_change,
                                               std::function<void()> on_lost, Wait wait) = 0;
  // Changes of the visitor's conversation, contact and channel, live only.
  virtual std::unique_ptr<Subscription> follow_chat(const ChatVisitor& visitor,
                                                    std::function<bool(const Change&)> on_change,
                                                    std::function<void()> on_lost) = 0;
  // Whether every change after this cursor is still kept; 0, the beginning, is of what is kept.
  // Reads one or two rows.
  virtual Result<bool> keeps_after(const Id& ws, std::uint64_t cursor) const = 0;
};

// Web chat (net/chat/README.md). The host page's signed-in user: `signature` is the hex HMAC-SHA256
// of `id` under the channel's identity secret.
struct ChatIdentity {
  std::string id, name, email, signature;
};
struct ChatMessage {
  std::string client_id;
  std::string text;
  std::string payload;               // of the quick reply or button the visitor pressed, or empty
  std::vector<std::string> uploads;  // ids of files the visitor has uploaded
};
struct ChatWelcome {
  std::vector<api::Message> messages;             // the newest, oldest first
  std::optional<api::Conversation> conversation;  // nothing: none exists yet
};
class Chat {
 public:
  virtual ~Chat() = default;
  // Errc::not_found if the widget key names no active web chat.
  virtual Result<ChatVisitor> visitor(const std::string& widget_key,
                                      const std::string& token) const = 0;
  virtual void welcome(const ChatVisitor& visitor, Reply<ChatWelcome> reply) = 0;
  // Identifies the visitor as a user of the host page: one conversation on every device.
  // Errc::unauthorized if the signature is invalid.
  virtual Result<ChatVisitor> identify(const ChatVisitor& visitor,
                                       const ChatIdentity& identity) const = 0;
  virtual void receive(const ChatVisitor& visitor, ChatMessage message,
                       Reply<api::Message> reply) = 0;
  virtual void read(const ChatVisitor& visitor, Id message) = 0;
};

}  // namespace aura
