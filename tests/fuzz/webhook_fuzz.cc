// From the body of a signed webhook to channel events: any bytes yield an error or items, every
// item has exactly one outcome, and every event has a key, whichever channel reads it.
#include <cstdlib>

#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"
#include "net/webhooks/envelope.h"

namespace {

void check(const aura::Normalised& normalised) {
  // A part that is not understood may stand beside events; an item that is ignored has neither.
  const bool kept = !normalised.events.empty() || !normalised.not_understood.empty();
  if (kept != normalised.ignored.empty()) std::abort();
  for (const aura::ChannelEvent& event : normalised.events) {
    if (event.external_id.empty()) std::abort();
    const bool of_account = event.kind == aura::ChannelEvent::Kind::account;
    // A status that names nobody finds its conversation by its message.
    if (event.thread.empty() && !of_account && event.target_id.empty()) std::abort();
    if (event.attachments.size() != event.media.size()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const aura::net::messenger::MessengerAdapter messenger(
      {"https://graph.test", "v1", "5", "", "https://ig.test"});
  static const aura::net::instagram::InstagramAdapter instagram(
      {"https://graph.test", "v1", "5", "", "https://ig.test"});
  static const aura::net::whatsapp::WhatsAppAdapter whatsapp({"https://graph.test", "v1", ""});
  const auto items = aura::net::slice_meta_body({reinterpret_cast<const char*>(data), size});
  if (!items) return 0;
  if (items->empty()) std::abort();
  for (const aura::InboundItem& item : *items) {
    if (item.channel_type == aura::api::CHANNEL_TYPE_WHATSAPP) {
      check(whatsapp.normalise(item.payload));
      continue;
    }
    check(messenger.normalise(item.payload));
    check(instagram.normalise(item.payload));
  }
  return 0;
}
