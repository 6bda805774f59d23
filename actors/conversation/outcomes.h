// What a conversation is told besides the channel's events: how its sends and downloads ended, and
// which timer is due.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/ids.h"
#include "runtime/ports/channel_adapter.h"
#include "storage/schema/api.pb.h"

namespace aura::conversation {

struct SendFinished {
  Id message;
  SendOutcome outcome;
  std::vector<std::string> external_ids;  // of the parts the provider accepted
  bool maybe_duplicate = false;
  bool reaction = false;                   // our reaction to the message, not the message
  int parts_sent = 0;                      // how many of all parts the provider has accepted
  std::vector<api::SendAttempt> attempts;  // not yet recorded or numbered
};

struct MediaFinished {
  Id message;
  std::uint32_t attachment = 0;
  std::string media_id;
  api::MediaState state = api::MEDIA_STATE_PENDING;
  std::string mime_type;
  std::int64_t size_bytes = 0;
  std::string error;
};

enum class TimerKind : std::uint8_t { turn = 1, handover = 2, resend = 3 };

}  // namespace aura::conversation
