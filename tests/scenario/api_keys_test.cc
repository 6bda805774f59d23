// The life of an API key on fake time: used, expired, revoked.
#include "actors/access/api_key.h"
#include "tests/scenario/steering_fixture.h"

namespace aura::test {
namespace {

constexpr Millis kHour = 3'600'000;

class ApiKeysTest : public SteeringTest {
 protected:
  api::ApiKey make(const api::ApiKeyInput& input, const MaybeIdempotency& once = {}) {
    return world_
        ->ask<api::ApiKey>([&](auto reply) {
          operations_->create_api_key(workspace_, input, once, std::move(reply));
        })
        .value_or(api::ApiKey());
  }
  Errc revoke(const std::string& id) {
    const auto done = world_->ask<std::monostate>([&](auto reply) {
      operations_->revoke_api_key(workspace_, *parse_id(IdType::api_key, id), std::move(reply));
    });
    return done ? Errc::ok : done.error().code;
  }
  api::ApiKey listed(const std::string& id) {
    const auto list = world_->ask<List<api::ApiKey>>(
        [&](auto reply) { operations_->api_keys(workspace_, {}, std::move(reply)); });
    for (const auto& key : list.value().data)
      if (key.id() == id) return key;
    return {};
  }
  std::optional<KeyGrant> use(const api::ApiKey& key) {
    auto grant = world_->host().access().grant_of(key.api_key()).value();
    world_->settle();
    return grant;
  }
  static api::ApiKeyInput named(const char* name) {
    api::ApiKeyInput input;
    input.set_name(name);
    return input;
  }
};

TEST_F(ApiKeysTest, ItsUseIsNotedOnceAnHour) {
  const api::ApiKey key = make(named("till"));
  EXPECT_FALSE(listed(key.id()).has_last_used_at());
  const Millis first = clock_.now_ms();
  EXPECT_EQ(use(key)->workspace, workspace_);
  EXPECT_EQ(listed(key.id()).last_used_at(), first);
  clock_.advance(std::chrono::minutes(59));
  (void)use(key);
  EXPECT_EQ(listed(key.id()).last_used_at(), first);
  clock_.advance(std::chrono::minutes(2));
  (void)use(key);
  EXPECT_EQ(listed(key.id()).last_used_at(), first + 61 * kHour / 60);
}

TEST_F(ApiKeysTest, AnExpiredOneOpensNothing) {
  auto input = named("guest");
  input.set_expires_in_days(2);
  input.set_scope(api::API_KEY_SCOPE_READ);
  const api::ApiKey key = make(input);
  EXPECT_TRUE(use(key)->read_only);
  clock_.advance(std::chrono::hours(47));
  EXPECT_TRUE(use(key));
  clock_.advance(std::chrono::hours(2));
  EXPECT_FALSE(use(key));
  EXPECT_EQ(listed(key.id()).name(), "guest") << "it is still listed";
}

TEST_F(ApiKeysTest, ARevokedOneStaysRevoked) {
  const api::ApiKey key = make(named("lost"));
  EXPECT_TRUE(use(key));
  EXPECT_EQ(revoke(key.id()), Errc::ok);
  clock_.advance(std::chrono::hours(2));  // a use would be noted again now
  EXPECT_FALSE(use(key));
  EXPECT_EQ(revoke(key.id()), Errc::not_found);
  start_again();
  EXPECT_FALSE(use(key));
}

TEST_F(ApiKeysTest, TheSameRequestGetsTheSameKeyAgain) {
  const Idempotency once{std::string(32, 'k'), std::string(32, 'b')};
  const api::ApiKey key = make(named("till"), once);
  EXPECT_FALSE(key.api_key().empty());
  EXPECT_EQ(make(named("till"), once).api_key(), key.api_key());
}

}  // namespace
}  // namespace aura::test
