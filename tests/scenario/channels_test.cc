// The connection of a channel in the whole engine: the outcome of every call, the provider's news
// about the account, and the life of a token.
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

TEST_F(ChannelsTest, EveryCallIsInTheLogOfItsMessage) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(500), reply_of(200, "x-ok")};
  send("Yes");
  answer();
  ASSERT_EQ(last().attempts_size(), 1) << "it is told while the next try is waited for";
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(last().attempts(0).outcome(), "retry");
  EXPECT_EQ(last().attempts(0).http_status(), 500);
  EXPECT_GT(last().attempts(0).next_try_at(), clock_.now_ms());
  pass(3000);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  ASSERT_EQ(last().attempts_size(), 2);
  EXPECT_EQ(last().attempts(1).number(), 2u);
  EXPECT_EQ(last().attempts(1).provider_id(), "x-ok");
  EXPECT_GE(last().attempts(1).finished_at(), last().attempts(1).started_at());
}

TEST_F(ChannelsTest, ASendThatFailedMidwayGoesOnWhereItStoppedWhenRetriedByHand) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(200, "part-1"), reply_of(400)};
  const api::Message sent = send("one|two");
  answer();
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_EQ(last().error().code(), "refused");
  pass(1);  // a call is known by its part and its time
  const auto again = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().retry_message(
        workspace_, conversation(), *parse_id(IdType::message, sent.id()), {}, std::move(reply));
  });
  ASSERT_TRUE(again.has_value()) << again.error().detail;
  EXPECT_EQ(again->status(), api::MESSAGE_STATUS_QUEUED);
  answer();
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(calls("send"), 3u);
  EXPECT_EQ(provider_.calls.back().body, "two");
  EXPECT_EQ(last().attempts_size(), 3);
}

TEST_F(ChannelsTest, ALimitOfOneContactHoldsNobodyElse) {
  connect();
  deliver({event_of(Kind::message, "m1"), event_of(Kind::message, "m2", "351911")});
  provider_.answers = {reply_of(429, "contact")};
  send("to the first");
  answer();
  send("to the second", "351911");
  answer();
  EXPECT_EQ(messages("351911").back().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_QUEUED);
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_ACTIVE);
  pass(6000);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(ChannelsTest, AReactionOfOursGoesOutAsOne) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  const auto reacted = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().react(workspace_, conversation(),
                                    *parse_id(IdType::message, last().id()), "👍", std::move(reply));
  });
  ASSERT_TRUE(reacted.has_value()) << reacted.error().detail;
  answer();
  ASSERT_EQ(calls("react"), 1u);
  EXPECT_EQ(provider_.calls.back().what, "react 351900 m1");
  EXPECT_EQ(provider_.calls.back().body, "👍");
  EXPECT_EQ(world_->count(Family::outbox), 0u);
  ASSERT_EQ(last().reactions_size(), 1);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_RECEIVED);
}

TEST_F(ChannelsTest, NoticesAboutTheAccountAreKeptWithTheChannelOnce) {
  connect();
  ChannelEvent notice = event_of(Kind::account, "n1", "");
  notice.account = AccountNotice{"template_status", "reminder", "REJECTED", "Too promotional."};
  deliver({notice});
  deliver({notice});
  ASSERT_EQ(channel().notices_size(), 1);
  EXPECT_EQ(channel().notices(0).subject(), "reminder");
  EXPECT_EQ(channel().notices(0).detail(), "Too promotional.");
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_ACTIVE);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
  ChannelEvent gone = event_of(Kind::account, "n2", "");
  gone.account = AccountNotice{"disconnected", "", "", "The number was removed.", true};
  deliver({gone});
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  EXPECT_EQ(channel().error(), "The number was removed.");
  EXPECT_EQ(channel().notices(0).what(), "disconnected");
}

