#include "bench/harness/shop.h"

#include <array>

namespace aura::bench {
namespace {

constexpr std::array<std::string_view, 20> kFlavours{
    "Hazelnut", "Lemon",   "Rhubarb", "Walnut",    "Cinnamon", "Apricot", "Pistachio",
    "Ginger",   "Cherry",  "Coconut", "Espresso",  "Honey",    "Mango",   "Raspberry",
    "Saffron",  "Vanilla", "Almond",  "Blueberry", "Caramel",  "Orange"};
constexpr std::array<std::string_view, 20> kKinds{
    "Tart",   "Scone",    "Muffin",  "Brownie", "Pancake", "Waffle",  "Croissant",
    "Sorbet", "Smoothie", "Pudding", "Biscuit", "Truffle", "Strudel", "Eclair",
    "Bagel",  "Pretzel",  "Parfait", "Nougat",  "Macaron", "Doughnut"};
constexpr std::array<std::string_view, 5> kGreetings{"", "Hi, ", "Hello! ", "Good morning, ",
                                                     "Hey there, "};
constexpr std::array<std::array<std::string_view, 2>, 6> kQuestions{
    {{"how much is the ", "?"},
     {"what does the ", " cost?"},
     {"what is the price of the ", "?"},
     {"how much for a ", "?"},
     {"could you tell me the price of the ", "?"},
     {"how much does one ", " cost?"}}};
constexpr std::array<std::string_view, 4> kClosings{"", " Thank you", " Thanks!", " Many thanks."};
constexpr std::array<std::string_view, 8> kSmallTalk{
    "I walked past your place this morning, number ",
    "The window looked lovely, note ",
    "We came by with friends, table ",
    "My sister told me about you, ticket ",
    "Just letting you know I am on my way, bus ",
    "It was crowded on Saturday, queue ",
    "Greetings from the harbour, pier ",
    "I left my umbrella there, peg "};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

ShopItem shop_item(std::size_t index) {
  // Steps through the grid so that neighbouring items differ in flavour and kind.
  const auto kind = (index + index / kFlavours.size()) % kKinds.size();
  ShopItem item;
  item.name = std::string(kFlavours[index % kFlavours.size()]) + " " + std::string(kKinds[kind]);
  item.price_minor = 305 + 7 * static_cast<int>(index);
  return item;
}

std::string item_json(const ShopItem& item, std::size_t index) {
  return R"({"kind":"menu_item","name":")" + item.name + R"(","description":"Fresh )" + item.name +
         R"(, made in the house every morning","price":{"amount_minor":)" +
         std::to_string(item.price_minor) + R"(,"currency":"USD"},"sku":"BENCH-)" +
         std::to_string(index) + R"(","available":true})";
}

void append_price_question(std::string& out, const ShopItem& item, std::uint64_t n) {
  const auto& question = kQuestions[n % kQuestions.size()];
  n /= kQuestions.size();
  out += kGreetings[n % kGreetings.size()];
  n /= kGreetings.size();
  out += question[0];
  out += item.name;
  out += question[1];
  out += kClosings[n % kClosings.size()];
}

void append_small_talk(std::string& out, std::uint64_t n) {
  out += kSmallTalk[n % kSmallTalk.size()];
  out += std::to_string(n);
}

bool names_price(std::string_view text, int price_minor) {
  const auto whole = std::to_string(price_minor / 100);
  const auto cents = std::to_string(100 + price_minor % 100).substr(1);
  for (auto at = text.find(whole); at != text.npos; at = text.find(whole, at + 1)) {
    const bool starts =
        at == 0 || !(is_digit(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == ',');
    const auto rest = text.substr(at + whole.size());
    const bool amount = rest.size() >= 3 && (rest[0] == '.' || rest[0] == ',') &&
                        rest.substr(1, 2) == cents && (rest.size() == 3 || !is_digit(rest[3]));
    if (starts && amount) return true;
  }
  return false;
}

}  // namespace aura::bench
