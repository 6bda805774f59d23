#include "net/providers/sms/segments.h"

#include <vector>

#include "net/providers/sms/code_points.h"

namespace aura::net::sms {
namespace {

// Outside ASCII: the rest of GSM 03.38's default alphabet.
constexpr std::u32string_view kGsmBeyondAscii = U"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view kGsmExtension = U"\f^{}\\[~]|€";

// Septets of a character: 1, 2 (with an escape), or 0 if not in the alphabet.
std::size_t gsm_units(char32_t point) {
  if (kGsmExtension.find(point) != std::u32string_view::npos) return 2;
  if (point == '\n' || point == '\r') return 1;
  if (point >= ' ' && point <= '~') return point == '`' ? 0 : 1;
  return kGsmBeyondAscii.find(point) != std::u32string_view::npos ? 1 : 0;
}

std::size_t parts_of(const std::vector<std::size_t>& widths, std::size_t units, std::size_t alone,
                     std::size_t of_several) {
  if (units == 0) return 0;
  if (units <= alone) return 1;
  std::size_t parts = 1;
  std::size_t used = 0;
  for (const std::size_t width : widths) {
    if (used + width > of_several) {
      ++parts;
      used = 0;
    }
    used += width;
  }
  return parts;
}

std::string_view look_alike(char32_t point) {
  switch (point) {
    case U'‘':
    case U'’':
    case U'‚':
    case U'‛':
    case U'′':
    case U'`':
    case U'´':
      return "'";
    case U'“':
    case U'”':
    case U'„':
    case U'‟':
    case U'«':
    case U'»':
    case U'″':
      return "\"";
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'—':
    case U'―':
    case U'−':
      return "-";
    case U'…':
      return "...";
    case U'•':
      return "*";
    case U'\u00A0':
    case U'\u2002':
    case U'\u2003':
    case U'\u2007':
    case U'\u2009':
    case U'\u202F':
    case U'\t':
      return " ";
    default:
      return {};
  }
}

bool is_invisible(char32_t point) {
  return point == 0x200B || point == 0x200C || point == 0x2060 || point == 0xFEFF ||
         point == 0x00AD;
}

}  // namespace

Segments count_segments(std::string_view text) {
  std::vector<std::size_t> gsm, ucs;
  Segments out;
  std::size_t gsm_total = 0;
  std::size_t ucs_total = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    gsm.push_back(gsm_units(point));
    ucs.push_back(point > 0xFFFF ? 2 : 1);
    if (gsm.back() == 0) out.encoding = Encoding::ucs2;
    gsm_total += gsm.back();
    ucs_total += ucs.back();
  }
  if (out.encoding == Encoding::gsm7) {
    out.units = gsm_total;
    out.parts = parts_of(gsm, gsm_total, 160, 153);
  } else {
    out.units = ucs_total;
    out.parts = parts_of(ucs, ucs_total, 70, 67);
  }
  return out;
}

std::string plain_typography(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (is_invisible(point)) continue;
    if (const std::string_view plain = look_alike(point); !plain.empty()) {
      out += plain;
    } else {
      append_code_point(out, point);
    }
  }
  return out;
}

}  // namespace aura::net::sms
