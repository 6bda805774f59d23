#include "net/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "net/bounded_document.h"

namespace aura::net {
namespace {

using rapidjson::SizeType;
using rapidjson::Value;

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                            rapidjson::kParseNumbersAsStringsFlag;

// Reads the numbers itself: RapidJSON's own reading takes 0e0100 for -1.9e146.
class NumberBuilder : public BoundedDocument {
 public:
  using BoundedDocument::BoundedDocument;

  bool RawNumber(const char* text, SizeType size, bool) {
    const std::string_view digits(text, size);
    if (const auto integer = read<std::int64_t>(digits)) return document_.Int64(*integer);
    if (const auto natural = read<std::uint64_t>(digits)) return document_.Uint64(*natural);
    const auto number = read<double>(digits);
    out_of_range_ = !number;
    return number && document_.Double(*number);
  }
  bool out_of_range() const { return out_of_range_; }

 private:
  template <class Number>
  static std::optional<Number> read(std::string_view digits) {
    Number number{};
    const char* const end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, number);
    return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
  }

  bool out_of_range_ = false;
};

// The UTF-16 unit of an escape like "\uD83D"; -1 if `text` does not begin with one.
int escaped_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  int unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return error == std::errc() && end == text.data() + 6 && unit >= 0 ? unit : -1;
}

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

// Recursion is bounded by the depth limit of the parser.
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

std::size_t find_half_surrogate(std::string_view json, std::size_t from) {
  constexpr std::size_t kEscape = 6;  // of "\uD83D"
  for (std::size_t at = json.find('\\', from); at != std::string_view::npos;) {
    const int unit = escaped_unit(json.substr(at));
    const bool high = unit >= 0xD800 && unit <= 0xDBFF;
    const int next = high ? escaped_unit(json.substr(at + kEscape)) : 0;
    const bool pair = next >= 0xDC00 && next <= 0xDFFF;
    if (unit >= 0xD800 && unit <= 0xDFFF && !pair) return at;
    // Skip the escaped character, which may itself be a '\\'.
    at = json.find('\\', at + (pair ? 2 * kEscape : 2));
  }
  return std::string_view::npos;
}

std::optional<std::string> without_half_surrogates(std::string_view json) {
  constexpr std::string_view kReplacement = "\\ufffd";
  std::size_t at = find_half_surrogate(json);
  if (at == std::string_view::npos) return std::nullopt;
  std::string sound(json);
  for (; at != std::string::npos; at = find_half_surrogate(sound, at))
    sound.replace(at, kReplacement.size(), kReplacement);
  return sound;
}

Result<rapidjson::Document> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return fail(Errc::invalid,
                "The JSON text is larger than " + std::to_string(limits.max_bytes) + " bytes.");
  }
  // RapidJSON would take a zero byte for the end of the text.
  if (text.find('\0') != std::string_view::npos) {
    return fail(Errc::invalid, "Not JSON: a zero byte.");
  }
  if (find_half_surrogate(text) != std::string_view::npos) {  // RapidJSON would accept some of them
    return fail(Errc::invalid, "Not JSON: half of a surrogate pair in a string.");
  }
  rapidjson::Document document;
  rapidjson::ParseResult result;
  bool out_of_range = false;
  auto generate = [&](rapidjson::Document& target) {
    NumberBuilder builder(target, limits.max_depth);
    rapidjson::MemoryStream memory(text.data(), text.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(memory);
    rapidjson::Reader reader;
    result = reader.Parse<kFlags>(stream, builder);
    out_of_range = builder.out_of_range();
    return !result.IsError();
  };
  document.Populate(generate);
  if (out_of_range) return fail(Errc::invalid, "The JSON text has a number that is out of range.");
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
