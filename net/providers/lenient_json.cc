#include "net/providers/lenient_json.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "net/bounded_document.h"
#include "net/json.h"

namespace aura::net {
namespace {

using rapidjson::SizeType;

constexpr unsigned kLenientFlags = rapidjson::kParseIterativeFlag |
                                   rapidjson::kParseValidateEncodingFlag |
                                   rapidjson::kParseNumbersAsStringsFlag;

// Keeps numbers as text.
class LenientBuilder : public BoundedDocument {
 public:
  using BoundedDocument::BoundedDocument;

  bool RawNumber(const char* s, SizeType n, bool) { return document_.String(s, n, true); }
};

}  // namespace

LenientJson::LenientJson(std::string_view text, int max_depth) {
  if (text.find('\0') != std::string_view::npos) return;
  const auto mended = without_half_surrogates(text);
  if (mended) text = *mended;
  auto generate = [&](rapidjson::Document& target) {
    LenientBuilder builder(target, static_cast<std::size_t>(max_depth));
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    ok_ = !reader.Parse<kLenientFlags>(stream, builder).IsError();
    return ok_;
  };
  document_.Populate(generate);
}

JsonView JsonView::get(std::string_view key) const {
  if (!is_object()) return {};
  const rapidjson::Value name(rapidjson::StringRef(key.data(), static_cast<SizeType>(key.size())));
  const auto member = value_->FindMember(name);
  return member == value_->MemberEnd() ? JsonView() : JsonView(&member->value);
}

std::size_t JsonView::size() const { return is_array() ? value_->Size() : 0; }

JsonView JsonView::at(std::size_t index) const {
  return index < size() ? JsonView(&(*value_)[static_cast<SizeType>(index)]) : JsonView();
}

std::string JsonView::text() const {
  if (value_ == nullptr || !value_->IsString()) return {};
  return {value_->GetString(), value_->GetStringLength()};
}

bool JsonView::flag(std::string_view key) const {
  const JsonView member = get(key);
  return member.value_ != nullptr && member.value_->IsTrue();
}

std::optional<std::int64_t> JsonView::integer() const {
  const std::string digits = text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc() && end == digits.data() + digits.size()) return number;
  return std::nullopt;
}

std::optional<double> JsonView::real(std::string_view key) const {
  const std::string literal = text(key);
  double number = 0;
  const auto [end, error] =
      std::from_chars(literal.data(), literal.data() + literal.size(), number);
  if (error != std::errc() || end != literal.data() + literal.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

std::string JsonView::json() const { return value_ == nullptr ? "null" : to_json(*value_); }

}  // namespace aura::net
