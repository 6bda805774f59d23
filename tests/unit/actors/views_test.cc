#include "actors/views.h"

#include <gtest/gtest.h>

#include "actors/conversation/rows.h"

namespace aura {
namespace {

struct NothingKnown final : conversation::Lookup {
  std::optional<conversation::ExternalEntry> external(const std::string&) const override {
    return std::nullopt;
  }
  std::optional<conversation::StoredMessage> message(const Id&) const override {
    return std::nullopt;
  }
};

TEST(Views, AClaimsSpanCountsCharacters) {
  conversation::StoredMessage stored;
  stored.body.set_text("• Crème brûlée: 6,50 €");
  const std::string& text = stored.body.text();
  auto& claim = *stored.body.add_claims();
  claim.set_begin(static_cast<std::uint32_t>(text.find("6,50")));
  claim.set_end(static_cast<std::uint32_t>(text.size()));
  const auto shown = views::message(stored, {}, {}, NothingKnown());
  ASSERT_EQ(shown.claims_size(), 1);
  EXPECT_EQ(shown.claims(0).begin(), 16u);
  EXPECT_EQ(shown.claims(0).end(), 22u);
  EXPECT_EQ(shown.claims(0).text(), "6,50 €");
}

}  // namespace
}  // namespace aura