TEST_F(ChannelsTest, ADeadTokenParksWhatGoesOutInOrderUntilThereIsANewOne) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  const auto before = channel_changes();
  provider_.answers = {reply_of(401)};
  send("one");
  answer();
  send("two");
  pass(60'000, 5000);
  EXPECT_EQ(calls("send"), 1u);
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  EXPECT_EQ(channel().error(), "Connect again.");
  EXPECT_EQ(channel_changes(), before + 1) << "the owner is told once";
  deliver({event_of(Kind::message, "m2")});
  EXPECT_EQ(messages().size(), 4u) << "what comes in is kept";
  api::ChannelInput renewed;
  renewed.mutable_credentials()->set_access_token("new");
  (void)world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().update_channel(workspace_, channel_id_, renewed, std::move(reply));
  });
  answer();
  ASSERT_EQ(calls("send"), 3u);
  EXPECT_EQ(provider_.calls[1].body, "one");
  EXPECT_EQ(provider_.calls[2].body, "two");
  EXPECT_EQ(provider_.calls[1].token, "new");
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_ACTIVE);
}

TEST_F(ChannelsTest, NewCredentialsAreAskedAboutBeforeTheyCount) {
  channel_.has_token = true;
  connect();
  pass(2000);
  deliver({event_of(Kind::message, "m1")});
  const auto change = [&](const std::string& token, ProviderReply told) {
    std::optional<Result<api::Channel>> changed;
    api::ChannelInput input;
    input.mutable_credentials()->set_access_token(token);
    provider_.answers = {std::move(told)};
    world_->host().commands().update_channel(workspace_, channel_id_, input,
                                             [&](auto result) { changed = std::move(result); });
    world_->settle();
    EXPECT_FALSE(changed) << "the provider has not answered yet";
    answer();
    return changed.value_or(fail(Errc::timeout, "no answer"));
  };
  const auto refused = change("dead", reply_of(401));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/credentials");
  EXPECT_EQ(refused.error().detail, "Somebody changed the password.");
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_ACTIVE);
  send("one");
  answer();
  EXPECT_EQ(provider_.calls.back().token, "old");
  EXPECT_TRUE(change("new", reply_of(200)));
  send("two");
  answer();
  EXPECT_EQ(provider_.calls.back().token, "new");
  EXPECT_TRUE(change("newer", cut_off())) << "a provider that is away stops nobody";
}

// The same reason is told once a day, but ends sending each time.
TEST_F(ChannelsTest, WhatEndsSendingEndsItAgainIfTheOwnerTriedInVain) {
  connect();
  ChannelEvent ends = event_of(Kind::account, "sender_unregistered:30034:1", "");
  ends.account = AccountNotice{"restriction", kUnregistered, "30034", "Register it.", true};
  ends.account->restricted = true;
  deliver({ends});
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_RESTRICTED);
  pass(1000);
  api::ChannelInput on;
  on.set_status(api::CHANNEL_SWITCH_ACTIVE);
  ASSERT_TRUE(world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().update_channel(workspace_, channel_id_, on, std::move(reply));
  }));
  deliver({ends});
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_ACTIVE) << "told twice";
  pass(1000);
  ends.at = clock_.now_ms();
  deliver({ends});
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_RESTRICTED);
  EXPECT_EQ(channel().notices_size(), 1);
  EXPECT_EQ(world_->count(Family::journal), 0u);
}

TEST_F(ChannelsTest, ALimitToldByAStatusHoldsUntilItEnds) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  ChannelEvent status = event_of(Kind::status, "s1");
  status.target_id = "SM1";
  status.status = api::MESSAGE_STATUS_FAILED;
  ChannelEvent limit = event_of(Kind::account, "n1", "");
  limit.account =
      AccountNotice{"restriction", "rate_limited", "30022", "Sending goes on tomorrow."};
  limit.account->paused_until = clock_.now_ms() + kHour;
  deliver({status, limit});
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_RATE_LIMITED);
  EXPECT_EQ(channel().error(), "Sending goes on tomorrow.");
  EXPECT_EQ(channel().notices_size(), 1);
  send("Yes");
  pass(kHour - 60'000, 60'000);
  EXPECT_EQ(calls("send"), 0u);
  pass(120'000, 30'000);
  EXPECT_EQ(calls("send"), 1u);
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_ACTIVE);
}

