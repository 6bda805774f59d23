// Prints the cost of a search and a turn with 1,000 items; the limits are loose enough for any
// build type.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

template <class Call>
double median_us(int rounds, Call call) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    call(i);
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    times.push_back(took.count());
  }
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  return times[static_cast<std::size_t>(rounds) / 2];
}

constexpr const char* kQuestions[] = {
    "how much is the nordic steel lamp",     "do you have the classic linen chair",
    "price of deluxe cotton mug please",     "how much is the vintge bambo lamp",
    "wie viel kostet der harbor steel lamp", "cuánto cuesta el compact leather mug",
    "what is the walnut chair price",        "is the travel copper lamp available"};

TEST(Speed, OneThousandItems) {
  const auto start = std::chrono::steady_clock::now();
  const auto shop = big_shop(1000);
  const std::chrono::duration<double, std::milli> first = std::chrono::steady_clock::now() - start;
  const double build = median_us(5, [&](int) { (void)big_shop(1000); });
  const double search = median_us(2000, [&](int i) { (void)shop->search(kQuestions[i % 8], 5); });
  TurnContext context;
  context.index = shop;
  const EmbeddedAgent agent;
  const double turn = median_us(2000, [&](int i) {
    context.text = kQuestions[i % 8];
    (void)agent.answer(context);
  });
  std::printf("1,000 items: first build %.1f ms, build %.1f ms, search %.1f us, turn %.1f us\n",
              first.count(), build / 1000, search, turn);
  EXPECT_LT(search, 5000);
  EXPECT_LT(turn, 10000);
}

TEST(Speed, DemoShopTurns) {
  TurnContext context;
  context.index = demo_shop();
  const EmbeddedAgent agent;
  for (const char* text :
       {"how much is the chocolate cake?", "when are you open?", "hi",
        "how much are the latte and the croissant?", "do you sell surfboards?"}) {
    context.text = text;
    const double turn = median_us(2000, [&](int) { (void)agent.answer(context); });
    std::printf("%-45s %.1f us\n", text, turn);
    EXPECT_LT(turn, 10000) << text;
  }
}

}  // namespace
}  // namespace aura::agent::testing
