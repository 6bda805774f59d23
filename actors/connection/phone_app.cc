#include "actors/connection/phone_app.h"

namespace aura {

NoteAccount phone_app_notice(const Id& channel, Millis now) {
  NoteAccount note;
  note.channel = channel;
  note.event.kind = ChannelEvent::Kind::account;
  note.event.external_id = "phone_app";
  note.event.at = now;
  auto& notice = note.event.account.emplace();
  notice.what = "phone_app";
  notice.detail =
      "The WhatsApp Business app on a phone uses this number too: WhatsApp takes fewer messages a "
      "second from it.";
  notice.phone_app = true;
  return note;
}

}  // namespace aura
