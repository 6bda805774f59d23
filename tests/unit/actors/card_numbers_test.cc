// Card numbers are masked before anything is stored. The numbers are the card networks' official
// test numbers.
#include "actors/conversation/card_numbers.h"

#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

using conversation::hide_card_numbers;

TEST(CardNumbers, AreHiddenButForTheLastFour) {
  const std::pair<const char*, const char*> rows[] = {
      {"4111111111111111", "••••••••••••1111"},
      {"my card is 4111 1111 1111 1111, ok?", "my card is •••• •••• •••• 1111, ok?"},
      {"5555-5555-5555-4444 12/27 123", "••••-••••-••••-4444 12/27 123"},
      {"order 12 3782 822463 10005", "order 12 •••• •••••• •0005"},
      {"2223003122003222", "••••••••••••3222"},
      {"6011111111111117 and 30569309025904", "••••••••••••1117 and ••••••••••5904"},
  };
  for (const auto& [typed, kept] : rows) EXPECT_EQ(hide_card_numbers(typed), kept);
}

TEST(CardNumbers, OtherNumbersStay) {
  for (const char* text : {"call +351 900 111 222 333", "order 4111111111111112",
                           "12345678901234567890", "1Z999AA10123456784", "2026-11-26 10:00",
                           "2 lattes and 3 cakes", "41111111111111111111", "", "€ 4,50"})
    EXPECT_EQ(hide_card_numbers(text), text);
}

TEST(CardNumbers, OfACustomerAreNotStoredAlsoNotByAnEdit) {
  MemoryConversation it;
  it.take(text_of("m1", it.now, "pay with 4111 1111 1111 1111"));
  EXPECT_EQ(it.by_external("m1").body.text(), "pay with •••• •••• •••• 1111");
  auto edit = about(ChannelEvent::Kind::edit, "m1", it.now + 1);
  edit.edit_number = 1;
  edit.text = "no, with 5555555555554444";
  it.take(edit);
  EXPECT_EQ(it.by_external("m1").body.text(), "no, with ••••••••••••4444");
}

}  // namespace
}  // namespace aura::test
