// Inbound items other than plain texts: everything an item carries is stored and shown; referrals,
// comments, consent and changed ids have the same effect in any order.
#include "actors/conversation/card_numbers.h"
#include "config/limits.h"
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using Kind = ChannelEvent::Kind;
constexpr Millis kDay = WindowedChannel::kDay;

class ModelKinds : public ::testing::Test {
 protected:
  ModelKinds() { it.use(channel); }
  ChannelEvent comment_of(const std::string& id, Millis at) {
    ChannelEvent event = text_of(id, at, "price?");
    event.comment.emplace();
    event.comment->set_id(id);
    event.comment->set_post_id("post");
    return event;
  }
  ChannelEvent consent_of(Millis at, bool granted) {
    ChannelEvent event = event_of(Kind::consent, "consent" + std::to_string(at), at);
    event.consent = ConsentChange{ConsentChange::Scope::all, granted, "STOP"};
    return event;
  }
  WindowedChannel channel;
  MemoryConversation it;
  const Millis t0 = it.now;
};

TEST_F(ModelKinds, AllThatAnItemCarriesIsKeptAndShown) {
  ChannelEvent event = text_of("m1", t0);
  event.payload = "ORDER";
  event.form = R"({"size":2})";
  event.attachments.emplace_back().set_type("image");
  event.contacts.emplace_back().set_name("Ada");
  event.order_lines.emplace_back().set_product_id("sku");
  event.referral.emplace().set_source("ad");
  it.take(event);
  const api::Message shown = it.view(it.externals.at("m1").message);
  EXPECT_EQ(shown.payload(), "ORDER");
  EXPECT_EQ(shown.form().json(), R"({"size":2})");
  ASSERT_EQ(shown.attachments_size(), 1);
  ASSERT_EQ(shown.contacts_size(), 1);
  EXPECT_EQ(shown.contacts(0).name(), "Ada");
  ASSERT_EQ(shown.order_lines_size(), 1);
  EXPECT_EQ(shown.order_lines(0).product_id(), "sku");
  EXPECT_EQ(shown.referral().source(), "ad");
  EXPECT_FALSE(shown.has_unsupported());
}

TEST_F(ModelKinds, WhatWasWrittenBeforeTheConnectionIsShownAndChangesNothingElse) {
  ChannelEvent asked = text_of("m1", t0 - 5000), answered = text_of("m2", t0 - 4000);
  answered.echo = true;
  asked.imported = answered.imported = true;
  EXPECT_TRUE(it.take(asked).usage.empty());
  it.take(answered);
  EXPECT_EQ(it.messages.size(), 2u);
  EXPECT_EQ(it.state.row.unread(), 0);
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_AI);
  EXPECT_FALSE(it.turn_pending());
  EXPECT_FALSE(it.shown().has_window_expires_at());
}

TEST_F(ModelKinds, AnUnsupportedKindIsShownByItsNameAndAnsweredLikeAllWithoutWords) {
  ChannelEvent event = event_of(Kind::unsupported, "m1", t0);
  event.unsupported = "poll";
  it.take(event);
  EXPECT_EQ(it.view(it.externals.at("m1").message).unsupported(), "poll");
  event.external_id = "m2";
  event.unsupported.clear();
  it.take(event);
  EXPECT_EQ(it.view(it.externals.at("m2").message).unsupported(), "unknown");
  EXPECT_TRUE(it.turn_pending());
}

TEST_F(ModelKinds, AnUnsentMessageKeepsNothingAndSaysSo) {
  ChannelEvent event = text_of("m1", t0);
  event.attachments.emplace_back().set_url("https://files.test/a.jpg");
  event.contacts.emplace_back().set_name("Ada");
  event.form = "{}";
  it.take(event);
  it.take(about(Kind::unsend, "m1", t0 + 1));
  EXPECT_EQ(it.by_external("m1").body.ByteSizeLong(), 0u);
  EXPECT_TRUE(it.view(it.externals.at("m1").message).deleted());
}

