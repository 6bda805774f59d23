// What the model APIs have in common. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "net/json_out.h"
#include "net/providers/lenient_json.h"
#include "net/providers/models/model_api.h"

namespace aura::net::models {

// "https://host" + "messages" → "https://host/v1/messages"; a path of its own is kept.
std::string endpoint(const std::string& base_url, std::string_view path);

// {"role": …, "content": …}, as both APIs write a message.
void put_message(JsonWriter& writer, std::string_view role, std::string_view text);
void put_message(JsonWriter& writer, const ModelMessage& message);

// The provider's id of the call, for its support; or empty.
std::string request_id(const ProviderReply& reply, JsonView body);

// What a reply without an answer means: by its status, its headers and the code or type of its
// error, which servers give as an object, as a text or not at all.
ModelError read_error(const ProviderReply& reply, JsonView body);

// Without the thoughts that some models write in front: <think>…</think>.
std::string without_thoughts(std::string_view text);

// For servers that do not tell: four bytes are about one token.
std::int64_t estimated_tokens(std::size_t bytes);

}  // namespace aura::net::models
