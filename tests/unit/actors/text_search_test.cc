#include "actors/queries/text_search.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

TEST(TextSearch, IgnoresCaseAccentsAndComposition) {
  EXPECT_TRUE(TextSearch("muller").found_in("Ana Müller"));
  EXPECT_TRUE(TextSearch("ZOE").found_in("für Zoë"));
  EXPECT_TRUE(TextSearch("école").found_in("l'e\u0301cole")) << "as macOS types it";
  EXPECT_TRUE(TextSearch("cake").found_in("two cheesecakes")) << "a part of a word";
  EXPECT_FALSE(TextSearch("muller").found_in("Ana Meyer"));
}

TEST(TextSearch, FindsAllWordsInAnyOrder) {
  EXPECT_TRUE(TextSearch("espresso möchte").found_in("Ich möchte noch einen Espresso"));
  EXPECT_FALSE(TextSearch("espresso möchte").found_in("Ich möchte noch einen Tee"));
}

TEST(TextSearch, ComparesSignsAsTyped) {
  EXPECT_TRUE(TextSearch("😀").found_in("hi 😀"));
  EXPECT_FALSE(TextSearch("😀").found_in("hi"));
  EXPECT_TRUE(TextSearch("ana@shop.example").found_in("ana@shop.example"));
}

TEST(TextSearch, FindsANumberHoweverItIsWritten) {
  for (const char* wanted : {"+4930", "4930901820", "030901820", "030 90-18", "(030) 901820"})
    EXPECT_TRUE(TextSearch(wanted).found_in_number("+49 30 901820")) << wanted;
  for (const char* wanted : {"030901821", "18", "0", "Ana", ""})
    EXPECT_FALSE(TextSearch(wanted).found_in_number("+49 30 901820")) << wanted;
}

}  // namespace
}  // namespace aura
