#include "web/demo_page.h"

#include <gmock/gmock.h>

#include "web/assets.h"

namespace aura::web {
namespace {

using testing::HasSubstr;
using testing::Not;

DemoPage page() {
  DemoPage page;
  page.business_name = "Café \"Zoë\" & <Sons>";
  page.widget_key = "wk_1\" onload=\"x";
  page.phone = "+33 (4) 93-55";
  page.hours = {{"Monday", "7 – 19"}};
  page.sections = {{"Cakes", {{"Lemon <tart>", "with 'zest'", "€5.20", true}}},
                   {"Soups", {{"Pho", "", "€9.00", false}}}};
  return page;
}

TEST(DemoPage, FillsAndEscapes) {
  const std::string html = render_demo_page(page());
  EXPECT_THAT(html, HasSubstr("<title>Café &quot;Zoë&quot; &amp; &lt;Sons&gt;</title>"));
  EXPECT_THAT(html, HasSubstr("data-widget-key=\"wk_1&quot; onload=&quot;x\""));
  EXPECT_THAT(html, HasSubstr("href=\"tel:+3349355\""));
  EXPECT_THAT(html, HasSubstr("Lemon &lt;tart&gt;"));
  EXPECT_THAT(html, HasSubstr("€5.20"));
  EXPECT_THAT(html, HasSubstr("id=\"menu-2\""));
  EXPECT_THAT(html, HasSubstr("Monday"));
  EXPECT_THAT(html, Not(HasSubstr("{{")));
}

TEST(DemoPage, OnlyWhatIsSoldOutSaysSo) {
  auto sold_out = page();
  EXPECT_THAT(render_demo_page(sold_out), HasSubstr("Sold out today"));
  sold_out.sections.pop_back();
  EXPECT_THAT(render_demo_page(sold_out), Not(HasSubstr("Sold out today")));
}

TEST(DemoPage, FavouritesShowTheirPictures) {
  auto with = page();
  EXPECT_THAT(render_demo_page(with), Not(HasSubstr("class=\"favourites\"")));
  with.favourites = {{"Cake", "", "€5.20", true, "/demo/cake.svg"}};
  EXPECT_THAT(render_demo_page(with), HasSubstr("src=\"/demo/cake.svg\""));
}

TEST(Assets, AreEmbedded) {
  for (const char* name : {"widget.js", "widget-more.js", "widget-es.js", "demo/cake.svg",
                           "demo.css", "demo.html", "favicon.svg"}) {
    EXPECT_FALSE(asset(name).empty()) << name;
    EXPECT_TRUE(asset_gzip(name).starts_with("\x1f\x8b")) << name;
    EXPECT_LT(asset_gzip(name).size(), asset(name).size()) << name;
  }
  EXPECT_TRUE(asset("../etc/passwd").empty());
}

}  // namespace
}  // namespace aura::web
