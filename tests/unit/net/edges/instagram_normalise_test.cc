// Every kind of Instagram event, with and without its optional parts.
#include "meta_events.h"
#include "net/providers/instagram/instagram_adapter.h"

namespace aura::net::instagram {
namespace {

using Kind = ChannelEvent::Kind;

const InstagramAdapter kAdapter({"https://graph.test", "v25.0", "555", "secret",
                                 "https://ig.test"});

Normalised read_body(const std::string& body) { return normalise_body(kAdapter, body); }

// An event from customer 684 to the account; `kind` is the part that decides its kind.
Normalised event(const std::string& kind, const std::string& list = "messaging") {
  return read_body(R"({"object":"instagram","entry":[{"id":"17841400000000001","time":)"
                   R"(1790000000456,")" +
                   list +
                   R"(":[{"sender":{"id":"684"},"recipient":{"id":"17841400000000001"},)"
                   R"("timestamp":1790000000400,)" +
                   kind + "}]}]}");
}

TEST(InstagramNormalise, TheVectorOfTheProtocol) {
  const ChannelEvent e = single(read_body(
      R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,"messaging":[{"sender":{"id":"6841100000000002"},"recipient":{"id":"17841400000000001"},"timestamp":1790000000400,"message":{"mid":"aWdfZG1fMDAwMQ==","text":"caf\u00e9 \ud83d\ude00 https:\/\/example.test\/a"}}]}]})"));
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.external_id, "aWdfZG1fMDAwMQ==");
  EXPECT_EQ(e.thread, "6841100000000002");
  EXPECT_EQ(e.at, 1790000000400);
  EXPECT_EQ(e.text, "café 😀 https://example.test/a");
  ASSERT_EQ(e.identities.size(), 1u);
  EXPECT_EQ(e.identities[0].kind, "igsid");
  EXPECT_EQ(e.identities[0].value, "6841100000000002");
}

struct Attached {
  const char* wire;
  const char* type;
  bool fetched;
};
class InstagramAttachment : public testing::TestWithParam<Attached> {};
TEST_P(InstagramAttachment, IsShownWithItsAddress) {
  const ChannelEvent e = single(event(
      std::string(R"("message":{"mid":"m","attachments":[{"type":")") + GetParam().wire +
      R"(","payload":{"url":"https://cdn.test/x","title":"T","id":"9","ig_post_media_id":"8","reel_video_id":7}}]})"));
  EXPECT_EQ(e.kind, Kind::message);
  ASSERT_EQ(e.attachments.size(), 1u);
  EXPECT_EQ(e.attachments[0].type(), GetParam().type);
  EXPECT_EQ(e.attachments[0].url(), "https://cdn.test/x");
  EXPECT_EQ(e.attachments[0].title(), "T");
  EXPECT_EQ(e.attachments[0].channel_media_id(), "8");
  EXPECT_EQ(e.media[0].url, GetParam().fetched ? "https://cdn.test/x" : "");
}
INSTANTIATE_TEST_SUITE_P(
    All, InstagramAttachment,
    testing::Values(Attached{"image", "image", true}, Attached{"audio", "audio", true},
                    Attached{"video", "video", true}, Attached{"file", "file", true},
                    Attached{"share", "share", true}, Attached{"ig_post", "post", true},
                    Attached{"story_mention", "story_mention", true},
                    Attached{"ig_story", "story", true}, Attached{"story", "story", true},
                    Attached{"reel", "reel", true}, Attached{"ig_reel", "reel", true},
                    Attached{"media", "media", true}, Attached{"template", "template", false},
                    Attached{"fallback", "fallback", false}),
    [](const auto& param) { return std::string(param.param.wire); });

TEST(InstagramNormalise, AHeartHasNoPayloadAndViewOnceMediaCannotBeShown) {
  ChannelEvent e = single(event(R"("message":{"mid":"m","attachments":[{"type":"like_heart"}]})"));
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.attachments[0].type(), "like_heart");
  EXPECT_TRUE(e.media[0].url.empty());
  e = single(event(R"("message":{"mid":"m","attachments":[{"type":"ephemeral","payload":{}}]})"));
  EXPECT_EQ(e.kind, Kind::unsupported);
  EXPECT_EQ(e.unsupported, "ephemeral");
  e = single(event(R"("message":{"mid":"m","is_unsupported":true})"));
  EXPECT_EQ(e.unsupported, "message");
}

