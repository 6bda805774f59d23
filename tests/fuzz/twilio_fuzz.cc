// From a form of Twilio to channel events: any bytes can be signed and stored, have exactly one
// outcome, and every event has a key.
#include <cstdlib>

#include "net/providers/sms/sms_adapter.h"
#include "net/webhooks/twilio_item.h"
#include "net/webhooks/twilio_signature.h"

namespace {

void check(const aura::Normalised& normalised) {
  const int ends = (normalised.events.empty() ? 0 : 1) + (normalised.ignored.empty() ? 0 : 1) +
                   (normalised.not_understood.empty() ? 0 : 1);
  if (ends != 1) std::abort();
  for (const aura::ChannelEvent& event : normalised.events) {
    if (event.external_id.empty()) std::abort();
    const bool of_account = event.kind == aura::ChannelEvent::Kind::account;
    if (event.thread.empty() && !of_account) std::abort();
    if (event.attachments.size() != event.media.size()) std::abort();
  }
}

}  // namespace

// The input: the URL's query, a line break, the form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const aura::net::sms::SmsAdapter adapter(
      {"https://twilio.test", "https://aura.test", aura::net::sms::Keywords({}, {}, {})});
  constexpr aura::Millis kNow = 1'790'000'000'000;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = input.find('\n');
  aura::net::Request request;
  request.target = "/webhooks/twilio/ch_1";
  if (line != std::string_view::npos) request.target += "?" + std::string(input.substr(0, line));
  const std::string_view form = line == std::string_view::npos ? input : input.substr(line + 1);
  const aura::net::Params posted = aura::net::parse_form(form);
  static_cast<void>(aura::net::signed_params(posted));
  check(adapter.normalise(aura::net::twilio_item(request, aura::net::params_json(posted), kNow)));
  return 0;
}