TEST_F(ChannelsTest, MoreThanTwoInAHundredTakenForSpamIsToldOnce) {
  connect();
  int number = 0;
  const auto ended = [&](int delivered, int filtered) {
    std::vector<ChannelEvent> statuses;
    for (int i = 0; i < delivered + filtered; ++i) {
      ChannelEvent& status =
          statuses.emplace_back(event_of(Kind::status, "s" + std::to_string(++number)));
      status.target_id = "SM" + std::to_string(number);
      status.status = i < delivered ? api::MESSAGE_STATUS_DELIVERED : api::MESSAGE_STATUS_FAILED;
      if (i >= delivered) status.error_code = kFiltered;
    }
    deliver(std::move(statuses));
  };
  ended(147, 3);
  EXPECT_EQ(channel().notices_size(), 0) << "two in a hundred";
  ended(0, 1);
  ASSERT_EQ(channel().notices_size(), 1);
  EXPECT_EQ(channel().notices(0).what(), "filtered");
  EXPECT_NE(channel().notices(0).detail().find("151"), std::string::npos);
  ended(0, 1);
  EXPECT_EQ(channel().notices_size(), 1);
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
}

TEST_F(ChannelsTest, ATokenIsLookedAtDailyAndRenewedAtHalfItsLife) {
  channel_.has_token = true;
  connect();
  const Millis life = 60 * 24 * kHour;
  provider_.answers = {reply_of(200, std::to_string(clock_.now_ms() + life))};
  pass(2000);
  EXPECT_EQ(calls("probe"), 1u);
  EXPECT_EQ(channel().token_expires_at(), channel().created_at() + life);
  pass(29 * 24 * kHour, kHour);
  EXPECT_EQ(calls("probe"), 30u);
  EXPECT_EQ(calls("renew"), 0u);
  provider_.answers.clear();
  while (calls("renew") == 0) {
    world_->advance(kHour);
    world_->settle();
    if (provider_.calls.back().what == "renew") break;
    answer();
  }
  EXPECT_EQ(provider_.calls.back().token, "old");
}

TEST_F(ChannelsTest, AProviderOfWhichNothingIsHeardIsToldThatItsEventsAreWanted) {
  channel_.has_token = true;
  channel_.subscribes = true;
  connect();
  provider_.answers = {reply_of(400)};
  pass(2000);
  EXPECT_EQ(calls("subscribe otherwise"), 1u) << "the first way was refused";
  EXPECT_EQ(calls("subscribe"), 2u);
  pass(kHour / 2, kHour / 2);
  deliver({event_of(Kind::message, "m1")});
  pass(kHour, kHour / 2);
  EXPECT_EQ(calls("subscribe"), 2u) << "what comes proves it";
  pass(kHour, kHour / 2);
  EXPECT_EQ(calls("subscribe"), 3u);
  pass(24 * kHour, kHour / 2);
  EXPECT_EQ(calls("subscribe"), 27u) << "once an hour";
}

TEST_F(ChannelsTest, AFileThatCannotBeFetchedGoesAgainThenAsALink) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(400, "file"), reply_of(400, "file")};
  send("Look");
  pass(10'000);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  ASSERT_EQ(provider_.calls.size(), 3u);
  EXPECT_EQ(provider_.calls[1].body, "Look");
  EXPECT_EQ(provider_.calls[2].body, "Look as links");
  EXPECT_EQ(last().attempts_size(), 3);
}

