// The Commands port: each call becomes one command to the actor that owns the resource. The
// command's OnceReply carries the permit, so the gate counts it until it is answered.
#include "actors/access/idempotency.h"
#include "actors/answered_read.h"
#include "actors/engine/dead_letters.h"
#include "actors/engine/engine_host.h"
#include "actors/protocol.h"

namespace aura {

template <class Command, class T>
void EngineHost::to_workspace(Id ws, Command command, Reply<T> reply) {
  auto owed = admit(std::move(reply));
  if (!owed) return;
  command.reply = std::move(*owed);
  caf::anon_send(root_, ToWorkspace{ws, std::move(command)});
}

template <class Command, class T>
void EngineHost::to_conversation(Id ws, Id conversation, Command command, Reply<T> reply) {
  auto owed = admit(std::move(reply));
  if (!owed) return;
  command.reply = std::move(*owed);
  caf::anon_send(root_, ToConversation{ws, conversation, Id{}, std::move(command)});
}

// A contact is owned by the conversation that its row names.
template <class Command, class T>
void EngineHost::to_contact(Id ws, Id contact, Command command, Reply<T> reply) {
  queries_.contact_owner(ws, contact,
                         [this, ws, command = std::move(command), reply](Result<Id> owner) mutable {
                           if (!owner) return reply(tl::unexpected(owner.error()));
                           to_conversation(ws, *owner, std::move(command), std::move(reply));
                         });
}

// A repeated request must reach the same actor, which has stored its answer: the id is derived from
// the Idempotency-Key.
void EngineHost::create_workspace(api::WorkspaceInput input, MaybeIdempotency once,
                                  Reply<api::WorkspaceCreated> reply) {
  const Id id = once ? derived_id({"workspace", once->key}) : new_id(services_.clock.now_ms());
  to_workspace(id, CreateWorkspace{std::move(input), std::move(once), {}}, std::move(reply));
}

void EngineHost::update_workspace(Id ws, api::WorkspaceInput input, Reply<api::Workspace> reply) {
  to_workspace(ws, UpdateWorkspace{std::move(input), {}}, std::move(reply));
}

void EngineHost::create_channel(Id ws, api::ChannelInput input, MaybeIdempotency once,
                                Reply<api::Channel> reply) {
  // Events that arrived between the provider's subscription and this commit became dead letters.
  Reply<api::Channel> stored = [this, root = root_,
                                reply = std::move(reply)](Result<api::Channel> channel) {
    if (channel) retry_letters_of(services_, root, *channel);
    reply(std::move(channel));
  };
  to_workspace(ws, CreateChannel{std::move(input), std::move(once), {}}, std::move(stored));
}

std::optional<Result<api::Channel>> EngineHost::earlier_channel(
    Id ws, const MaybeIdempotency& once) const {
  const auto key = services_.vault.workspace_key(ws);
  if (!key) return std::nullopt;  // create_channel() will report the error
  return idempotency::find<api::Channel>(services_.reader, ws, once, **key,
                                         services_.clock.now_ms());
}

void EngineHost::update_channel(Id ws, Id channel, api::ChannelInput input,
                                Reply<api::Channel> reply) {
  to_workspace(ws, UpdateChannel{channel, std::move(input), {}}, std::move(reply));
}

void EngineHost::delete_channel(Id ws, Id channel, Reply<std::monostate> reply) {
  to_workspace(ws, DeleteChannel{channel, {}}, std::move(reply));
}

void EngineHost::update_contact(Id ws, Id contact, api::ContactInput input,
                                Reply<api::Contact> reply) {
  to_contact(ws, contact, UpdateContact{std::move(input), {}}, std::move(reply));
}

// Erases the contact with all contacts merged into it, those first: if one cannot be erased, the
// request can be repeated.
void EngineHost::delete_contact(Id ws, Id contact, Reply<std::monostate> reply) {
  answered_read(services_.read_pool, std::move(reply),
                [this, ws, contact](const Reply<std::monostate>& answer) {
                  auto contacts = queries_.parts_of(ws, contact);
                  if (!contacts) return answer(tl::unexpected(contacts.error()));
                  contacts->insert(contacts->begin(), contact);
                  delete_contacts(ws, std::move(*contacts), answer);
                });
}

void EngineHost::delete_contacts(Id ws, std::vector<Id> contacts, Reply<std::monostate> reply) {
  const Id last = contacts.back();
  contacts.pop_back();
  if (contacts.empty()) return to_contact(ws, last, EraseContact{}, std::move(reply));
  to_contact(ws, last, EraseContact{},
             Reply<std::monostate>([this, ws, contacts = std::move(contacts),
                                    reply = std::move(reply)](Result<std::monostate> erased) {
               if (!erased && erased.error().code != Errc::not_found)
                 return reply(tl::unexpected(erased.error()));
               delete_contacts(ws, contacts, reply);
             }));
}

void EngineHost::set_merge(Id ws, MergeContacts command, Reply<api::Contact> reply) {
  const Id shown = command.into.empty() ? command.contact : command.into;
  to_workspace(ws, std::move(command),
               Reply<std::monostate>(
                   [this, ws, shown, reply = std::move(reply)](Result<std::monostate> merged) {
                     if (!merged) return reply(tl::unexpected(merged.error()));
                     queries_.contact(ws, shown, reply);
                   }));
}

void EngineHost::merge_contact(Id ws, Id contact, Id into, MaybeIdempotency once,
                               Reply<api::Contact> reply) {
  set_merge(ws, MergeContacts{contact, into, std::move(once), {}}, std::move(reply));
}

void EngineHost::unmerge_contact(Id ws, Id contact, MaybeIdempotency once,
                                 Reply<api::Contact> reply) {
  set_merge(ws, MergeContacts{contact, {}, std::move(once), {}}, std::move(reply));
}

void EngineHost::update_conversation(Id ws, Id conversation, api::ConversationInput input,
                                     Reply<api::Conversation> reply) {
  to_conversation(ws, conversation, UpdateConversation{std::move(input), {}}, std::move(reply));
}

void EngineHost::send_message(Id ws, Id conversation, api::MessageInput input,
                              MaybeIdempotency once, Reply<api::Message> reply) {
  to_conversation(ws, conversation, SendMessage{std::move(input), std::move(once), {}},
                  std::move(reply));
}

void EngineHost::retry_message(Id ws, Id conversation, Id message, MaybeIdempotency once,
                               Reply<api::Message> reply) {
  to_conversation(ws, conversation, RetryMessage{message, std::move(once), {}}, std::move(reply));
}

void EngineHost::react(Id ws, Id conversation, Id message, std::string emoji,
                       Reply<api::Message> reply) {
  to_conversation(ws, conversation, ReactToMessage{message, std::move(emoji), {}},
                  std::move(reply));
}

namespace {

// All catalog commands are wrapped in one kind of workspace command.
template <class Command, class T>
ToWorkspace catalog_command(Id ws, Command command, OnceReply<T> reply) {
  command.reply = std::move(reply);
  return ToWorkspace{ws, CatalogCommand(std::move(command))};
}

}  // namespace

void EngineHost::create_item(Id ws, api::ItemInput input, MaybeIdempotency once,
                             Reply<api::Item> reply) {
  if (auto owed = admit(std::move(reply)))
    caf::anon_send(root_, catalog_command(ws, CreateItem{std::move(input), std::move(once), {}},
                                          std::move(*owed)));
}

void EngineHost::update_item(Id ws, Id item, api::ItemInput input, Reply<api::Item> reply) {
  if (auto owed = admit(std::move(reply)))
    caf::anon_send(root_,
                   catalog_command(ws, UpdateItem{item, std::move(input), {}}, std::move(*owed)));
}

void EngineHost::delete_item(Id ws, Id item, Reply<std::monostate> reply) {
  if (auto owed = admit(std::move(reply)))
    caf::anon_send(root_, catalog_command(ws, DeleteItem{item, {}}, std::move(*owed)));
}

void EngineHost::create_document(Id ws, api::DocumentInput input, MaybeIdempotency once,
                                 Reply<api::Document> reply) {
  if (auto owed = admit(std::move(reply)))
    caf::anon_send(root_, catalog_command(ws, CreateDocument{std::move(input), std::move(once), {}},
                                          std::move(*owed)));
}

void EngineHost::update_document(Id ws, Id document, api::DocumentInput input,
                                 Reply<api::Document> reply) {
  if (auto owed = admit(std::move(reply)))
    caf::anon_send(root_, catalog_command(ws, UpdateDocument{document, std::move(input), {}},
                                          std::move(*owed)));
}

void EngineHost::delete_document(Id ws, Id document, Reply<std::monostate> reply) {
  if (auto owed = admit(std::move(reply)))
    caf::anon_send(root_, catalog_command(ws, DeleteDocument{document, {}}, std::move(*owed)));
}

}  // namespace aura
