#include "bench/sim/twilio_signature.h"

#include <map>
#include <set>

#include "bench/support/digest.h"

namespace aura::bench {

// Signs the URL followed by each name in byte order with each of its distinct values in order.
std::string twilio_signature(std::string_view auth_token, std::string_view url, const Form& form) {
  std::map<std::string, std::set<std::string>> sorted;
  for (const auto& [name, value] : form) sorted[name].insert(value);
  std::string text(url);
  for (const auto& [name, values] : sorted) {
    for (const auto& value : values) text += name + value;
  }
  return to_base64(hmac_sha1(auth_token, text));
}

}  // namespace aura::bench