TEST_F(ModelKinds, TheNewestReferralStaysWithTheConversation) {
  ChannelEvent newer = event_of(Kind::referral, "r2", t0 + 5);
  newer.referral.emplace().set_ref("newer");
  it.take(newer);
  ChannelEvent older = text_of("m1", t0);
  older.referral.emplace().set_ref("older");
  it.take(older);
  EXPECT_EQ(it.shown().referral().ref(), "newer");
  EXPECT_EQ(it.shown().window_expires_at(), t0 + 5 + kDay);
}

TEST_F(ModelKinds, ACommentIsAnsweredOnceAndPrivately) {
  it.take(comment_of("c1", t0));
  EXPECT_TRUE(it.turn_pending());
  EXPECT_FALSE(it.shown().has_window_expires_at()) << "a comment opens no window";
  EXPECT_EQ(it.shown().comment().id(), "c1");
  EXPECT_EQ(it.shown().comment_expires_at(), t0 + 7 * kDay);
  it.now += 6 * kDay;
  const auto sent = it.send("12 EUR");
  ASSERT_TRUE(sent.has_value()) << sent.error().detail;
  const auto& message = it.messages.at(sent->send->message);
  EXPECT_EQ(conversation::outbound_of(message, it.state, it).comment_id, "c1");
  EXPECT_EQ(sent->send->passage.until, t0 + 7 * kDay);
  EXPECT_FALSE(it.shown().has_comment());
  const auto again = it.send("Anything else?");
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, Errc::window_closed);
  EXPECT_NE(again.error().detail.find("private reply"), std::string::npos);
  EXPECT_EQ(again.error().detail.find("last message"), std::string::npos) << "there is none";
}

TEST_F(ModelKinds, ACommentsTimeEndsAfterSevenDays) {
  it.take(comment_of("c1", t0));
  it.now = t0 + 7 * kDay - 60'000;
  EXPECT_EQ(it.send("late").error().code, Errc::window_closed);
}

TEST_F(ModelKinds, APrivateReplyThatFailedMayBeTriedAgain) {
  it.take(comment_of("c1", t0));
  const auto sent = it.send("12 EUR");
  conversation::SendFinished failed;
  failed.message = sent->send->message;
  failed.outcome.error_code = "unreachable";
  it.finished(failed);
  EXPECT_EQ(it.shown().comment().id(), "c1");
}

TEST_F(ModelKinds, AMessageInTheThreadIsAnsweredThereAndNotAtTheComment) {
  it.take(comment_of("c1", t0));
  it.take(text_of("m1", t0 + 1000));
  const auto sent = it.send("Hello");
  EXPECT_TRUE(sent->send->passage.comment.empty());
}

TEST_F(ModelKinds, AWithdrawnCommentAwaitsNoReply) {
  for (const bool early : {false, true}) {
    MemoryConversation one;
    one.use(channel);
    if (early) one.take(about(Kind::unsend, "c1", t0 + 1));
    one.take(comment_of("c1", t0));
    if (!early) one.take(about(Kind::unsend, "c1", t0 + 1));
    EXPECT_FALSE(one.shown().has_comment()) << early;
    EXPECT_FALSE(one.turn_pending());
  }
}

TEST_F(ModelKinds, WhoAskedToStopGetsNothingUntilTheyAllowItAgain) {
  it.take(text_of("m1", t0));
  it.take(consent_of(t0 + 1, false));
  EXPECT_FALSE(it.turn_pending());
  EXPECT_TRUE(it.shown().opted_out());
  EXPECT_EQ(it.send("Hi").error().code, Errc::opted_out);
  it.take(text_of("m2", t0 + 2));
  EXPECT_FALSE(it.turn_pending());
  it.take(consent_of(t0, true));  // older, so it only enters the ledger
  EXPECT_TRUE(it.shown().opted_out());
  it.take(consent_of(t0 + 3, true));
  EXPECT_FALSE(it.shown().opted_out());
  EXPECT_TRUE(it.send("Hi").has_value());
}