TEST(InstagramNormalise, RepliesToStoriesAndMessages) {
  ChannelEvent e = single(event(
      R"("message":{"mid":"m","text":"nice","reply_to":{"story":{"url":"https://cdn.test/s","id":"1"}}})"));
  EXPECT_EQ(e.text, "nice");
  EXPECT_TRUE(e.reply_to.empty());
  ASSERT_EQ(e.attachments.size(), 1u);
  EXPECT_EQ(e.attachments[0].type(), "story");
  EXPECT_EQ(e.attachments[0].channel_media_id(), "1");
  EXPECT_EQ(e.media[0].url, "https://cdn.test/s");
  e = single(event(R"("message":{"mid":"m","text":"x","reply_to":{"story":{"id":"1"}}})"));
  EXPECT_FALSE(e.attachments[0].has_url());
  e = single(
      event(R"("message":{"mid":"m","text":"x","reply_to":{"mid":"o","is_self_reply":true}})"));
  EXPECT_EQ(e.reply_to, "o");
}

TEST(InstagramNormalise, EditUnsendReactionSeenAndReferral) {
  ChannelEvent e = single(event(R"("message_edit":{"mid":"X","text":"red?","num_edit":"2"})"));
  EXPECT_EQ(e.kind, Kind::edit);
  EXPECT_EQ(e.edit_number, 2u);
  EXPECT_EQ(event(R"("message_edit":{"mid":"X","num_edit":0})").ignored, "not_edited");
  EXPECT_FALSE(event(R"("message_edit":{"mid":"X","num_edit":1})").not_understood.empty());
  e = single(event(R"("message":{"mid":"X","is_deleted":true})"));
  EXPECT_EQ(e.kind, Kind::unsend);
  EXPECT_EQ(e.target_id, "X");
  EXPECT_NE(e.external_id, "X");  // the message itself may arrive later under this id
  e = single(event(R"("reaction":{"mid":"X","action":"react","reaction":"laugh"})"));
  EXPECT_EQ(e.emoji, "😄");
  EXPECT_EQ(e.actor, "684");
  e = single(event(R"("reaction":{"mid":"X","action":"unreact"})"));
  EXPECT_TRUE(e.emoji.empty());
  e = single(event(R"("read":{"mid":"out1"})"));
  EXPECT_EQ(e.kind, Kind::read);
  EXPECT_EQ(e.target_id, "out1");
  EXPECT_EQ(e.external_id, "seen:684:out1");
  e = single(event(R"("referral":{"ref":"qr","source":"IGME-SOURCE-LINK","type":"OPEN_THREAD"})"));
  EXPECT_EQ(e.kind, Kind::referral);
  EXPECT_EQ(e.referral->source(), "link");
  e = single(event(R"("postback":{"mid":"pb","title":"Menu","payload":"SHOW"})"));
  EXPECT_EQ(e.kind, Kind::postback);
}

TEST(InstagramNormalise, WhoAnsweredTellsTheEcho) {
  auto echo = [](const std::string& more) {
    return single(read_body(
        R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,)"
        R"("messaging":[{"sender":{"id":"17841400000000001"},"recipient":{"id":"684"},)"
        R"("timestamp":1790000000400,"message":{"mid":"m","text":"hi","is_echo":true)" +
        more + "}}]}]}"));
  };
  EXPECT_TRUE(echo(R"(,"app_id":555)").own_echo);
  const ChannelEvent inbox = echo(R"(,"app_id":1217981644879628)");
  EXPECT_TRUE(inbox.echo);
  EXPECT_FALSE(inbox.own_echo);
  EXPECT_EQ(inbox.thread, "684");
  EXPECT_FALSE(echo("").own_echo);
}

TEST(InstagramNormalise, MessagesToOneselfNeedNoAnswer) {
  EXPECT_EQ(
      read_body(R"({"object":"instagram","entry":[{"id":"17841400000000001","messaging":[)"
                R"({"sender":{"id":"17841400000000001"},"recipient":{"id":"17841400000000001"},)"
                R"("message":{"mid":"m","text":"hi","is_self":true}}]}]})")
          .ignored,
      "message_to_self");
}

TEST(InstagramNormalise, StandbyAndThreadControl) {
  EXPECT_TRUE(single(event(R"("message":{"mid":"m","text":"a"})", "standby")).standby);
  ChannelEvent e = single(event(R"("pass_thread_control":{"new_owner_app_id":"222"})"));
  EXPECT_EQ(e.kind, Kind::handover);
  EXPECT_TRUE(e.thread_external);
}

// The dashboard's test button sends the element as the value of a change.
TEST(InstagramNormalise, MessagesMayComeAsChanges) {
  const ChannelEvent e = single(read_body(
      R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000,"changes":[)"
      R"({"field":"messages","value":{"sender":{"id":"684"},"recipient":{"id":"17841400000000001"},)"
      R"("timestamp":"1790000000","message":{"mid":"m","text":"a"}}}]}]})"));
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.at, 1790000000000);
}

TEST(InstagramNormalise, WordsNameInstagram) {
  const ChannelEvent e = single(event(R"("policy_enforcement":{"action":"block"})"));
  EXPECT_EQ(e.account->detail, "Instagram has stopped your account from sending messages.");
}

TEST(InstagramNormalise, MentionsAreNewsOfTheAccount) {
  const ChannelEvent e = single(read_body(
      R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000,"changes":[)"
      R"({"field":"mentions","value":{"media_id":"1789","comment_id":"1790"}}]}]})"));
  EXPECT_EQ(e.kind, Kind::account);
  EXPECT_EQ(e.account->what, "mention");
  EXPECT_EQ(e.account->subject, "1790");
  EXPECT_EQ(e.account->value, "comment");
}

}  // namespace
}  // namespace aura::net::instagram
