// Outgoing Instagram messages: limits, unsupported content, and both kinds of tokens.
#include <gtest/gtest.h>

#include "net/json.h"
#include "net/providers/instagram/instagram_adapter.h"

namespace aura::net::instagram {
namespace {

const InstagramAdapter kAdapter({"https://graph.test", "v25.0", "555",
                                 "test_app_secret_0123456789abcdef", "https://ig.test/"});

api::Credentials own_login() {
  api::Credentials out;
  out.set_account_id("17841400000000001");
  out.set_access_token("IGTOKEN");
  return out;
}

api::Credentials by_page() {
  api::Credentials out;
  out.set_page_id("1029384756");
  out.set_page_access_token("EAATESTTOKEN0001");
  return out;
}

OutboundMessage message(std::string text) {
  OutboundMessage out;
  out.recipient = "684";
  out.message_id = "msg_1";
  out.text = std::move(text);
  return out;
}

api::Attachment file(const char* type, const std::string& url, const char* title = "") {
  api::Attachment out;
  out.set_type(type);
  out.set_url(url);
  if (*title != '\0') out.set_title(title);
  return out;
}

std::vector<std::string> bodies(const OutboundMessage& m) {
  std::vector<std::string> out;
  for (const ProviderCall& call : kAdapter.compose(m, own_login())) out.push_back(call.body);
  return out;
}

// The body of a call with this `message`.
std::string content(const std::string& inner) {
  return R"({"recipient":{"id":"684"},"message":{)" + inner + R"(,"metadata":"msg_1"}})";
}

TEST(InstagramCheck, ATextMayTakeFortyMessages) {
  EXPECT_TRUE(kAdapter.check(message(std::string(20'000, 'x'))));
  EXPECT_TRUE(kAdapter.check(message(std::string(40'000, 'x'))));
  const auto refused = kAdapter.check(message(std::string(40'001, 'x')));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "/text");
  EXPECT_NE(refused.error().detail.find("41 messages"), std::string::npos)
      << refused.error().detail;
}

TEST(InstagramCompose, ThroughInstagramLogin) {
  OutboundMessage m = message("Yes, in stock.");
  m.reply_to_external = "mid1";
  const auto calls = kAdapter.compose(m, own_login());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].url, "https://ig.test/v25.0/17841400000000001/messages");
  EXPECT_EQ(calls[0].headers[0].second, "Bearer IGTOKEN");
  EXPECT_EQ(calls[0].body,
            R"({"recipient":{"id":"684"},"message":{"text":"Yes, in stock.","metadata":"msg_1"},)"
            R"("reply_to":{"mid":"mid1"}})");
}

TEST(InstagramCompose, ThroughFacebookLogin) {
  const auto calls = kAdapter.compose(message("a"), by_page());
  EXPECT_EQ(calls[0].url,
            "https://graph.test/v25.0/1029384756/messages?appsecret_proof="
            "3f8440d83ba968de4973db42c1f1642d77973adcf1f9be75aaf3ef7401adae0e");
  EXPECT_EQ(calls[0].headers[0].second, "Bearer EAATESTTOKEN0001");
}

TEST(InstagramCompose, TextIsSplitByBytesBetweenCodePoints) {
  auto repeated = [](const char* point, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += point;
    return out;
  };
  auto sizes = [](const std::string& text) {
    std::vector<std::size_t> out;
    for (const std::string& body : bodies(message(text))) {
      out.push_back((*parse_json(body))["message"]["text"].GetStringLength());
    }
    return out;
  };
  EXPECT_EQ(sizes(repeated("é", 501)), (std::vector<std::size_t>{1000, 2}));
  EXPECT_EQ(sizes(repeated("😀", 250)), (std::vector<std::size_t>{1000}));
  EXPECT_EQ(sizes(repeated("😀", 251)), (std::vector<std::size_t>{1000, 4}));
  const std::string sentence = repeated("é", 300) + ". ";
  EXPECT_EQ(sizes(sentence + sentence), (std::vector<std::size_t>{601, 601}));
}

TEST(InstagramCompose, SeveralImagesAreOneAlbum) {
  OutboundMessage m = message("");
  for (int i = 0; i < 12; ++i) {
    m.attachments.push_back(file("image", "https://f.test/" + std::to_string(i) + ".jpg"));
  }
  m.attachments[0].set_title("Cakes");
  const auto out = bodies(m);
  ASSERT_EQ(out.size(), 3u);
  const auto first = parse_json(out[0]);
  EXPECT_EQ((*first)["message"]["attachments"].Size(), 10u);
  EXPECT_EQ(out[1], content(R"("text":"Cakes")"));
  EXPECT_EQ((*parse_json(out[2]))["message"]["attachments"].Size(), 2u);
  m.attachments.resize(1);
  m.attachments[0].clear_title();
  EXPECT_EQ(bodies(m),
            (std::vector<std::string>{content(
                R"("attachment":{"type":"image","payload":{"url":"https://f.test/0.jpg"}})")}));
}

TEST(InstagramCompose, FilesItTakesGoAsFilesOthersAsLinks) {
  auto one = [](const api::Attachment& attachment) {
    OutboundMessage m = message("");
    m.attachments.push_back(attachment);
    const auto out = bodies(m);
    EXPECT_EQ(out.size(), 1u);
    return out.empty() ? std::string() : out[0];
  };
  for (const auto& [type, name] :
       std::vector<std::pair<const char*, const char*>>{{"image", "a.PNG"},
                                                        {"image", "a.jpeg?x=1"},
                                                        {"audio", "a.m4a"},
                                                        {"audio", "a"},
                                                        {"video", "a.mov"},
                                                        {"file", "a.pdf"}}) {
    EXPECT_NE(one(file(type, std::string("https://f.test/") + name)).find("\"attachment\""),
              std::string::npos)
        << name;
  }
  for (const auto& [type, name] : std::vector<std::pair<const char*, const char*>>{
           {"image", "a.webp"}, {"audio", "a.ogg"}, {"file", "a.docx"}, {"sticker", "a.png"}}) {
    EXPECT_EQ(one(file(type, std::string("https://f.test/") + name)),
              content(R"("text":"https://f.test/)" + std::string(name) + "\""))
        << name;
  }
  api::Attachment typed = file("image", "https://f.test/x");
  typed.set_mime_type("image/gif");
  EXPECT_EQ(one(typed), content(R"("text":"https://f.test/x")"));
  typed.set_mime_type("image/jpeg; charset=binary");
  EXPECT_NE(one(typed).find("\"attachment\""), std::string::npos);
  api::Attachment heart;
  heart.set_type("like_heart");
  EXPECT_EQ(one(heart), content(R"("attachment":{"type":"like_heart"})"));
  api::Attachment post;
  post.set_type("post");
  post.set_channel_media_id("17890000000000001");
  EXPECT_EQ(one(post),
            content(R"("attachment":{"type":"MEDIA_SHARE","payload":{"id":"17890000000000001"}})"));
}

TEST(InstagramCompose, PhoneButtonsAreWrittenOut) {
  OutboundMessage m = message("How may we help?");
  m.buttons.resize(2);
  m.buttons[0].set_type("reply");
  m.buttons[0].set_title("Order");
  m.buttons[1].set_type("phone");
  m.buttons[1].set_title("Call");
  m.buttons[1].set_phone("+15550001111");
  EXPECT_EQ(bodies(m), (std::vector<std::string>{content(
                           R"("text":"How may we help?\n\n1. Order\n2. Call: +15550001111")")}));
  m.buttons.pop_back();
  EXPECT_EQ(bodies(m),
            (std::vector<std::string>{content(
                R"("attachment":{"type":"template","payload":{"template_type":"button",)"
                R"("text":"How may we help?","buttons":[{"type":"postback","title":"Order",)"
                R"("payload":"Order"}]}})")}));
}

TEST(InstagramCompose, AfterTheWindowAPersonSaysSo) {
  OutboundMessage m = message("Sorry for the delay");
  m.window_closed = true;
  m.written_by_person = true;
  EXPECT_EQ(bodies(m)[0],
            R"({"recipient":{"id":"684"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT",)"
            R"("message":{"text":"Sorry for the delay","metadata":"msg_1"}})");
}

TEST(InstagramCompose, PrivateReplyReadMarkTypingAndReactions) {
  OutboundMessage m = message("We sent you a message");
  m.comment_id = "1790000001";
  m.reply_to_external = "1790000001";
  EXPECT_EQ(bodies(m)[0], R"({"recipient":{"comment_id":"1790000001"},"message":{"text":)"
                          R"("We sent you a message","metadata":"msg_1"}})");
  EXPECT_EQ(kAdapter.compose_read("684", "m", own_login())->body,
            R"({"recipient":{"id":"684"},"sender_action":"mark_seen"})");
  EXPECT_EQ(kAdapter.compose_typing("684", own_login())->body,
            R"({"recipient":{"id":"684"},"sender_action":"typing_on"})");
  EXPECT_EQ(kAdapter.compose_reaction("684", "m", "❤️", own_login())->body,
            R"({"recipient":{"id":"684"},"sender_action":"react","payload":{"message_id":"m",)"
            R"("reaction":"love"}})");
  EXPECT_EQ(kAdapter.compose_reaction("684", "m", "", own_login())->body,
            R"({"recipient":{"id":"684"},"sender_action":"unreact","payload":{"message_id":"m"}})");
  EXPECT_FALSE(kAdapter.compose_reaction("684", "m", "🦀", own_login()).has_value());
  EXPECT_EQ(kAdapter.reactions(), "❤ 😮 😢 😡 👍 😆");
  for (const char* emoji : {"❤", "😮", "😢", "😡", "👍", "😆"})
    EXPECT_TRUE(kAdapter.compose_reaction("684", "m", emoji, own_login())) << emoji;
}

TEST(InstagramAccount, EitherLoginWithWhatItNeeds) {
  EXPECT_EQ(kAdapter.account_of(own_login()).value(), "17841400000000001");
  api::Credentials page = by_page();
  EXPECT_EQ(kAdapter.account_of(page).error().field, "/credentials/account_id");
  page.set_account_id("17841400000000001");
  EXPECT_EQ(kAdapter.account_of(page).value(), "17841400000000001");
  page.clear_page_id();
  EXPECT_EQ(kAdapter.account_of(page).error().field, "/credentials/page_id");
  api::Credentials none;
  EXPECT_EQ(kAdapter.account_of(none).error().field, "/credentials/account_id");
  none.set_account_id("1");
  EXPECT_EQ(kAdapter.account_of(none).error().field, "/credentials/access_token");
}

TEST(InstagramAccount, WindowsAndLimits) {
  EXPECT_EQ(kAdapter.window_length(), 86'400'000);
  EXPECT_EQ(kAdapter.human_window_length(), 604'800'000);
  EXPECT_EQ(kAdapter.limits().per_second, 300);
}

TEST(InstagramClassify, SentencesNameInstagram) {
  auto detail = [](const char* body) {
    return kAdapter.classify({.status = 400, .body = body, .headers = {}}).error_detail;
  };
  EXPECT_EQ(detail(R"({"error":{"code":190,"error_subcode":460}})"),
            "The Instagram password was changed, which ended our access; please connect the "
            "account again.");
  for (const char* body :
       {R"({"error":{"code":2}})", R"({"error":{"code":613}})", R"({"error":{"code":368}})",
        R"({"error":{"code":10,"error_subcode":2534022}})",
        R"({"error":{"code":190,"error_subcode":459}})", R"({"error":{"code":777777}})",
        R"({"error":{"code":200,"error_subcode":2534041}})"}) {
    EXPECT_EQ(detail(body).find("Facebook"), std::string::npos) << detail(body);
    EXPECT_EQ(detail(body).find('{'), std::string::npos) << detail(body);
    EXPECT_NE(detail(body).find("Instagram"), std::string::npos) << detail(body);
  }
}

}  // namespace
}  // namespace aura::net::instagram
