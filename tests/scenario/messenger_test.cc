// Stories of Messenger and Instagram with the whole engine: what Meta is told when a channel goes,
// and what Meta asks for a person.
#include "tests/scenario/meta_story.h"

namespace aura::test {
namespace {

TEST_F(MetaStory, APageThatIsDisconnectedSendsNoMoreEvents) {
  disconnect(page_);
  const auto told = graph_.of("DELETE", "/1029384756/subscribed_apps");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(graph_.calls.back().headers.front().second, "Bearer EAATESTTOKEN0001");
}

TEST_F(MetaStory, TheLinkedAccountKeepsThePagesSubscription) {
  const Id linked = connect_linked();
  disconnect(page_);
  EXPECT_TRUE(graph_.of("DELETE", "").empty());
  disconnect(linked);
  EXPECT_EQ(graph_.of("DELETE", "/1029384756/subscribed_apps").size(), 1u);
}

TEST_F(MetaStory, WhoConnectedThePageTakesTheAccessBack) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  const auto ask = [&](Millis at) {
    return world_->ask<std::monostate>(
        [&](auto reply) { requests.disconnect(of_owner(at), std::move(reply)); });
  };
  ASSERT_TRUE(ask(clock_.now_ms() - 3'600'000).has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE) << "of before this token";
  text("7001112223", "m_1");
  ASSERT_TRUE(ask(clock_.now_ms()).has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  EXPECT_NE(channel(page_).error().find("connect it again"), std::string::npos);
  EXPECT_EQ(contacts(), 1u) << "nobody is erased";
  graph_.calls.clear();
  pass(2 * 3'600'000);
  EXPECT_TRUE(graph_.calls.empty()) << "the token is not there any more";
}

TEST_F(MetaStory, APersonIsErasedOnceAndAskedAboutByACode) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  text("7001112223", "m_1");
  text("7001112224", "m_2");
  ASSERT_EQ(contacts(), 2u);
  const PersonRequest person{"7001112223", {}, clock_.now_ms()};
  const auto erase = [&] {
    return world_->ask<std::string>([&](auto reply) { requests.erase(person, std::move(reply)); });
  };
  const auto state_of = [&](const std::string& code) { return requests.state_of(code).value(); };
  EXPECT_FALSE(state_of(requests.code_of(person)).has_value());
  const auto code = erase();
  ASSERT_TRUE(code.has_value()) << code.error().detail;
  EXPECT_EQ(contacts(), 1u) << "the other stays";
  ASSERT_TRUE(state_of(*code).has_value());
  const Millis done = state_of(*code)->completed_at;
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE);
  pass(60'000);
  EXPECT_EQ(erase().value(), *code) << "asked again, the same answer";
  EXPECT_EQ(state_of(*code)->completed_at, done);
  world_->reader_seam().fails = storage::Family::meta;
  EXPECT_EQ(requests.state_of(*code).error().code, Errc::io);
  EXPECT_EQ(erase().error().code, Errc::io);
}

TEST_F(MetaStory, AnErasureOfWhomWeDoNotKnowIsDone) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  const auto code = world_->ask<std::string>([&](auto reply) {
    requests.erase({"1", {}, clock_.now_ms()}, std::move(reply));
  });
  EXPECT_TRUE(requests.state_of(code.value()).value().has_value());
}

