// Frames of a browser to the web chat, one per line: every frame sent back is JSON, and nothing
// that exceeds the limits reaches the engine.
#include <cstdlib>

#include "net/api/validate_text.h"
#include "net/chat/chat_session.h"
#include "net/json.h"
#include "runtime/utf8.h"
#include "tests/unit/net/edges/fake_engine.h"

namespace {

using namespace aura;

class EchoChat final : public Chat {
 public:
  Result<ChatVisitor> visitor(const std::string&, const std::string&) const override {
    return ChatVisitor{};
  }
  void welcome(const ChatVisitor&, Reply<ChatWelcome> reply) override { reply(ChatWelcome{}); }
  Result<ChatVisitor> identify(const ChatVisitor& visitor,
                               const ChatIdentity& identity) const override {
    if (identity.id.empty() || identity.id.size() > 4 * 200) std::abort();
    ChatVisitor known = visitor;
    known.user_id = identity.id;
    return known;
  }
  void receive(const ChatVisitor&, ChatMessage message, Reply<api::Message> reply) override {
    if (message.client_id.size() > 64 || (net::is_blank(message.text) && message.uploads.empty()) ||
        count_chars(message.text) > 4096 || count_chars(message.payload) > 1000)
      std::abort();
    api::Message stored;
    stored.set_text(message.text);
    reply(std::move(stored));
  }
  void read(const ChatVisitor&, Id) override {}
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
  net::FakeEngine engine;
  FakeClock clock;
  net::ChatSession session({chat, engine, engine, clock},
                           std::make_shared<net::VisitorAllowances>(clock), ChatVisitor{},
                           "vt_fuzz");
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
