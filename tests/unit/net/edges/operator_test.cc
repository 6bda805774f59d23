// The operator endpoint, and the site's own files.
#include <gtest/gtest.h>

#include "fake_engine.h"
#include "net/json.h"
#include "net/operator/operator_api.h"
#include "net/server/site.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "tests/unit/net/serve.h"

namespace aura::net {
namespace {

class FakeOperations final : public Operations {
 public:
  Health health() const override { return state; }
  void actors(ActorQuery query, Reply<api::ActorList> reply) override {
    asked = query;
    api::ActorList list;
    *list.add_data() = actor_at("/engine");
    *list.add_data() = actor_at("/engine/partitions/1");
    list.mutable_data(1)->set_last_failure("a \"reason\"");
    list.mutable_data(1)->set_activated_at(1'790'000'000'123);
    reply(std::move(list));
  }
  void actor(ActorQuery query, Reply<api::ActorDetail> reply) override {
    asked = query;
    if (query.path.starts_with("/nobody")) return reply(fail(Errc::not_found, "No such actor."));
    api::ActorDetail detail;
    *detail.mutable_actor() = actor_at(query.path);
    reply(std::move(detail));
  }
  void control(ActorOrder order, Reply<std::monostate> reply) override {
    controlled = order.path + " " + std::string(to_string(order.action));
    reply(std::monostate());
  }
  std::unique_ptr<Subscription> trace(const std::string& path,
                                      std::function<bool(const api::TraceEvent&)>) override {
    asked.path = path;
    return nullptr;
  }
  void message_trace(std::optional<Id> workspace, Id, Unmasking unmask,
                     Reply<api::MessageTrace> reply) override {
    asked.workspace = workspace ? format_id(IdType::workspace, *workspace) : "";
    reason = unmask.reason;
    reply(api::MessageTrace());
  }
  void connections(Page, Reply<List<api::ConnectionHealth>> reply) override {
    reply(List<api::ConnectionHealth>());
  }
  void engine(Reply<api::EngineFacts> reply) override { reply(api::EngineFacts()); }
  void api_keys(Id, Page, Reply<List<api::ApiKey>> reply) override {
    List<api::ApiKey> list;
    list.data.emplace_back().set_name("till");
    reply(std::move(list));
  }
  void create_api_key(Id, api::ApiKeyInput input, MaybeIdempotency,
                      Reply<api::ApiKey> reply) override {
    api::ApiKey made;
    made.set_name(input.name());
    made.set_scope(input.scope());
    made.set_api_key("aura_shown_once");
    reply(std::move(made));
  }
  void revoke_api_key(Id, Id, Reply<std::monostate> reply) override { reply(std::monostate()); }
  void note(std::string action, std::string subject, Reply<std::monostate> reply) override {
    audited += action + " " + subject + ";";
    if (!audit_works) return reply(fail(Errc::unavailable, "The audit log takes no entry."));
    reply(std::monostate());
  }
  void audit(std::optional<Id> workspace, Page page, Reply<List<api::AuditEntry>> reply) override {
    if (page.after == "odd")
      return reply(fail(Errc::invalid, "after is not a cursor of this list.", "?after"));
    api::AuditEntry entry;
    entry.set_number(7);
    entry.set_action(workspace ? "item.create" : "log_level.change");
    reply(List<api::AuditEntry>{{entry}, "more"});
  }
  void audit_heads(Reply<List<api::AuditHead>> reply) override {
    reply(List<api::AuditHead>{{api::AuditHead()}, std::nullopt});
  }
  void dead_letters(Page, Reply<List<api::DeadLetter>> reply) override {
    reply(List<api::DeadLetter>{{api::DeadLetter()}, std::nullopt});
  }
  void retry_dead_letter(std::string id, Reply<std::monostate> reply) override {
    answer(id, reply);
  }
  void delete_dead_letter(std::string id, Reply<std::monostate> reply) override {
    answer(id, reply);
  }
  void answer(const std::string& id, const Reply<std::monostate>& reply) {
    if (id == "known") return reply(std::monostate());
    reply(fail(Errc::not_found, "There is no such dead letter."));
  }
  static api::Actor actor_at(const std::string& path) {
    api::Actor actor;
    actor.set_path(path);
    actor.set_kind("engine");
    actor.set_state("running");
    return actor;
  }
  Health state{true, {}};
  ActorQuery asked;
  std::string controlled, reason, audited;
  bool audit_works = true;
};

const char* const kPage = "<style>p{}</style><script>go()</script>";
const Id kWorkspace = new_id(1'790'000'000'000);

class OperatorTest : public testing::Test {
 protected:
  OperatorTest()
      : api_(
            operations_, engine_, wrong_keys_, [this] { return full_; }, "op_token", kPage) {
    api_.add_routes(router_);
  }
  Response send(Method method, const std::string& target, std::string body = {},
                const std::string& authorization = "Bearer op_token",
                const std::string& accept = {}) {
    Request request;
    request.method = method;
    request.target = target;
    request.body = std::move(body);
    if (!authorization.empty()) request.headers.add("Authorization", authorization);
    if (!accept.empty()) request.headers.add("Accept", accept);
    Response out;
    serve(router_, std::move(request), Responder([&](Response r) { out = std::move(r); }));
    return out;
  }
  FakeOperations operations_;
  FakeEngine engine_;
  Router router_;
  bool full_ = false;
  FakeClock clock_;
  WrongKeys wrong_keys_{clock_};
  OperatorApi api_;
};

TEST_F(OperatorTest, TheAuditChainIsReadByPages) {
  const Response page = send(Method::get, "/audit?limit=1");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find(R"("number":7)"), std::string::npos) << page.body;
  EXPECT_NE(page.body.find(R"("workspace_id":null)"), std::string::npos) << page.body;
  EXPECT_NE(page.body.find(R"("next":"more")"), std::string::npos) << page.body;
  EXPECT_NE(send(Method::get, "/audit/heads").body.find("public_key"), std::string::npos);
  EXPECT_EQ(send(Method::get, "/audit?after=odd").status, 400);
  const std::string workspace = format_id(IdType::workspace, kWorkspace);
  EXPECT_NE(send(Method::get, "/audit?workspace=" + workspace).body.find("item.create"),
            std::string::npos);
  EXPECT_EQ(send(Method::get, "/audit?workspace=ws_").status, 400);
  const std::string nobody = format_id(IdType::workspace, Id{});
  EXPECT_EQ(send(Method::get, "/audit?workspace=" + nobody).status, 400) << "the operator's chain";
  EXPECT_EQ(send(Method::get, "/audit", {}, "").status, 401);
}

TEST_F(OperatorTest, ApiKeysAreMadeListedAndRevoked) {
  const std::string keys = "/workspaces/" + format_id(IdType::workspace, kWorkspace) + "/api-keys";
  const std::string one = keys + "/" + format_id(IdType::api_key, kWorkspace);
  EXPECT_NE(send(Method::get, keys).body.find(R"("name":"till")"), std::string::npos);
  const Response made = send(Method::post, keys, R"({"name":"till","scope":"read"})");
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_NE(made.body.find(R"("scope":"read")"), std::string::npos) << made.body;
  EXPECT_NE(made.body.find("aura_shown_once"), std::string::npos);
  for (const char* wrong :
       {"{}", R"({"name":""})", R"({"name":"x","expires_in_days":0})",
        R"({"name":"x","expires_in_days":3651})", R"({"name":"x","scope":"all"})"})
    EXPECT_EQ(send(Method::post, keys, wrong).status, 422) << wrong;
  EXPECT_EQ(send(Method::delete_, one).status, 204);
  EXPECT_EQ(send(Method::delete_, keys + "/nothing").status, 404);
  EXPECT_EQ(send(Method::get, "/workspaces/nothing/api-keys").status, 404);
  EXPECT_EQ(send(Method::get, keys, {}, "").status, 401);
}

TEST_F(OperatorTest, HealthIsOpenTheRestIsNot) {
  EXPECT_EQ(send(Method::get, "/healthz", {}, "").status, 200);
  EXPECT_EQ(send(Method::get, "/readyz", {}, "").status, 200);
  operations_.state = {false, {"journal full"}};
  const Response not_ready = send(Method::get, "/readyz", {}, "");
  EXPECT_EQ(not_ready.status, 503);
  EXPECT_NE(not_ready.body.find(R"("reasons":["journal full"])"), std::string::npos);
  operations_.state = {true, {}};
  full_ = true;
  EXPECT_EQ(send(Method::get, "/readyz", {}, "").status, 503);
  full_ = false;
  for (const auto& [method, target] :
       std::vector<std::pair<Method, std::string>>{{Method::get, "/metrics"},
                                                   {Method::get, "/actors"},
                                                   {Method::get, "/actors/engine"},
                                                   {Method::post, "/actors/engine/restart"},
                                                   {Method::get, "/dead-letters"},
                                                   {Method::post, "/dead-letters/known/retry"},
                                                   {Method::delete_, "/dead-letters/known"},
                                                   {Method::post, "/workspaces"},
                                                   {Method::get, "/log-level"},
                                                   {Method::put, "/log-level"}}) {
    for (const char* wrong : {"", "Bearer nope", "op_token", "Bearer op_token2"}) {
      const Response response = send(method, target, "{}", wrong);
      EXPECT_EQ(response.status, 401) << target;
      EXPECT_TRUE(response.headers.contains("WWW-Authenticate"));
    }
  }
  EXPECT_TRUE(engine_.asked.empty());
}

TEST_F(OperatorTest, AnEmptyTokenOpensNothing) {
  Router router;
  OperatorApi api(
      operations_, engine_, wrong_keys_, [] { return false; }, "", kPage);
  api.add_routes(router);
  Request request;
  request.target = "/metrics";
  request.headers.add("Authorization", "Bearer ");
  int status = 0;
  serve(router, std::move(request), Responder([&](const Response& r) { status = r.status; }));
  EXPECT_EQ(status, 401);
}

TEST_F(OperatorTest, AFloodOfWrongTokensIsSlowedTheRightOneIsNot) {
  for (int i = 0; i < WrongKeys::kAMinute; ++i)
    ASSERT_EQ(send(Method::get, "/actors", {}, "Bearer nope").status, 401) << i;
  for (const char* route : {"/actors", "/metrics"}) {
    const Response slowed = send(Method::get, route, {}, "Bearer nope");
    EXPECT_EQ(slowed.status, 429) << route;
    EXPECT_TRUE(slowed.headers.contains("Retry-After"));
    EXPECT_EQ(send(Method::get, route).status, 200);
  }
}

TEST_F(OperatorTest, Metrics) {
  metrics::counter("aura_operator_test_total", "Made by a test").add();
  const Response response = send(Method::get, "/metrics");
  EXPECT_EQ(response.headers.get("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_NE(response.body.find("\naura_operator_test_total "), std::string::npos);
}

TEST_F(OperatorTest, Actors) {
  const std::string workspace = format_id(IdType::workspace, kWorkspace);
  const Response all = send(Method::get, "/actors?depth=2&kind=engine&workspace=" + workspace +
                                             "&sort=busy&limit=5&state=running&q=x");
  const auto json = parse_json(all.body);
  ASSERT_TRUE(json.has_value()) << all.body;
  EXPECT_EQ((*json)["data"].Size(), 2u);
  EXPECT_TRUE((*json)["data"][0]["last_failure"].IsNull());
  EXPECT_STREQ((*json)["data"][1]["activated_at"].GetString(), "2026-09-21T14:13:20.123Z");
  EXPECT_EQ(operations_.asked.depth, 2);
  EXPECT_EQ(operations_.asked.workspace, workspace);
  EXPECT_EQ(operations_.asked.sort, "busy");
  EXPECT_EQ(operations_.asked.state, "running");
  EXPECT_EQ(operations_.asked.text, "x");
  EXPECT_EQ(operations_.asked.limit, 5u);
  EXPECT_NE(send(Method::get, "/actors/engine/").body.find(R"("path":"/engine")"),
            std::string::npos);
  EXPECT_EQ(send(Method::get, "/actors/nobody").status, 404);
}

TEST_F(OperatorTest, WrongParametersAreNamed) {
  const std::string channel = format_id(IdType::channel, kWorkspace);
  for (const auto& [query, name] :
       std::vector<std::pair<std::string, std::string>>{{"sort=age2", "sort"},
                                                        {"depth=x", "depth"},
                                                        {"depth=-1", "depth"},
                                                        {"limit=0", "limit"},
                                                        {"state=asleep", "state"},
                                                        {"kind=conversations", "kind"},
                                                        {"after=zz", "after"},
                                                        {"path=/engine/a&after=/engine/b", "after"},
                                                        {"workspace=" + channel, "workspace"},
                                                        {"conversation=cv_1", "conversation"},
                                                        {"q=" + std::string(300, 'q'), "q"}}) {
    const Response refused = send(Method::get, "/actors?" + query);
    EXPECT_EQ(refused.status, 400) << query;
    EXPECT_EQ(refused.headers.get("Content-Type"), "application/problem+json");
    EXPECT_NE(refused.body.find("\"detail\":\"" + name + " must"), std::string::npos)
        << refused.body;
  }
}

TEST_F(OperatorTest, UnknownParametersAreRefused) {
  for (const char* list : {"/actors", "/audit", "/dead-letters", "/connections"}) {
    const Response refused = send(Method::get, std::string(list) + "?limit=1&filter=x");
    EXPECT_EQ(refused.status, 400) << list;
    EXPECT_NE(refused.body.find(R"("parameter":"filter")"), std::string::npos) << refused.body;
  }
}

TEST_F(OperatorTest, APathMayComeWithItsSlashesEncoded) {
  const std::string path = "/engine/partitions/17/workspaces/ws_x";
  for (const char* target : {"/actors/engine/partitions/17/workspaces/ws_x",
                             "/actors/%2Fengine%2Fpartitions%2F17%2Fworkspaces%2Fws_x",
                             "/actors/engine%2Fpartitions/17/workspaces%2Fws_x/"}) {
    operations_.asked.path.clear();
    EXPECT_EQ(send(Method::get, target).status, 200) << target;
    EXPECT_EQ(operations_.asked.path, path);
  }
  EXPECT_EQ(send(Method::post, "/actors/%2Fengine%2Fa/restart").status, 202);
  EXPECT_EQ(operations_.controlled, "/engine/a restart");
  EXPECT_EQ(send(Method::get, "/actors/engine/a/trace").status, 404);
  EXPECT_EQ(operations_.asked.path, "/engine/a");
}

TEST_F(OperatorTest, ActorsAreControlled) {
  for (const std::string_view action : kActorActions) {
    EXPECT_EQ(send(Method::post, "/actors/engine/a/" + std::string(action)).status, 202);
    EXPECT_EQ(operations_.controlled, "/engine/a " + std::string(action));
    const Response got = send(Method::get, "/actors/engine/a/" + std::string(action));
    EXPECT_EQ(got.status, 405);
    EXPECT_EQ(got.headers.get("Allow"), "POST");
  }
  EXPECT_EQ(send(Method::post, "/actors/engine/a/explode").status, 404);
  EXPECT_EQ(send(Method::post, "/actors/restart").status, 404);
}

TEST_F(OperatorTest, TheStoryOfAMessageShowsItsTextForAReasonOnly) {
  const std::string path = "/messages/" + format_id(IdType::message, kWorkspace) + "/trace";
  EXPECT_EQ(send(Method::get, path).status, 200);
  EXPECT_EQ(operations_.reason, "");
  EXPECT_EQ(send(Method::get, path + "?unmask=true").status, 400);
  EXPECT_EQ(send(Method::get, path + "?unmask=yes&reason=x").status, 400);
  EXPECT_EQ(send(Method::get, path + "?unmask=true&reason=%20%09").status, 400);
  EXPECT_EQ(send(Method::get, path + "?foo=1").status, 400);
  EXPECT_EQ(send(Method::get, path + "?unmask=true&reason=Pr%FCfung").status, 400);
  EXPECT_EQ(operations_.reason, "") << "an audit entry must stay readable";
  EXPECT_EQ(send(Method::get, path + "?unmask=true&reason=a%20complaint").status, 200);
  EXPECT_EQ(operations_.reason, "a complaint");
  EXPECT_EQ(send(Method::get, "/messages/msg_1/trace").status, 404);
}

TEST_F(OperatorTest, ABrowserGetsAPageThatHoldsNothingSecret) {
  for (const char* target : {"/", "/actors", "/actors/engine"}) {
    const Response page = send(Method::get, target, {}, "", "text/html,*/*");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.headers.get("Content-Type").starts_with("text/html"));
    EXPECT_EQ(page.body, kPage);
    const auto policy = page.headers.get("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'; style-src 'sha256-"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
  }
}

TEST_F(OperatorTest, WhatIsNotInTheAuditLogIsNotDone) {
  const auto before = log::level();
  operations_.audit_works = false;
  EXPECT_EQ(send(Method::put, "/log-level", R"({"level":"debug"})").status, 503);
  EXPECT_EQ(log::level(), before);
  EXPECT_EQ(operations_.audited, "log_level.change debug;");
}

TEST_F(OperatorTest, DeadLettersWorkspacesAndLogLevel) {
  EXPECT_EQ(send(Method::get, "/dead-letters").status, 200);
  EXPECT_EQ(send(Method::post, "/dead-letters/known/retry").status, 202);
  EXPECT_EQ(send(Method::delete_, "/dead-letters/known").status, 204);
  EXPECT_EQ(send(Method::delete_, "/dead-letters/unknown").status, 404);
  const Response made = send(Method::post, "/workspaces", R"({"name":"Café","currency":"EUR"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.body, R"({"workspace_id":"ws_1","api_key":"key_1"})");
  EXPECT_EQ(send(Method::post, "/workspaces", "{}").status, 422);
  EXPECT_EQ(send(Method::post, "/workspaces", "nope").status, 400);
  const auto before = log::level();
  EXPECT_EQ(send(Method::put, "/log-level", R"({"level":"debug"})").status, 200);
  EXPECT_EQ(log::level(), log::Level::debug);
  EXPECT_EQ(send(Method::get, "/log-level").body, R"({"level":"debug"})");
  EXPECT_EQ(send(Method::put, "/log-level", R"({"level":"loud"})").status, 422);
  EXPECT_EQ(send(Method::put, "/log-level", R"({"level":5})").status, 422);
  log::set_level(before);
}

TEST(Site, ServesWithValidatorsGzipAndCors) {
  Router router;
  add_site_routes(router, default_site(), [](std::string_view path, const AssetFound& found) {
    if (path != "/widget.js") return found(std::nullopt);
    found(Asset{"text/javascript", "plain", "zipped"});
  });
  auto get = [&](const std::string& path, const char* name = "X", const std::string& value = "x") {
    Request request;
    request.target = path;
    request.headers.add(name, value);
    Response out;
    serve(router, std::move(request), Responder([&](Response r) { out = std::move(r); }));
    return out;
  };
  const Response plain = get("/widget.js");
  EXPECT_EQ(plain.body, "plain");
  EXPECT_EQ(plain.headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(plain.headers.get("Vary"), "Accept-Encoding");
  const std::string tag(plain.headers.get("ETag"));
  EXPECT_EQ(get("/widget.js", "If-None-Match", "\"x\", W/" + tag).status, 304);
  EXPECT_EQ(get("/widget.js", "If-None-Match", "\"x\"").status, 200);
  const Response zipped = get("/widget.js", "Accept-Encoding", "br, gzip;q=0.5");
  EXPECT_EQ(zipped.body, "zipped");
  EXPECT_EQ(zipped.headers.get("Content-Encoding"), "gzip");
  EXPECT_NE(zipped.headers.get("ETag"), tag);
  EXPECT_EQ(get("/widget.js", "Accept-Encoding", "gzip;q=0").body, "plain");
  EXPECT_EQ(get("/demo").status, 404);
}

}  // namespace
}  // namespace aura::net