TEST_F(MetaStory, TheOwnersErasureTakesTheAccessToo) {
  StoredPersonRequests requests(world_->services(), world_->host().commands());
  ASSERT_TRUE(world_
                  ->ask<std::string>([&](auto reply) {
                    requests.erase(of_owner(clock_.now_ms()), std::move(reply));
                  })
                  .has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
}

TEST_F(MetaStory, ANewContactsNameIsAskedForOnce) {
  graph_.profile = R"({"first_name":"Ada","last_name":"L","id":"7001112223"})";
  text("7001112223", "m_1");
  pass(500);
  EXPECT_EQ(name_of(page_, "7001112223"), "Ada L");
  text("7001112223", "m_2");
  pass(500);
  EXPECT_EQ(graph_.of("GET", "/7001112223?fields=first_name,last_name").size(), 1u);
}

TEST_F(MetaStory, WithoutPermissionTheContactIsNameless) {
  text("7001112223", "m_1");
  pass(500);
  EXPECT_EQ(graph_.of("GET", "/7001112223?fields=").size(), 1u);
  EXPECT_EQ(name_of(page_, "7001112223"), "");
  EXPECT_EQ(messages(page_, "7001112223").size(), 1u);
}

TEST_F(MetaStory, ANameThatWasNotToldIsAskedForWithALaterMessage) {
  text("7001112223", "m_1");
  pass(500);
  graph_.profile = R"({"first_name":"Ada","last_name":"L","id":"7001112223"})";
  text("7001112223", "m_2");
  pass(500);
  EXPECT_EQ(name_of(page_, "7001112223"), "") << "asked a moment ago";
  pass(60'000);
  text("7001112223", "m_3");
  pass(500);
  EXPECT_EQ(name_of(page_, "7001112223"), "Ada L");
  pass(60'000);
  text("7001112223", "m_4");
  pass(500);
  EXPECT_EQ(graph_.of("GET", "/7001112223?fields=first_name,last_name").size(), 2u);
}

TEST_F(MetaStory, WhoNeverTellsTheirNameIsAskedForEverMoreRarely) {
  for (int i = 0; i < 60; ++i) {
    text("7001112223", "m_" + std::to_string(i));
    pass(60'000);
  }
  EXPECT_LE(graph_.of("GET", "/7001112223?fields=").size(), 6u);
}

TEST_F(MetaStory, ManyNewContactsAreAskedForOneAfterTheOther) {
  graph_.profile = R"({"first_name":"Ada"})";
  for (int i = 0; i < 5; ++i) text("700111222" + std::to_string(i), "m_" + std::to_string(i));
  EXPECT_EQ(graph_.of("GET", "?fields=first_name").size(), 1u);
  pass(200);
  EXPECT_EQ(graph_.of("GET", "?fields=first_name").size(), 2u);
  for (int i = 0; i < 10; ++i) pass(200);
  EXPECT_EQ(graph_.of("GET", "?fields=first_name").size(), 5u);
}

TEST_F(MetaStory, ALimitOfTheAppPausesItsOtherPages) {
  const Id other = connect_page("1029384757");
  text("7001112223", "m_1");
  text("7001112224", "m_2", "1029384757");
  graph_.answer = answer_of(400, R"({"error":{"code":4}})");
  send(page_, "7001112223");
  graph_.answer.reset();
  graph_.calls.clear();
  send(other, "7001112224");
  EXPECT_TRUE(graph_.of("POST", "/messages").empty()) << "calls lengthen the throttle";
  for (const Id& one : {page_, other}) {
    EXPECT_EQ(channel(one).status(), api::CHANNEL_STATUS_RATE_LIMITED);
    EXPECT_FALSE(channel(one).error().empty());
  }
  for (int i = 0; i < 70; ++i) pass(5000);
  EXPECT_EQ(graph_.of("POST", "/messages").size(), 2u);
  for (const Id& one : {page_, other}) {
    EXPECT_EQ(channel(one).status(), api::CHANNEL_STATUS_ACTIVE);
    EXPECT_FALSE(channel(one).has_error());
  }
}

// Vector of the page on Messenger: 19 minutes.
TEST_F(MetaStory, AUsedUpAllowanceShowsUntilItIsThereAgain) {
  text("7001112223", "m_1");
  graph_.answer = answer_of(200, R"({"recipient_id":"7001112223","message_id":"m_out"})");
  graph_.answer->headers = {
      {"X-Business-Use-Case-Usage",
       R"({"1":[{"type":"messenger","call_count":100,"total_cputime":3,"total_time":4,"estimated_time_to_regain_access":19}]})"}};
  send(page_, "7001112223");
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RATE_LIMITED);
  api::ChannelInput on;
  on.set_status(api::CHANNEL_SWITCH_ACTIVE);
  ASSERT_TRUE(world_
                  ->ask<api::Channel>([&](auto reply) {
                    world_->host().commands().update_channel(workspace_, page_, on,
                                                             std::move(reply));
                  })
                  .has_value());
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RATE_LIMITED) << "as it is";
  for (int i = 0; i < 19 * 6 - 1; ++i) pass(10'000);
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RATE_LIMITED);
  for (int i = 0; i < 3; ++i) pass(10'000);
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE);
}

TEST_F(MetaStory, ACallThatWasCutOffShowsAtOnce) {
  text("7001112223", "m_1");
  graph_.answer = answer_of(0, {});
  graph_.answer->error = Errc::timeout;
  graph_.answer->maybe_sent = true;
  send(page_, "7001112223");
  auto shown = messages(page_, "7001112223").back();
  EXPECT_EQ(shown.status(), api::MESSAGE_STATUS_QUEUED);
  ASSERT_EQ(shown.attempts_size(), 1);
  EXPECT_EQ(shown.attempts(0).outcome(), "unknown");
  EXPECT_TRUE(shown.attempts(0).has_next_try_at());
  graph_.answer.reset();
  for (int i = 0; i < 8; ++i) pass(5000);
  shown = messages(page_, "7001112223").back();
  EXPECT_EQ(shown.status(), api::MESSAGE_STATUS_SENT);
  ASSERT_EQ(shown.attempts_size(), 2) << "each call once";
  EXPECT_EQ(shown.attempts(0).outcome(), "unknown");
  EXPECT_EQ(shown.attempts(1).outcome(), "sent");
  EXPECT_EQ(shown.attempts(1).number(), 2u);
}

// Meta's 190 may be a passing fault of its own.
TEST_F(MetaStory, ATokenThatIsRefusedOnceIsTriedAgain) {
  text("7001112223", "m_1");
  graph_.answer = answer_of(401, R"({"error":{"code":190}})");
  send(page_, "7001112223");
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE);
  graph_.answer.reset();
  pass(1000);
  auto shown = messages(page_, "7001112223").back();
  EXPECT_EQ(shown.status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(shown.attempts_size(), 2);
  graph_.answer = answer_of(401, R"({"error":{"code":190}})");
  send(page_, "7001112223");
  pass(1000);
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  shown = messages(page_, "7001112223").back();
  EXPECT_EQ(shown.status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(shown.attempts_size(), 2);
}

TEST_F(MetaStory, ABlockedPageIsRestrictedUntilItIsLifted) {
  text("7001112223", "m_1");
  graph_.answer = answer_of(400, R"({"error":{"code":368}})");
  send(page_, "7001112223");
  graph_.answer.reset();
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_RESTRICTED);
  EXPECT_EQ(messages(page_, "7001112223").back().status(), api::MESSAGE_STATUS_QUEUED);
  pass(1000);
  auto items = net::slice_meta_body(
      R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"recipient":{"id":"1029384756"},"timestamp":)" +
      std::to_string(clock_.now_ms()) + R"(,"policy_enforcement":{"action":"unblock"}}]}]})");
  world_->host().ingress().accept(std::move(*items), [](Errc) {});
  world_->settle();
  pass(2000);
  EXPECT_EQ(channel(page_).status(), api::CHANNEL_STATUS_ACTIVE);
  EXPECT_EQ(messages(page_, "7001112223").back().status(), api::MESSAGE_STATUS_SENT);
}

// Instagram's echoes of what our app sends carry our app id, but no metadata.
TEST_F(MetaStory, AnEchoOfOurAppThatIsNoneOfOurMessagesIsAPersons) {
  const Id account = connect_linked();
  instagram(R"("sender":{"id":"684"},"recipient":{"id":"17841400000000001"})",
            R"({"mid":"i_1","text":"hello"})");
  const auto echo = [&](const std::string& mid, const std::string& words) {
    instagram(
        R"("sender":{"id":"17841400000000001"},"recipient":{"id":"684"})",
        R"({"mid":")" + mid + R"(","text":")" + words + R"(","is_echo":true,"app_id":"app"})");
  };
  const api::Message ours = send(account, "684");
  echo(messages(account, "684").back().external_id(), "Hi!");
  echo("i_other", "Written by another program of ours");
  EXPECT_EQ(messages(account, "684").size(), 2u) << "ours may have been sent a moment ago";
  for (int i = 0; i < 60; ++i) pass(100);
  const auto all = messages(account, "684");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const api::Message& one) {
    return one.external_id() == "i_other" && one.author() == api::AUTHOR_MEMBER;
  }));
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
}

