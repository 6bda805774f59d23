// How many parts a text message has (twilio-sms.md section 6). Pure.
#pragma once

#include <string_view>

namespace aura::bench {

struct SmsSize {
  bool gsm = true;  // else UCS-2
  int units = 0;
  int parts = 0;
};

SmsSize sms_size(std::string_view utf8);

}  // namespace aura::bench
