// A change of the catalog or the profile is seen by everybody who asks after it was answered.
#include "actors/workspace/agent_index.h"

#include <gtest/gtest.h>

namespace aura::test {
namespace {

TEST(AgentIndex, IsGoneAtOnceWhenWhatItWasMadeFromChanges) {
  AgentIndex shared;
  const auto built = agent::RetrievalIndex::build({}, {}, {});
  shared.publish(built, {});
  EXPECT_EQ(shared.get(), built);
  EXPECT_EQ(shared.outdate_catalog(), 1u);
  EXPECT_EQ(shared.get(), nullptr);
  shared.publish(built, {});
  EXPECT_EQ(shared.get(), nullptr) << "made before the change";
  EXPECT_EQ(shared.outdate_profile(), 1u);
  shared.publish(built, {1, 0});
  EXPECT_EQ(shared.get(), nullptr);
  shared.publish(built, {1, 1});
  EXPECT_EQ(shared.get(), built);
}

}  // namespace
}  // namespace aura::test
