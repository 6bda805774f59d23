#include "net/chat/chat_session.h"

#include <utility>

#include "config/limits.h"
#include "net/chat/chat_frames.h"
#include "net/chat/item_lookup.h"
#include "net/chat/origin.h"
#include "net/json.h"
#include "net/signature.h"
#include "runtime/ids.h"
#include "runtime/random.h"

namespace aura::net {
namespace {

constexpr std::string_view kTokenPrefix = "vt_";
constexpr std::size_t kTokenChars = 43;  // 32 bytes in base64url
constexpr int kFrameDepth = 16;

constexpr double kQuestionBurst = 20;
constexpr double kQuestionsPerSecond = 1;
constexpr double kReadBurst = 20;
constexpr double kReadsPerSecond = 2;

}  // namespace

bool is_visitor_token(std::string_view text) {
  if (text.size() != kTokenPrefix.size() + kTokenChars || !text.starts_with(kTokenPrefix)) {
    return false;
  }
  return text.find_first_not_of(kBase64Url, kTokenPrefix.size()) == std::string_view::npos;
}

std::string new_visitor_token() {
  return std::string(kTokenPrefix) + random_text(kBase64Url, kTokenChars);
}

ChatSession::ChatSession(ChatPorts ports, std::shared_ptr<VisitorAllowances> messages,
                         ChatVisitor visitor, std::string token)
    : ports_(ports),
      visitor_(std::move(visitor)),
      token_(std::move(token)),
      messages_(std::move(messages)),
      questions_(ports.clock, kQuestionBurst, kQuestionsPerSecond),
      reads_(ports.clock, kReadBurst, kReadsPerSecond) {}

void ChatSession::on_open(std::shared_ptr<WebSocketPeer> peer, const Request&) {
  peer_ = std::move(peer);
  join();
}

// Subscribes before it reads the history. A change between the two arrives both ways; ChatLine
// sends it once.
void ChatSession::join() {
  line_ = std::make_shared<ChatLine>(peer_, visitor_, token_);
  const std::weak_ptr weak(line_);
  line_->subscription.hold(ports_.feed.follow_chat(
      visitor_,
      [weak](const Change& change) {
        const auto line = weak.lock();
        return line && line->change(change);
      },
      [weak] {
        if (const auto line = weak.lock()) line->lost();
      }));
  ports_.chat.welcome(visitor_,
                      [line = line_](const Result<ChatWelcome>& loaded) { line->welcome(loaded); });
}

void ChatSession::on_close() {
  if (line_) line_->subscription.end();
}

void ChatSession::on_text(std::string text) {
  const auto frame = parse_json(text, {limits::kWebsocketFrameBytes, kFrameDepth});
  if (!frame || !frame->IsObject()) {
    return line_->refuse("bad_json", "A frame must be one JSON object.");
  }
  const std::string_view type = text_member(*frame, "type");
  if (type == "message") {
    on_message(*frame);
  } else if (type == "read") {
    on_read(*frame);
  } else if (type == "identify") {
    on_identify(*frame);
  } else if (type == "items") {
    on_items(*frame);
  } else if (type != "typing") {
    line_->refuse("unknown_type", "type must be message, typing, read, identify or items.");
  }
}

void ChatSession::on_message(const rapidjson::Value& frame) {
  const std::string client_id(text_member(frame, "client_id"));
  if (!is_client_id(client_id)) {
    return line_->refuse("invalid",
                         "client_id must be a UUID, or another text of 1 to 64 characters.");
  }
  auto message = read_message_frame(frame);
  if (!message) return line_->refuse("invalid", message.error().detail, client_id);
  if (!messages_->take(visitor_.contact)) {
    return line_->refuse("rate_limited", "Too many messages; please wait a moment.", client_id);
  }
  const std::size_t told_before = line_->sending(client_id);
  ports_.chat.receive(visitor_, std::move(*message),
                      [line = line_, client_id, told_before](const Result<api::Message>& stored) {
                        line->acknowledge(client_id, stored, told_before);
                      });
}

void ChatSession::on_read(const rapidjson::Value& frame) {
  const auto message = parse_id(IdType::message, text_member(frame, "message_id"));
  if (!message) return line_->refuse("invalid", "message_id must be the id of a message.");
  if (!reads_.take()) return;  // a later read frame covers this one
  ports_.chat.read(visitor_, *message);
}

// Continues the socket in the conversation of the identified user, with a new welcome. If the
// signature is wrong, the visitor stays unchanged.
void ChatSession::on_identify(const rapidjson::Value& frame) {
  const auto identity = read_identify_frame(frame);
  if (!identity) return line_->refuse("identity", identity.error().detail);
  if (!questions_.take()) return line_->refuse("rate_limited", "Please wait a moment.");
  auto known = ports_.chat.identify(visitor_, *identity);
  if (!known && known.error().code != Errc::unauthorized)
    return line_->refuse("unavailable", "The identity could not be checked; please try again.");
  if (!known) return line_->refuse("identity", known.error().detail);
  line_->leave();
  line_->subscription.end();
  visitor_ = std::move(*known);
  join();
}

void ChatSession::on_items(const rapidjson::Value& frame) {
  const auto ids = read_items_frame(frame);
  if (!ids) return line_->refuse("invalid", ids.error().detail);
  if (!questions_.take()) return line_->refuse("rate_limited", "Please wait a moment.");
  look_up_items(ports_.queries, visitor_.workspace, *ids,
                [line = line_](const std::vector<api::Item>& found) { line->items(found); });
}

Result<ChatCaller> chat_caller(const Chat& chat, const Request& request) {
  std::string token = request.query_param("visitor").value_or("");
  if (!is_visitor_token(token)) token = new_visitor_token();
  auto visitor = chat.visitor(std::string(request.param("widget_key")), token);
  if (!visitor) return tl::unexpected(visitor.error());
  visitor->address = request.remote_address;
  if (!origin_allowed(visitor->allowed_origins, request.headers.get("Origin")))
    return fail(Errc::forbidden,
                "This page may not open this web chat; the owner can add its origin to the "
                "channel's allowed_origins.");
  if (const auto user = request.query_param("user")) {
    const ChatIdentity identity{*user, {}, {}, request.query_param("signature").value_or("")};
    auto known = chat.identify(*visitor, identity);
    if (!known) return tl::unexpected(known.error());
    visitor = std::move(*known);
  }
  return ChatCaller{std::move(*visitor), std::move(token)};
}

void add_chat_route(Router& router, ChatPorts ports) {
  const auto messages = std::make_shared<VisitorAllowances>(ports.clock);
  router.websocket(
      "/chat/{widget_key}",
      [ports, messages](const Request& request) -> Result<std::unique_ptr<WebSocketHandler>> {
        auto caller = chat_caller(ports.chat, request);
        if (!caller) return tl::unexpected(caller.error());
        return std::make_unique<ChatSession>(ports, messages, std::move(caller->visitor),
                                             std::move(caller->token));
      });
}

}  // namespace aura::net
