#include "net/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <vector>

#include "net/bounded_document.h"

namespace aura::net {
namespace {

using rapidjson::SizeType;
using rapidjson::Value;

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                            rapidjson::kParseFullPrecisionFlag;

// Refuses a text with half of a surrogate pair, which RapidJSON lets pass as bytes that are no
// UTF-8.
class StrictBuilder : public BoundedDocument {
 public:
  using BoundedDocument::BoundedDocument;

  bool String(const char* s, SizeType n, bool copy) {
    return sound(s, n) && document_.String(s, n, copy);
  }
  bool Key(const char* s, SizeType n, bool copy) {
    return sound(s, n) && document_.Key(s, n, copy);
  }

  bool lone_surrogate() const { return lone_surrogate_; }

 private:
  bool sound(const char* s, SizeType n) {
    lone_surrogate_ = find_surrogate({s, n}, 0) != std::string_view::npos;
    return !lone_surrogate_;
  }

  bool lone_surrogate_ = false;
};

std::string escape_pointer(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

std::optional<std::string_view> repeated_name(const Value& object) {
  const auto members = object.GetObject();
  constexpr SizeType kFew = 8;
  if (members.MemberCount() <= kFew) {
    for (auto a = members.begin(); a != members.end(); ++a) {
      for (auto b = members.begin(); b != a; ++b) {
        if (text_of(a->name) == text_of(b->name)) return text_of(a->name);
      }
    }
    return std::nullopt;
  }
  std::vector<std::string_view> names;
  names.reserve(members.MemberCount());
  for (const auto& member : members) names.push_back(text_of(member.name));
  std::sort(names.begin(), names.end());
  const auto at = std::adjacent_find(names.begin(), names.end());
  return at == names.end() ? std::nullopt : std::optional(*at);
}

// Recursion is bounded by the depth the document was parsed with.
std::optional<std::string_view> any_repeated(const Value& value) {
  if (value.IsArray()) {
    for (const Value& one : value.GetArray())
      if (const auto name = any_repeated(one)) return name;
    return std::nullopt;
  }
  if (!value.IsObject()) return std::nullopt;
  if (const auto name = repeated_name(value)) return name;
  for (const auto& member : value.GetObject())
    if (const auto name = any_repeated(member.value)) return name;
  return std::nullopt;
}

tl::unexpected<Error> wrong_type(const std::string& pointer, const char* expected) {
  return fail(Errc::invalid, pointer + " must be " + expected + ".", pointer);
}

}  // namespace

std::size_t find_surrogate(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('\xED', from); at != std::string_view::npos;
       at = text.find('\xED', at + 1)) {
    if (at + 2 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return at;
  }
  return std::string_view::npos;
}

Result<rapidjson::Document> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return fail(Errc::invalid,
                "The JSON text is larger than " + std::to_string(limits.max_bytes) + " bytes.");
  }
  if (text.find('\0') != std::string_view::npos) {  // RapidJSON would take it for the end
    return fail(Errc::invalid, "Not JSON: a zero byte.");
  }
  rapidjson::Document document;
  rapidjson::ParseResult result;
  bool lone_surrogate = false;
  auto generate = [&](rapidjson::Document& target) {
    StrictBuilder filter(target, limits.max_depth);
    rapidjson::MemoryStream memory(text.data(), text.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(memory);
    rapidjson::Reader reader;
    result = reader.Parse<kFlags>(stream, filter);
    lone_surrogate = filter.lone_surrogate();
    return !result.IsError();
  };
  document.Populate(generate);
  if (lone_surrogate) {
    return fail(Errc::invalid, "Not JSON: half of a surrogate pair in a string.");
  }
  if (result.Code() == rapidjson::kParseErrorTermination) {
    return fail(Errc::invalid, "The JSON text is nested deeper than " +
                                   std::to_string(limits.max_depth) + " levels.");
  }
  if (result.IsError()) {
    return fail(Errc::invalid, std::string("Not JSON: ") +
                                   rapidjson::GetParseError_En(result.Code()) + " At byte " +
                                   std::to_string(result.Offset()) + ".");
  }
  if (const auto name = any_repeated(document)) {
    constexpr std::size_t kShown = 64;
    return fail(Errc::invalid, "The JSON text has an object with the same key twice: " +
                                   std::string(name->size() <= kShown ? *name : "a long one") +
                                   ".");
  }
  return document;
}

std::string to_json(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x20) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out.append("\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
    }
  }
  out += '"';
}

const Value* JsonRef::find(std::string_view key) const {
  if (!value_->IsObject()) return nullptr;
  const Value name(rapidjson::StringRef(key.data(), static_cast<SizeType>(key.size())));
  const auto it = value_->FindMember(name);
  return it == value_->MemberEnd() || it->value.IsNull() ? nullptr : &it->value;
}

std::string JsonRef::child_pointer(std::string_view key) const {
  return pointer_ + "/" + escape_pointer(key);
}

bool JsonRef::has(std::string_view key) const { return find(key) != nullptr; }

Result<JsonRef> JsonRef::array(std::string_view key) const {
  const Value* value = find(key);
  if (!value || !value->IsArray()) return wrong_type(child_pointer(key), "an array");
  return JsonRef(*value, child_pointer(key));
}

Result<std::optional<std::string>> JsonRef::optional_string(std::string_view key) const {
  const Value* value = find(key);
  if (!value) return std::optional<std::string>();
  if (!value->IsString()) return wrong_type(child_pointer(key), "a string");
  return std::optional<std::string>(std::string(text_of(*value)));
}

Result<std::string> JsonRef::string(std::string_view key) const {
  auto value = optional_string(key);
  if (!value) return tl::unexpected(std::move(value.error()));
  if (!*value) return wrong_type(child_pointer(key), "a string");
  return std::move(**value);
}

std::size_t JsonRef::size() const { return value_->IsArray() ? value_->Size() : 0; }

JsonRef JsonRef::at(std::size_t index) const {
  return JsonRef((*value_)[static_cast<SizeType>(index)], pointer_ + "/" + std::to_string(index));
}

}  // namespace aura::net
