// Field tables for the JSON mapper, one per API message, computed once per process from its
// descriptor. Immutable after the first use; any thread may read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/schema/api.pb.h"

namespace aura::net {

enum class FieldKind : std::uint8_t {
  boolean,
  int32,
  uint32,
  int64,
  uint64,
  real,
  text,
  enumeration,
  time,      // an int64 named *_at
  raw_json,  // api.RawJson
  message,
};

struct MessageTable;

struct FieldEntry {
  const google::protobuf::FieldDescriptor* field = nullptr;
  FieldKind kind = FieldKind::text;
  bool repeated = false;
  bool optional = false;                // may be unset; JSON null then
  std::string name;                     // as in JSON
  std::string quoted_name;              // with its quotes
  std::vector<std::string> enum_names;  // quoted, by number; "null" for …_UNSPECIFIED
  const MessageTable* nested = nullptr;
};

struct MessageTable {
  std::vector<FieldEntry> fields;  // without `cleared`
  const google::protobuf::FieldDescriptor* cleared = nullptr;

  const FieldEntry* find(std::string_view name) const;
};

// `descriptor` must be of a message in storage/schema/api.proto or a file that it imports.
const MessageTable& table_of(const google::protobuf::Descriptor* descriptor);

}  // namespace aura::net
