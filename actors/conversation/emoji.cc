#include "actors/conversation/emoji.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace aura::conversation {
namespace {

constexpr UChar32 kAsEmoji = 0xFE0F;  // asks for the colourful form of the character before it

bool is_listed(const icu::UnicodeString& text) {
  return u_stringHasBinaryProperty(text.getBuffer(), text.length(), UCHAR_RGI_EMOJI) != 0;
}

// Keyboards and providers leave the sign out where they may: "\u2764" for "\u2764\uFE0F".
icu::UnicodeString in_full(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (c == kAsEmoji) continue;
    out.append(c);
    const int32_t next = text.moveIndex32(i, 1);
    const UChar32 after = next < text.length() ? text.char32At(next) : 0;
    const bool plain = u_hasBinaryProperty(c, UCHAR_EMOJI) != 0 &&
                       u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) == 0 &&
                       u_hasBinaryProperty(after, UCHAR_EMOJI_MODIFIER) == 0;
    if (plain) out.append(kAsEmoji);
  }
  return out;
}

}  // namespace

bool is_emoji(std::string_view text) {
  const auto given = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  // A digit alone is no emoji, although its keycap is one and begins with it.
  const bool digit = given.length() > 0 && given.char32At(0) < 0x80 && given.indexOf(u'\u20E3') < 0;
  return !digit && (is_listed(given) || is_listed(in_full(given)));
}

}  // namespace aura::conversation
