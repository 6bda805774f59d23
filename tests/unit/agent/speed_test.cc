// The cost of a search and of a whole turn with 1,000 items. The target is a median of 50 us for a
// search. An optimised build may take kSlow times as long, for slow machines and those that do
// other work meanwhile; a debug build or one with sanitizers only prints the figures.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

constexpr double kTargetUs = 50;
constexpr double kSlow = 3;
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__)
constexpr bool kOptimised = true;
#else
constexpr bool kOptimised = false;
#endif

void expect_within(double us, double target_us, const char* what) {
  if (!kOptimised) return;
  EXPECT_LE(us, kSlow * target_us) << what;
}

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
  expect_within(search, kTargetUs, "search");
  expect_within(turn, 2 * kTargetUs, "turn");
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
    expect_within(turn, 2 * kTargetUs, text);
  }
}

}  // namespace
}  // namespace aura::agent::testing