TEST_F(ModelKinds, AMessageThatItselfStopsIsNotAnswered) {
  ChannelEvent stop = text_of("m1", t0, "STOP");
  stop.consent = ConsentChange{ConsentChange::Scope::all, false, "STOP"};
  it.take(stop);
  EXPECT_FALSE(it.turn_pending());
  EXPECT_TRUE(it.shown().opted_out());
}

TEST_F(ModelKinds, MarketingConsentBlocksNoAnswers) {
  ChannelEvent event = consent_of(t0, false);
  event.consent->scope = ConsentChange::Scope::marketing;
  it.take(event);
  EXPECT_TRUE(it.state.row.consent().marketing_stopped());
  EXPECT_FALSE(it.shown().opted_out());
}

TEST_F(ModelKinds, AReactionOpensTheWindowAsAMessageDoes) {
  it.take(text_of("m1", t0));
  ChannelEvent reaction = about(Kind::reaction, "m1", t0 + 500);
  reaction.emoji = "❤";
  it.take(reaction);
  EXPECT_EQ(it.shown().window_expires_at(), t0 + 500 + kDay);
}

TEST_F(ModelKinds, ANewNumberIsWhereMessagesGo) {
  it.take(text_of("m1", t0));
  ChannelEvent change = event_of(Kind::identity, "i1", t0 + 10);
  change.target_id = "person";
  change.identities = {{"wa_id", "new-number"}, {"bsuid", "US.1"}};
  const auto decision = it.take(change);
  EXPECT_EQ(decision.identities.size(), 2u);
  EXPECT_EQ(it.state.thread, "new-number");
  change.external_id = "i0";
  change.at = t0 + 5;
  change.identities = {{"wa_id", "between"}};
  it.take(change);
  EXPECT_EQ(it.state.thread, "new-number") << "the newest counts, not the last to arrive";
}

