// API messages (storage/schema/api.proto) to JSON and back, by reflection; the conventions stand on
// top of that file. Pure functions, any thread.
//
// Reading is strict: unknown members, other types (a number in quotes) and zero characters are
// refused, the Error's field being the JSON pointer. null is noted where the message can: a message
// with a `cleared` list gets the field's name there (and so it does for an empty array).
#pragma once

#include <string>
#include <string_view>

#include "net/json.h"
#include "runtime/clock.h"
#include "storage/schema/api.pb.h"

namespace aura::net {

std::string to_json(const google::protobuf::Message& message);
void append_json(std::string& out, const google::protobuf::Message& message);

// What null means in a message that cannot note it: the member is as good as absent (of a new
// resource), or it asks for something that cannot be done (of a change).
enum class Nulls { absent, refused };

Result<void> read_json(const rapidjson::Value& json, google::protobuf::Message& out,
                       Nulls nulls = Nulls::absent);

std::string rfc3339(Millis at);  // "2026-09-21T14:13:20.123Z"

}  // namespace aura::net
