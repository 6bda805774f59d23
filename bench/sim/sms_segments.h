// Computes the number of segments of a text message. Pure.
#pragma once

#include <string_view>

namespace aura::bench {

struct SmsSize {
  bool gsm = true;  // GSM 7-bit; false: UCS-2
  int units = 0;
  int parts = 0;
};

SmsSize sms_size(std::string_view utf8);

}  // namespace aura::bench
