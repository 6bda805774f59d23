// The REST API over an engine in memory, without sockets.
#pragma once

#include <gtest/gtest.h>

#include "fake_engine.h"
#include "net/api/rest_api.h"
#include "net/json.h"
#include "tests/unit/net/serve.h"

namespace aura::net {

class ApiTest : public testing::Test {
 protected:
  ApiTest() : api_({engine_, engine_, engine_, engine_}) { api_.add_routes(router_); }

  Response send(Method method, const std::string& path, std::string body = {},
                std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    request.method = method;
    request.target =
        "/api/v1/workspaces/" + format_id(IdType::workspace, engine_.workspace_id) + path;
    request.headers.add("Authorization", "Bearer good_key");
    for (const auto& [name, value] : headers) request.headers.set(name, value);
    request.body = std::move(body);
    return dispatch(std::move(request));
  }

  Response dispatch(Request request) {
    Response out;
    out.status = 0;
    serve(router_, std::move(request), Responder([&](Response r) { out = std::move(r); }));
    return out;
  }

  // Expects a problem with this status whose errors[0].pointer is `pointer` (empty: none).
  void expect_problem(const Response& response, int status, const std::string& pointer = {}) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
    const auto json = parse_json(response.body);
    ASSERT_TRUE(json.has_value()) << response.body;
    EXPECT_EQ((*json)["status"].GetInt(), status);
    EXPECT_TRUE(std::string((*json)["type"].GetString()).starts_with("https://aura-de-mer.dev/"));
    EXPECT_TRUE(json->HasMember("title"));
    if (pointer.empty()) return;
    ASSERT_TRUE(json->HasMember("errors")) << response.body;
    EXPECT_EQ((*json)["errors"][0]["pointer"].GetString(), pointer);
    EXPECT_NE(std::string((*json)["detail"].GetString()).find(pointer.substr(1)),
              std::string::npos);
  }

  static std::string id(IdType type) { return format_id(type, derived_id({"x"})); }

  FakeEngine engine_;
  Router router_;
  RestApi api_;
};

}  // namespace aura::net
