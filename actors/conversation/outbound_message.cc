#include "actors/conversation/outbound_message.h"

#include "actors/conversation/consent.h"

namespace aura::conversation {
namespace {

template <class T>
std::vector<T> all_of(const google::protobuf::RepeatedPtrField<T>& field) {
  return {field.begin(), field.end()};
}

const StoredMessage* find(const Decision& decision, const Id& id) {
  for (const auto& message : decision.messages)
    if (message.id == id) return &message;
  return nullptr;
}

}  // namespace

api::Priority priority_of(const StoredMessage& message, const Lookup& stored) {
  const auto& body = message.body;
  const auto found = body.has_template_() ? stored.template_of(body.template_()) : std::nullopt;
  return found && is_marketing(*found) ? api::PRIORITY_BROADCAST : message.row.priority();
}

OutboundMessage outbound_of(const StoredMessage& message, const State& state,
                            const Lookup& stored) {
  const auto& body = message.body;
  OutboundMessage out;
  out.recipient = state.thread;
  out.number = state.body.number();
  out.channel_id = format_id(IdType::channel, Id::from_view(state.row.channel()));
  out.message_id = format_id(IdType::message, message.id);
  if (!body.has_template_()) out.text = body.text();  // a template's text is for display only
  out.attachments = all_of(body.attachments());
  out.quick_replies = all_of(body.quick_replies());
  out.buttons = all_of(body.buttons());
  if (body.has_list()) out.list = body.list();
  if (body.has_products()) out.products = body.products();
  if (body.has_template_()) out.template_use = body.template_();
  out.contacts = all_of(body.contacts());
  out.header = body.header();
  out.footer = body.footer();
  out.comment_id = body.answers_comment();
  out.written_by_person = message.row.human_agent();
  out.files_as_links = message.row.files_as_links();
  if (!message.row.reply_to().empty()) {
    const auto quoted = stored.message(Id::from_view(message.row.reply_to()));
    out.reply_to_external = quoted ? quoted->row.external_id() : body.reply_to_external();
  }
  return out;
}

OutboundMessage outbound_reaction(const StoredMessage& message, const State& state) {
  OutboundMessage out;
  out.recipient = state.thread;
  out.message_id = format_id(IdType::message, message.id);
  out.reaction_to = message.row.external_id();
  out.written_by_person = true;
  for (const auto& reaction : message.body.reactions())
    if (reaction.author() == api::AUTHOR_MEMBER) out.text = reaction.emoji();
  return out;
}

record::Outbox outbox_row(const Decision& decision, const State& state, const Rules& rules,
                          Millis now) {
  const Id& subject = decision.send ? decision.send->message : decision.react->message;
  const Passage& passage = decision.send ? decision.send->passage : decision.react->passage;
  record::Outbox row;
  row.set_conversation(std::string(rules.conversation.view()));
  row.set_message(std::string(subject.view()));
  row.set_contact(state.row.contact());
  row.set_window_expires_ms(passage.until);
  row.set_standard_window_ms(passage.standard);
  row.set_created_ms(now);
  row.set_reaction(decision.react.has_value());
  const StoredMessage* message = find(decision, subject);
  if (decision.send) {
    row.set_trace_id(decision.send->trace_id);
    row.set_priority(decision.send->priority);
    if (decision.send->composed && rules.adapter != nullptr)
      row.set_kind(static_cast<int>(rules.adapter->kind_of(*decision.send->composed)));
    if (message != nullptr) row.set_parts_sent(message->row.parts_sent());
  }
  row.set_written_by_person(decision.react ||
                            (message != nullptr && message->row.author() == api::AUTHOR_MEMBER));
  return row;
}

}  // namespace aura::conversation
