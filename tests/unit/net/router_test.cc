#include "net/server/router.h"

#include <gtest/gtest.h>

#include "tests/unit/net/serve.h"

namespace aura::net {
namespace {

class RouterTest : public testing::Test {
 protected:
  void add(Method method, const std::string& pattern) {
    router_.add(method, pattern, [pattern](Request&& q, const Responder& r) {
      std::string text = pattern;
      for (const auto& [name, value] : q.params.items()) text.append(" " + name + "=" + value);
      r.reply(Response::text(200, text));
    });
  }

  Response ask(Method method, const std::string& target) {
    Request request;
    request.method = method;
    request.target = target;
    Response answer;
    serve(router_, std::move(request), Responder([&](Response r) { answer = std::move(r); }));
    return answer;
  }

  Router router_;
};

TEST_F(RouterTest, FindsLiteralsParametersAndTails) {
  add(Method::get, "/");
  add(Method::get, "/ws/{ws}");
  add(Method::get, "/ws/{ws}/items/{id}");
  add(Method::get, "/ws/{ws}/items/best");
  add(Method::get, "/actors/{path*}");
  EXPECT_EQ(ask(Method::get, "/").body, "/");
  EXPECT_EQ(ask(Method::get, "/ws/1?x=/a").body, "/ws/{ws} ws=1");
  EXPECT_EQ(ask(Method::get, "/ws/1/").body, "/ws/{ws} ws=1");
  EXPECT_EQ(ask(Method::get, "/ws/1/items/a%2Fb").body, "/ws/{ws}/items/{id} ws=1 id=a/b");
  EXPECT_EQ(ask(Method::get, "/ws/1/items/best").body, "/ws/{ws}/items/best ws=1");
  EXPECT_EQ(ask(Method::get, "/actors/engine/partitions/17").body,
            "/actors/{path*} path=engine/partitions/17");
  for (const char* const nothing :
       {"/ws", "/ws//items/1", "/ws/1/items", "/ws/1/x", "/wsx/1", "*", "//", "/ws/1/items/2/3"}) {
    EXPECT_EQ(ask(Method::get, nothing).status, 404) << nothing;
  }
}

TEST_F(RouterTest, NamesTheMethodsItTakes) {
  add(Method::get, "/items");
  add(Method::post, "/items");
  const Response wrong = ask(Method::delete_, "/items");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.get("Allow"), "GET, HEAD, POST");
  EXPECT_EQ(ask(Method::options, "/items").status, 204);
  EXPECT_EQ(ask(Method::head, "/items").status, 200);
  EXPECT_EQ(ask(Method::other, "/items").status, 405);
}

TEST_F(RouterTest, AnAddressMustBeText) {
  add(Method::get, "/ws/{ws}");
  EXPECT_EQ(ask(Method::get, "/ws/1?title=Pr%C3%BCfung").status, 200);
  for (const char* target : {"/ws/1?title=%FF", "/ws/%FF", "/ws/1?%C3", "/ws/1?title=\xff"})
    EXPECT_EQ(ask(Method::get, target).status, 400) << target;
}

TEST_F(RouterTest, RefusesPatternsThatCannotBeMeant) {
  add(Method::get, "/a/{x}");
  EXPECT_THROW(add(Method::get, "/a/{x}"), std::logic_error);
  EXPECT_THROW(add(Method::get, "/a/{y}"), std::logic_error);
  EXPECT_THROW(add(Method::get, "/a/{x*}"), std::logic_error);
  EXPECT_THROW(add(Method::get, "a"), std::logic_error);
}

}  // namespace
}  // namespace aura::net
