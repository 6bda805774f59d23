// Metrics by workspace are bounded: a thousand workspaces must not create a thousand time series.
#include "actors/tree/timings.h"

#include <gtest/gtest.h>

#include "config/limits.h"

namespace aura::timings {
namespace {

TEST(Timings, WorkspacesBeyondTheFirstAreCountedTogether) {
  constexpr int kTooMany = 20;
  for (int i = 0; i < limits::kWorkspaceLabels + kTooMany; ++i)
    workspace_events("ws_" + std::to_string(i)).add();
  workspace_events("ws_0").add();
  const std::string text = metrics::prometheus_text();
  const std::string line = "aura_workspace_events_total{workspace=\"";
  int series = 0;
  for (auto at = text.find(line); at != std::string::npos; at = text.find(line, at + 1)) ++series;
  EXPECT_EQ(series, limits::kWorkspaceLabels + 1);
  EXPECT_NE(text.find(line + "ws_0\"} 2"), std::string::npos);
  EXPECT_NE(text.find(line + "other\"} " + std::to_string(kTooMany)), std::string::npos);
}

}  // namespace
}  // namespace aura::timings
