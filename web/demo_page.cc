#include "web/demo_page.h"

#include "web/assets.h"
#include "web/template.h"

namespace aura::web {
namespace {

// A phone number for a tel: link: digits and a leading plus.
std::string phone_digits(const std::string& phone) {
  std::string digits;
  for (const char c : phone) {
    if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
  }
  return digits;
}

TemplateData item_data(const DemoItem& item) {
  TemplateData data;
  data.values = {{"name", item.name},
                 {"description", item.description},
                 {"price", item.price},
                 {"picture", item.picture}};
  data.lists["sold_out"].resize(item.available ? 0 : 1);
  return data;
}

TemplateData section_data(const DemoSection& section, std::size_t number) {
  TemplateData data;
  data.values = {{"title", section.title}, {"anchor", "menu-" + std::to_string(number)}};
  for (const auto& item : section.items) data.lists["items"].push_back(item_data(item));
  return data;
}

}  // namespace

std::string render_demo_page(const DemoPage& page) {
  TemplateData data;
  data.values = {{"business_name", page.business_name},
                 {"tagline", page.tagline},
                 {"widget_key", page.widget_key},
                 {"address", page.address},
                 {"phone", page.phone},
                 {"phone_digits", phone_digits(page.phone)},
                 {"email", page.email}};
  for (const auto& row : page.hours) {
    auto& entry = data.lists["hours"].emplace_back();
    entry.values = {{"days", row.days}, {"hours", row.hours}};
  }
  if (!page.favourites.empty()) {
    auto& shown = data.lists["has_favourites"].emplace_back();
    for (const auto& item : page.favourites) shown.lists["favourites"].push_back(item_data(item));
  }
  std::size_t number = 0;
  for (const auto& section : page.sections) {
    data.lists["sections"].push_back(section_data(section, ++number));
  }
  return render_template(asset("demo.html"), data);
}

}  // namespace aura::web
