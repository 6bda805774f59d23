// From the body of a signed webhook to channel events: any bytes give an error or items, every item
// ends in exactly one way, and every event has a key.
#include <cstdlib>

#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"
#include "net/webhooks/envelope.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const aura::net::messenger::MessengerAdapter adapter(
      {"https://graph.test", "v1", "5", ""});
  static const aura::net::whatsapp::WhatsAppAdapter whatsapp({"https://graph.test", "v1", ""});
  const auto items = aura::net::slice_meta_body({reinterpret_cast<const char*>(data), size});
  if (!items) return 0;
  if (items->empty()) std::abort();
  for (const aura::InboundItem& item : *items) {
    const bool of_whatsapp = item.channel_type == aura::api::CHANNEL_TYPE_WHATSAPP;
    const aura::Normalised normalised =
        of_whatsapp ? whatsapp.normalise(item.payload) : adapter.normalise(item.payload);
    const int ends = (normalised.events.empty() ? 0 : 1) + (normalised.ignored.empty() ? 0 : 1) +
                     (normalised.not_understood.empty() ? 0 : 1);
    if (ends != 1) std::abort();
    for (const aura::ChannelEvent& event : normalised.events) {
      if (event.external_id.empty()) std::abort();
      if (event.thread.empty() && event.kind != aura::ChannelEvent::Kind::account) std::abort();
    }
  }
  return 0;
}
