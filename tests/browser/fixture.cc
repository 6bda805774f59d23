// Writes the files that the engine would serve for the demo into a folder, for the fake server of
// the browser tests: the embedded assets unchanged, and the demo page rendered with a small café.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>
#include <vector>

#include "web/assets.h"
#include "web/demo_page.h"

namespace {

using aura::web::DemoItem;
using aura::web::DemoPage;

// Long enough to be laid out as a wide card.
std::vector<DemoItem> kitchen() {
  return {{"Avocado Toast", "Lime, chili and toasted seeds.", "$11.50", true},
          {"Eggs Benedict", "Two poached eggs on a muffin.", "$14.00", true},
          {"Granola Bowl", "Yogurt, honey and stewed plums.", "$9.50", true},
          {"Blueberry Pancakes", "Three, with maple syrup.", "$12.50", true},
          {"Clam Chowder", "Creamy, with oyster crackers.", "$10.50", true},
          {"Lobster Roll", "Warm butter, split-top bun.", "$26.00", true},
          {"Fish and Chips", "Haddock in crisp batter.", "$18.50", true},
          {"Caesar Salad", "Anchovy, parmesan, croutons.", "$12.00", true},
          {"Tomato Soup", "With a grilled cheese soldier.", "$8.50", true},
          {"Veggie Burger", "Black beans and smoked cheddar.", "$14.50", true}};
}

DemoPage sample_page() {
  DemoPage page;
  page.business_name = "Café Aura de Mer";
  page.tagline =
      "Coffee roasted in the house, pastries baked before sunrise & lunch beside the boats.";
  page.widget_key = "wk_demo";
  page.address = "48 Harbor Walk, Portland, Maine 04101";
  page.phone = "+1 207 555 0148";
  page.email = "hello@auradmer.example";
  page.hours = {{"Monday – Friday", "7:00 am – 6:00 pm"},
                {"Saturday – Sunday", "8:00 am – 7:00 pm"}};
  page.favourites = {{"Cappuccino", "", "$4.50", true, "/demo/latte.svg"},
                     {"Butter Croissant", "", "$3.75", true, "/demo/croissant.svg"},
                     {"Chocolate Cake", "", "$6.50", true, "/demo/cake.svg"},
                     {"Lobster Roll", "", "$26.00", true, "/demo/lobster.svg"}};
  page.sections = {
      {"Coffee",
       {{"Espresso", "A short, dark shot of our house roast.", "$3.25", true},
        {"Cappuccino", "Espresso, steamed milk and a thick cap of foam.", "$4.50", true},
        {"Flat White", "A double ristretto under velvety milk.", "$4.65", true},
        {"Mocha", "Espresso, dark chocolate and steamed milk.", "$5.25", true}}},
      {"Cakes & pastries",
       {{"Chocolate Cake", "", "$6.50", true},
        {"Lemon Tart", "Sharp lemon curd under torched meringue.", "$5.95", true},
        {"Almond Croissant", "Baked twice, with flaked almonds.", "$4.75", true},
        {"Cinnamon Roll", "Soft, warm, with cream cheese icing.", "$4.50", false}}},
      {"Kitchen", kitchen()},
      {"<b>Specials</b>",
       {{"\"Surf & turf\" <script>alert(1)</script>", "It's fine", "$1.00", true}}},
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
  std::filesystem::create_directories(folder / "demo");
  bool ok = write(folder / "demo.html", aura::web::render_demo_page(sample_page()));
  for (const std::string_view name : aura::web::asset_names()) {
    if (name == "demo.html") continue;
    ok = ok && write(folder / name, aura::web::asset(name));
  }
  return ok ? 0 : 1;
}
