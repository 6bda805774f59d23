// Outgoing Messenger messages: bodies, recipients, splitting.
#include <gtest/gtest.h>

#include "net/json.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/provider_client.h"
#include "net/providers/split_text.h"

namespace aura::net::messenger {
namespace {

const MessengerAdapter kAdapter({"https://graph.test/", "v25.0", "555",
                                 "test_app_secret_0123456789abcdef"});

api::Credentials credentials() {
  api::Credentials out;
  out.set_page_id("1029384756");
  out.set_page_access_token("EAATESTTOKEN0001");
  return out;
}

OutboundMessage message(std::string text) {
  OutboundMessage out;
  out.recipient = "7001112223";
  out.message_id = "msg_1";
  out.text = std::move(text);
  return out;
}

api::Attachment attachment(const char* type, const char* url) {
  api::Attachment out;
  out.set_type(type);
  out.set_url(url);
  return out;
}

TEST(MessengerCompose, OneTextMessage) {
  OutboundMessage m = message("Yes, \"in\" stock.");
  m.reply_to_external = "m_2";
  api::QuickReply reply;
  reply.set_title("Order this very large chocolate cake");
  m.quick_replies.push_back(reply);
  const auto calls = kAdapter.compose(m, credentials());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].method, "POST");
  EXPECT_EQ(calls[0].url,
            "https://graph.test/v25.0/1029384756/messages?appsecret_proof="
            "3f8440d83ba968de4973db42c1f1642d77973adcf1f9be75aaf3ef7401adae0e");
  EXPECT_EQ(calls[0].headers[0].second, "Bearer EAATESTTOKEN0001");
  EXPECT_EQ(calls[0].body,
            R"({"recipient":{"id":"7001112223"},"messaging_type":"RESPONSE","message":{)"
            R"("text":"Yes, \"in\" stock.","metadata":"msg_1","quick_replies":[{"content_type":)"
            R"("text","title":"Order this very lar…","payload":"Order this very large chocolate)"
            R"( cake"}]},"reply_to":{"mid":"m_2"}})");
}

TEST(MessengerSend, SoundAndVideoAndPrivateRepliesHaveARateOfTheirOwn) {
  const instagram::InstagramAdapter on_instagram({});
  struct Row {
    const char *type, *url;
    SendKind messenger, instagram;
  };
  for (const Row& row : {Row{"video", "https://a.test/v.mp4", SendKind::media, SendKind::media},
                         Row{"audio", "https://a.test/v.m4a", SendKind::media, SendKind::media},
                         Row{"image", "https://a.test/v.png", SendKind::plain, SendKind::media},
                         Row{"like_heart", "", SendKind::plain, SendKind::plain}}) {
    OutboundMessage m = message("Look");
    EXPECT_EQ(kAdapter.kind_of(m), SendKind::plain);
    m.attachments.push_back(attachment(row.type, row.url));
    EXPECT_EQ(kAdapter.kind_of(m), row.messenger) << row.type;
    EXPECT_EQ(on_instagram.kind_of(m), row.instagram) << row.type;
    m.comment_id = "1_3";
    EXPECT_EQ(kAdapter.kind_of(m), SendKind::private_reply);
  }
  EXPECT_EQ(kAdapter.limits().media_interval, 100) << "ten a second";
  const SendLimits limits = kAdapter.limits();
  EXPECT_LE(3'600'000 / limits.private_reply_interval + limits.private_reply_burst, 750);
}

TEST(MessengerCompose, NoProofWithoutASecret) {
  const MessengerAdapter open({"https://graph.test", "v25.0", "", ""});
  EXPECT_EQ(open.compose(message("a"), credentials())[0].url,
            "https://graph.test/v25.0/1029384756/messages");
}

