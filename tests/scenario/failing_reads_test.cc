// A failed read must never be taken for "not there", "not stopped" or "erased".
#include <future>

#include "actors/conversation/rows.h"
#include "actors/engine/engine_operations.h"
#include "actors/live/live_hub.h"
#include "actors/tree/actor_path.h"
#include "storage/keys.h"
#include "tests/scenario/channels_fixture.h"

namespace aura::test {
namespace {

class FailingReads : public ChannelsTest {
 protected:
  FailingReads() { connect(); }
  // Leaves a message waiting in a channel that is rate limited.
  void queue(const std::string& text) {
    provider_.answers = {reply_of(429)};
    send(text);
    answer();
  }
  EngineOperations operations() {
    EngineSources sources;
    sources.storage_writable = [] { return true; };
    sources.storage_use = [] { return api::StorageUse(); };
    return {world_->services(), world_->host(), world_->queries(), std::move(sources)};
  }
  Result<api::MessageTrace> story(const std::string& id) {
    auto told = operations();
    return world_->ask<api::MessageTrace>([&](auto reply) {
      told.message_trace(std::nullopt, *parse_id(IdType::message, id), {}, std::move(reply));
    });
  }
  void put(Family family, const std::string& key, const std::string& value) {
    storage::Commit commit;
    commit.put(family, key, value);
    world_->services().log.submit(std::move(commit), [](const storage::CommitResult&) {});
    world_->settle();
  }
  std::vector<record::DeadLetter> letters() const {
    std::vector<record::DeadLetter> all;
    (void)world_->rows().for_each(Family::dead_letter, {},
                                  [&](std::string_view, std::string_view value) {
                                    all.emplace_back().ParseFromString(std::string(value));
                                    return true;
                                  });
    return all;
  }
  // A change of the template's status as the provider tells it.
  ChannelEvent news_of(const std::string& name, const std::string& status) {
    ChannelEvent event = event_of(Kind::account, "status of " + name);
    event.account.emplace();
    event.account->what = "template_status";
    api::Template& of = event.account->of_template.emplace();
    of.set_name(name);
    of.set_language("en");
    of.set_status(status);
    return event;
  }
  std::string template_row(const std::string& name) const {
    return storage::keys::template_(workspace_, channel_id_, name, "en");
  }
  void store_template(const std::string& name, const std::string& category) {
    record::Template row;
    row.mutable_template_()->set_name(name);
    row.mutable_template_()->set_language("en");
    row.mutable_template_()->set_category(category);
    row.mutable_template_()->set_status("approved");
    row.mutable_template_()->mutable_components()->set_json(R"([{"type":"BODY"}])");
    put(Family::message_template, template_row(name), row.SerializeAsString());
  }
};

TEST_F(FailingReads, AMessageThatIsRepeatedMeanwhileIsStillTheSame) {
  deliver({event_of(Kind::message, "m1")});
  world_->poison(workspace_, channel_id_, "m1");
  deliver({event_of(Kind::message, "m1")});
  world_->reader_seam().poison.clear();
  pass(30'000);
  EXPECT_EQ(messages().size(), 1u);
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(world_->count(Family::dead_letter), 0u);
}

TEST_F(FailingReads, WhoMayHaveStoppedMessagesGetsNoneUntilItIsKnown) {
  deliver({event_of(Kind::message, "m1")});
  queue("An offer");
  world_->reader_seam().fails = Family::consent;
  pass(20'000);
  EXPECT_EQ(calls("send"), 1u);
  world_->reader_seam().fails.reset();
  pass(5'000);
  EXPECT_EQ(calls("send"), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);

  queue("Another offer");
  world_->reader_seam().fails = Family::consent;
  ChannelEvent stop = event_of(Kind::consent, "stop");
  stop.consent = ConsentChange{ConsentChange::Scope::all, false, "STOP"};
  deliver({stop});
  pass(20'000);
  world_->reader_seam().fails.reset();
  pass(5'000);
  EXPECT_EQ(calls("send"), 3u);
  EXPECT_EQ(last().error().code(), "opted_out");
}

TEST_F(FailingReads, WhatCannotBeReadBackNowIsNotErased) {
  deliver({event_of(Kind::message, "m1")});
  for (const Family family : {Family::message, Family::conversation}) {
    queue("Your order is ready");
    crash();
    provider_.calls.clear();
    world_->reader_seam().fails = family;
    pass(20'000);
    EXPECT_EQ(calls("send"), 0u);
    world_->reader_seam().fails.reset();
    pass(20'000);
    EXPECT_EQ(calls("send"), 1u);
    EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT) << last().error().code();
  }
}

TEST_F(FailingReads, AMessageThatCannotBeReadIsNotOneThatIsNotThere) {
  deliver({event_of(Kind::message, "m1")});
  const std::string id = last().id();
  world_->reader_seam().fails = Family::message;
  const auto unread = story(id);
  ASSERT_FALSE(unread.has_value());
  EXPECT_EQ(unread.error().code, Errc::io);
  world_->reader_seam().fails.reset();
  EXPECT_TRUE(story(id).has_value());
}

// The commit that buries an event erases it from the journal: without its row, it would be lost.
TEST_F(FailingReads, NoDeadLetterIsWrittenWithoutItsEvent) {
  world_->poison(workspace_, channel_id_, "m1");
  deliver({event_of(Kind::message, "m1")});
  world_->reader_seam().fails = Family::journal;
  pass(60'000);
  EXPECT_EQ(letters().size(), 0u);
  EXPECT_EQ(world_->count(Family::journal), 1u);
  world_->reader_seam().fails.reset();
  pass(60'000);
  ASSERT_EQ(letters().size(), 1u);
  EXPECT_FALSE(letters()[0].event().sealed().empty());
  EXPECT_EQ(world_->count(Family::journal), 0u);
  EXPECT_EQ(world_->services().ledger.in_flight(), 0);
}

TEST_F(FailingReads, AnEventWhoseRowIsDamagedIsBuriedWithoutIt) {
  world_->poison(workspace_, channel_id_, "m1");
  deliver({event_of(Kind::message, "m1")});
  const auto rows = world_->rows().scan(Family::journal, {}, {}, 10);
  ASSERT_EQ(rows.value().size(), 1u);
  put(Family::journal, rows->front().key, "\xff");
  pass(60'000);
  ASSERT_EQ(letters().size(), 1u);
  EXPECT_EQ(letters()[0].reason(), "unreadable");
  EXPECT_EQ(world_->count(Family::journal), 0u);
}

TEST_F(FailingReads, WhoStoppedMarketingGetsNoneThoughItsTemplateCannotBeRead) {
  deliver({event_of(Kind::message, "m1")});
  ChannelEvent stop = event_of(Kind::consent, "stop");
  stop.consent = ConsentChange{ConsentChange::Scope::marketing, false, "STOP"};
  deliver({stop});
  store_template("offer", "marketing");
  const conversation::Place place{workspace_, channel_id_, conversation()};
  api::TemplateUse use;
  use.set_name("offer");
  use.set_language("en");
  const auto stopped = [&](const api::TemplateUse& of) {
    return conversation::is_opted_out(world_->reader_seam(), place, of);
  };
  EXPECT_TRUE(stopped(use).value());
  world_->reader_seam().fails = Family::message_template;
  EXPECT_FALSE(stopped(use).has_value());
  const conversation::StoredRows stored(
      world_->reader_seam(), world_->services().vault, place,
      conversation::row_keys(world_->services().vault, workspace_, contact_of("351900")).value());
  EXPECT_FALSE(stored.template_of(use).has_value());
  EXPECT_TRUE(stored.broken().has_value());
  world_->reader_seam().fails = Family::channel;
  use.set_name("unknown");
  EXPECT_FALSE(stopped(use).has_value()) << "whether the list is known is not known";
}

// The connection shows the status that it told, so nobody would tell it again.
TEST_F(FailingReads, AStatusThatCouldNotBeStoredIsToldAgain) {
  deliver({event_of(Kind::message, "m1")});
  const auto find_dead = [&](const auto& trouble, const auto& repaired) {
    provider_.answers = {reply_of(401), reply_of(401)};
    send("one");
    trouble();
    answer();
    pass(500);
    repaired();
    EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_ACTIVE);
    pass(20'000);
    EXPECT_EQ(channel().status(), api::CHANNEL_STATUS_TOKEN_EXPIRED);
  };
  find_dead([&] { world_->reader_seam().fails = Family::channel; },
            [&] { world_->reader_seam().fails.reset(); });
  api::ChannelInput renewed;
  renewed.mutable_credentials()->set_access_token("new");
  (void)world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().update_channel(workspace_, channel_id_, renewed, std::move(reply));
  });
  pass(5'000);
  find_dead([&] { world_->log_seam().refuses = Errc::unavailable; },
            [&] { world_->log_seam().refuses.reset(); });
}

TEST_F(FailingReads, AListLeavesNothingOut) {
  deliver({event_of(Kind::message, "m1")});
  StoredQueries queries(world_->reader_seam(), world_->pool(), world_->pool(),
                        world_->services().vault, adapters_);
  const auto size_of = [](const auto& list) {
    return list ? std::to_string(list->data.size()) : to_string(list.error().code);
  };
  const auto conversations = [&](const std::string& text) {
    ConversationFilter filter;
    filter.text = text;
    return size_of(world_->ask<List<api::Conversation>>(
        [&](auto reply) { queries.conversations(workspace_, filter, {}, std::move(reply)); }));
  };
  const auto people = [&] {
    return size_of(world_->ask<List<api::Contact>>(
        [&](auto reply) { queries.contacts(workspace_, {}, std::move(reply)); }));
  };
  const auto channels = [&] {
    return size_of(world_->ask<List<api::Channel>>(
        [&](auto reply) { queries.channels(workspace_, {}, std::move(reply)); }));
  };
  EXPECT_EQ(conversations(""), "1");
  EXPECT_EQ(conversations("hello"), "1");
  EXPECT_EQ(people(), "1");
  EXPECT_EQ(channels(), "1");
  for (const Family family : {Family::message, Family::conversation, Family::merge}) {
    world_->reader_seam().fails = family;
    EXPECT_EQ(conversations(""), to_string(Errc::io));
    EXPECT_EQ(conversations("hello"), to_string(Errc::io));
  }
  EXPECT_EQ(people(), to_string(Errc::io)) << "it may be part of another";
  world_->reader_seam().fails.reset();
  put(Family::channel, storage::keys::channel(workspace_, channel_id_), "\xff");
  EXPECT_EQ(channels(), to_string(Errc::corrupt));
}

TEST_F(FailingReads, ATemplateIsNotReplacedByWhatAnEventSaysOfIt) {
  store_template("offer", "marketing");
  world_->reader_seam().fails = Family::message_template;
  deliver({news_of("offer", "paused")});
  world_->reader_seam().fails.reset();
  pass(10'000);
  const auto stored = world_->rows().get(Family::message_template, template_row("offer"));
  record::Template row;
  ASSERT_TRUE(stored && *stored && row.ParseFromString(**stored));
  EXPECT_EQ(row.template_().status(), "paused");
  EXPECT_EQ(row.template_().category(), "marketing");
  EXPECT_EQ(row.template_().components().json(), R"([{"type":"BODY"}])");
}

// Taken for a person's, it would silence the AI.
TEST_F(FailingReads, AnEchoOfOursIsOursThoughItsMessageCannotBeReadNow) {
  channel_.nameless_echoes = true;
  deliver({event_of(Kind::message, "m1")});
  ChannelEvent echo = event_of(Kind::message, "e1");
  echo.echo = true;
  echo.text = "Yes";
  send("Yes");
  world_->reader_seam().fails_once = Family::message;
  deliver({echo});
  EXPECT_FALSE(world_->reader_seam().fails_once.has_value());
  pass(5'000);
  EXPECT_EQ(messages().size(), 2u);
  EXPECT_EQ(last().status(), api::MESSAGE_STATUS_SENT);
  EXPECT_EQ(calls("send"), 1u);
}

TEST_F(FailingReads, AChatThatCannotBeReadIsNotClosedNorItsVisitorALiar) {
  api::ChannelInput web;
  web.set_type(api::CHANNEL_TYPE_WEBCHAT);
  const auto made = world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().create_channel(workspace_, web, {}, std::move(reply));
  });
  Chat& chat = world_->host().chat();
  const auto visitor = chat.visitor(made.value().widget_key(), "vt_1");
  ASSERT_TRUE(visitor.has_value());
  EXPECT_EQ(chat.identify(*visitor, {"u1", {}, {}, "wrong"}).error().code, Errc::unauthorized);
  EXPECT_EQ(chat.visitor("wk_other", "vt_1").error().code, Errc::not_found);
  world_->reader_seam().fails = Family::channel;
  EXPECT_EQ(chat.visitor(made->widget_key(), "vt_1").error().code, Errc::io);
  EXPECT_EQ(chat.identify(*visitor, {"u1", {}, {}, "right"}).error().code, Errc::io);
}

TEST_F(FailingReads, AnOperatorIsNotToldThatItIsNotThere) {
  world_->poison(workspace_, channel_id_, "m1");
  deliver({event_of(Kind::message, "m1")});
  pass(60'000);
  world_->reader_seam().poison.clear();
  deliver({event_of(Kind::message, "m2")});
  const std::string id = last().id();
  crash();
  auto told = operations();
  const auto list = world_->ask<List<api::DeadLetter>>(
      [&](auto reply) { told.dead_letters({}, std::move(reply)); });
  ASSERT_EQ(list.value().data.size(), 1u);
  const std::string letter = list->data[0].id();
  world_->reader_seam().fails = Family::dead_letter;
  const auto code_of = [](const auto& result) { return result ? Errc::ok : result.error().code; };
  EXPECT_EQ(code_of(world_->ask<std::monostate>(
                [&](auto reply) { told.retry_dead_letter(letter, std::move(reply)); })),
            Errc::io);
  EXPECT_EQ(code_of(world_->ask<std::monostate>(
                [&](auto reply) { told.delete_dead_letter(letter, std::move(reply)); })),
            Errc::io);
  world_->reader_seam().fails = Family::conversation;
  ActorQuery asleep;
  asleep.path = actor_path::conversation(workspace_, conversation());
  EXPECT_EQ(code_of(world_->ask<api::ActorDetail>(
                [&](auto reply) { told.actor(asleep, std::move(reply)); })),
            Errc::io);
  world_->reader_seam().fails.reset();
  EXPECT_TRUE(story(id)->complete());
  world_->reader_seam().fails = Family::external;
  EXPECT_EQ(code_of(story(id)), Errc::io);
}

// Its client would otherwise wait at a stream that stays silent for ever.
TEST_F(FailingReads, AFollowerWhoseChangesCannotBeReadIsSentAway) {
  deliver({event_of(Kind::message, "m1")});
  std::vector<storage::FeedNotice> notices;
  (void)world_->rows().for_each(Family::feed, storage::keys::head(workspace_),
                                [&](std::string_view key, std::string_view value) {
                                  const auto at = storage::keys::parse_sequence(key);
                                  notices.push_back({workspace_, at->sequence, std::string(value)});
                                  return true;
                                });
  const auto sent_away = [&](Family fails, std::optional<std::uint64_t> after) {
    const StoredQueries queries(world_->reader_seam(), world_->pool(), world_->pool(),
                                world_->services().vault, adapters_);
    LiveHub hub(world_->reader_seam(), queries, clock_);
    world_->reader_seam().fails = fails;
    std::promise<void> lost;
    const auto following = hub.follow(
        workspace_, after, [](const Change&) { return true; }, [&] { lost.set_value(); }, {});
    if (!after) hub.on_feed(notices);
    const bool told =
        lost.get_future().wait_for(std::chrono::seconds(30)) == std::future_status::ready;
    hub.stop();
    world_->reader_seam().fails.reset();
    return told;
  };
  EXPECT_TRUE(sent_away(Family::feed, 0)) << "while it catches up";
  EXPECT_TRUE(sent_away(Family::message, 0));
  EXPECT_TRUE(sent_away(Family::message, std::nullopt)) << "while it follows live";
}

// A missing key is not a destroyed key: otherwise a new contact would start over rows that a backup
// can still decrypt.
TEST_F(FailingReads, AMissingKeyIsNoErasure) {
  deliver({event_of(Kind::message, "m1")});
  crash();
  world_->lose_contact_key(workspace_, contact_of("351900"));
  deliver({event_of(Kind::message, "m2")});
  pass(60'000);
  EXPECT_EQ(world_->count(Family::message), 1u);
  EXPECT_EQ(world_->count(Family::journal) + world_->count(Family::dead_letter), 1u)
      << "it is kept";
}

}  // namespace
}  // namespace aura::test
