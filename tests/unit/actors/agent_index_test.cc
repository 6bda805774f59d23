// After a change of the catalog or the profile was acknowledged, every later reader sees it.
#include "actors/workspace/agent_index.h"

#include <gtest/gtest.h>

namespace aura::test {
namespace {

TEST(AgentIndex, IsGoneAtOnceWhenWhatItWasMadeFromChanges) {
  AgentIndex shared;
  const auto built = agent::RetrievalIndex::build({}, {}, {});
  shared.publish(built, shared.version());
  EXPECT_EQ(shared.get(), built);
  shared.outdate();
  EXPECT_EQ(shared.get(), nullptr);
  shared.publish(built, 0);
  EXPECT_EQ(shared.get(), nullptr) << "made before the change";
  shared.publish(built, shared.version());
  EXPECT_EQ(shared.get(), built);
}

}  // namespace
}  // namespace aura::test
