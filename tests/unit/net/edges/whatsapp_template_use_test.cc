// A template's values beside the template as WhatsApp lists it: what does not fit is refused before
// it is queued, what fits makes the words that the customer reads.
#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

api::Template listed(const std::string& components) {
  api::Template out;
  out.set_status("approved");
  out.mutable_components()->set_json(components);
  return out;
}
api::TemplateUse with(const std::string& components) {
  api::TemplateUse out;
  if (!components.empty()) out.mutable_components()->set_json(components);
  return out;
}

const std::string kOrder =
    R"([{"type":"HEADER","format":"TEXT","text":"Order {{1}}"},)"
    R"({"type":"BODY","text":"Hi {{1}}, it costs {{2}}. Thank you, {{1}}!","example":{"body_text":[["Ada","$9"]]}},)"
    R"({"type":"FOOTER","text":"The shop"},)"
    R"({"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"OK"},{"type":"URL","text":"See","url":"https://example.test/{{1}}"}]}])";
const std::string kHeader = R"({"type":"header","parameters":[{"type":"text","text":"123"}]})";
const std::string kBody =
    R"({"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"currency","currency":{"fallback_value":"$9","code":"USD","amount_1000":9000}}]})";
const std::string kButton =
    R"({"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"o/123"}]})";

std::string list(std::initializer_list<std::string> parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "[" : ",") + part;
  return out.empty() ? "[]" : out + "]";
}

TEST(TemplateUse, WhatFitsIsShownInItsWords) {
  const auto use = with(list({kHeader, kBody, kButton}));
  EXPECT_TRUE(adapter().check_template(listed(kOrder), use).has_value());
  EXPECT_EQ(adapter().template_text(listed(kOrder), use),
            "Order 123\nHi Ada, it costs $9. Thank you, Ada!\nThe shop");
}

TEST(TemplateUse, ANumberNamesItsValueWhereverItStands) {
  const std::string known = R"([{"type":"BODY","text":"{{2}} euros, {{1}}!"}])";
  const auto use = with(
      R"([{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":"9"}]}])");
  EXPECT_TRUE(adapter().check_template(listed(known), use).has_value());
  EXPECT_EQ(adapter().template_text(listed(known), use), "9 euros, Ada!");
}

struct Case {
  const char* what;
  std::string known;
  std::string given;
  const char* says;  // nullptr: it fits
};
class TemplateFit : public testing::TestWithParam<Case> {};
TEST_P(TemplateFit, IsKnownBeforeItIsSent) {
  const auto checked = adapter().check_template(listed(GetParam().known), with(GetParam().given));
  EXPECT_EQ(checked.has_value(), GetParam().says == nullptr);
  if (checked.has_value() || GetParam().says == nullptr) return;
  EXPECT_EQ(checked.error().code, Errc::invalid);
  EXPECT_EQ(checked.error().field, "/template/components");
  EXPECT_NE(checked.error().detail.find(GetParam().says), std::string::npos)
      << checked.error().detail;
}

const std::string kPlain = R"([{"type":"BODY","text":"We are open."}])";
const std::string kOne = R"([{"type":"BODY","text":"Hi {{1}}"}])";
const std::string kNamed = R"([{"type":"BODY","text":"Hi {{first_name}} {{last_name}}"}])";
const std::string kPicture = R"([{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Hi"}])";
const std::string kOneValue = R"({"type":"body","parameters":[{"type":"text","text":"Ada"}]})";

INSTANTIATE_TEST_SUITE_P(
    All, TemplateFit,
    testing::Values(
        Case{"none_wanted", kPlain, "", nullptr}, Case{"empty_list", kPlain, "[]", nullptr},
        Case{"too_many", kPlain, list({kOneValue}), "body takes 0 values; 1 value"},
        Case{"too_few", kOne, "[]", "body takes 1 value; 0 values"},
        Case{"absent", kOne, "", "body takes 1 value; 0 values"},
        Case{"one", kOne, list({kOneValue}), nullptr},
        Case{"no_header", kOrder, list({kBody, kButton}), "header takes 1 value; 0 values"},
        Case{"no_button", kOrder, list({kHeader, kBody}), "button 1"},
        Case{"another_button", kOrder,
             list({kHeader, kBody, kButton,
                   R"({"type":"button","sub_type":"quick_reply","index":"5","parameters":[]})"}),
             "no button 5"},
        Case{
            "named", kNamed,
            R"([{"type":"body","parameters":[{"type":"text","parameter_name":"last_name","text":"L"},{"type":"text","parameter_name":"first_name","text":"Ada"}]}])",
            nullptr},
        Case{
            "misnamed", kNamed,
            R"([{"type":"body","parameters":[{"type":"text","parameter_name":"name","text":"L"},{"type":"text","parameter_name":"first_name","text":"Ada"}]}])",
            "last_name"},
        Case{"picture", kPicture,
             R"([{"type":"header","parameters":[{"type":"image","image":{"id":"1013"}}]}])",
             nullptr},
        Case{"no_picture", kPicture, "[]", "type image"},
        Case{"other_header", kPicture,
             R"([{"type":"header","parameters":[{"type":"text","text":"x"}]}])", "type image"},
        Case{"not_listed", "[]", list({kOneValue}), nullptr}),
    [](const auto& one) { return std::string(one.param.what); });

TEST(TemplateUse, NamedValuesFindTheirPlaces) {
  EXPECT_EQ(
      adapter().template_text(
          listed(kNamed),
          with(
              R"([{"type":"body","parameters":[{"type":"text","parameter_name":"last_name","text":"L"},{"type":"text","parameter_name":"first_name","text":"Ada"}]}])")),
      "Hi Ada L");
}

TEST(TemplateUse, OddTextsStayAsTheyAre) {
  EXPECT_EQ(
      adapter().template_text(listed(R"([{"type":"BODY","text":"a {{1 b }} c {{"}])"), with("[]")),
      "a  c {{");
  EXPECT_EQ(adapter().template_text(listed("not json"), with("nor this")), "");
}

}  // namespace
}  // namespace aura::net::whatsapp
