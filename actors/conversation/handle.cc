// The conversation's commands: each reads what it needs, lets the model decide, commits, and
// replies when the commit is durable.
#include <algorithm>

#include "actors/access/idempotency.h"
#include "actors/channel_rows.h"
#include "actors/conversation/continuation.h"
#include "actors/conversation/conversation_actor.h"
#include "actors/conversation/identities.h"
#include "actors/conversation/message_owner.h"
#include "actors/conversation/product_cards.h"
#include "actors/conversation/shop_phrase.h"
#include "actors/media/attach.h"
#include "actors/or_throw.h"
#include "actors/refusal.h"
#include "actors/views.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using conversation::Decision;
using storage::Family;

// Events about an erased contact that must be ignored: receipts, and events restored from a backup.
// The latter are older than the erasure, because a contact without rows was erased after the
// backup.
bool ConversationActor::is_about_erased(const ChannelEvent& event) const {
  using Kind = ChannelEvent::Kind;
  const bool receipt =
      event.kind == Kind::read || event.kind == Kind::delivery || event.kind == Kind::status;
  const bool restored =
      event.journal_sequence != 0 && event.journal_sequence <= services_.restored_position;
  if (state_.exists || !(receipt || restored)) return false;
  const Id contact = conversation::contact_id(channel_, conversation::name_of(event));
  return or_throw(services_.vault.is_erased(what_.workspace, contact), "contact key");
}

// The first event of a new conversation determines its contact. Earlier events without effect may
// have named the contact by another id; the key made for that id must not be used.
Decision ConversationActor::decide(const ChannelEvent& event, api::ChannelType type,
                                   storage::Commit& commit) {
  const bool of_nobody = !state_.exists && event.thread.empty();
  if (of_nobody || is_about_erased(event)) {  // the event must not recreate the contact
    Decision nothing;
    nothing.ignored = "erased";
    return nothing;
  }
  if (!state_.exists) {
    if (state_.thread != event.thread) key_.forget();
    state_.thread = event.thread;
    channel_type_ = type;
  }
  key_.ensure(place(), conversation::contact_id(channel_, conversation::name_of(event)), commit);
  return conversation::decide_event(state_, event, rules(), rows(), now());
}

void ConversationActor::handle(ApplyEvent& command) {
  event_in_hand_ = command.reply;
  if (command.event.kind == ChannelEvent::Kind::number_lost) name_by_user_id(command.event);
  storage::Commit commit;
  Decision decision = decide(command.event, command.channel_type, commit);
  find_joined(decision);
  if (command.alone)
    commit.erase(Family::journal, keys::journal(what_.workspace, command.event.journal_sequence));
  EventApplied end{decision.ignored.empty() ? EventEnd::processed : EventEnd::ignored};
  if (!decision.changed && !command.alone) return command.reply.ok(end);
  if (inbox_.empty()) turn_.answer_at_once(decision);  // else more of the burst is waiting
  confirm_order(decision);
  commit_decision(std::move(decision), std::move(commit), [reply = command.reply, end](Errc code) {
    if (code == Errc::ok) return reply.ok(end);
    refuse(reply, code);
  });
}

void ConversationActor::handle(ReceiveChat& command) {
  // Checked before a key is created, so that a refused message leaves nothing behind.
  const media::Allowed files{
      what_.workspace, conversation::contact_id(channel_, command.event.thread), false, now()};
  if (auto checked =
          media::check_uploads(services_.reader, services_.vault, files, command.event.attachments);
      !checked)
    return command.reply(tl::unexpected(checked.error()));
  storage::Commit commit;
  Decision decision = decide(command.event, api::CHANNEL_TYPE_WEBCHAT, commit);
  if (!decision.changed) {  // sent before: the same acknowledgement again
    const auto known = rows().external(command.event.external_id);
    const auto message = known ? rows().message(known->message) : std::nullopt;
    if (message && !conversation::repeats(command.event, *message))
      return command.reply.error(Errc::conflict, "This client_id belongs to another message.");
    if (message) return command.reply.ok(render(*message));
    return command.reply.error(Errc::internal, "The message cannot be acknowledged.");
  }
  if (auto kept = media::keep_uploads(services_.reader, services_.vault, what_.workspace,
                                      command.event.attachments, commit);
      !kept)
    return command.reply(tl::unexpected(kept.error()));
  conversation::StoredMessage message = decision.messages.front();
  confirm_order(decision);
  commit_decision(std::move(decision), std::move(commit),
                  [this, reply = command.reply, message = std::move(message)](Errc code) {
                    if (code == Errc::ok) return reply.ok(render(message));
                    refuse(reply, code);
                  });
}

