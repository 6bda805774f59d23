#include "runtime/gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

namespace aura {
namespace {

TEST(Gate, LetsInUpToItsCapacity) {
  Gate gate(3);
  const Permit a = gate.try_enter(2);
  const Permit b = gate.try_enter();
  EXPECT_TRUE(a);
  EXPECT_TRUE(b);
  EXPECT_FALSE(gate.try_enter());
  EXPECT_EQ(gate.inside(), 3);
  EXPECT_EQ(gate.capacity(), 3);
}

TEST(Gate, TheLastCopyGivesBack) {
  Gate gate(1);
  Permit a = gate.try_enter();
  Permit copy = a;
  a = Permit();
  EXPECT_EQ(gate.inside(), 1);
  EXPECT_FALSE(gate.try_enter());
  copy = Permit();
  EXPECT_EQ(gate.inside(), 0);
  EXPECT_TRUE(gate.try_enter());
}

TEST(Gate, AThrowGivesBack) {
  Gate gate(1);
  try {
    const Permit permit = gate.try_enter();
    throw std::runtime_error("crash");
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(gate.inside(), 0);
}

TEST(Gate, AnIdleGateAdmitsOneItemOfAnySize) {
  Gate gate(10);
  const Permit big = gate.try_enter(11);
  EXPECT_TRUE(big);
  EXPECT_FALSE(gate.try_enter(1));
  EXPECT_EQ(gate.inside(), 11);
}

TEST(Gate, HugeUnitsDoNotOverflow) {
  Gate gate(10);
  const Permit small = gate.try_enter(1);
  EXPECT_FALSE(gate.try_enter(std::numeric_limits<std::int64_t>::max()));
  EXPECT_FALSE(gate.try_enter(-1));
  EXPECT_EQ(gate.inside(), 1);
}

TEST(Gate, ClosedRefusesAndDrains) {
  Gate gate(2);
  Permit permit = gate.try_enter();
  gate.close();
  EXPECT_FALSE(gate.try_enter());
  EXPECT_EQ(gate.inside(), 1);
  permit = Permit();
  EXPECT_EQ(gate.inside(), 0);
}

TEST(Gate, ReleaseIsToldOnceAndAfterTheCount) {
  Gate gate(1);
  int told = 0;
  std::int64_t inside_then = -1;
  Permit permit = gate.try_enter(1, [&] {
    ++told;
    inside_then = gate.inside();
  });
  Permit copy = permit;
  permit = Permit();
  EXPECT_EQ(told, 0);
  copy = Permit();
  EXPECT_EQ(told, 1);
  EXPECT_EQ(inside_then, 0);
}

TEST(Gate, ARefusalTellsNothing) {
  Gate gate(1);
  const Permit permit = gate.try_enter();
  int told = 0;
  EXPECT_FALSE(gate.try_enter(1, [&] { ++told; }));
  EXPECT_EQ(told, 0);
}

TEST(Gate, APermitOutlivesItsGate) {
  Permit permit;
  {
    Gate gate(1);
    permit = gate.try_enter();
  }
  EXPECT_TRUE(permit);
}

TEST(Gate, NeverOverfullAcrossThreads) {
  Gate gate(5);
  std::atomic<bool> overfull{false};
  std::atomic<int> entered{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) {
        const Permit permit = gate.try_enter(1 + i % 3);
        if (!permit) continue;
        ++entered;
        if (gate.inside() > 5) overfull = true;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_FALSE(overfull);
  EXPECT_GT(entered, 0);
  EXPECT_EQ(gate.inside(), 0);
}

}  // namespace
}  // namespace aura
