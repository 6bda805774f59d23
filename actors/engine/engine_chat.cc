// The Chat port: identifying visitors, the welcome, and incoming messages.
#include "actors/engine/engine_chat.h"

#include <openssl/sha.h>

#include "actors/access/accounts.h"
#include "actors/access/identity_signature.h"
#include "actors/channel_rows.h"
#include "actors/protocol.h"
#include "actors/tree/timings.h"
#include "config/limits.h"
#include "runtime/hex.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// The visitor's token is a secret: only its digest names the thread.
std::string thread_of(std::string_view secret) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), digest);
  return to_hex({reinterpret_cast<const char*>(digest), 16});
}

}  // namespace

Result<ChatVisitor> EngineChat::visitor(const std::string& widget_key,
                                        const std::string& token) const {
  const auto route = doors_.services.accounts.find(api::CHANNEL_TYPE_WEBCHAT, widget_key);
  if (!route) return fail(Errc::not_found, "There is no web chat with this key.");
  const auto row = channel_rows::load(doors_.services.reader, route->workspace, route->channel);
  if (!row) return tl::unexpected(row.error());
  ChatVisitor visitor;
  visitor.workspace = route->workspace;
  visitor.channel = route->channel;
  const auto& origins = row->channel().allowed_origins();
  visitor.allowed_origins.assign(origins.begin(), origins.end());
  visitor.thread = thread_of(token);
  visitor.conversation = conversation::conversation_id(visitor.channel, visitor.thread);
  visitor.contact = conversation::contact_id(visitor.channel, visitor.thread);
  return visitor;
}

Result<ChatVisitor> EngineChat::identify(const ChatVisitor& visitor,
                                         const ChatIdentity& identity) const {
  const auto row = channel_rows::load(doors_.services.reader, visitor.workspace, visitor.channel);
  if (!row) return tl::unexpected(row.error());
  const auto credentials = channel_rows::open_credentials(doors_.services.vault, visitor.workspace,
                                                          visitor.channel, *row);
  if (!credentials) return tl::unexpected(credentials.error());
  if (credentials->identity_secret().empty() ||
      !signs(credentials->identity_secret(), identity.id, identity.signature))
    return fail(Errc::unauthorized, "The identity's signature is wrong.");
  ChatVisitor known = visitor;
  known.user_id = identity.id;
  known.name = identity.name;
  known.email = identity.email;
  known.thread = thread_of("user:" + identity.id);  // no token begins with this prefix
  known.conversation = conversation::conversation_id(known.channel, known.thread);
  known.contact = conversation::contact_id(known.channel, known.thread);
  if (visitor.user_id.empty()) known.guest = visitor.contact;
  merge_guest(known);
  return known;
}

// A visitor who wrote as a guest and is now signed in is one person: merges the two contacts once
// both exist.
void EngineChat::merge_guest(const ChatVisitor& visitor) const {
  const Id& ws = visitor.workspace;
  const Id& user = visitor.contact;
  const auto there = [&](Family family, const std::string& key) {
    const auto stored = doors_.services.reader.get(family, key);
    return stored && *stored;
  };
  if (!doors_.open || visitor.guest.empty() ||
      there(Family::merge, keys::merge(ws, visitor.guest)) ||
      !there(Family::contact, keys::contact(ws, visitor.guest)) ||
      !there(Family::contact, keys::contact(ws, user)))
    return;
  doors_.send(ToWorkspace{ws, MergeContacts{visitor.guest, user, {}, {}}});
}

// Reads the messages first, so that the conversation is at least as new as they are.
void EngineChat::welcome(const ChatVisitor& visitor, Reply<ChatWelcome> reply) {
  queries_.newest_messages(
      visitor.workspace, visitor.conversation, limits::kWelcomeMessages,
      [this, visitor, reply](Result<std::vector<api::Message>> messages) {
        if (!messages && messages.error().code == Errc::not_found) return reply(ChatWelcome{});
        if (!messages) return reply(tl::unexpected(messages.error()));
        queries_.conversation(
            visitor.workspace, visitor.conversation,
            [messages = std::move(*messages), reply](Result<api::Conversation> found) mutable {
              if (!found) return reply(tl::unexpected(found.error()));
              reply(ChatWelcome{std::move(messages), std::move(*found)});
            });
      });
}

void EngineChat::receive(const ChatVisitor& visitor, ChatMessage message,
                         Reply<api::Message> reply) {
  // Deleted or disabled since the visitor connected.
  if (!doors_.services.accounts.find(visitor.channel))
    return reply(fail(Errc::not_found, "This chat is closed."));
  if (!visitor.guest.empty()) {
    reply = [this, visitor, reply = std::move(reply)](Result<api::Message> received) {
      if (received) merge_guest(visitor);
      reply(std::move(received));
    };
  }
  auto owed = doors_.admit<api::Message>(
      [came = steady_us(), reply = std::move(reply)](Result<api::Message> stored) {
        if (stored)
          timings::ack(api::CHANNEL_TYPE_WEBCHAT, static_cast<double>(steady_us() - came) / 1e6);
        reply(std::move(stored));
      });
  if (!owed) return;
  ReceiveChat chat;
  chat.event.kind = ChannelEvent::Kind::message;
  // The thread is part of the dedupe key, so ids of different visitors never collide.
  chat.event.external_id = visitor.thread + ":" + message.client_id;
  chat.event.thread = visitor.thread;
  chat.event.at = doors_.services.clock.now_ms();
  chat.event.text = std::move(message.text);
  chat.event.payload = std::move(message.payload);
  chat.event.contact_name = visitor.name;
  if (!visitor.user_id.empty()) chat.event.identities.push_back({"user", visitor.user_id});
  if (!visitor.email.empty()) chat.event.identities.push_back({"email", visitor.email});
  for (std::string& upload : message.uploads)
    chat.event.attachments.emplace_back().set_media_id(std::move(upload));
  chat.reply = std::move(*owed);
  doors_.send(
      ToConversation{visitor.workspace, visitor.conversation, visitor.channel, std::move(chat)});
}

// A read receipt needs no answer: it is dropped if the gate is full or the conversation does not
// exist.
void EngineChat::read(const ChatVisitor& visitor, Id message) {
  Permit permit = doors_.gate.try_enter();
  if (!doors_.open || !permit) return;
  const auto there = doors_.services.reader.get(
      Family::conversation, keys::conversation(visitor.workspace, visitor.conversation));
  if (!there || !*there) return;
  doors_.send(ToConversation{visitor.workspace, visitor.conversation, visitor.channel,
                             ReadByVisitor{message, std::move(permit)}});
}

}  // namespace aura
