// The outside world of the simulation: customers who write, edit, unsend and react through a
// provider that repeats, batches and shuffles its webhooks until each is acknowledged; chat
// visitors and API clients that repeat a request until it is answered. It records the expected
// final state.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/ports/channel_event.h"
#include "runtime/ports/ingress.h"
#include "tests/support/engine_world.h"
#include "tests/support/sim_provider.h"

namespace aura::test {

struct ExpectedMessage {
  std::string thread, text;
  std::uint32_t edit_number = 0;
  bool unsent = false;
  std::map<std::string, std::pair<Millis, std::string>> reactions;  // by actor
};

// When the engine was first told of a message, and when it first acknowledged it; counted in steps.
struct Told {
  int first = 0;
  int acknowledged = 0;  // 0: not yet
};

class Customers {
 public:
  static constexpr int kThreads = 4;
  static constexpr const char* kAccount = "page-1";

  Customers(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  void write_something();                          // a new event, sent as part of a webhook
  void report(const SimProvider::Accepted& sent);  // the provider's echo or receipt of a send
  // Sends one outstanding webhook (or repeats an acknowledged one) to the engine.
  void deliver(Ingress& ingress);

  void chat_something();
  void ask(EngineHost& host);  // sends one unanswered chat message or API request
  void order_send(const Id& conversation);
  void life_ended() { ++life_; }  // answers to earlier requests are lost

  bool satisfied() const;  // every webhook and request was answered

  Id workspace;
  Id channel;
  std::string widget_key;
  std::map<std::string, ExpectedMessage> messages;  // by external id; of the page
  std::map<std::string, std::string> chats;         // external id → text
  std::set<std::string> sends;                      // texts that an API client sent
  std::map<std::string, Told> told;                 // by external id

 private:
  struct Webhook {
    std::vector<InboundItem> items;
    std::vector<std::string> ids;  // of its events
    bool acked = false;
  };
  struct Request {
    std::string key, text, visitor;  // visitor set: a chat message, else an API send
    Id conversation;
    bool answered = false;
  };
  void enqueue(ChannelEvent event);
  ChannelEvent event_about(const std::string& external_id, ExpectedMessage& message);
  void tell(const std::string& external_id);
  void acknowledge(const std::string& external_id);

  const Clock& clock_;
  Random& random_;
  std::vector<Webhook> webhooks_;
  std::vector<ChannelEvent> unbatched_;
  std::vector<Request> requests_;
  int next_ = 0;
  int step_ = 0;
  int life_ = 0;
};

}  // namespace aura::test
