// Segment counts: known texts and edge cases.
#include "net/providers/sms/segments.h"

#include <gtest/gtest.h>

namespace aura::net::sms {
namespace {

std::string times(const std::string& text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

struct Vector {
  std::string text;
  Encoding encoding;
  std::size_t units, parts;
};

TEST(Segments, ProtocolVectors) {
  const Encoding gsm = Encoding::gsm7;
  const Encoding ucs = Encoding::ucs2;
  const std::vector<Vector> vectors{
      {times("a", 160), gsm, 160, 1},
      {times("a", 161), gsm, 161, 2},
      {times("a", 306), gsm, 306, 2},
      {times("a", 307), gsm, 307, 3},
      {times("€", 80), gsm, 160, 1},
      {times("€", 81), gsm, 162, 2},
      {times("a", 152) + "€" + times("b", 10), gsm, 164, 2},
      {times("é", 70), gsm, 70, 1},
      {"ñandú", ucs, 5, 1},
      {"ç", ucs, 1, 1},
      {times("Ж", 70), ucs, 70, 1},
      {times("Ж", 71), ucs, 71, 2},
      {times("Ж", 134), ucs, 134, 2},
      {times("Ж", 135), ucs, 135, 3},
      {times("😀", 35), ucs, 70, 1},
      {times("😀", 36), ucs, 72, 2},
      {times("a", 66) + "😀" + times("b", 10), ucs, 78, 2},
      {"it’s", ucs, 4, 1},
      {plain_typography("it’s"), gsm, 4, 1},
  };
  for (const auto& it : vectors) {
    const Segments got = count_segments(it.text);
    EXPECT_EQ(got.encoding, it.encoding) << it.text;
    EXPECT_EQ(got.units, it.units) << it.text;
    EXPECT_EQ(got.parts, it.parts) << it.text;
  }
}

// 153 + 153 units, all of them two-unit characters: the last unit of each part cannot be used, so
// three parts are needed.
TEST(Segments, APairThatDoesNotFitStartsTheNextPart) {
  EXPECT_EQ(count_segments(times("€", 152)).parts, 2u);
  EXPECT_EQ(count_segments(times("€", 153)).parts, 3u);
  EXPECT_EQ(count_segments(times("😀", 66)).parts, 2u);
  EXPECT_EQ(count_segments(times("😀", 67)).parts, 3u);
}

TEST(Segments, TheWholeAlphabetIsGsm) {
  const std::string all =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
      "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  EXPECT_EQ(count_segments(all).encoding, Encoding::gsm7);
  EXPECT_EQ(count_segments(all).units, 127u);  // the 128th is the escape
  EXPECT_EQ(count_segments("\f^{}\\[~]|€").units, 20u);
  for (const char* other : {"`", "ç", "á", "í", "ó", "ú", "â", "ê", "“", "—", "😀", "\t"}) {
    EXPECT_EQ(count_segments(other).encoding, Encoding::ucs2) << other;
  }
}

TEST(Segments, NothingIsNoPart) { EXPECT_EQ(count_segments("").parts, 0u); }

TEST(Segments, BrokenUtf8IsCountedByteByByte) {
  const Segments got = count_segments("a\xC3(\xF0\x9F");
  EXPECT_EQ(got.encoding, Encoding::ucs2);
  EXPECT_EQ(got.units, 5u);
}

TEST(Typography, BecomesPlain) {
  EXPECT_EQ(plain_typography("“It’s” – well…\u00A0«ok» \u200Bnow — `x`"),
            "\"It's\" - well... \"ok\" now - 'x'");
  EXPECT_EQ(plain_typography("naïve 😀 Ж"), "naïve 😀 Ж");
}

}  // namespace
}  // namespace aura::net::sms
