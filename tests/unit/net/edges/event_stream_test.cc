// GET /events: the feed as a stream, from a cursor, and its end when changes would be missed.
#include "tests/unit/net/edges/api_fixture.h"

namespace aura::net {
namespace {

// An event stream into a string.
class StreamExchange final : public Exchange {
 public:
  class Sink final : public EventSink {
   public:
    bool send(std::string part) override {
      text += part;
      return open;
    }
    void close() override { open = false; }
    void on_close(std::function<void()> callback) override { closed = std::move(callback); }
    bool wait_for_room(std::function<void()>) override { return false; }
    std::string text;
    bool open = true;
    std::function<void()> closed;
  };
  void reply(Response response) override { answer = std::move(response); }
  std::shared_ptr<EventSink> stream(Response) override { return sink; }
  Response answer;
  std::shared_ptr<Sink> sink = std::make_shared<Sink>();
};

TEST_F(ApiTest, EventsFollowTheFeedFromACursor) {
  auto exchange = std::make_shared<StreamExchange>();
  auto get = [&](const std::string& query, const char* last_id) {
    Request request;
    request.target = "/api/v1/workspaces/" + format_id(IdType::workspace, engine_.workspace_id) +
                     "/events" + query;
    request.headers.add("Authorization", "Bearer good_key");
    if (last_id != nullptr) request.headers.add("Last-Event-ID", last_id);
    serve(router_, std::move(request), Responder(exchange));
  };
  get("?after=4", nullptr);
  EXPECT_EQ(engine_.followed_after, 4u);
  get("?after=4", "9");
  EXPECT_EQ(engine_.followed_after, 9u);
  Change change;
  change.cursor = 10;
  change.event.set_type("message.created");
  change.event.mutable_message()->set_text("a\nb");
  EXPECT_TRUE(engine_.on_change(change));
  EXPECT_NE(exchange->sink->text.find("id: 10\nevent: message.created\ndata: {\"type\":"),
            std::string::npos)
      << exchange->sink->text;
  EXPECT_GE(engine_.subscriptions, 1);
  exchange->sink->open = false;
  EXPECT_FALSE(engine_.on_change(change));
  const int before = engine_.subscriptions;
  exchange->sink->closed();
  EXPECT_EQ(engine_.subscriptions, before - 1);
  get("?after=x", nullptr);
  EXPECT_EQ(exchange->answer.status, 400);
}

TEST_F(ApiTest, AStreamThatMissesChangesEndsOrDoesNotBegin) {
  auto exchange = std::make_shared<StreamExchange>();
  const auto get = [&](const char* last_id) {
    Request request;
    request.target =
        "/api/v1/workspaces/" + format_id(IdType::workspace, engine_.workspace_id) + "/events";
    request.headers.add("Authorization", "Bearer good_key");
    request.headers.add("Last-Event-ID", last_id);
    serve(router_, std::move(request), Responder(exchange));
  };
  engine_.oldest_kept = 5;
  get("4");
  EXPECT_EQ(exchange->answer.status, 410);
  EXPECT_NE(exchange->answer.body.find("problems/cursor-gone"), std::string::npos);
  EXPECT_TRUE(engine_.asked.empty());
  get("5");
  EXPECT_TRUE(exchange->sink->open);
  engine_.on_lost();
  EXPECT_FALSE(exchange->sink->open) << "the client comes back with its cursor";
}

}  // namespace
}  // namespace aura::net