void ConversationActor::handle(ReadByVisitor& command) {
  if (!state_.exists) return;
  Decision decision =
      conversation::decide_visitor_read(state_, command.message, rules(), rows(), now());
  if (decision.changed) commit_decision(std::move(decision), {}, [](Errc) {});
}

// The conversation that a command about this thread is for: the one it goes on in, or the earlier
// one that holds the message. Nothing if that is this one.
std::optional<Id> ConversationActor::elsewhere(const std::optional<Id>& message) const {
  if (!state_.exists || !conversation::has_aliases(state_.row.channel_type())) return std::nullopt;
  const auto& reader = services_.reader;
  const Id contact = Id::from_view(state_.row.contact());
  constexpr const char* kWhat = "continuation";
  if (!message)
    return or_throw(conversation::continued_in(reader, what_.workspace, contact), kWhat);
  const auto owner =
      or_throw(conversation::owner_of_message(reader, what_.workspace, *message), kWhat);
  if (!owner || *owner == what_.conversation) return std::nullopt;
  const auto before = or_throw(
      conversation::continued_by(reader, what_.workspace, what_.conversation, contact), kWhat);
  if (std::ranges::find(before, *owner) == before.end()) return std::nullopt;
  return owner;
}

template <class Command>
void ConversationActor::forward(const Id& conversation, Command& command) {
  send(what_.parent, ToConversation{what_.workspace, conversation, channel_, std::move(command)});
}

// Nothing is queued for a channel that its owner has deleted or switched off.
bool ConversationActor::is_closed(const OnceReply<api::Message>& reply) const {
  const auto row = channel_rows::load(services_.reader, what_.workspace, channel_);
  if (!row && row.error().code == Errc::not_found) {
    reply.error(Errc::conflict,
                "This conversation's channel was deleted: nothing can be sent over it.");
    return true;
  }
  if (!row || row->channel().status() != api::CHANNEL_STATUS_DISABLED) return false;
  reply.error(
      Errc::conflict,
      "This conversation's channel is disabled: nothing is sent over it. Set the status of " +
          row->channel().id() + " to \"active\" (PATCH), then send again.");
  return true;
}

void ConversationActor::handle(SendMessage& command) {
  if (const auto next = elsewhere()) return forward(*next, command);
  if (answered_before(command.origin.once, command.reply)) return;
  if (is_closed(command.reply)) return;
  const media::Allowed files{what_.workspace, Id::from_view(state_.row.contact()), true, now()};
  if (auto checked = media::check_uploads(services_.reader, services_.vault, files,
                                          *command.input.mutable_attachments());
      !checked)
    return command.reply(tl::unexpected(checked.error()));
  if (command.input.has_products())
    if (auto filled = conversation::fill_cards(services_.reader, what_.workspace,
                                               *command.input.mutable_products());
        !filled)
      return command.reply(tl::unexpected(filled.error()));
  // Attachments get their URL now, because the adapter checks the message as it will be sent.
  for (api::Attachment& attachment : *command.input.mutable_attachments())
    media::link(what_.workspace, services_.media_links, MediaLinks::kSent, attachment);
  const auto place = this->place();
  const Id contact = Id::from_view(state_.row.contact());
  const conversation::ThreadRows thread(rows(), services_.reader, services_.vault, place, contact);
  answer_message("message.send",
                 conversation::decide_send(state_, command.input, rules(), thread, now()),
                 command.origin, command.reply);
}

