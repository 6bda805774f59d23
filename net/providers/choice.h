// A choice as a quick reply; the title serves as payload if there is none. Pure; any thread.
#pragma once

#include <string>

#include "storage/schema/api.pb.h"

namespace aura::net {

inline api::QuickReply choice_of(const std::string& title, const std::string& payload) {
  api::QuickReply out;
  out.set_title(title);
  out.set_payload(payload.empty() ? title : payload);
  return out;
}

}  // namespace aura::net
