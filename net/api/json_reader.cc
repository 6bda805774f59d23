#include <cmath>
#include <optional>

#include "net/api/field_table.h"
#include "net/api/json_mapper.h"
#include "net/api/rfc3339.h"
#include "net/api/wrong_input.h"
#include "net/json.h"

namespace aura::net {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;
using rapidjson::Value;

Result<std::string> read_text(const Value& json, const std::string& pointer) {
  if (!json.IsString()) return wrong(pointer, "must be a string");
  std::string out(text_of(json));
  if (out.find('\0') != std::string::npos) {
    return wrong(pointer, "must not contain a zero character");
  }
  return out;
}

std::optional<int> enum_number(const FieldEntry& entry, std::string_view name) {
  const std::string quoted = "\"" + std::string(name) + "\"";
  for (std::size_t i = 0; i < entry.enum_names.size(); ++i) {
    if (entry.enum_names[i] == quoted) return static_cast<int>(i);
  }
  return std::nullopt;
}

Result<void> read_enum(const Value& json, const std::string& pointer, const FieldEntry& entry,
                       Message& out) {
  std::optional<int> number;
  if (json.IsString()) number = enum_number(entry, text_of(json));
  if (number) {
    out.GetReflection()->SetEnumValue(&out, entry.field, *number);
    return {};
  }
  std::string names;
  for (const std::string& name : entry.enum_names) {
    if (name == "null") continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  return wrong(pointer, "must be one of " + names);
}

Result<void> read_time(const Value& json, const std::string& pointer, const FieldEntry& entry,
                       Message& out) {
  const auto at = json.IsString() ? parse_rfc3339(text_of(json)) : std::nullopt;
  if (!at) return wrong(pointer, "must be a time like \"2026-12-31T23:59:59Z\"");
  out.GetReflection()->SetInt64(&out, entry.field, *at);
  return {};
}

Result<void> read_object(const Value& json, const std::string& pointer, Message& out, Nulls nulls);

Result<void> read_number(const Value& json, const std::string& pointer, const FieldEntry& entry,
                         Message& out) {
  const Reflection& r = *out.GetReflection();
  switch (entry.kind) {
    case FieldKind::int32:
      if (!json.IsInt()) return wrong(pointer, "must be a whole number");
      r.SetInt32(&out, entry.field, json.GetInt());
      return {};
    case FieldKind::uint32:
      if (!json.IsUint()) return wrong(pointer, "must be a whole number, zero or more");
      r.SetUInt32(&out, entry.field, json.GetUint());
      return {};
    case FieldKind::int64:
      if (!json.IsInt64()) return wrong(pointer, "must be a whole number");
      r.SetInt64(&out, entry.field, json.GetInt64());
      return {};
    case FieldKind::uint64:
      if (!json.IsUint64()) return wrong(pointer, "must be a whole number, zero or more");
      r.SetUInt64(&out, entry.field, json.GetUint64());
      return {};
    default:
      if (!json.IsNumber() || !std::isfinite(json.GetDouble())) {
        return wrong(pointer, "must be a number");
      }
      r.SetDouble(&out, entry.field, json.GetDouble());
      return {};
  }
}

Result<void> read_single(const Value& json, const std::string& pointer, const FieldEntry& entry,
                         Message& out, Nulls nulls) {
  const Reflection& r = *out.GetReflection();
  switch (entry.kind) {
    case FieldKind::boolean:
      if (!json.IsBool()) return wrong(pointer, "must be true or false");
      r.SetBool(&out, entry.field, json.GetBool());
      return {};
    case FieldKind::text: {
      auto text = read_text(json, pointer);
      if (!text) return tl::unexpected(std::move(text.error()));
      r.SetString(&out, entry.field, std::move(*text));
      return {};
    }
    case FieldKind::enumeration:
      return read_enum(json, pointer, entry, out);
    case FieldKind::time:
      return read_time(json, pointer, entry, out);
    case FieldKind::raw_json:
      static_cast<api::RawJson*>(r.MutableMessage(&out, entry.field))->set_json(to_json(json));
      return {};
    case FieldKind::message:
      return read_object(json, pointer, *r.MutableMessage(&out, entry.field), nulls);
    default:
      return read_number(json, pointer, entry, out);
  }
}

Result<void> read_repeated(const Value& json, const std::string& pointer, const FieldEntry& entry,
                           Message& out, Nulls nulls) {
  if (!json.IsArray()) return wrong(pointer, "must be an array");
  const Reflection& r = *out.GetReflection();
  const auto* cleared = table_of(out.GetDescriptor()).cleared;
  if (json.Empty() && cleared != nullptr) r.AddString(&out, cleared, entry.name);
  for (rapidjson::SizeType i = 0; i < json.Size(); ++i) {
    const std::string at = pointer + "/" + std::to_string(i);
    if (entry.kind == FieldKind::text) {
      auto text = read_text(json[i], at);
      if (!text) return tl::unexpected(std::move(text.error()));
      r.AddString(&out, entry.field, std::move(*text));
    } else if (auto read = read_object(json[i], at, *r.AddMessage(&out, entry.field), nulls);
               !read) {
      return read;
    }
  }
  return {};
}

// null leaves the field unset; the `cleared` list, where the message has one, records its name.
Result<void> read_null(const std::string& pointer, const FieldEntry& entry,
                       const MessageTable& table, Message& out, Nulls nulls) {
  const bool may_be_unset = entry.optional || entry.repeated;
  if (!may_be_unset || (table.cleared == nullptr && nulls == Nulls::refused)) {
    return wrong(pointer, "must not be null");
  }
  if (table.cleared != nullptr) out.GetReflection()->AddString(&out, table.cleared, entry.name);
  return {};
}

// Money needs both an amount and a currency: neither has a default.
Result<void> check_complete(const Value& json, const std::string& pointer,
                            const MessageTable& table) {
  for (const FieldEntry& entry : table.fields) {
    if (json.FindMember(entry.name.c_str()) == json.MemberEnd()) {
      return wrong(pointer + "/" + entry.name, "is missing");
    }
  }
  return {};
}

Result<void> read_object(const Value& json, const std::string& pointer, Message& out, Nulls nulls) {
  if (!json.IsObject()) return wrong(pointer, "must be an object");
  const MessageTable& table = table_of(out.GetDescriptor());
  const JsonRef here(json, pointer);
  for (const auto& member : json.GetObject()) {
    const std::string at = here.child_pointer(text_of(member.name));
    const FieldEntry* entry = table.find(text_of(member.name));
    if (entry == nullptr) return wrong(at, "is not a field of this resource");
    Result<void> read;
    if (member.value.IsNull()) {
      read = read_null(at, *entry, table, out, nulls);
    } else if (entry->repeated) {
      read = read_repeated(member.value, at, *entry, out, nulls);
    } else {
      read = read_single(member.value, at, *entry, out, nulls);
    }
    if (!read) return read;
  }
  if (out.GetDescriptor() == api::Money::descriptor()) {
    return check_complete(json, pointer, table);
  }
  return {};
}

}  // namespace

Result<void> read_json(const Value& json, Message& out, Nulls nulls) {
  return read_object(json, "", out, nulls);
}

}  // namespace aura::net
