// A notice to the account's owner, derived from the failure of a single message (for example a dead
// token or a restriction). Pure; any thread.
#pragma once

#include <string>

#include "runtime/ports/channel_event.h"

namespace aura {

// One notice per day and kind, because hundreds of messages may fail for one reason. `code` is
// ours; `disconnected` as in AccountNotice.
inline ChannelEvent owner_notice(const std::string& code, const std::string& provider_code,
                                 const std::string& detail, Millis at, bool disconnected = false) {
  constexpr Millis kDay = 24 * 3600 * Millis{1000};
  ChannelEvent notice;
  notice.kind = ChannelEvent::Kind::account;
  notice.external_id = code + ":" + provider_code + ":" + std::to_string(at / kDay);
  notice.at = at;
  notice.account = AccountNotice{"restriction", code, provider_code, detail, disconnected};
  notice.account->restricted = disconnected && restricts(code);
  return notice;
}

}  // namespace aura
