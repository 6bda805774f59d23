// The life of the token of Instagram's own login, with the real adapter.
#include "tests/scenario/meta_story.h"

namespace aura::test {
namespace {

// Instagram's probe tells no end: the first renewal does, and gives the token that is used from
// then on.
TEST_F(MetaStory, AnInstagramTokenIsRenewedWhileItLives) {
  const Id account = connect_instagram();
  const auto renewals = [&] { return graph_.of("GET", "/refresh_access_token"); };
  graph_.renewal = R"({"access_token":"IGAAnew","token_type":"bearer","expires_in":5184000})";
  hours(24);
  EXPECT_EQ(renewals().size(), 0u) << "younger than a day it would be refused";
  hours(3);
  ASSERT_EQ(renewals().size(), 1u);
  EXPECT_NE(renewals()[0].find("access_token=IGAAold"), std::string::npos);
  EXPECT_GT(channel(account).token_expires_at(), clock_.now_ms() + 59 * kDay);
  hours(24 * 29);
  EXPECT_EQ(renewals().size(), 1u);
  hours(24 * 2);
  ASSERT_EQ(renewals().size(), 2u) << "at half its life";
  EXPECT_NE(renewals()[1].find("access_token=IGAAnew"), std::string::npos);
  EXPECT_EQ(channel(account).notices_size(), 0);
}

TEST_F(MetaStory, AnEndThatNoRenewalPutsOffIsToldTenDaysBefore) {
  const Id account = connect_instagram(5'184'000'000);
  EXPECT_GT(channel(account).token_expires_at(), clock_.now_ms() + 59 * kDay);
  graph_.renewal = "{}";
  hours(24 * 49);
  EXPECT_GT(graph_.of("GET", "/refresh_access_token").size(), 20u) << "tried again and again";
  EXPECT_EQ(channel(account).notices_size(), 0);
  hours(24 * 5);
  ASSERT_EQ(channel(account).notices_size(), 1) << "once";
  EXPECT_EQ(channel(account).notices(0).subject(), "token_ends");
  EXPECT_NE(channel(account).notices(0).detail().find(" in 9 days"), std::string::npos)
      << channel(account).notices(0).detail();
  EXPECT_EQ(channel(account).status(), api::CHANNEL_STATUS_ACTIVE);
}

}  // namespace
}  // namespace aura::test
