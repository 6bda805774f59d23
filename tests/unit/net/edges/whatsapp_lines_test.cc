// What stands above and below the choices of a message, and the button that asks for a place.
#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

OutboundMessage outgoing(const std::string& text, const std::string& type,
                         const std::string& title) {
  OutboundMessage out;
  out.recipient = "15557654321";
  out.text = text;
  out.buttons.emplace_back().set_type(type);
  out.buttons[0].set_title(title);
  if (type == "phone") out.buttons[0].set_phone("+1555");
  return out;
}

std::string body(const OutboundMessage& message) {
  const auto calls = adapter().compose(message, {});
  EXPECT_EQ(calls.size(), 1u);
  return calls.empty() ? "" : calls[0].body;
}

std::string refused_field(const OutboundMessage& message) {
  const auto checked = adapter().check(message);
  return checked ? "ok" : checked.error().field;
}

// Such a button takes no line above or below it, and no other button.
void expect_nothing_beside(OutboundMessage message) {
  message.header = "Order";
  EXPECT_EQ(refused_field(message), "/header");
  message.header.clear();
  message.footer = "Shop";
  EXPECT_EQ(refused_field(message), "/footer");
  message.footer.clear();
  message.buttons.push_back(outgoing("", "reply", "Here").buttons[0]);
  EXPECT_EQ(refused_field(message), "/buttons/0/type");
}

TEST(WhatsAppLines, StandAboveAndBelowTheChoices) {
  OutboundMessage m = outgoing("Confirm?", "reply", "Yes");
  m.header = "Order 7";
  m.footer = "The shop";
  EXPECT_NE(
      body(m).find(
          R"("interactive":{"type":"button","header":{"type":"text","text":"Order 7"},"body":{"text":"Confirm?"},"footer":{"text":"The shop"},"action":{"buttons":[{"type":"reply","reply":{"id":"Yes","title":"Yes"}}]}})"),
      std::string::npos)
      << body(m);
  m = outgoing("Confirm?", "phone", "Call");  // goes in words
  m.header = "Order 7";
  m.footer = "The shop";
  EXPECT_NE(body(m).find(R"("body":"Order 7\n\nConfirm?\nCall: +1555\n\nThe shop")"),
            std::string::npos)
      << body(m);
}

TEST(WhatsAppLines, AreShort) {
  OutboundMessage m = outgoing("Confirm?", "reply", "Yes");
  m.header = m.footer = std::string(60, 'x');
  EXPECT_EQ(refused_field(m), "ok");
  m.header += 'x';
  EXPECT_EQ(refused_field(m), "/header");
  m.header.clear();
  m.footer += 'x';
  EXPECT_EQ(refused_field(m), "/footer");
}

TEST(WhatsAppLines, AProductAloneHasNoHeader) {
  OutboundMessage m = outgoing("Look", "reply", "Yes");
  m.buttons.clear();
  m.products.emplace().set_catalog_id("c1");
  m.products->add_product_ids("sku1");
  m.header = "Deals";
  EXPECT_EQ(refused_field(m), "/header");
  m.products->add_product_ids("sku2");
  EXPECT_EQ(refused_field(m), "ok");
  EXPECT_NE(body(m).find(R"("header":{"type":"text","text":"Deals"})"), std::string::npos);
}

TEST(WhatsAppLocationRequest, AsksWhereThePersonIsAndStandsAlone) {
  OutboundMessage m = outgoing("Where to?", "location", "");
  EXPECT_EQ(refused_field(m), "ok");
  EXPECT_NE(
      body(m).find(
          R"("interactive":{"type":"location_request_message","body":{"text":"Where to?"},"action":{"name":"send_location"}})"),
      std::string::npos)
      << body(m);
  expect_nothing_beside(m);
}

TEST(WhatsAppCall, AsksWhetherTheShopMayCall) {
  OutboundMessage m = outgoing("May we call you about your order?", "call_permission", "");
  EXPECT_EQ(refused_field(m), "ok");
  EXPECT_NE(
      body(m).find(
          R"("interactive":{"type":"call_permission_request","body":{"text":"May we call you about your order?"},"action":{"name":"call_permission_request"}})"),
      std::string::npos)
      << body(m);
  expect_nothing_beside(m);
}

TEST(WhatsAppCatalog, OpensAndStandsAlone) {
  OutboundMessage m = outgoing("All we have", "catalog", "");
  EXPECT_EQ(refused_field(m), "ok");
  const std::string bare =
      R"("interactive":{"type":"catalog_message","body":{"text":"All we have"},"action":{"name":"catalog_message"}})";
  EXPECT_NE(body(m).find(bare), std::string::npos) << body(m);
  m.buttons[0].set_product_id("sku1");
  EXPECT_NE(
      body(m).find(
          R"("action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"sku1"}}})"),
      std::string::npos)
      << body(m);
  m.footer = "Shop";
  EXPECT_EQ(refused_field(m), "ok");
  m.header = "Order";
  EXPECT_EQ(refused_field(m), "/header");
  m.header.clear();
  m.buttons.push_back(outgoing("", "reply", "Here").buttons[0]);
  EXPECT_EQ(refused_field(m), "/buttons/0/type");
}

TEST(WhatsAppFlow, OpensAForm) {
  OutboundMessage m = outgoing("Book", "flow", "Open");
  EXPECT_EQ(refused_field(m), "/buttons/0/flow_id");
  api::Button& button = m.buttons[0];
  button.set_flow_id("f1");
  EXPECT_EQ(refused_field(m), "ok");
  EXPECT_NE(
      body(m).find(
          R"("interactive":{"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_token":"unused","flow_id":"f1","flow_cta":"Open","flow_action":"data_exchange"}}})"),
      std::string::npos)
      << body(m);
  button.set_payload("t1");
  button.mutable_data()->set_json(R"({"day":"Monday"})");
  EXPECT_EQ(refused_field(m), "/buttons/0/data") << "for which screen?";
  button.set_screen("A");
  m.header = "Table";
  EXPECT_EQ(refused_field(m), "ok");
  EXPECT_NE(
      body(m).find(
          R"("flow_token":"t1","flow_id":"f1","flow_cta":"Open","flow_action":"navigate","flow_action_payload":{"screen":"A","data":{"day":"Monday"}}}}})"),
      std::string::npos)
      << body(m);
  button.mutable_data()->set_json("[]");
  EXPECT_EQ(refused_field(m), "/buttons/0/data");
  button.clear_data();
  button.set_title(std::string(21, 'x'));
  EXPECT_EQ(refused_field(m), "/buttons/0/title");
  button.clear_title();
  EXPECT_EQ(refused_field(m), "/buttons/0/title");
}

}  // namespace
}  // namespace aura::net::whatsapp