void ConversationActor::handle(UpdateConversation& command) {
  auto decision = conversation::decide_update(state_, command.input, rules(), rows(), now());
  if (!decision) return command.reply(tl::unexpected(decision.error()));
  if (!decision->changed) return command.reply.ok({});
  const bool read = state_.row.unread() > 0 && decision->next.row.unread() == 0;
  storage::Commit commit;
  commit.audit = storage::AuditEntry{now(), "api", "conversation.update",
                                     format_id(IdType::conversation, what_.conversation)};
  commit_decision(std::move(*decision), std::move(commit),
                  [this, reply = command.reply, read](Errc code) {
                    if (code != Errc::ok) return refuse(reply, code);
                    reply.ok({});
                    if (read) tell_read();
                  });
}

// Sends a read receipt for the contact's last message. Finding that message needs a scan, which
// runs on a read thread.
void ConversationActor::tell_read() {
  if (!rules().has_provider) return;
  services_.read_pool.post([parent = what_.parent, &reader = services_.reader,
                            workspace = what_.workspace, id = what_.conversation,
                            key = rows().keys().contact, channel = channel_,
                            thread = state_.thread] {
    const auto rows =
        reader.scan(Family::message, keys::messages_of(workspace, id), {},
                    conversation::Dialogue::kMost, storage::Reader::Direction::backward);
    if (!rows) return;
    for (const auto& stored : *rows) {
      const auto message = conversation::decode_message(stored.key, stored.value, *key);
      if (!message || message->row.author() != api::AUTHOR_CONTACT) continue;
      if (message->body.has_comment()) continue;  // public, not in the thread
      ShowRead shown{thread, message->row.external_id()};
      caf::anon_send(parent, ToConnection{workspace, channel, std::move(shown)});
      return;
    }
  });
}

void ConversationActor::handle(RecordSend& command) {
  storage::Commit commit;
  commit.erase(Family::outbox, keys::outbox(what_.workspace, channel_, command.outbox_sequence));
  const auto answer = [reply = command.reply](Errc code) {
    if (code == Errc::ok) return reply.ok({});
    refuse(reply, code);
  };
  if (!state_.exists) {  // erased meanwhile: only the outbox row is removed
    Decision nothing;
    nothing.next = state_;
    return commit_decision(std::move(nothing), std::move(commit), answer);
  }
  commit_decision(
      conversation::decide_send_finished(state_, command.finished, rules(), rows(), now()),
      std::move(commit), answer);
}

void ConversationActor::handle(RecordMedia& command) {
  Decision decision;
  decision.next = state_;
  if (key_) decision = conversation::decide_media_finished(state_, command.finished, rows());
  storage::Commit commit;
  commit.mutations = std::move(decision.changed ? command.rows : command.gone);
  commit_decision(std::move(decision), std::move(commit), [reply = command.reply](Errc code) {
    if (code == Errc::ok) return reply.ok({});
    refuse(reply, code);
  });
}

void ConversationActor::handle(ProjectAgain& command) {
  if (state_.exists)
    return commit_decision(
        conversation::decide_projection(state_, command.message, rules(), rows()), {}, [](Errc) {});
  storage::Commit commit;  // erased meanwhile
  commit.workspace = what_.workspace;
  commit.erase(Family::unsupported,
               keys::unsupported(what_.workspace, channel_, what_.conversation, command.message));
  CoreActor::commit(std::move(commit), [](const storage::CommitResult&) {});
}

// An extra commit, needed only for calls that did not finish the send.
void ConversationActor::handle(RecordAttempts& command) {
  if (!state_.exists) return;
  Decision decision = conversation::decide_attempts(state_, command.so_far, rows());
  if (decision.changed) commit_decision(std::move(decision), {}, [](Errc) {});
}

