// Public comments of Facebook and Instagram: new, edited, removed, and those to ignore.
#include "meta_events.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"

namespace aura::net {
namespace {

using Kind = ChannelEvent::Kind;

const messenger::MessengerAdapter kMessenger({});
const instagram::InstagramAdapter kInstagram({});

Normalised on_facebook(const std::string& value, const std::string& time = "1790000100") {
  return normalise_body(kMessenger, R"({"object":"page","entry":[{"id":"1029384756","time":)" +
                                        time + R"(,"changes":[{"field":"feed","value":)" + value +
                                        "}]}]}");
}

Normalised on_instagram(const std::string& entry) {
  return normalise_body(
      kInstagram, R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000,)" +
                      entry + "}]}");
}

TEST(FacebookComment, OpensAConversationWithItsAuthor) {
  const ChannelEvent e = single(on_facebook(
      R"({"item":"comment","verb":"add","comment_id":"1_3","post_id":"1_2","parent_id":"1_2",)"
      R"("from":{"id":"700","name":"Ada"},"message":"price?","created_time":1790000000,)"
      R"("photo":"https://cdn.test/p.jpg"})"));
  EXPECT_EQ(e.kind, Kind::message);
  EXPECT_EQ(e.external_id, "1_3");
  EXPECT_EQ(e.thread, "700");
  EXPECT_EQ(e.at, 1790000000000);
  EXPECT_EQ(e.text, "price?");
  EXPECT_EQ(e.contact_name, "Ada");
  EXPECT_FALSE(e.name_is_handle);
  ASSERT_TRUE(e.comment.has_value());
  EXPECT_EQ(e.comment->id(), "1_3");
  EXPECT_EQ(e.comment->post_id(), "1_2");
  EXPECT_FALSE(e.comment->has_parent_id());  // a top-level comment
  ASSERT_EQ(e.attachments.size(), 1u);
  EXPECT_EQ(e.media[0].url, "https://cdn.test/p.jpg");
  ASSERT_EQ(e.identities.size(), 1u);
  EXPECT_EQ(e.identities[0].kind, "psid");
}

TEST(FacebookComment, AnswersNameTheirParent) {
  const ChannelEvent e = single(on_facebook(
      R"({"item":"comment","verb":"add","comment_id":"1_4","post_id":"1_2","parent_id":"1_3",)"
      R"("from":{"id":700},"message":"and in blue?"})"));
  EXPECT_EQ(e.comment->parent_id(), "1_3");
  EXPECT_EQ(e.at, 1790000100000);  // it has no time of its own: the entry's time
}

TEST(FacebookComment, EditsAndRemovalsAreThoseOfAMessage) {
  const std::string edited =
      R"({"item":"comment","verb":"edited","comment_id":"1_3","post_id":"1_2",)"
      R"("from":{"id":"700"},"message":"cost?","created_time":1790000000})";
  const ChannelEvent first = single(on_facebook(edited));
  const ChannelEvent second = single(on_facebook(edited, "1790000200"));
  EXPECT_EQ(first.kind, Kind::edit);
  EXPECT_EQ(first.target_id, "1_3");
  EXPECT_EQ(first.text, "cost?");
  EXPECT_EQ(first.thread, "700");
  EXPECT_GT(second.edit_number, first.edit_number);
  EXPECT_NE(second.external_id, first.external_id);
  const ChannelEvent removed = single(
      on_facebook(R"({"item":"comment","verb":"remove","comment_id":"1_3","from":{"id":"700"}})"));
  EXPECT_EQ(removed.kind, Kind::unsend);
  EXPECT_EQ(removed.target_id, "1_3");
  EXPECT_EQ(removed.external_id, "delete:1_3");
}

TEST(FacebookComment, WithoutWordsIsShownAsUnsupported) {
  const ChannelEvent e = single(
      on_facebook(R"({"item":"comment","verb":"add","comment_id":"1_3","from":{"id":"700"}})"));
  EXPECT_EQ(e.kind, Kind::unsupported);
  EXPECT_EQ(e.unsupported, "comment");
  EXPECT_TRUE(e.comment.has_value());
}

TEST(FacebookComment, OwnHiddenAndOtherNewsOfTheFeedAreIgnored) {
  EXPECT_EQ(on_facebook(
                R"({"item":"comment","verb":"add","comment_id":"1_3","from":{"id":"1029384756"}})")
                .ignored,
            "own_comment");
  EXPECT_EQ(on_facebook(R"({"item":"comment","verb":"hide","comment_id":"1_3","from":{"id":"7"}})")
                .ignored,
            "comment_hidden");
  for (const char* item : {"post", "reaction", "like", "photo", "share", ""}) {
    EXPECT_EQ(on_facebook(std::string(R"({"item":")") + item + "\"}").ignored, "page_feed") << item;
  }
}

TEST(FacebookComment, WhatIsNotUnderstoodSaysWhy) {
  for (const char* value :
       {"7", "null", R"({"item":"comment","verb":"add"})",
        R"({"item":"comment","verb":"add","comment_id":"1_3"})",
        R"({"item":"comment","verb":"bless","comment_id":"1_3","from":{"id":"7"}})"}) {
    EXPECT_FALSE(on_facebook(value).not_understood.empty()) << value;
  }
}

constexpr const char* kValue =
    R"("from":{"id":"684","username":"ada"},"text":"price?","parent_id":"1790000000",)"
    R"("media":{"id":"1789","media_product_type":"FEED","ad_id":"600","ad_title":"Shoes"}})";

TEST(InstagramComment, ByEitherNameOfItsIdAndInEitherPlace) {
  for (const std::string key : {"id", "comment_id"}) {
    const std::string value = "{\"" + key + "\":\"1790000001\"," + kValue;
    for (const std::string field : {"comments", "live_comments"}) {
      for (const std::string& entry :
           {R"("changes":[{"field":")" + field + R"(","value":)" + value + "}]",
            R"("field":")" + field + R"(","value":)" + value}) {
        const ChannelEvent e = single(on_instagram(entry));
        EXPECT_EQ(e.kind, Kind::message);
        EXPECT_EQ(e.external_id, "1790000001");
        EXPECT_EQ(e.thread, "684");
        EXPECT_EQ(e.at, 1790000000000);
        EXPECT_EQ(e.text, "price?");
        EXPECT_EQ(e.contact_name, "ada");
        EXPECT_TRUE(e.name_is_handle);
        EXPECT_EQ(e.comment->id(), "1790000001");
        EXPECT_EQ(e.comment->post_id(), "1789");
        EXPECT_EQ(e.comment->parent_id(), "1790000000");
        EXPECT_EQ(e.referral->ad_id(), "600");
        ASSERT_EQ(e.identities.size(), 2u);
        EXPECT_EQ(e.identities[0].kind, "igsid");
        EXPECT_EQ(e.identities[1].kind, "username");
        EXPECT_EQ(e.identities[1].value, "ada");
      }
    }
  }
}

TEST(InstagramComment, OwnOnesAreIgnored) {
  EXPECT_EQ(on_instagram(R"("changes":[{"field":"comments","value":{"id":"1",)"
                         R"("from":{"id":17841400000000001,"username":"shop"},"text":"thanks"}}])")
                .ignored,
            "own_comment");
}

TEST(PageChanges, TemplatesAreNewsAndUnknownFieldsAreKept) {
  auto change = [](const std::string& item) { return page_item(kMessenger, item, "changes"); };
  const ChannelEvent e = single(change(
      R"({"field":"messenger_template_status_update","value":{"event":"REJECTED","message_template_name":"offer"}})"));
  EXPECT_EQ(e.account->what, "template_status");
  EXPECT_EQ(e.account->subject, "offer");
  EXPECT_EQ(e.account->value, "REJECTED");
  EXPECT_EQ(change(R"({"field":"inbox_labels","value":{}})").ignored, "change_inbox_labels");
  EXPECT_FALSE(change(R"({"field":"moon"})").not_understood.empty());
  EXPECT_FALSE(change(R"({"value":{}})").not_understood.empty());
  EXPECT_FALSE(change("5").not_understood.empty());
}

}  // namespace
}  // namespace aura::net
