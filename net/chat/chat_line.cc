#include "net/chat/chat_line.h"

#include <algorithm>
#include <utility>

#include "config/limits.h"
#include "net/api/json_mapper.h"
#include "runtime/ids.h"

namespace aura::net {
namespace {

constexpr std::size_t kMostHeld = 256;
// Number of newest welcome messages that the live feed may deliver a second time: only changes
// committed shortly before the history was read can come both ways.
constexpr std::size_t kOverlap = 16;
constexpr std::size_t kMostSent = 64;
constexpr std::uint16_t kTryAgainLater = 1013;
// Ours: this chat is closed; what was said here was erased.
constexpr std::uint16_t kChatClosed = 4404;
constexpr std::uint16_t kErased = 4410;

struct Refusal {
  std::string_view code;
  std::string_view detail;
};

Refusal refusal_of(const Error& error) {
  switch (error.code) {
    case Errc::invalid:
      return {"invalid", error.detail};
    case Errc::overloaded:
      return {"overloaded", "Too many messages at the moment; please try again."};
    case Errc::not_found:
      return {"not_found", "This chat is no longer available."};
    case Errc::conflict:
      return {"conflict", "This client_id was used for another message."};
    default:
      return {"unavailable", "The message could not be stored; please try again."};
  }
}

bool contains(const std::vector<std::string>& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

ChatLine::ChatLine(std::shared_ptr<WebSocketPeer> peer, const ChatVisitor& visitor,
                   std::string token)
    : peer_(std::move(peer)),
      conversation_(format_id(IdType::conversation, visitor.conversation)),
      external_prefix_(visitor.thread + ":"),
      token_(std::move(token)),
      identified_(!visitor.user_id.empty()) {}

void ChatLine::leave() {
  const std::lock_guard lock(mutex_);
  gone_ = true;
}

// Removes the fields that only the business may see. Claims stay: they name the items that an
// answer is about. The visitor's own messages are named by their client_id, so that a page that
// never got the ack recognises its message.
api::Message ChatLine::for_visitor(api::Message message) const {
  message.clear_error();
  message.clear_payload();
  message.clear_attempts();
  message.clear_referral();
  message.clear_segments();
  message.set_maybe_duplicate(false);
  if (message.direction() == api::DIRECTION_IN &&
      message.external_id().starts_with(external_prefix_)) {
    message.set_external_id(message.external_id().substr(external_prefix_.size()));
  } else {
    message.clear_external_id();
  }
  return message;
}

std::string ChatLine::message_frame(std::string_view type, const api::Message& message,
                                    std::string_view client_id) const {
  std::string out = "{\"type\":\"" + std::string(type) + "\"";
  if (!client_id.empty()) {
    out += ",\"client_id\":";
    append_json_string(out, client_id);
  }
  out += ",\"message\":";
  append_json(out, for_visitor(message));
  return out + "}";
}

// True for a message that is neither in the welcome nor sent by this socket (which gets an ack
// instead).
bool ChatLine::news(const api::Message& message) const {
  if (contains(history_, message.id())) return false;
  if (message.direction() == api::DIRECTION_OUT) return true;
  const std::string_view external = message.external_id();
  return external.starts_with(external_prefix_) &&
         !contains(sent_, external.substr(external_prefix_.size()));
}

std::size_t ChatLine::sending(const std::string& client_id) {
  const std::lock_guard lock(mutex_);
  if (sent_.size() == kMostSent) sent_.erase(sent_.begin());
  sent_.push_back(client_id);
  return told_;
}

void ChatLine::tell(std::string frame, std::string message_id) {
  if (gone_) return;
  if (welcomed_) {
    gone_ = !peer_->send_text(std::move(frame));
  } else if (held_.size() < kMostHeld) {
    held_.push_back({std::move(message_id), std::move(frame)});
  } else {
    close(kTryAgainLater, "try again later");  // the client reconnects and reads the history
  }
}

// The newest messages that fit into `bytes`, oldest first: one frame must not fill the socket's
// queue.
std::string ChatLine::history_within(const std::vector<api::Message>& messages,
                                     std::size_t bytes) const {
  std::vector<std::string> told;
  std::size_t size = 0;
  for (auto it = messages.rbegin(); it != messages.rend(); ++it) {
    std::string one;
    append_json(one, for_visitor(*it));
    size += one.size() + 1;
    if (size > bytes) break;
    told.push_back(std::move(one));
  }
  std::string out;
  for (auto it = told.rbegin(); it != told.rend(); ++it) {
    if (!out.empty()) out += ',';
    out += *it;
  }
  return out;
}

void ChatLine::welcome(const Result<ChatWelcome>& loaded) {
  const std::lock_guard lock(mutex_);
  if (gone_) return;
  if (!loaded) return close(kTryAgainLater, "the conversation could not be read");
  std::string frame = "{\"type\":\"welcome\",\"visitor\":";
  append_json_string(frame, token_);
  frame += ",\"conversation\":";
  if (loaded->conversation) {
    append_json_string(frame, conversation_);
  } else {
    frame += "null";
  }
  frame += identified_ ? ",\"identified\":true" : ",\"identified\":false";
  frame += ",\"uploads\":{\"max_bytes\":" + std::to_string(limits::kMediaBytes) +
           ",\"max_files\":" + std::to_string(limits::kMessageAttachments) + "}";
  frame += ",\"messages\":[";
  frame += history_within(loaded->messages, limits::kWelcomeBytes);
  frame += "]}";
  const std::size_t known = loaded->messages.size();
  for (std::size_t i = known - std::min(known, kOverlap); i < known; ++i) {
    history_.push_back(loaded->messages[i].id());
  }
  welcomed_ = true;
  tell(std::move(frame));
  if (loaded->conversation) follow_conversation(*loaded->conversation);
  for (Held& held : std::exchange(held_, {})) {
    if (!contains(history_, held.message_id)) tell(std::move(held.frame));
  }
}

bool ChatLine::change(const Change& change) {
  const std::lock_guard lock(mutex_);
  const api::Event& event = change.event;
  const bool disabled =
      event.has_channel() && event.channel().status() == api::CHANNEL_STATUS_DISABLED;
  if (disabled || event.type() == "channel.deleted") close(kChatClosed, "this chat is closed");
  if (event.type() == "contact.deleted") close(kErased, "this conversation was erased");
  if (event.has_conversation()) follow_conversation(event.conversation());
  if (event.type() == "message.created") created(event.message());
  // Sent for every edit, reaction and unsend, even if the welcome has the message: it may be the
  // old version.
  if (event.type() == "message.updated") tell(message_frame("message", event.message()));
  return !gone_;
}

// A change could not be read; who connects again reads the history.
void ChatLine::lost() {
  const std::lock_guard lock(mutex_);
  close(kTryAgainLater, "try again later");
}

void ChatLine::close(std::uint16_t code, std::string_view reason) {
  if (gone_) return;
  gone_ = true;
  peer_->close(code, std::string(reason));
}

void ChatLine::created(const api::Message& message) {
  if (!news(message)) return;
  if (message.direction() == api::DIRECTION_OUT) ++told_;
  tell(message_frame("message", message), message.id());
}

// With nothing unread, the business has seen every message up to the newest. An answer of the AI
// alone leaves the visitor's messages unread.
void ChatLine::follow_conversation(const api::Conversation& now) {
  answered_by_ai_ = now.handler() == api::HANDLER_AI;
  if (now.unread() != 0 || !now.has_last_message() || now.last_message().id() <= seen_) return;
  seen_ = now.last_message().id();
  std::string frame = "{\"type\":\"read\",\"message_id\":";
  append_json_string(frame, seen_);
  tell(frame + "}");
}

// Sends only what a card shows of an item; the stock level stays with the business.
void ChatLine::items(const std::vector<api::Item>& found) {
  std::string frame = "{\"type\":\"items\",\"items\":[";
  for (const api::Item& item : found) {
    if (!frame.ends_with('[')) frame += ',';
    api::Item shown;
    shown.set_id(item.id());
    shown.set_kind(item.kind());
    shown.set_name(item.name());
    shown.set_description(item.description());
    if (item.has_price()) *shown.mutable_price() = item.price();
    shown.set_available(item.available());
    if (item.image_urls_size() > 0) shown.add_image_urls(item.image_urls(0));
    shown.set_revision(item.revision());
    shown.set_created_at(item.created_at());
    shown.set_updated_at(item.updated_at());
    append_json(frame, shown);
  }
  const std::lock_guard lock(mutex_);
  tell(frame + "]}");
}

void ChatLine::acknowledge(const std::string& client_id, const Result<api::Message>& stored,
                           std::size_t told_before) {
  if (!stored) {
    const Refusal refusal = refusal_of(stored.error());
    return refuse(refusal.code, refusal.detail, client_id);
  }
  const std::lock_guard lock(mutex_);
  tell(message_frame("ack", *stored, client_id));
  const bool repeated = stored->id() <= acked_ || contains(history_, stored->id());
  acked_ = std::max(acked_, stored->id());
  // The AI is preparing an answer, unless it has come already or a person will write it.
  if (answered_by_ai_ && !repeated && told_ == told_before) tell("{\"type\":\"typing\"}");
}

void ChatLine::refuse(std::string_view code, std::string_view detail, std::string_view client_id) {
  std::string frame = "{\"type\":\"error\",\"code\":";
  append_json_string(frame, code);
  frame += ",\"detail\":";
  append_json_string(frame, detail);
  if (!client_id.empty()) {
    frame += ",\"client_id\":";
    append_json_string(frame, client_id);
  }
  const std::lock_guard lock(mutex_);
  tell(frame + "}");
}

}  // namespace aura::net
