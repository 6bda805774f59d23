// Checks API inputs beyond their types: required members, lengths, formats. Each Error names the
// member's JSON pointer and says what would be right. Pure; any thread.
#pragma once

#include "runtime/result.h"
#include "storage/schema/api.pb.h"

namespace aura::net {

enum class Write { create, update };

Result<void> validate(api::WorkspaceInput& input, Write write);
Result<void> validate(const api::ApiKeyInput& input);
Result<void> validate(api::ChannelInput& input, Write write);
Result<void> validate(const api::ContactInput& input);
Result<void> validate(const api::ContactMergeInput& input);
Result<void> validate(const api::ConversationInput& input);
Result<void> validate(const api::MessageInput& input);  // validate_message.cc
Result<void> validate(const api::ReactionInput& input);
Result<void> validate(const api::ItemInput& input, Write write);
Result<void> validate(const api::DocumentInput& input, Write write);

}  // namespace aura::net
