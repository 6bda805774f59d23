#include "bench/sim/sms_segments.h"

#include <vector>

namespace aura::bench {
namespace {

constexpr std::u32string_view kExtension = U"^{}[]~\\|€\f";
constexpr std::u32string_view kDefault =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¤¡ÄÖÑÜ§¿äöñüà!\"#%&'()*+,-./0123456789:;<=>?"
    U"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) {
      if (!out.empty()) out.back() = (out.back() << 6) | (byte & 0x3F);
    } else {
      out.push_back(byte < 0x80 ? byte : byte & (byte >= 0xF0 ? 7 : byte >= 0xE0 ? 15 : 31));
    }
  }
  return out;
}

}  // namespace

SmsSize sms_size(std::string_view utf8) {
  const auto points = code_points(utf8);
  SmsSize size;
  for (const auto point : points) {
    size.gsm = size.gsm &&
               (kDefault.find(point) != kDefault.npos || kExtension.find(point) != kExtension.npos);
  }
  const int single = size.gsm ? 160 : 70;
  const int part = size.gsm ? 153 : 67;
  int in_part = 0;
  int parts = 1;
  for (const auto point : points) {
    const bool pair = size.gsm ? kExtension.find(point) != kExtension.npos : point > 0xFFFF;
    const int width = pair ? 2 : 1;  // a surrogate pair is never split across parts
    size.units += width;
    if (in_part + width > part) {
      ++parts;
      in_part = 0;
    }
    in_part += width;
  }
  size.parts = size.units == 0 ? 0 : size.units <= single ? 1 : parts;
  return size;
}

}  // namespace aura::bench