TEST(MessengerCompose, LongTextIsSplitInOrder) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "This is sentence number " + std::to_string(i) + ". ";
  OutboundMessage m = message(text);
  m.quick_replies.resize(1);
  m.quick_replies[0].set_title("Ok");
  m.reply_to_external = "m_1";
  m.attachments.push_back(attachment("image", "https://f.test/a.jpg"));
  const auto calls = kAdapter.compose(m, credentials());
  ASSERT_GE(calls.size(), 4u);
  std::string joined;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const auto json = parse_json(calls[i].body);
    ASSERT_TRUE(json.has_value());
    const bool last = i + 1 == calls.size();
    EXPECT_EQ((*json)["message"].HasMember("quick_replies"), last);
    EXPECT_EQ(json->HasMember("reply_to"), i == 0);
    EXPECT_STREQ((*json)["message"]["metadata"].GetString(), "msg_1");
    if (last) {
      EXPECT_STREQ((*json)["message"]["attachment"]["payload"]["url"].GetString(),
                   "https://f.test/a.jpg");
    } else {
      const std::string part = (*json)["message"]["text"].GetString();
      EXPECT_LE(part.size(), 2000u);
      EXPECT_TRUE(part.ends_with('.')) << part;
      joined += part + " ";
    }
  }
  EXPECT_EQ(joined, text);
}

TEST(MessengerCompose, AttachmentsWithoutAFormGoAsText) {
  OutboundMessage m = message("");
  api::Attachment place;
  place.set_type("location");
  place.set_latitude(52.5);
  place.set_longitude(13.25);
  m.attachments.push_back(place);
  m.attachments.push_back(attachment("contact_card", "https://f.test/c"));
  const auto calls = kAdapter.compose(m, credentials());
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_NE(calls[0].body.find("maps?q=52.5"), std::string::npos);
  EXPECT_NE(calls[1].body.find(R"("text":"https://f.test/c")"), std::string::npos);
}

TEST(MessengerCompose, Typing) {
  const auto call = kAdapter.compose_typing("7", credentials());
  ASSERT_TRUE(call.has_value());
  EXPECT_EQ(call->body, R"({"recipient":{"id":"7"},"sender_action":"typing_on"})");
}

TEST(SplitText, NeverCutsACodePointAndLosesNothing) {
  std::string emojis;
  for (int i = 0; i < 1001; ++i) emojis += "😀";
  const auto parts = split_text(emojis, 2000);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].size(), 4000u);
  EXPECT_EQ(parts[1], "😀");
  EXPECT_EQ(split_text(std::string(2000, 'a'), 2000).size(), 1u);
  EXPECT_EQ(split_text(std::string(2001, 'a'), 2000).size(), 2u);
  EXPECT_TRUE(split_text(" \n ", 10).empty());
  EXPECT_EQ(split_text("aaaa bbbb", 4), (std::vector<std::string_view>{"aaaa", "bbbb"}));
  EXPECT_EQ(split_text("One. Two words", 10), (std::vector<std::string_view>{"One. Two", "words"}));
  EXPECT_EQ(split_text("One is. Two words", 10),
            (std::vector<std::string_view>{"One is.", "Two words"}));
  for (std::size_t limit = 1; limit < 9; ++limit) {
    std::string joined;
    for (const auto part : split_text("é😀\xff\xf0x。ü\xe2\x82", limit)) joined += part;
    EXPECT_EQ(joined.size() > 0, true);
  }
}

TEST(MessengerAccount, NeedsPageAndToken) {
  EXPECT_EQ(kAdapter.account_of(credentials()).value(), "1029384756");
  api::Credentials none;
  EXPECT_EQ(kAdapter.account_of(none).error().field, "/credentials/page_id");
  none.set_page_id("1");
  EXPECT_EQ(kAdapter.account_of(none).error().field, "/credentials/page_access_token");
  EXPECT_EQ(kAdapter.window_length(), 86'400'000);
}

TEST(ProviderClientReply, TellsWhetherTheRequestMayHaveArrived) {
  HttpReply answered;
  answered.status = 200;
  answered.body = "x";
  answered.headers.add("Retry-After", "1");
  const ProviderReply ok = provider_reply(std::move(answered));
  EXPECT_EQ(ok.status, 200);
  EXPECT_EQ(ok.headers[0].second, "1");
  HttpError lost;
  lost.error.code = Errc::timeout;
  lost.sent = true;
  const ProviderReply open = provider_reply(tl::unexpected(lost));
  EXPECT_EQ(open.status, 0);
  EXPECT_TRUE(open.maybe_sent);
  EXPECT_EQ(open.error, Errc::timeout);
}

}  // namespace
}  // namespace aura::net::messenger
