// Writes JSON for channel APIs: a streaming writer and a few shapes that request bodies need.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

namespace aura::net {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

inline void put(JsonWriter& writer, std::string_view key, std::string_view value) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

// `json` must be a complete JSON value.
inline void put_raw(JsonWriter& writer, std::string_view key, std::string_view json) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

// {…} with the members that `members` writes.
template <class Members>
std::string json_object(Members members) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  members(writer);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

// "key": {…}
template <class Members>
void put_object(JsonWriter& writer, std::string_view key, Members members) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  writer.StartObject();
  members();
  writer.EndObject();
}

// "key": […], one element per item.
template <class Items, class Element>
void put_array(JsonWriter& writer, std::string_view key, const Items& items, Element element) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  writer.StartArray();
  for (const auto& item : items) element(item);
  writer.EndArray();
}

}  // namespace aura::net
