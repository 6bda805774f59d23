// Counts the SMS segments of a text: GSM-7 (160 units in a single SMS, 153 per part) if all its
// characters are in that alphabet, otherwise UCS-2 (70 and 67). Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace aura::net::sms {

enum class Encoding { gsm7, ucs2 };

struct Segments {
  Encoding encoding = Encoding::gsm7;
  std::size_t units = 0;  // septets or UTF-16 units; an extension character or an emoji is two
  std::size_t parts = 0;  // billed segments; the two units of one character are never split
};
Segments count_segments(std::string_view text);

// Typographic characters (quotes, dashes, ellipsis, special spaces) as their plain look-alikes.
std::string plain_typography(std::string_view text);

}  // namespace aura::net::sms