// A person known by a user id and a number: the newest number goes along.
TEST_F(ModelKinds, TheNewestNumberGoesAlongWithAnotherId) {
  const auto written = [&](const char* id, Millis at, const char* number) {
    ChannelEvent event = text_of(id, at);
    event.identities = {{"bsuid", "person"}};
    if (*number != 0) event.identities.push_back({"wa_id", number});
    return event;
  };
  std::vector<ChannelEvent> events{written("m1", t0, "1555"), written("m2", t0 + 20, "1777"),
                                   written("m3", t0 + 30, "")};
  std::vector<int> order{0, 1, 2};
  do {
    MemoryConversation other;
    other.use(channel);
    for (const int i : order) other.take(events[i]);
    const Id id = other.send("Hi")->send->message;
    const auto out = conversation::outbound_of(other.messages.at(id), other.state, other);
    EXPECT_EQ(out.recipient, "person");
    EXPECT_EQ(out.number, "1777");
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(ModelKinds, WhoIsKnownByTheNumberAloneHasNoSecondOne) {
  ChannelEvent event = text_of("m1", t0);
  event.identities = {{"wa_id", "person"}};
  it.take(event);
  EXPECT_TRUE(it.state.body.number().empty());
}

TEST_F(ModelKinds, AnIdThatReplacesThemAllTakesTheNumberAway) {
  ChannelEvent event = text_of("m1", t0);
  event.identities = {{"bsuid", "person"}, {"wa_id", "1555"}};
  it.take(event);
  ASSERT_EQ(it.state.body.number(), "1555");
  ChannelEvent change = event_of(Kind::identity, "i1", t0 + 10);
  change.target_id = "person";
  change.identities = {{"bsuid", "US.2"}};
  it.take(change);
  EXPECT_TRUE(it.state.body.number().empty()) << "it may be somebody else's by now";
}

TEST_F(ModelKinds, WhatTheProviderSaysOfTheContactIsShownAndAsksNobody) {
  it.take(text_of("m1", t0));
  const int unread = it.state.row.unread();
  const auto generation = it.generation();
  ChannelEvent notice = event_of(Kind::identity, "system:s1", t0 + 10);
  notice.text = "Ada's security code changed";
  notice.payload = "customer_identity_changed";
  it.take(notice);
  const api::Message shown = it.view(it.externals.at("system:s1").message);
  EXPECT_EQ(shown.author(), api::AUTHOR_SYSTEM);
  EXPECT_EQ(shown.direction(), api::DIRECTION_IN);
  EXPECT_EQ(shown.text(), "Ada's security code changed");
  EXPECT_EQ(shown.payload(), "customer_identity_changed");
  EXPECT_EQ(it.state.row.unread(), unread);
  EXPECT_EQ(it.generation(), generation);
  EXPECT_EQ(it.shown().window_expires_at(), t0 + kDay) << "it opens no window";
  it.take(notice);
  EXPECT_EQ(it.messages.size(), 2u) << "and is shown once";
}

TEST_F(ModelKinds, AFailureAfterSentIsShownWithItsReason) {
  it.take(text_of("m1", t0));
  const Id id = it.send("Hi")->send->message;
  it.sent(id, "x1");
  ChannelEvent failed = about(Kind::status, "x1", t0 + 5);
  failed.status = api::MESSAGE_STATUS_FAILED;
  failed.error_code = "unreachable";
  failed.error_detail = "The phone is off.";
  failed.provider_code = "30003";
  it.take(failed);
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_FAILED);
  EXPECT_EQ(it.view(id).error().code(), "unreachable");
  EXPECT_EQ(it.view(id).error().detail(), "The phone is off.");
  EXPECT_EQ(it.view(id).error().provider_code(), "30003");
}

TEST_F(ModelKinds, AStatusThatCarriesOurIdProvesACutOffSend) {
  it.take(text_of("m1", t0));
  const Id id = it.send("Hi")->send->message;
  ChannelEvent delivered = about(Kind::status, "wamid.1", t0 + 5);
  delivered.status = api::MESSAGE_STATUS_DELIVERED;
  delivered.metadata = format_id(IdType::message, id);
  const auto decision = it.take(delivered);
  EXPECT_EQ(decision.proved->message, id);
  EXPECT_EQ(decision.proved->external_id, "wamid.1");
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_SENT) << "parts may follow until it ends";
  EXPECT_EQ(it.view(id).external_id(), "wamid.1");
  delivered.status = api::MESSAGE_STATUS_READ;
  EXPECT_FALSE(it.take(delivered).proved) << "it is known by its own id now";
  it.sent(id, "wamid.1");
  EXPECT_EQ(it.view(id).status(), api::MESSAGE_STATUS_READ);
}

// A client's own id names one message: another text under it is not acknowledged as the first.
TEST(Repeats, IsTheSameMessageAgain) {
  ChannelEvent event;
  event.text = "Card 4111 1111 1111 1111";
  event.attachments.emplace_back().set_media_id("med_1");
  conversation::StoredMessage stored;
  stored.body.set_text(conversation::hide_card_numbers(event.text));
  *stored.body.add_attachments() = event.attachments.front();
  EXPECT_TRUE(conversation::repeats(event, stored));
  const auto changed = [&](auto change) {
    ChannelEvent other = event;
    change(other);
    return conversation::repeats(other, stored);
  };
  EXPECT_FALSE(changed([](ChannelEvent& other) { other.text = "Card"; }));
  EXPECT_FALSE(changed([](ChannelEvent& other) { other.payload = "p"; }));
  EXPECT_FALSE(changed([](ChannelEvent& other) { other.attachments.clear(); }));
  EXPECT_FALSE(changed([](ChannelEvent& other) { other.attachments[0].set_media_id("med_2"); }));
  stored.body.set_payload("p");
  EXPECT_FALSE(conversation::repeats(event, stored));
  stored.body.set_chosen("The second");  // by the number that the text was
  EXPECT_TRUE(conversation::repeats(event, stored));
  stored.row.set_deleted(true);
  EXPECT_TRUE(changed([](ChannelEvent& other) { other.text = "Card"; })) << "nobody can tell";
}

}  // namespace
}  // namespace aura::test
