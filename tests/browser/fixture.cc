// Writes what the engine would serve for the demo into a folder, for the fake server of the browser
// tests: the embedded assets as they are, and the demo page rendered with a small café.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

#include "web/assets.h"
#include "web/demo_page.h"

namespace {

using aura::web::DemoPage;

DemoPage sample_page() {
  DemoPage page;
  page.business_name = "Café Aura de Mer";
  page.tagline = "Slow coffee, fresh cakes & the best seat on the harbour wall.";
  page.widget_key = "wk_demo";
  page.address = "12 Quai des Vagues, 06300 Nice";
  page.phone = "+33 4 93 55 01 28";
  page.email = "bonjour@auramer.example";
  page.hours = {{"Monday – Thursday", "7:30 – 19:00"},
                {"Friday", "7:30 – 22:00"},
                {"Saturday", "8:30 – 22:00"},
                {"Sunday", "9:00 – 17:00"}};
  page.sections = {
      {"Cakes & pastries",
       {{"Chocolate cake", "Dark chocolate, olive oil, sea salt", "€5.80", true},
        {"Lemon tart", "Menton lemons, torched meringue", "€5.20", true},
        {"Almond croissant", "Baked twice, with flaked almonds", "€3.90", true},
        {"Pistachio financier", "", "€2.80", false}}},
      {"Coffee",
       {{"Espresso", "Single origin, changes weekly", "€2.40", true},
        {"Flat white", "Double shot, silky milk", "€3.90", true},
        {"Cappuccino", "With a dusting of cocoa", "€3.70", true},
        {"Iced latte", "Over big clear ice", "€4.50", true}}},
      {"Brunch",
       {{"Harbour breakfast", "Eggs, sourdough, smoked trout, herbs", "€14.50", true},
        {"Avocado toast", "Lime, chilli, toasted seeds", "€10.90", true},
        {"Granola bowl", "Yoghurt, honey, stewed plums", "€8.50", true}}},
      {"Cold drinks",
       {{"House lemonade", "Mint & verbena", "€4.20", true},
        {"Peach iced tea", "Brewed overnight", "€4.20", true},
        {"Sparkling water", "50 cl", "€3.00", true}}},
      {"<b>Specials</b>",
       {{"\"Surf & turf\" <script>alert(1)</script>", "It's fine", "€1.00", true}}},
  };
  return page;
}

bool write(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return file.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: browser_fixture FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  bool ok = write(folder / "demo.html", aura::web::render_demo_page(sample_page()));
  for (const char* name : {"widget.js", "demo.css", "favicon.svg"}) {
    ok = ok && write(folder / name, aura::web::asset(name));
  }
  return ok ? 0 : 1;
}
