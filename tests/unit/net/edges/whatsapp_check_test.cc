// Messages that are refused before they are queued, and the field that the refusal names.
#include <functional>

#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

OutboundMessage text(std::string words = "Hello") {
  OutboundMessage out;
  out.recipient = "1";
  out.text = std::move(words);
  return out;
}

std::string refused_field(const OutboundMessage& message) {
  const auto checked = adapter().check(message);
  if (checked) return "ok";
  EXPECT_FALSE(checked.error().detail.empty());
  return checked.error().field;
}

api::Button button(const char* type, const std::string& title, const std::string& value) {
  api::Button out;
  out.set_type(type);
  out.set_title(title);
  if (out.type() == "url") out.set_url(value);
  if (out.type() == "phone") out.set_phone(value);
  if (out.type() == "reply") out.set_payload(value);
  return out;
}

TEST(WhatsAppCheck, Buttons) {
  OutboundMessage m = text();
  m.buttons = {button("reply", "Yes", std::string(256, 'x'))};
  EXPECT_EQ(refused_field(m), "ok");
  m.buttons = {button("reply", "Yes", std::string(257, 'x'))};
  EXPECT_EQ(refused_field(m), "/buttons/0/payload");
  m.buttons = {button("reply", "Yes", "y"), button("reply", "", "n")};
  EXPECT_EQ(refused_field(m), "/buttons/1/title");
  m.buttons = {button("magic", "Yes", "y")};
  EXPECT_EQ(refused_field(m), "/buttons/0/type");
  m.buttons = {button("url", "Pay", "")};
  EXPECT_EQ(refused_field(m), "/buttons/0/url");
  m.buttons = {button("phone", "Call", "")};
  EXPECT_EQ(refused_field(m), "/buttons/0/phone");
  m.buttons = {button("url", std::string(21, 'x'), "https://a.test")};
  EXPECT_EQ(refused_field(m), "/buttons/0/title");
  m.buttons = {button("url", std::string(20, 'x'), "https://a.test")};
  EXPECT_EQ(refused_field(m), "ok");
  m.text.clear();
  EXPECT_EQ(refused_field(m), "/text");
  m = text();
  m.quick_replies.emplace_back();
  EXPECT_EQ(refused_field(m), "/quick_replies/0/title");
}

OutboundMessage with_list(const std::function<void(api::ListMenu&)>& change) {
  OutboundMessage m = text();
  m.list.emplace();
  m.list->set_button("Choose");
  auto& section = *m.list->add_sections();
  section.set_title("Pizza");
  auto& row = *section.add_rows();
  row.set_id("1");
  row.set_title("Margherita");
  change(*m.list);
  return m;
}

TEST(WhatsAppCheck, Lists) {
  const auto field = [](const std::function<void(api::ListMenu&)>& change) {
    return refused_field(with_list(change));
  };
  using List = api::ListMenu;
  EXPECT_EQ(field([](List&) {}), "ok");
  EXPECT_EQ(field([](List& l) { l.clear_button(); }), "/list/button");
  EXPECT_EQ(field([](List& l) { l.set_button(std::string(21, 'x')); }), "/list/button");
  EXPECT_EQ(field([](List& l) { l.clear_sections(); }), "/list/sections");
  EXPECT_EQ(field([](List& l) { l.mutable_sections(0)->clear_rows(); }), "/list/sections/0/rows");
  EXPECT_EQ(field([](List& l) { l.mutable_sections(0)->set_title(std::string(25, 'x')); }),
            "/list/sections/0/title");
  const auto row = [](List& l) { return l.mutable_sections(0)->mutable_rows(0); };
  EXPECT_EQ(field([&](List& l) { row(l)->set_title(std::string(25, 'x')); }),
            "/list/sections/0/rows/0/title");
  EXPECT_EQ(field([&](List& l) { row(l)->set_title(std::string(24, 'x')); }), "ok");
  EXPECT_EQ(field([&](List& l) { row(l)->set_id(std::string(201, 'x')); }),
            "/list/sections/0/rows/0/id");
  EXPECT_EQ(field([&](List& l) { row(l)->set_description(std::string(73, 'x')); }),
            "/list/sections/0/rows/0/description");
  EXPECT_EQ(field([&](List& l) { row(l)->clear_id(); }), "/list/sections/0/rows/0");
  EXPECT_EQ(field([&](List& l) { *l.mutable_sections(0)->add_rows() = *row(l); }),
            "/list/sections/0/rows/1/id");
  const auto rows = [](int count) {
    return [count](List& l) {
      for (int i = 1; i < count; ++i) {
        auto& added = *l.mutable_sections(0)->add_rows();
        added.set_id(std::to_string(i + 1));
        added.set_title("x");
      }
    };
  };
  EXPECT_EQ(field(rows(10)), "ok");
  EXPECT_EQ(field(rows(11)), "/list/sections");
  EXPECT_EQ(field([&](List& l) {
              *l.add_sections()->add_rows() = *row(l);
              l.mutable_sections(1)->mutable_rows(0)->set_id("2");
            }),
            "/list/sections/1/title");
}

