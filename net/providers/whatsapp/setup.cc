// Setup of a connected number: registers it with its PIN (if given) and subscribes our app to the
// business account's events.
#include "net/http.h"
#include "net/providers/whatsapp/outgoing.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"

namespace aura::net::whatsapp {

std::vector<SetupStep> WhatsAppAdapter::compose_setup(const api::Credentials& credentials,
                                                      const std::string& pin) const {
  std::vector<SetupStep> steps;
  if (!pin.empty()) {
    ProviderCall call =
        get(credentials, percent_encode(credentials.phone_number_id()) + "/register", {});
    call.method = "POST";
    call.headers.emplace_back("Content-Type", "application/json");
    call.body = json_object([&](JsonWriter& writer) {
      put(writer, "messaging_product", "whatsapp");
      put(writer, "pin", pin);
    });
    steps.push_back({{std::move(call)}, "register this number", "/pin"});
  }
  ProviderCall call =
      get(credentials, percent_encode(credentials.business_account_id()) + "/subscribed_apps", {});
  call.method = "POST";
  steps.push_back({{std::move(call)}, "send us this number's events", {}});
  return steps;
}

}  // namespace aura::net::whatsapp
