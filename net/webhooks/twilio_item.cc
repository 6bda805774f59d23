#include "net/webhooks/twilio_item.h"

#include <algorithm>
#include <vector>

#include "net/json.h"
#include "net/providers/sms/code_points.h"

namespace aura::net {

// Formats {"name":"value", "repeated":["one","two"]}, names in order of first appearance.
std::string params_json(const Params& params) {
  std::string out = "{";
  std::vector<std::string_view> done;
  for (const auto& [name, value] : params.items()) {
    if (std::find(done.begin(), done.end(), name) != done.end()) continue;
    if (!done.empty()) out += ',';
    done.push_back(name);
    append_json_string(out, sms::valid_utf8(name));
    out += ':';
    const auto values = params.all(name);
    if (values.size() > 1) out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out += ',';
      append_json_string(out, sms::valid_utf8(values[i]));
    }
    if (values.size() > 1) out += ']';
  }
  return out + '}';
}

std::string twilio_item(const Request& request, const std::string& params, Millis now) {
  std::string out = "{\"at\":" + std::to_string(now) + ",\"params\":" + params;
  if (const auto token = request.headers.get("I-Twilio-Idempotency-Token"); !token.empty()) {
    out += ",\"token\":";
    append_json_string(out, sms::valid_utf8(token));
  }
  out += ",\"query\":" + params_json(request.query());
  return out + '}';
}

}  // namespace aura::net
