// Checks the frames that a browser sends over the web chat: each reader returns the frame's values
// or an Error that the visitor's page can show. Pure; any thread.
#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <vector>

#include "runtime/ports/engine_api.h"

namespace aura::net {

// The string member, or "" if it is missing or not a string.
std::string_view text_member(const rapidjson::Value& frame, const char* name);

bool is_client_id(std::string_view text);  // a UUID, or another printable text of 1 to 64 bytes

Result<ChatMessage> read_message_frame(const rapidjson::Value& frame);
Result<ChatIdentity> read_identify_frame(const rapidjson::Value& frame);
Result<std::vector<Id>> read_items_frame(const rapidjson::Value& frame);

}  // namespace aura::net