TEST_F(MetaStory, AnEchoWithoutOurIdsBeforeTheAnswerIsNotAPersons) {
  text("7001112223", "m_1");
  graph_.hold = true;
  const api::Message ours = send(page_, "7001112223");
  const auto echo = [&](const std::string& mid) {
    auto items = net::slice_meta_body(
        R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"sender":{"id":"1029384756"},"recipient":{"id":"7001112223"},"timestamp":)" +
        std::to_string(clock_.now_ms()) + R"(,"message":{"is_echo":true,"mid":")" + mid +
        R"(","text":"Hi!"}}]}]})");
    world_->host().ingress().accept(std::move(*items), [](Errc) {});
    world_->settle();
  };
  const auto call = std::find_if(
      graph_.calls.begin(), graph_.calls.end(),
      [](const ProviderCall& one) { return one.body.find("Hi!") != std::string::npos; });
  ASSERT_NE(call, graph_.calls.end());
  echo("m_out" + std::to_string(call - graph_.calls.begin()));
  graph_.release();
  pass(500);
  EXPECT_EQ(messages(page_, "7001112223").size(), 2u);
  echo("m_elsewhere");
  EXPECT_EQ(messages(page_, "7001112223").size(), 3u) << "nothing is being sent: a person wrote it";
}

// A person answers from the Page's inbox while the AI's answer is on its way: the AI stops at once.
TEST_F(MetaStory, AnEchoFromTheInboxIsAPersonsWhateverIsBeingSent) {
  text("7001112223", "m_1");
  graph_.hold = true;
  send(page_, "7001112223");
  for (const char* app : {"263902037430900", "some_other_app"}) {
    const std::size_t before = messages(page_, "7001112223").size();
    auto items = net::slice_meta_body(
        R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"sender":{"id":"1029384756"},"recipient":{"id":"7001112223"},"timestamp":)" +
        std::to_string(clock_.now_ms()) + R"(,"message":{"is_echo":true,"app_id":")" + app +
        R"(","mid":"m_inbox)" + app + R"(","text":"Person here"}}]}]})");
    world_->host().ingress().accept(std::move(*items), [](Errc) {});
    world_->settle();
    EXPECT_EQ(messages(page_, "7001112223").size(), before + 1) << app << ": shown at once";
  }
  graph_.release();
}

