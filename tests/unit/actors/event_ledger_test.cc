// The balance of acknowledged events, as metrics show it.
#include "actors/tree/event_ledger.h"

#include <gtest/gtest.h>

#include "runtime/metrics.h"

namespace aura {
namespace {

std::string shown(const std::string& gauge) {
  const std::string text = metrics::prometheus_text();
  const auto at = text.find("\n" + gauge + " ");
  if (at == std::string::npos) return "absent";
  const auto begin = at + gauge.size() + 2;
  return text.substr(begin, text.find('\n', begin) - begin);
}

TEST(EventLedger, TheBacklogIsShownAsItGrows) {
  EventLedger ledger(100 << 20);
  ASSERT_TRUE(ledger.admit(700));
  ledger.received(1);
  EXPECT_EQ(shown("aura_journal_backlog_bytes"), "700");
  EXPECT_EQ(shown("aura_events_in_flight"), "1");
  ASSERT_TRUE(ledger.admit(300));
  ledger.withdraw(300);
  EXPECT_EQ(shown("aura_journal_backlog_bytes"), "700");
  ledger.finished(EventEnd::processed, 700);
  EXPECT_EQ(shown("aura_journal_backlog_bytes"), "0");
  EXPECT_EQ(shown("aura_events_in_flight"), "0");
}

TEST(EventLedger, WhatIsRefusedAddsNothing) {
  EventLedger ledger(100);
  EXPECT_FALSE(ledger.admit(101));
  EXPECT_EQ(shown("aura_journal_backlog_bytes"), "0");
}

}  // namespace
}  // namespace aura
