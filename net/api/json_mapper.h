// Maps API messages (storage/schema/api.proto) to JSON and back by reflection; the conventions are
// described at the top of that file. Pure functions, any thread.
//
// Reading is strict: it refuses unknown members, wrong types (a number in quotes) and zero
// characters, and the Error's field is the JSON pointer. A message with a `cleared` list records
// there the name of each field that is null or an empty array.
#pragma once

#include <string>
#include <string_view>

#include "net/json.h"
#include "runtime/clock.h"
#include "storage/schema/api.pb.h"

namespace aura::net {

std::string to_json(const google::protobuf::Message& message);
void append_json(std::string& out, const google::protobuf::Message& message);

// What null means in a message without a `cleared` list. absent: the same as a missing member (for
// a new resource). refused: an error (for a change, because the field cannot be cleared).
enum class Nulls { absent, refused };

Result<void> read_json(const rapidjson::Value& json, google::protobuf::Message& out,
                       Nulls nulls = Nulls::absent);

}  // namespace aura::net