TEST_F(MetaStory, NobodySeesTypingBelowAPublicComment) {
  begin(std::chrono::milliseconds(100));
  auto items = net::slice_meta_body(
      R"({"object":"page","entry":[{"id":"1029384756","time":1790000000,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_3","post_id":"1_2","parent_id":"1_2","from":{"id":"700","name":"Ada"},"message":"When are you open?","created_time":1790000000}}]}]})");
  graph_.calls.clear();
  world_->host().ingress().accept(std::move(*items), [](Errc) {});
  world_->settle();
  for (int i = 0; i < 10; ++i) pass(500);
  EXPECT_EQ(contacts(), 1u);
  for (const auto& call : graph_.calls)
    EXPECT_EQ(call.body.find("sender_action"), std::string::npos) << call.body;
}

// Who got a private reply may be named by another id than the comment's author was.
TEST_F(MetaStory, AReadOfOurMessageFindsItWhoeverItNames) {
  const Id account = connect_linked();
  instagram(R"("sender":{"id":"6841"},"recipient":{"id":"17841400000000001"})",
            R"({"mid":"m1","text":"hello"})");
  send(account, "6841");
  const auto external = messages(account, "6841").back().external_id();
  ASSERT_FALSE(external.empty());
  auto items = net::slice_meta_body(
      R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,"messaging":[{"sender":{"id":"9999"},"recipient":{"id":"17841400000000001"},"timestamp":)" +
      std::to_string(clock_.now_ms()) + R"(,"read":{"mid":")" + external + R"("}}]}]})");
  world_->host().ingress().accept(std::move(*items), [](Errc) {});
  world_->settle();
  EXPECT_EQ(messages(account, "6841").back().status(), api::MESSAGE_STATUS_READ);
  EXPECT_EQ(contacts(), 1u);
}

// Vector of the page on data deletion.
TEST(ErasureCode, IsTheSameForTheSameRequestAndTellsNothing) {
  EXPECT_EQ(erasure_code("status_code_key", {"218471000000001", {}, 1'790'000'000'000}),
            "DR9379751E68217405");
}

// A reaction to a message that was never received belongs to whoever reacted, although others
// wait for the same id.
TEST_F(MetaStory, AReactionToAnUnknownMessageStaysWithItsPerson) {
  for (const char* person : {"7001112223", "7001112224"}) {
    auto items = net::slice_meta_body(
        R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"sender":{"id":")" +
        std::string(person) + R"("},"recipient":{"id":"1029384756"},"timestamp":)" +
        std::to_string(clock_.now_ms()) +
        R"(,"reaction":{"mid":"m_x","action":"react","reaction":"love"}}]}]})");
    world_->host().ingress().accept(std::move(*items), [](Errc) {});
    world_->settle();
  }
  EXPECT_EQ(contacts(), 2u);
}

}  // namespace
}  // namespace aura::test
