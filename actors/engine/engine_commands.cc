#include "actors/engine/engine_commands.h"

#include <utility>

#include "actors/access/idempotency.h"
#include "actors/answered_read.h"
#include "actors/engine/dead_letters.h"

namespace aura {

template <class Command, class T>
void EngineCommands::to_workspace(Id ws, Command command, Reply<T> reply) {
  auto owed = doors_.admit(std::move(reply));
  if (!owed) return;
  command.reply = std::move(*owed);
  doors_.send(ToWorkspace{ws, std::move(command)});
}

// Catalog commands are wrapped into one kind of workspace command.
template <class Command, class T>
void EngineCommands::to_catalog(Id ws, Command command, Reply<T> reply) {
  auto owed = doors_.admit(std::move(reply));
  if (!owed) return;
  command.reply = std::move(*owed);
  doors_.send(ToWorkspace{ws, CatalogCommand(std::move(command))});
}

template <class Command, class T>
void EngineCommands::to_conversation(Id ws, Id conversation, Command command, Reply<T> reply) {
  auto owed = doors_.admit(std::move(reply));
  if (!owed) return;
  command.reply = std::move(*owed);
  doors_.send(ToConversation{ws, conversation, Id{}, std::move(command)});
}

// A contact is owned by a conversation, whose id is in the contact's row.
template <class Command, class T>
void EngineCommands::to_contact(Id ws, Id contact, Command command, Reply<T> reply) {
  queries_.contact_owner(ws, contact,
                         [this, ws, command = std::move(command), reply](Result<Id> owner) mutable {
                           if (!owner) return reply(tl::unexpected(owner.error()));
                           to_conversation(ws, *owner, std::move(command), std::move(reply));
                         });
}

// With an Idempotency-Key the id is derived from it, so that a repeated request reaches the same
// actor, which has stored the answer.
void EngineCommands::create_workspace(api::WorkspaceInput input, MaybeIdempotency once,
                                      Reply<api::WorkspaceCreated> reply) {
  const Id id =
      once ? derived_id({"workspace", once->key}) : new_id(doors_.services.clock.now_ms());
  to_workspace(id, CreateWorkspace{std::move(input), std::move(once), {}}, std::move(reply));
}

void EngineCommands::update_workspace(Id ws, api::WorkspaceInput input,
                                      Reply<api::Workspace> reply) {
  to_workspace(ws, UpdateWorkspace{std::move(input), {}}, std::move(reply));
}

void EngineCommands::create_channel(Id ws, api::ChannelInput input, MaybeIdempotency once,
                                    Reply<api::Channel> reply) {
  // Events that arrived before the channel was stored became dead letters (unknown account).
  Reply<api::Channel> stored = [this, root = doors_.root,
                                reply = std::move(reply)](Result<api::Channel> channel) {
    if (channel) retry_letters_of(doors_.services, root, *channel);
    reply(std::move(channel));
  };
  to_workspace(ws, CreateChannel{std::move(input), std::move(once), {}}, std::move(stored));
}

std::optional<Result<api::Channel>> EngineCommands::earlier_channel(
    Id ws, const MaybeIdempotency& once) const {
  const auto key = doors_.services.vault.workspace_key(ws);
  if (!key) return std::nullopt;  // create_channel() will report the error
  return idempotency::find<api::Channel>(doors_.services.reader, ws, once, **key,
                                         doors_.services.clock.now_ms());
}

void EngineCommands::update_channel(Id ws, Id channel, api::ChannelInput input,
                                    Reply<api::Channel> reply) {
  to_workspace(ws, UpdateChannel{channel, std::move(input), {}}, std::move(reply));
}

void EngineCommands::delete_channel(Id ws, Id channel, Reply<std::monostate> reply) {
  to_workspace(ws, DeleteChannel{channel, {}}, std::move(reply));
}

void EngineCommands::revoke_channel(Id ws, Id channel, Millis at, Reply<std::monostate> reply) {
  to_workspace(ws, RevokeChannel{channel, at, {}}, std::move(reply));
}

void EngineCommands::update_contact(Id ws, Id contact, api::ContactInput input,
                                    Reply<api::Contact> reply) {
  to_contact(ws, contact, UpdateContact{std::move(input), {}}, std::move(reply));
}

// Erases a person: first all contacts merged into the contact, then the contact itself. If one
// cannot be erased, the request can be repeated.
void EngineCommands::delete_contact(Id ws, Id contact, Reply<std::monostate> reply) {
  answered_read(doors_.services.read_pool, std::move(reply),
                [this, ws, contact](const Reply<std::monostate>& answer) {
                  auto contacts = queries_.parts_of(ws, contact);
                  if (!contacts) return answer(tl::unexpected(contacts.error()));
                  contacts->insert(contacts->begin(), contact);
                  delete_contacts(ws, std::move(*contacts), answer);
                });
}

void EngineCommands::delete_contacts(Id ws, std::vector<Id> contacts, Reply<std::monostate> reply) {
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

// A replayed request gets the answer of then; a new one the contact as it is shown now.
void EngineCommands::set_merge(Id ws, MergeContacts command, Reply<api::Contact> reply) {
  const Id shown = command.into.value_or(command.contact);
  const MaybeIdempotency once = command.once;
  to_workspace(ws, std::move(command),
               Reply<api::Contact>([this, ws, shown, once,
                                    reply = std::move(reply)](Result<api::Contact> merged) {
                 if (!merged || !merged->id().empty()) return reply(std::move(merged));
                 queries_.contact(ws, shown, [this, ws, once, reply](Result<api::Contact> contact) {
                   if (contact) return remember_answer(ws, once, std::move(*contact), reply);
                   reply(std::move(contact));
                 });
               }));
}

// What is not remembered is answered all the same: it is done.
template <class T>
void EngineCommands::remember_answer(Id ws, const MaybeIdempotency& once, T answer,
                                     Reply<T> reply) {
  if (!once) return reply(std::move(answer));
  RememberAnswer remember{*once, answer, {}};
  to_workspace(ws, std::move(remember),
               Reply<std::monostate>([answer = std::move(answer), reply = std::move(reply)](
                                         const Result<std::monostate>&) { reply(answer); }));
}

void EngineCommands::amend_channel(Id ws, MaybeIdempotency once, api::Channel channel,
                                   Reply<api::Channel> reply) {
  remember_answer(ws, once, std::move(channel), std::move(reply));
}

void EngineCommands::merge_contact(Id ws, Id contact, Id into, MaybeIdempotency once,
                                   Reply<api::Contact> reply) {
  set_merge(ws, MergeContacts{contact, into, std::move(once), {}}, std::move(reply));
}

void EngineCommands::unmerge_contact(Id ws, Id contact, MaybeIdempotency once,
                                     Reply<api::Contact> reply) {
  set_merge(ws, MergeContacts{contact, std::nullopt, std::move(once), {}}, std::move(reply));
}

void EngineCommands::update_conversation(Id ws, Id conversation, api::ConversationInput input,
                                         Reply<api::Conversation> reply) {
  // Answered as GET shows it: with the person whom the contact is a part of.
  to_conversation(ws, conversation, UpdateConversation{std::move(input), {}},
                  Reply<std::monostate>([this, ws, conversation,
                                         reply = std::move(reply)](Result<std::monostate> updated) {
                    if (!updated) return reply(tl::unexpected(updated.error()));
                    queries_.conversation(ws, conversation, reply);
                  }));
}

void EngineCommands::send_message(Id ws, Id conversation, api::MessageInput input, Origin origin,
                                  Reply<api::Message> reply) {
  to_conversation(ws, conversation, SendMessage{std::move(input), std::move(origin), {}},
                  std::move(reply));
}

void EngineCommands::retry_message(Id ws, Id conversation, Id message, Origin origin,
                                   Reply<api::Message> reply) {
  to_conversation(ws, conversation, RetryMessage{message, std::move(origin), {}}, std::move(reply));
}

void EngineCommands::react(Id ws, Id conversation, Id message, std::string emoji,
                           Reply<api::Message> reply) {
  to_conversation(ws, conversation, ReactToMessage{message, std::move(emoji), {}},
                  std::move(reply));
}

void EngineCommands::create_item(Id ws, api::ItemInput input, MaybeIdempotency once,
                                 Reply<api::Item> reply) {
  to_catalog(ws, CreateItem{std::move(input), std::move(once), {}}, std::move(reply));
}

void EngineCommands::update_item(Id ws, Id item, api::ItemInput input, Reply<api::Item> reply) {
  to_catalog(ws, UpdateItem{item, std::move(input), {}}, std::move(reply));
}

void EngineCommands::delete_item(Id ws, Id item, Reply<std::monostate> reply) {
  to_catalog(ws, DeleteItem{item, {}}, std::move(reply));
}

void EngineCommands::create_document(Id ws, api::DocumentInput input, MaybeIdempotency once,
                                     Reply<api::Document> reply) {
  to_catalog(ws, CreateDocument{std::move(input), std::move(once), {}}, std::move(reply));
}

void EngineCommands::update_document(Id ws, Id document, api::DocumentInput input,
                                     Reply<api::Document> reply) {
  to_catalog(ws, UpdateDocument{document, std::move(input), {}}, std::move(reply));
}

void EngineCommands::delete_document(Id ws, Id document, Reply<std::monostate> reply) {
  to_catalog(ws, DeleteDocument{document, {}}, std::move(reply));
}

}  // namespace aura
