#include "net/api/field_table.h"

#include <algorithm>
#include <unordered_map>

namespace aura::net {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// ChannelStatus → CHANNEL_STATUS_
std::string prefix_of(const EnumDescriptor& type) {
  std::string out;
  for (const char c : type.name()) {
    if (!out.empty() && c >= 'A' && c <= 'Z') out += '_';
    out += upper(c);
  }
  return out + "_";
}

std::vector<std::string> names_of(const EnumDescriptor& type) {
  const std::string prefix = prefix_of(type);
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    const auto number = static_cast<std::size_t>(type.value(i)->number());
    if (names.size() <= number) names.resize(number + 1, "null");
    std::string name(type.value(i)->name());
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
    std::transform(name.begin(), name.end(), name.begin(), lower);
    if (name != "unspecified") names[number] = "\"" + name + "\"";
  }
  return names;
}

FieldKind kind_of(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return FieldKind::boolean;
    case FieldDescriptor::CPPTYPE_INT32:
      return FieldKind::int32;
    case FieldDescriptor::CPPTYPE_UINT32:
      return FieldKind::uint32;
    case FieldDescriptor::CPPTYPE_INT64:
      return std::string_view(field.name()).ends_with("_at") ? FieldKind::time : FieldKind::int64;
    case FieldDescriptor::CPPTYPE_UINT64:
      return FieldKind::uint64;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return FieldKind::real;
    case FieldDescriptor::CPPTYPE_ENUM:
      return FieldKind::enumeration;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return field.message_type() == api::RawJson::descriptor() ? FieldKind::raw_json
                                                                : FieldKind::message;
    case FieldDescriptor::CPPTYPE_STRING:
      break;
  }
  return FieldKind::text;
}

using Tables = std::unordered_map<const Descriptor*, MessageTable>;

void add_fields(const Descriptor& type, Tables& tables) {
  MessageTable& table = tables[&type];
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.name() == "cleared") {
      table.cleared = &field;
      continue;
    }
    FieldEntry& entry = table.fields.emplace_back();
    entry.field = &field;
    entry.kind = kind_of(field);
    entry.repeated = field.is_repeated();
    entry.optional = field.has_presence();
    entry.name = field.name();
    entry.quoted_name = "\"" + entry.name + "\"";
    if (entry.kind == FieldKind::enumeration) entry.enum_names = names_of(*field.enum_type());
    if (entry.kind == FieldKind::message) entry.nested = &tables[field.message_type()];
  }
}

void add_messages(const FileDescriptor& file, Tables& tables) {
  for (int i = 0; i < file.message_type_count(); ++i) add_fields(*file.message_type(i), tables);
}

// Of api.proto and all that it imports.
Tables api_tables() {
  Tables tables;
  const FileDescriptor& api = *api::Event::descriptor()->file();
  add_messages(api, tables);
  for (int i = 0; i < api.dependency_count(); ++i) add_messages(*api.dependency(i), tables);
  return tables;
}

}  // namespace

const FieldEntry* MessageTable::find(std::string_view name) const {
  const auto it = std::find_if(fields.begin(), fields.end(),
                               [&](const FieldEntry& entry) { return entry.name == name; });
  return it == fields.end() ? nullptr : &*it;
}

const MessageTable& table_of(const Descriptor* descriptor) {
  static const Tables tables = api_tables();
  return tables.at(descriptor);
}

}  // namespace aura::net
