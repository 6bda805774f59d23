#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>

#include "net/api/field_table.h"
#include "net/api/json_mapper.h"
#include "net/api/rfc3339.h"

namespace aura::net {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using rapidjson::SizeType;

void put_raw(Writer& writer, std::string_view json, rapidjson::Type type) {
  writer.RawValue(json.data(), json.size(), type);
}

void put_text(Writer& writer, const std::string& text) {
  writer.String(text.data(), static_cast<SizeType>(text.size()));
}

void put_time(Writer& writer, Millis at) {
  if (at == 0) {
    writer.Null();
  } else {
    put_text(writer, rfc3339(at));
  }
}

void put_enum(Writer& writer, const FieldEntry& entry, int number) {
  const auto index = static_cast<std::size_t>(number);
  if (number < 0 || index >= entry.enum_names.size()) {
    writer.Null();  // an enum value of a newer version
  } else {
    put_raw(writer, entry.enum_names[index], rapidjson::kStringType);
  }
}

void put_real(Writer& writer, double value) {
  if (std::isfinite(value)) {
    writer.Double(value);
  } else {
    writer.Null();
  }
}

void put_message(Writer& writer, const Message& message, const MessageTable& table);

void put_nested(Writer& writer, const FieldEntry& entry, const Message& value) {
  if (entry.kind == FieldKind::message) return put_message(writer, value, *entry.nested);
  const std::string& json = static_cast<const api::RawJson&>(value).json();
  put_raw(writer, json.empty() ? std::string_view("null") : std::string_view(json),
          rapidjson::kObjectType);
}

void put_single(Writer& writer, const Message& message, const Reflection& r,
                const FieldEntry& entry) {
  std::string scratch;
  switch (entry.kind) {
    case FieldKind::boolean:
      writer.Bool(r.GetBool(message, entry.field));
      return;
    case FieldKind::int32:
      writer.Int(r.GetInt32(message, entry.field));
      return;
    case FieldKind::uint32:
      writer.Uint(r.GetUInt32(message, entry.field));
      return;
    case FieldKind::int64:
      writer.Int64(r.GetInt64(message, entry.field));
      return;
    case FieldKind::uint64:
      writer.Uint64(r.GetUInt64(message, entry.field));
      return;
    case FieldKind::real:
      put_real(writer, r.GetDouble(message, entry.field));
      return;
    case FieldKind::time:
      put_time(writer, r.GetInt64(message, entry.field));
      return;
    case FieldKind::enumeration:
      put_enum(writer, entry, r.GetEnumValue(message, entry.field));
      return;
    case FieldKind::text:
      put_text(writer, r.GetStringReference(message, entry.field, &scratch));
      return;
    case FieldKind::raw_json:
    case FieldKind::message:
      put_nested(writer, entry, r.GetMessage(message, entry.field));
      return;
  }
}

// The schema has repeated fields of strings and messages only.
void put_repeated(Writer& writer, const Message& message, const Reflection& r,
                  const FieldEntry& entry) {
  std::string scratch;
  writer.StartArray();
  const int size = r.FieldSize(message, entry.field);
  for (int i = 0; i < size; ++i) {
    if (entry.kind == FieldKind::text) {
      put_text(writer, r.GetRepeatedStringReference(message, entry.field, i, &scratch));
    } else {
      put_nested(writer, entry, r.GetRepeatedMessage(message, entry.field, i));
    }
  }
  writer.EndArray();
}

void put_message(Writer& writer, const Message& message, const MessageTable& table) {
  const Reflection& r = *message.GetReflection();
  writer.StartObject();
  for (const FieldEntry& entry : table.fields) {
    put_raw(writer, entry.quoted_name, rapidjson::kStringType);
    if (entry.repeated) {
      put_repeated(writer, message, r, entry);
    } else if (entry.optional && !r.HasField(message, entry.field)) {
      writer.Null();
    } else {
      put_single(writer, message, r, entry);
    }
  }
  writer.EndObject();
}

}  // namespace

void append_json(std::string& out, const Message& message) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  put_message(writer, message, table_of(message.GetDescriptor()));
  out.append(buffer.GetString(), buffer.GetSize());
}

std::string to_json(const Message& message) {
  std::string out;
  append_json(out, message);
  return out;
}

}  // namespace aura::net