TEST(WhatsAppCheck, Products) {
  OutboundMessage m = text();
  m.products.emplace();
  EXPECT_EQ(refused_field(m), "/products/catalog_id");
  m.products->set_catalog_id("c1");
  EXPECT_EQ(refused_field(m), "/products/product_ids");
  for (int i = 0; i < 30; ++i) m.products->add_product_ids(std::to_string(i));
  EXPECT_EQ(refused_field(m), "ok");
  m.products->add_product_ids("30");
  EXPECT_EQ(refused_field(m), "/products/product_ids");
  m.list.emplace();
  EXPECT_EQ(refused_field(m), "/list");
}

TEST(WhatsAppCheck, Attachments) {
  OutboundMessage m = text();
  auto& a = m.attachments.emplace_back();
  a.set_type("image");
  EXPECT_EQ(refused_field(m), "/attachments/0/url");
  a.set_url("https://f.test/1");
  EXPECT_EQ(refused_field(m), "ok");
  a.set_title(std::string(1025, 'x'));
  EXPECT_EQ(refused_field(m), "/attachments/0/title");
  a.clear_title();
  a.set_size_bytes(100LL * 1024 * 1024 + 1);
  EXPECT_EQ(refused_field(m), "/attachments/0/size_bytes");
  a.set_size_bytes(100LL * 1024 * 1024);
  EXPECT_EQ(refused_field(m), "ok");
  a.Clear();
  a.set_type("location");
  EXPECT_EQ(refused_field(m), "/attachments/0/latitude");
  a.set_latitude(91);
  a.set_longitude(0);
  EXPECT_EQ(refused_field(m), "/attachments/0/latitude");
  a.set_latitude(90);
  EXPECT_EQ(refused_field(m), "ok");
  m.contacts.emplace_back();
  EXPECT_EQ(refused_field(m), "/contacts/0/name");
}

std::string template_field(const std::string& components) {
  OutboundMessage m;
  m.template_use.emplace();
  m.template_use->set_name("a");
  m.template_use->set_language("en");
  m.template_use->mutable_components()->set_json(components);
  return refused_field(m);
}

TEST(WhatsAppCheck, Templates) {
  OutboundMessage m;
  m.template_use.emplace();
  EXPECT_EQ(refused_field(m), "/template/name");
  m.template_use->set_name("a");
  EXPECT_EQ(refused_field(m), "/template/language");
  m.template_use->set_language("en_US");
  EXPECT_EQ(refused_field(m), "ok");
  m.text = "x";
  EXPECT_EQ(refused_field(m), "/template");
  EXPECT_EQ(template_field("{}"), "/template/components");
  EXPECT_EQ(template_field("[]"), "ok");
  EXPECT_EQ(template_field("[7]"), "/template/components/0/type");
  EXPECT_EQ(template_field(R"([{"type":"footer"},{"type":"x"}])"), "/template/components/1/type");
  EXPECT_EQ(template_field(R"([{"type":"button"}])"), "/template/components/0");
  EXPECT_EQ(template_field(R"([{"type":"body","parameters":{}}])"),
            "/template/components/0/parameters");
  EXPECT_EQ(template_field(R"([{"type":"body","parameters":[{"text":"x"}]}])"),
            "/template/components/0/parameters/0");
  // The components of the protocol page's example, and named parameters.
  EXPECT_EQ(
      template_field(
          R"([{"type":"header","parameters":[{"type":"image","image":{"id":"1013"}}]},)"
          R"({"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ada"},{"type":"currency","currency":{"fallback_value":"$9","code":"USD","amount_1000":9000}}]},)"
          R"({"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"o/123"}]},)"
          R"({"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"OK"}]}])"),
      "ok");
}

TEST(WhatsAppCheck, AfterTheWindowOnlyATemplate) {
  OutboundMessage m = text();
  m.window_closed = true;
  const auto checked = adapter().check(m);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, Errc::window_closed);
  EXPECT_NE(checked.error().detail.find("template"), std::string::npos);
  m.text.clear();
  m.template_use.emplace();
  m.template_use->set_name("a");
  m.template_use->set_language("en");
  EXPECT_TRUE(adapter().check(m).has_value());
}

TEST(WhatsAppCheck, ChoicesDifferInWhatComesBack) {
  OutboundMessage m = text();
  m.buttons = {button("reply", "Yes", "a"), button("reply", "No", "a")};
  EXPECT_EQ(refused_field(m), "/buttons/1/payload");
  m.buttons = {button("reply", "Yes", ""), button("reply", "No", "Yes")};
  EXPECT_EQ(refused_field(m), "/buttons/1/payload") << "the title comes back";
  m.buttons = {button("reply", "Yes", "a"), button("reply", "Yes", "b")};
  EXPECT_EQ(refused_field(m), "ok");
}

}  // namespace
}  // namespace aura::net::whatsapp
