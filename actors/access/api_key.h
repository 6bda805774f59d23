// API keys: "aura_" + the workspace's 26 characters + "_" + 43 characters of base64url (256 random
// bits). Shown once; only its SHA-256 is stored, under the workspace named by the key.
#pragma once

#include <optional>
#include <string>

#include "runtime/ids.h"

namespace aura::api_key {

std::string make(const Id& workspace);
std::string hash(const std::string& key);  // 32 bytes
std::optional<Id> workspace_of(const std::string& key);

}  // namespace aura::api_key
