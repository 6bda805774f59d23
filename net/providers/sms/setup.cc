// The webhook of a number: each channel has its own URL, which is set at Twilio when the channel is
// created.
#include "net/http.h"
#include "net/providers/lenient_json.h"
#include "net/providers/sms/sms_adapter.h"
#include "net/providers/sms/twilio_calls.h"

namespace aura::net::sms {

// The fragment makes Twilio retry if we do not answer.
std::string SmsAdapter::webhook_url(const std::string& channel_id) const {
  return options_.public_url + "/webhooks/twilio/" + channel_id + "#rc=3&rp=all";
}

std::optional<ProviderCall> SmsAdapter::compose_webhook(const api::Credentials& credentials,
                                                        const ProviderReply& probed,
                                                        const std::string& channel_id) const {
  if (!callbacks_) return std::nullopt;
  const LenientJson json(probed.body);
  const std::string number = json.root().get("incoming_phone_numbers").at(0).text("sid");
  if (number.empty()) return std::nullopt;  // a short code or a messaging service
  Form form;
  form.add("SmsUrl", webhook_url(channel_id));
  form.add("SmsMethod", "POST");
  return post_form(account_url(options_.api_url, credentials) + "/IncomingPhoneNumbers/" +
                       percent_encode(number) + ".json",
                   credentials, std::move(form));
}

}  // namespace aura::net::sms
