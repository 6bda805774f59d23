// Floods of wrong keys: how many an address may try, at both doors.
#include "net/api/wrong_keys.h"

#include "api_fixture.h"
#include "runtime/clock.h"
#include "runtime/metrics.h"
#include "tests/support/log_pipe.h"

namespace aura::net {
namespace {

class WrongKeysTest : public ApiTest {
 protected:
  WrongKeysTest() {
    RestApi({engine_, engine_, engine_, engine_, nullptr, &wrong_keys_}).add_routes(limited_);
  }
  Response ask(const std::string& key, const std::string& address = "203.0.113.7") {
    Request request;
    request.target = "/api/v1/workspaces/" + format_id(IdType::workspace, engine_.workspace_id);
    request.remote_address = address;
    if (!key.empty()) request.headers.add("Authorization", "Bearer " + key);
    Response out;
    serve(limited_, std::move(request), Responder([&](Response r) { out = std::move(r); }));
    return out;
  }
  // Expects that so many wrong keys are answered 401 and the next one is not.
  void expect_allowed(int times, const std::string& address = "203.0.113.7") {
    for (int i = 0; i < times; ++i) ASSERT_EQ(ask("wrong", address).status, 401) << i;
    expect_problem(ask("wrong", address), 429);
  }

  FakeClock clock_;
  WrongKeys wrong_keys_{clock_};
  Router limited_;
};

TEST_F(WrongKeysTest, AMinutesWorthMayBeTriedThenOneEachSecond) {
  expect_allowed(WrongKeys::kAMinute);
  EXPECT_EQ(ask("wrong").headers.get("Retry-After"), "1");
  clock_.advance(std::chrono::seconds(1));
  expect_allowed(1);
  clock_.advance(std::chrono::minutes(5));
  expect_allowed(WrongKeys::kAMinute);
}

TEST_F(WrongKeysTest, ARightKeyOpensInTheMidstOfAFlood) {
  expect_allowed(WrongKeys::kAMinute);
  EXPECT_EQ(ask("good_key").status, 200);
  expect_problem(ask("wrong"), 429);
}

TEST_F(WrongKeysTest, EachWrongKeyIsCountedAndAFloodIsLogged) {
  auto counter = metrics::counter("aura_wrong_keys_total", "", {{"door", "api"}});
  const auto before = counter.value();
  test::LogPipe log;
  expect_allowed(WrongKeys::kAMinute);
  ask("wrong");
  EXPECT_EQ(counter.value() - before, WrongKeys::kAMinute + 2);
  log.wait_for("wrong_keys_flood");
}

TEST_F(WrongKeysTest, ARequestWithoutAKeyTriesNone) {
  for (int i = 0; i < 2 * WrongKeys::kAMinute; ++i) ASSERT_EQ(ask("").status, 401);
  expect_allowed(WrongKeys::kAMinute);
  EXPECT_EQ(ask("").status, 401);
}

TEST_F(WrongKeysTest, EachAddressHasItsOwnAllowanceAndANetworkOneForAll) {
  expect_allowed(WrongKeys::kAMinute, "203.0.113.7");
  expect_allowed(WrongKeys::kAMinute, "203.0.113.8");
  expect_allowed(WrongKeys::kAMinute, "2001:db8::1");
  EXPECT_EQ(ask("wrong", "2001:db8::ffff:2").status, 429) << "the same network";
  EXPECT_EQ(ask("wrong", "2001:db8:0:1::1").status, 401);
  expect_allowed(WrongKeys::kAMinute, "::ffff:203.0.113.9");
  EXPECT_EQ(ask("wrong", "::ffff:203.0.113.10").status, 401) << "an IPv4 address is one host";
}

}  // namespace
}  // namespace aura::net