// Commits a decision of the API about one message and replies with the updated message.
void ConversationActor::answer_message(const char* action, Result<Decision> decision,
                                       const Origin& origin, const OnceReply<api::Message>& reply) {
  key_.check_rows();  // a failed read must not be answered as "not found"
  if (!decision) return reply(tl::unexpected(decision.error()));
  if (services_.full_outboxes.contains(channel_))
    return reply.error(Errc::overloaded,
                       "Too many messages wait to go out over this channel; try again later.");
  const api::Message answer = render(decision->messages.front());
  storage::Commit commit;
  if (auto kept = media::keep_uploads(services_.reader, services_.vault, what_.workspace,
                                      decision->messages.front().body.attachments(), commit);
      !kept)
    return reply(tl::unexpected(kept.error()));
  commit.audit = storage::AuditEntry{now(), "api", action,
                                     format_id(IdType::message, decision->messages.front().id)};
  if (decision->send) decision->send->trace_id = origin.trace_id;
  idempotency::remember(what_.workspace, origin.once, answer, *key_, state_.row.contact(), now(),
                        commit);
  const bool read = state_.row.unread() > 0 && decision->next.row.unread() == 0;
  commit_decision(std::move(*decision), std::move(commit), [this, reply, answer, read](Errc code) {
    if (code != Errc::ok) return refuse(reply, code);
    reply.ok(answer);
    if (read) tell_read();  // answering implies having read
  });
}

bool ConversationActor::answered_before(const MaybeIdempotency& once,
                                        const OnceReply<api::Message>& reply) {
  if (!state_.exists) {
    reply.error(Errc::not_found, "There is no such conversation.");
    return true;
  }
  auto earlier =
      idempotency::find<api::Message>(services_.reader, what_.workspace, once, *key_, now());
  if (!earlier) return false;
  reply(std::move(*earlier));
  return true;
}

void ConversationActor::handle(RetryMessage& command) {
  if (const auto owner = elsewhere(command.message)) return forward(*owner, command);
  if (answered_before(command.origin.once, command.reply) || is_closed(command.reply)) return;
  answer_message("message.retry",
                 conversation::decide_retry(state_, command.message, rules(), rows(), now()),
                 command.origin, command.reply);
}

void ConversationActor::handle(ReactToMessage& command) {
  if (const auto owner = elsewhere(command.message)) return forward(*owner, command);
  if (answered_before({}, command.reply) || is_closed(command.reply)) return;
  answer_message(
      "message.react",
      conversation::decide_react(state_, command.message, command.emoji, rules(), rows(), now()),
      {}, command.reply);
}

// A person was called to an order: the contact is told so in the same commit.
void ConversationActor::confirm_order(Decision& decision) {
  if (!decision.order_taken) return;
  const auto words =
      conversation::shop_phrase(services_.reader, what_.workspace, agent::Phrase::order_taken);
  auto notice = conversation::decide_notice(decision.next, words, rules(), now());
  if (notice) conversation::append(decision, std::move(*notice));
}

void ConversationActor::handle(FireTimer& command) {
  if (command.kind == conversation::TimerKind::turn) {
    const auto& turn = state_.row.turn();
    if (turn.due_ms() == command.due && turn.generation() == command.generation) {
      auto late = turn_.give_up_if_overdue();
      return late ? on_proposal(*late) : turn_.schedule();
    }
  } else if (command.kind == conversation::TimerKind::resend) {
    if (state_.exists && state_.row.resend_due_ms() == command.due)
      return commit_decision(conversation::decide_resend_due(state_, rules(), rows(), now()), {},
                             [](Errc) {});
  } else if (state_.row.handover_deadline_ms() == command.due) {
    Decision decision = conversation::decide_handover_due(state_, now());
    if (decision.changed) commit_decision(std::move(decision), {}, [](Errc) {});
    return;
  }
  // An obsolete timer: erase its row.
  storage::Commit commit;
  commit.workspace = what_.workspace;
  commit.erase(Family::timer, keys::timer(what_.workspace, command.due, what_.conversation,
                                          static_cast<std::uint8_t>(command.kind)));
  CoreActor::commit(std::move(commit), [](const storage::CommitResult&) {});
}

}  // namespace aura
