// What a browser may send to the web chat, one frame a line: every frame sent to the visitor is
// JSON, and nothing reaches the engine that breaks its bounds.
#include <cstdlib>

#include "net/api/validate_text.h"
#include "net/chat/chat_session.h"
#include "net/json.h"

namespace {

using namespace aura;

class EchoChat final : public Chat {
 public:
  std::optional<ChatVisitor> visitor(const std::string&, const std::string&) const override {
    return ChatVisitor{};
  }
  void welcome(const ChatVisitor&, Reply<ChatWelcome> reply) override { reply(ChatWelcome{}); }
  void receive(const ChatVisitor&, std::string client_id, std::string text,
               Reply<api::Message> reply) override {
    if (client_id.size() > 64 || net::is_blank(text) || net::count_chars(text) > 4096) std::abort();
    api::Message stored;
    stored.set_text(text);
    reply(std::move(stored));
  }
  void read(const ChatVisitor&, Id) override {}
};

class QuietFeed final : public LiveFeed {
 public:
  std::unique_ptr<Subscription> follow(Id, std::optional<std::uint64_t>,
                                       std::function<bool(const Change&)>) override {
    return std::make_unique<Subscription>();
  }
  std::unique_ptr<Subscription> follow_conversation(Id, Id,
                                                    std::function<bool(const Change&)>) override {
    return std::make_unique<Subscription>();
  }
};

class CheckingPeer final : public net::WebSocketPeer {
 public:
  bool send_text(std::string text) override {
    if (!net::parse_json(text)) std::abort();
    return true;
  }
  void close(std::uint16_t, std::string) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  EchoChat chat;
  QuietFeed feed;
  FakeClock clock;
  net::ChatSession session({chat, feed, clock}, ChatVisitor{}, "vt_fuzz");
  session.on_open(std::make_shared<CheckingPeer>(), net::Request{});
  std::string_view frames(reinterpret_cast<const char*>(data), size);
  while (!frames.empty()) {
    const std::size_t end = frames.find('\n');
    session.on_text(std::string(frames.substr(0, end)));
    frames = end == std::string_view::npos ? std::string_view() : frames.substr(end + 1);
  }
  session.on_close();
  return 0;
}
