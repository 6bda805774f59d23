// Renders the demo shop's page (GET /demo) from web/demo/demo.html with the real catalog. All texts
// are plain and are escaped here; prices are already formatted. The page links its assets
// (/demo.css, /widget.js, /favicon.svg) and has no inline code, so a strict Content-Security-Policy
// allows it. Any thread.
#pragma once

#include <string>
#include <vector>

namespace aura::web {

struct DemoHours {
  std::string days;
  std::string hours;
};

struct DemoItem {
  std::string name;
  std::string description;
  std::string price;
  bool available = true;
  std::string picture;  // URL, or empty
};

struct DemoSection {
  std::string title;
  std::vector<DemoItem> items;
};

struct DemoPage {
  std::string business_name;
  std::string tagline;
  std::string widget_key;
  std::string address;
  std::string phone;
  std::string email;
  std::vector<DemoHours> hours;
  std::vector<DemoItem> favourites;  // items with pictures
  std::vector<DemoSection> sections;
};

std::string render_demo_page(const DemoPage& page);

}  // namespace aura::web
