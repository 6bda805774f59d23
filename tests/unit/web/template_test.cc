#include "web/template.h"

#include <gtest/gtest.h>

namespace aura::web {
namespace {

TemplateData with(std::string name, std::string value) {
  TemplateData data;
  data.values[std::move(name)] = std::move(value);
  return data;
}

TEST(Template, EscapesEveryCharacterThatMarkupKnows) {
  EXPECT_EQ(escape_html("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

TEST(Template, ValuesAreEscapedAndMissingOnesAreNothing) {
  EXPECT_EQ(render_template("<p>{{x}}|{{y}}</p>", with("x", "a<b")), "<p>a&lt;b|</p>");
}

TEST(Template, AValueIsNeverReadAsTemplate) {
  EXPECT_EQ(render_template("{{x}}", with("x", "{{x}}{{#x}}")), "{{x}}{{#x}}");
}

TEST(Template, ListsRepeatAndNest) {
  TemplateData data;
  for (const char* title : {"A", "B"}) {
    auto section = with("t", title);
    section.lists["items"] = {with("n", "1"), with("n", "2")};
    data.lists["sections"].push_back(section);
  }
  EXPECT_EQ(render_template("{{#sections}}{{t}}:{{#items}}{{n}},{{/items}} {{/sections}}.", data),
            "A:1,2, B:1,2, .");
  EXPECT_EQ(render_template("[{{#none}}x{{/none}}]", data), "[]");
}

TEST(Template, UnfinishedTagsAreText) {
  EXPECT_EQ(render_template("a {{x", with("x", "1")), "a {{x");
  EXPECT_EQ(render_template("a {{#l}} b", with("x", "1")), "a ");
}

}  // namespace
}  // namespace aura::web
