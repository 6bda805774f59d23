#include "net/chat/chat_session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/limits.h"
#include "net/api/validate_text.h"
#include "net/json.h"
#include "net/signature.h"
#include "runtime/ids.h"
#include "runtime/random.h"

namespace aura::net {
namespace {

constexpr std::string_view kTokenPrefix = "vt_";
constexpr std::size_t kTokenChars = 43;  // 32 bytes in base64url
constexpr int kFrameDepth = 16;

// A burst of so many messages, then this many a second.
constexpr double kBurst = 30;
constexpr double kPerSecond = 2;

// A UUID by the contract; any short word serves as well.
bool is_client_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin));
}

// A string member, or "" for anything else.
std::string_view text_member(const rapidjson::Value& frame, const char* name) {
  const auto member = frame.FindMember(name);
  if (member == frame.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

}  // namespace

bool is_visitor_token(std::string_view text) {
  if (text.size() != kTokenPrefix.size() + kTokenChars || !text.starts_with(kTokenPrefix)) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

std::string new_visitor_token() {
  SystemRandom random;
  std::array<std::uint64_t, 4> words{};
  for (std::uint64_t& word : words) word = random.next();
  return std::string(kTokenPrefix) +
         to_base64url({reinterpret_cast<const char*>(words.data()), sizeof words});
}

ChatSession::ChatSession(ChatPorts ports, ChatVisitor visitor, std::string token)
    : ports_(ports),
      visitor_(std::move(visitor)),
      token_(std::move(token)),
      allowance_(kBurst),
      counted_(ports.clock.monotonic()) {}

// Subscribed before the history is read: what falls between the two comes both ways and is told
// once.
void ChatSession::on_open(std::shared_ptr<WebSocketPeer> peer, const Request&) {
  line_ = std::make_shared<ChatLine>(std::move(peer), visitor_, token_);
  line_->subscription.hold(
      ports_.feed.follow_conversation(visitor_.workspace, visitor_.conversation,
                                      [weak = std::weak_ptr(line_)](const Change& change) {
                                        const auto line = weak.lock();
                                        return line && line->change(change);
                                      }));
  ports_.chat.welcome(visitor_,
                      [line = line_](const Result<ChatWelcome>& loaded) { line->welcome(loaded); });
}

void ChatSession::on_close() { line_->subscription.end(); }

void ChatSession::on_text(std::string text) {
  const auto frame = parse_json(text, {limits::kWebsocketFrameBytes, kFrameDepth, false});
  if (!frame || !frame->IsObject()) {
    return line_->refuse("bad_json", "A frame must be one JSON object.");
  }
  const std::string_view type = text_member(*frame, "type");
  if (type == "message") {
    on_message(*frame);
  } else if (type == "read") {
    on_read(*frame);
  } else if (type != "typing") {
    line_->refuse("unknown_type", "type must be message, typing or read.");
  }
}

void ChatSession::on_message(const rapidjson::Value& frame) {
  const std::string client_id(text_member(frame, "client_id"));
  if (!is_client_id(client_id)) {
    return line_->refuse("invalid",
                         "client_id must be a UUID, or another text of 1 to 64 characters.");
  }
  std::string text = trimmed(text_member(frame, "text"));
  if (text.empty() || count_chars(text) > limits::kMessageTextChars ||
      text.find('\0') != std::string::npos) {
    return line_->refuse(
        "invalid",
        "text must have 1 to " + std::to_string(limits::kMessageTextChars) + " characters.",
        client_id);
  }
  if (!within_rate()) {
    return line_->refuse("rate_limited", "Too many messages; please wait a moment.", client_id);
  }
  const std::size_t told_before = line_->sending(client_id);
  ports_.chat.receive(visitor_, client_id, std::move(text),
                      [line = line_, client_id, told_before](const Result<api::Message>& stored) {
                        line->acknowledge(client_id, stored, told_before);
                      });
}

void ChatSession::on_read(const rapidjson::Value& frame) {
  const auto message = parse_id(IdType::message, text_member(frame, "message_id"));
  if (!message) return line_->refuse("invalid", "message_id must be the id of a message.");
  ports_.chat.read(visitor_, *message);
}

bool ChatSession::within_rate() {
  const auto now = ports_.clock.monotonic();
  const double seconds = std::chrono::duration<double>(now - counted_).count();
  counted_ = now;
  allowance_ = std::min(kBurst, allowance_ + seconds * kPerSecond);
  if (allowance_ < 1) return false;
  allowance_ -= 1;
  return true;
}

void add_chat_route(Router& router, ChatPorts ports) {
  router.websocket(
      "/chat/{widget_key}",
      [ports](const Request& request) -> Result<std::unique_ptr<WebSocketHandler>> {
        std::string token = request.query_param("visitor").value_or("");
        if (!is_visitor_token(token)) token = new_visitor_token();
        auto visitor = ports.chat.visitor(std::string(request.param("widget_key")), token);
        if (!visitor) return fail(Errc::not_found, "There is no web chat with this key.");
        return std::make_unique<ChatSession>(ports, std::move(*visitor), std::move(token));
      });
}

}  // namespace aura::net
