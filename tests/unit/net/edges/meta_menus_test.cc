// Buttons, lists, captions, and messages that are refused before they are queued.
#include <gtest/gtest.h>

#include "net/json.h"
#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"

namespace aura::net {
namespace {

const messenger::MessengerAdapter kMessenger({});
const instagram::InstagramAdapter kInstagram({});

api::Credentials credentials() {
  api::Credentials out;
  out.set_page_id("1");
  out.set_page_access_token("T");
  return out;
}

OutboundMessage message(std::string text) {
  OutboundMessage out;
  out.recipient = "7";
  out.message_id = "msg_1";
  out.text = std::move(text);
  return out;
}

api::Button button(const char* type, const char* title, const char* value = "") {
  api::Button out;
  out.set_type(type);
  out.set_title(title);
  if (out.type() == "url") out.set_url(value);
  if (out.type() == "phone") out.set_phone(value);
  if (out.type() == "reply" && *value != '\0') out.set_payload(value);
  return out;
}

api::ListMenu list(int rows, const char* title = "Row") {
  api::ListMenu out;
  out.set_button("Choose");
  api::ListSection& section = *out.add_sections();
  section.set_title("Cakes");
  for (int i = 0; i < rows; ++i) {
    api::ListRow& row = *section.add_rows();
    row.set_id("id" + std::to_string(i));
    row.set_title(title);
    if (i == 0) row.set_description("with cream");
  }
  return out;
}

std::vector<std::string> bodies(const OutboundMessage& m) {
  std::vector<std::string> out;
  for (const ProviderCall& call : kMessenger.compose(m, credentials())) out.push_back(call.body);
  return out;
}

std::string content(const std::string& inner) {
  return R"({"recipient":{"id":"7"},"messaging_type":"RESPONSE","message":{)" + inner +
         R"(,"metadata":"msg_1"}})";
}

TEST(MetaMenus, UpToThreeButtonsOfEveryType) {
  OutboundMessage m = message("Choose");
  m.buttons = {button("reply", "Order", "ORDER_1"), button("url", "Details", "https://e.test/p"),
               button("phone", "Call", "+15550001111")};
  EXPECT_EQ(
      bodies(m),
      (std::vector<std::string>{content(
          R"("attachment":{"type":"template","payload":{"template_type":"button","text":"Choose",)"
          R"("buttons":[{"type":"postback","title":"Order","payload":"ORDER_1"},)"
          R"({"type":"web_url","title":"Details","url":"https://e.test/p"},)"
          R"({"type":"phone_number","title":"Call","payload":"+15550001111"}]}})")}));
  EXPECT_TRUE(kMessenger.check(m).has_value());
}

TEST(MetaMenus, MoreButtonsAreWrittenOut) {
  OutboundMessage m = message("Choose");
  for (int i = 0; i < 4; ++i) m.buttons.push_back(button("reply", "A"));
  m.buttons[3] = button("url", "Map", "https://e.test");
  EXPECT_EQ(bodies(m), (std::vector<std::string>{content(
                           R"("text":"Choose\n\n1. A\n2. A\n3. A\n4. Map: https://e.test")")}));
  EXPECT_TRUE(kMessenger.check(m).has_value());
}

TEST(MetaMenus, ButtonsStandBelowTheEndOfALongText) {
  OutboundMessage m = message(std::string(2000, 'a') + " " + std::string(639, 'b') + " ccc");
  m.buttons = {button("reply", "Ok")};
  const auto out = bodies(m);
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ((*parse_json(out[0]))["message"]["text"].GetStringLength(), 2000u);
  EXPECT_EQ((*parse_json(out[1]))["message"]["text"].GetStringLength(), 639u);
  EXPECT_NE(out[2].find(R"("template_type":"button","text":"ccc")"), std::string::npos);
}

TEST(MetaMenus, AShortListIsCards) {
  OutboundMessage m = message("Our cakes");
  m.list = list(2, "Chocolate cake with cherries");
  const auto out = bodies(m);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[0], content(R"("text":"Our cakes")"));
  EXPECT_EQ(
      out[1],
      content(
          R"("attachment":{"type":"template","payload":{"template_type":"generic","elements":[)"
          R"({"title":"Chocolate cake with cherries","subtitle":"Cakes · with cream","buttons":[)"
          R"({"type":"postback","title":"Chocolate cake with…","payload":"id0"}]},)"
          R"({"title":"Chocolate cake with cherries","subtitle":"Cakes","buttons":[{"type":"postback",)"
          R"("title":"Chocolate cake with…","payload":"id1"}]}]}})"));
  EXPECT_TRUE(kMessenger.check(m).has_value());
}

TEST(MetaMenus, ALongListIsWrittenOut) {
  OutboundMessage m = message("Our cakes");
  m.list = list(11);
  const auto out = bodies(m);
  ASSERT_EQ(out.size(), 1u);
  const std::string text = (*parse_json(out[0]))["message"]["text"].GetString();
  EXPECT_TRUE(text.starts_with("Our cakes\n\nCakes\n1. Row – with cream\n2. Row\n")) << text;
  EXPECT_TRUE(text.ends_with("11. Row")) << text;
  m.list = list(1, std::string(81, 'x').c_str());
  EXPECT_EQ(bodies(m).size(), 1u);
  m.buttons = {button("reply", "Ok")};
  EXPECT_EQ(bodies(m).size(), 2u);
}

TEST(MetaMenus, APrivateReplyNeedsNoTag) {
  OutboundMessage m = message("Private");
  m.comment_id = "1_3";
  m.window_closed = true;
  m.written_by_person = true;
  EXPECT_EQ(bodies(m)[0],
            R"({"recipient":{"comment_id":"1_3"},"messaging_type":"RESPONSE","message":{"text":)"
            R"("Private","metadata":"msg_1"}})");
}

TEST(MetaMenus, APersonAfterTheWindowSaysSo) {
  OutboundMessage m = message("Sorry");
  m.window_closed = true;
  EXPECT_EQ(bodies(m)[0].find("HUMAN_AGENT"), std::string::npos);  // never for a message of the AI
  m.written_by_person = true;
  EXPECT_EQ(bodies(m)[0],
            R"({"recipient":{"id":"7"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT",)"
            R"("message":{"text":"Sorry","metadata":"msg_1"}})");
}

TEST(MetaMenus, CaptionsAndPlacesAreWrittenOut) {
  OutboundMessage m = message("");
  api::Attachment picture;
  picture.set_type("image");
  picture.set_url("https://f.test/a.jpg");
  picture.set_title("Our cake");
  api::Attachment document;
  document.set_type("file");
  document.set_url("https://f.test/menu.docx");
  document.set_title("menu.docx");
  m.attachments = {picture, document};
  EXPECT_EQ(
      bodies(m),
      (std::vector<std::string>{
          content(R"("attachment":{"type":"image","payload":{"url":"https://f.test/a.jpg",)"
                  R"("is_reusable":false}})"),
          content(R"("text":"Our cake")"),
          content(R"("attachment":{"type":"file","payload":{"url":"https://f.test/menu.docx",)"
                  R"("is_reusable":false}})")}));
}

struct Refused {
  const char* name;
  OutboundMessage message;
  const char* field;
  Errc code;
};

OutboundMessage with(void (*change)(OutboundMessage&)) {
  OutboundMessage out = message("Text");
  change(out);
  return out;
}

TEST(MetaQuickReplies, OfferThePersonsOwnNumberAndAddress) {
  OutboundMessage m = message("How can we reach you?");
  m.quick_replies.resize(3);
  m.quick_replies[0].set_type("phone");
  m.quick_replies[1].set_type("email");
  m.quick_replies[2].set_type("text");
  m.quick_replies[2].set_title("Not at all");
  ASSERT_TRUE(kMessenger.check(m).has_value());
  const std::string body = kMessenger.compose(m, credentials()).at(0).body;
  EXPECT_NE(
      body.find(
          R"("quick_replies":[{"content_type":"user_phone_number"},{"content_type":"user_email"},{"content_type":"text","title":"Not at all","payload":"Not at all"}])"),
      std::string::npos)
      << body;
}

class MetaRefused : public testing::TestWithParam<Refused> {};
TEST_P(MetaRefused, BeforeItIsQueued) {
  for (const ChannelAdapter* adapter : {static_cast<const ChannelAdapter*>(&kMessenger),
                                        static_cast<const ChannelAdapter*>(&kInstagram)}) {
    const Result<void> checked = adapter->check(GetParam().message);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().field, GetParam().field);
    EXPECT_EQ(checked.error().code, GetParam().code);
    EXPECT_FALSE(checked.error().detail.empty());
  }
}
INSTANTIATE_TEST_SUITE_P(
    All, MetaRefused,
    testing::Values(
        Refused{"template", with([](auto& m) { m.template_use.emplace(); }), "/template",
                Errc::unsupported},
        Refused{"products", with([](auto& m) { m.products.emplace(); }), "/products",
                Errc::unsupported},
        Refused{"nothing", with([](auto& m) { m.text = " "; }), "/text", Errc::invalid},
        Refused{"window", with([](auto& m) { m.window_closed = true; }), "", Errc::window_closed},
        Refused{"many_quick_replies", with([](auto& m) {
                  m.quick_replies.resize(14);
                  for (auto& reply : m.quick_replies) reply.set_title("a");
                }),
                "/quick_replies", Errc::invalid},
        Refused{"quick_reply_title", with([](auto& m) { m.quick_replies.resize(1); }),
                "/quick_replies/0/title", Errc::invalid},
        Refused{"quick_reply_payload", with([](auto& m) {
                  m.quick_replies.resize(1);
                  m.quick_replies[0].set_title("a");
                  m.quick_replies[0].set_payload(std::string(1001, 'x'));
                }),
                "/quick_replies/0/payload", Errc::invalid},
        Refused{"button_without_text", with([](auto& m) {
                  m.text.clear();
                  m.buttons = {button("reply", "a")};
                }),
                "/text", Errc::invalid},
        Refused{"button_title", with([](auto& m) {
                  m.buttons = {button("reply", "a"), button("reply", "123456789012345678901")};
                }),
                "/buttons/1/title", Errc::invalid},
        Refused{"button_type", with([](auto& m) { m.buttons = {button("game", "a")}; }),
                "/buttons/0/type", Errc::invalid},
        Refused{"button_url", with([](auto& m) { m.buttons = {button("url", "a", "ftp://x")}; }),
                "/buttons/0/url", Errc::invalid},
        Refused{"button_phone", with([](auto& m) { m.buttons = {button("phone", "a", "555 1")}; }),
                "/buttons/0/phone", Errc::invalid},
        Refused{"button_payload", with([](auto& m) {
                  m.buttons = {button("reply", "a", std::string(1001, 'x').c_str())};
                }),
                "/buttons/0/payload", Errc::invalid},
        Refused{"empty_list", with([](auto& m) { m.list = list(0); }), "/list/sections",
                Errc::invalid},
        Refused{"row_title", with([](auto& m) { m.list = list(1, ""); }),
                "/list/sections/0/rows/0/title", Errc::invalid},
        Refused{"row_id", with([](auto& m) {
                  m.list = list(2);
                  m.list->mutable_sections(0)->mutable_rows(1)->clear_id();
                }),
                "/list/sections/0/rows/1/id", Errc::invalid},
        Refused{"attachment_url", with([](auto& m) {
                  m.attachments.resize(1);
                  m.attachments[0].set_type("image");
                  m.attachments[0].set_url("file:///etc/passwd");
                }),
                "/attachments/0/url", Errc::invalid},
        Refused{"large_image", with([](auto& m) {
                  m.attachments.resize(1);
                  m.attachments[0].set_type("image");
                  m.attachments[0].set_url("https://f.test/a.png");
                  m.attachments[0].set_size_bytes(8 * 1024 * 1024 + 1);
                }),
                "/attachments/0", Errc::invalid},
        Refused{"large_file", with([](auto& m) {
                  m.attachments.resize(1);
                  m.attachments[0].set_type("file");
                  m.attachments[0].set_url("https://f.test/a.pdf");
                  m.attachments[0].set_size_bytes(25 * 1024 * 1024 + 1);
                }),
                "/attachments/0", Errc::invalid},
        Refused{"long_private_reply", with([](auto& m) {
                  m.comment_id = "1_3";
                  m.text = std::string(2001, 'x');
                }),
                "/text", Errc::invalid},
        Refused{"private_reply_with_a_picture", with([](auto& m) {
                  m.comment_id = "1_3";
                  m.attachments.resize(1);
                  m.attachments[0].set_type("image");
                  m.attachments[0].set_url("https://f.test/a.png");
                }),
                "/attachments", Errc::invalid}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(MetaCheck, WhatFitsPasses) {
  OutboundMessage m = message(std::string(5000, 'x'));
  EXPECT_TRUE(kMessenger.check(m).has_value());
  EXPECT_TRUE(kInstagram.check(m).has_value());
  m.window_closed = true;
  m.written_by_person = true;
  EXPECT_TRUE(kMessenger.check(m).has_value());
  m = message("Private");
  m.comment_id = "1_3";
  EXPECT_TRUE(kMessenger.check(m).has_value());
  m.window_closed = true;  // the comment's author never wrote in private
  EXPECT_TRUE(kMessenger.check(m).has_value());
  m = message("");
  m.attachments.resize(1);
  m.attachments[0].set_type("file");
  m.attachments[0].set_url("https://f.test/a.docx");
  m.attachments[0].set_size_bytes(100LL * 1024 * 1024);
  EXPECT_FALSE(kMessenger.check(m).has_value());
  EXPECT_TRUE(kInstagram.check(m).has_value());  // sent as a link
}

OutboundMessage with_items(int count) {
  OutboundMessage out = message("Our menu");
  auto& products = out.products.emplace();
  for (int i = 0; i < count; ++i) {
    auto& card = *products.add_cards();
    card.set_title("Espresso");
    card.set_subtitle("$2.40");
    card.set_image_url("https://cdn.example.test/e.jpg");
  }
  return out;
}

TEST(MetaProducts, ItemsOfOurCatalogAreCardsWithPictureAndPrice) {
  for (const ChannelAdapter* adapter : {static_cast<const ChannelAdapter*>(&kMessenger),
                                        static_cast<const ChannelAdapter*>(&kInstagram)}) {
    EXPECT_TRUE(adapter->check(with_items(1)).has_value());
    const auto calls = adapter->compose(with_items(1), credentials());
    ASSERT_EQ(calls.size(), 2u);
    EXPECT_NE(
        calls[1].body.find(R"({"template_type":"generic","elements":[{"title":"Espresso",)"
                           R"("subtitle":"$2.40","image_url":"https://cdn.example.test/e.jpg"}]})"),
        std::string::npos)
        << calls[1].body;
  }
}

TEST(MetaProducts, APictureThatOnlyOurPagesFindIsLeftOut) {
  OutboundMessage menu = with_items(1);
  menu.products->mutable_cards(0)->set_image_url("/demo/espresso.svg");
  const auto calls = kMessenger.compose(menu, credentials());
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[1].body.find("image_url"), std::string::npos) << calls[1].body;
}

TEST(MetaProducts, TenCardsAMessage) {
  EXPECT_EQ(kMessenger.compose(with_items(10), credentials()).size(), 2u);
  EXPECT_EQ(kMessenger.compose(with_items(11), credentials()).size(), 3u);
}

TEST(MetaFiles, ThatTheChannelCannotUseGoAsLinks) {
  OutboundMessage m = message("Here");
  api::Attachment& file = m.attachments.emplace_back();
  file.set_type("image");
  file.set_url("https://files.example.test/a.jpg");
  m.files_as_links = true;
  const auto calls = kMessenger.compose(m, credentials());
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_NE(calls[1].body.find(R"("text":"https://files.example.test/a.jpg")"), std::string::npos);
  EXPECT_EQ(calls[1].body.find("attachment"), std::string::npos);
}

TEST(MetaMenus, OnlyWhatIsWrittenOutIsAnsweredByNumber) {
  OutboundMessage m = message("Choose");
  m.buttons = {button("reply", "A", "PA"), button("reply", "B")};
  EXPECT_TRUE(kMessenger.numbered_choices(m).empty());
  for (int i = 0; i < 2; ++i) m.buttons.push_back(button("reply", "C", "PC"));
  auto choices = kMessenger.numbered_choices(m);
  ASSERT_EQ(choices.size(), 4u);
  EXPECT_EQ(choices[0].payload(), "PA");
  EXPECT_EQ(choices[1].payload(), "B");
  OutboundMessage menu = message("Choose");
  menu.list = list(2);
  EXPECT_TRUE(kInstagram.numbered_choices(menu).empty());
  menu.list = list(11);
  choices = kInstagram.numbered_choices(menu);
  ASSERT_EQ(choices.size(), 11u);
  EXPECT_EQ(choices[1].payload(), "id1");
}

}  // namespace
}  // namespace aura::net
