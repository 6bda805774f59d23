// Seeded runs of the whole engine. AURA_SEEDS: how many (default 200); AURA_SEED: only that one.
#include "tests/scenario/simulation.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace aura::test {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

// Every fourth run is calm (no crash, no fault, so nothing may be duplicated), every fourth has
// crashes only, the others have everything.
Plan plan_of(std::uint64_t seed) {
  Plan plan;
  plan.seed = seed;
  if (seed % 4 == 0) plan.crashes = plan.provider_faults = 0;
  if (seed % 4 <= 1) plan.actor_faults = false;
  return plan;
}

std::string joined(const std::vector<std::string>& violations) {
  std::string text;
  for (const auto& one : violations) text += "\n  " + one;
  return text;
}

void expect_right(std::uint64_t seed) {
  const auto violations = Simulation(plan_of(seed)).run();
  EXPECT_TRUE(violations.empty()) << "AURA_SEED=" << seed << joined(violations);
}

TEST(Simulation, NothingIsLostDoubledOrReordered) {
  const std::uint64_t only = setting("AURA_SEED", 0);
  const std::uint64_t first = only != 0 ? only : 1;
  const std::uint64_t last = only != 0 ? only : setting("AURA_SEEDS", 200);
  for (std::uint64_t seed = first; seed <= last; ++seed) expect_right(seed);
}

// 645, 763, 1643: a repeated webhook after a crash was applied before its first copy, which was
// still on disk. 1150, 1630: while an outbox was read again, a send overtook older ones that had
// found no room in memory.
TEST(Simulation, SeedsThatFoundSomething) {
  for (const std::uint64_t seed : {645, 763, 1150, 1630, 1643}) expect_right(seed);
}

// Tests the simulation itself: with one safety property removed, it must report exactly the fault
// which that property prevents; with the property, the same runs are clean.
bool found_with(Sabotage sabotage, const std::string& complaint) {
  bool found = false;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Plan plan = plan_of(seed);
    plan.actor_faults = false;
    if (sabotage != Sabotage::no_dedupe) plan.crashes = 6;
    const auto healthy = Simulation(plan).run();
    EXPECT_TRUE(healthy.empty()) << "seed " << seed << joined(healthy);
    plan.sabotage = sabotage;
    found |= joined(Simulation(plan).run()).find(complaint) != std::string::npos;
    if (found && seed >= 4) return true;
  }
  return found;
}

TEST(Mutation, WithoutTheFsyncLossesAreFound) {
  EXPECT_TRUE(found_with(Sabotage::no_sync, "is stored 0 times"));
}
TEST(Mutation, WithoutTheDedupeDoublesAreFound) {
  EXPECT_TRUE(found_with(Sabotage::no_dedupe, "is stored 2 times"));
}
TEST(Mutation, WithoutTheClaimUnflaggedDoublesAreFound) {
  EXPECT_TRUE(found_with(Sabotage::no_claim, "was doubled and is not flagged"));
}

}  // namespace
}  // namespace aura::test