TEST_F(ChannelsTest, WhatTheCarrierMayYetDeliverIsSentOnceMoreByATimer) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  provider_.answers = {reply_of(200, "SM1")};
  send("Yes");
  answer();
  ChannelEvent status = event_of(Kind::status, "s1");
  status.target_id = "SM1";
  status.status = api::MESSAGE_STATUS_FAILED;
  status.error_code = "unreachable";
  status.provider_code = "30003";
  status.resend_after = kHour;
  deliver({status});
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_FAILED);
  pass(kHour - 60'000, 60'000);
  EXPECT_EQ(calls("send"), 1u);
  pass(180'000, 30'000);
  EXPECT_EQ(calls("send"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(ChannelsTest, ARenewedTokenIsUsedFromThenOn) {
  channel_.has_token = true;
  connect();
  provider_.answers = {reply_of(200, std::to_string(clock_.now_ms() + 4 * kHour)),
                       reply_of(200, "new:fresh")};
  pass(4 * kHour, kHour / 2);
  EXPECT_GE(calls("renew"), 1u);
  deliver({event_of(Kind::message, "m1")});
  send("Yes");
  answer();
  EXPECT_EQ(provider_.calls.back().token, "fresh");
}

TEST_F(ChannelsTest, ATokenFoundDeadByTheDailyLookIsToldBeforeAnybodySends) {
  channel_.has_token = true;
  connect();
  provider_.answers = {reply_of(401)};
  pass(2000);
  EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  EXPECT_EQ(channel().error(), "Somebody changed the password.");
  deliver({event_of(Kind::message, "m1")});
  send("Yes");
  pass(2 * kHour, kHour);
  EXPECT_EQ(calls("send"), 0u);
  EXPECT_EQ(calls("probe"), 1u) << "a dead token is not asked about again";
}

TEST_F(ChannelsTest, NothingIsQueuedForAChannelThatIsSwitchedOff) {
  connect();
  deliver({event_of(Kind::message, "m1")});
  answer();
  const auto change = [&](api::ChannelSwitch status) {
    api::ChannelInput input;
    input.set_status(status);
    EXPECT_TRUE(world_->ask<api::Channel>([&](auto reply) {
      world_->host().commands().update_channel(workspace_, channel_id_, input, std::move(reply));
    }));
  };
  change(api::CHANNEL_SWITCH_DISABLED);
  const std::size_t before = messages().size();
  api::MessageInput input;
  input.set_text("Are you there?");
  const auto refused = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().send_message(workspace_, conversation(), input, {}, std::move(reply));
  });
  const auto no_reaction = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().react(workspace_, conversation(),
                                    *parse_id(IdType::message, messages().front().id()),
                                    "\U0001F44D", std::move(reply));
  });
  for (const auto* one : {&refused, &no_reaction}) {
    ASSERT_FALSE(*one);
    EXPECT_EQ(one->error().code, Errc::conflict);
    EXPECT_NE(one->error().detail.find(format_id(IdType::channel, channel_id_)), std::string::npos);
  }
  EXPECT_EQ(messages().size(), before);
  change(api::CHANNEL_SWITCH_ACTIVE);
  send("Here we are again");
  answer();
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
}

TEST_F(ChannelsTest, AChannelWhoseAccountAnotherHasConnectedDoesNotWorkAgain) {
  connect();
  const Id first = channel_id_;
  const auto change = [&](const api::ChannelInput& input) {
    return world_->ask<api::Channel>([&](auto reply) {
      world_->host().commands().update_channel(workspace_, first, input, std::move(reply));
    });
  };
  api::ChannelInput off, on, credentials, name;
  off.set_status(api::CHANNEL_SWITCH_DISABLED);
  on.set_status(api::CHANNEL_SWITCH_ACTIVE);
  credentials.mutable_credentials()->set_access_token("new");
  name.set_name("Old number");
  ASSERT_TRUE(change(off));
  world_->services().accounts.remove(first, api::CHANNEL_TYPE_WHATSAPP, "44");
  connect();
  ASSERT_NE(channel_id_, first);
  for (const auto& [input, field] :
       {std::pair(on, "/status"), std::pair(credentials, "/credentials")}) {
    const auto refused = change(input);
    ASSERT_FALSE(refused) << field;
    EXPECT_EQ(refused.error().code, Errc::conflict);
    EXPECT_EQ(refused.error().field, field);
  }
  EXPECT_TRUE(change(name));
  ASSERT_TRUE(world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_channel(workspace_, channel_id_, std::move(reply));
  }));
  EXPECT_TRUE(change(on));
}

}  // namespace
}  // namespace aura::test
