// Checks WhatsApp's template messages: the components and parameters of a send.
#include <array>

#include "bench/sim/json_read.h"
#include "bench/sim/whatsapp_request.h"

namespace aura::bench {
namespace {

using rapidjson::Value;

GraphError check_parameter(const Value& parameter, const WhatsAppFacts& facts) {
  const auto type = text_at(parameter, "type");
  const std::string at = "components[].parameters[]";
  if (type == "text") {
    return text_at(parameter, "text").empty() ? whatsapp_missing(at + ".text") : GraphError{};
  }
  if (type == "payload") {
    return text_at(parameter, "payload").empty() ? whatsapp_missing(at + ".payload") : GraphError{};
  }
  const auto* value = member(parameter, type.c_str());
  constexpr std::array<std::string_view, 3> kMedia{"image", "video", "document"};
  if (one_of(type, kMedia)) {
    return value == nullptr ? whatsapp_missing(at + "." + type) : check_media(type, *value, facts);
  }
  constexpr std::array<std::string_view, 6> kOthers{"currency",    "date_time", "location",
                                                    "coupon_code", "action",    "product"};
  if (!one_of(type, kOthers)) {
    return {400,
            132012,
            0,
            false,
            "(#132012) Parameter format does not match",
            "parameter type '" + type + "' is not known"};
  }
  if (type == "currency") {
    const bool whole = value != nullptr && !text_at(*value, "fallback_value").empty() &&
                       text_at(*value, "code").size() == 3 && value->HasMember("amount_1000");
    if (!whole) {
      return {400,
              132012,
              0,
              false,
              "(#132012) Parameter format does not match",
              "currency needs fallback_value, code and amount_1000"};
    }
  }
  return {};
}

GraphError check_button_place(const Value& component) {
  constexpr std::array<std::string_view, 7> kSubTypes{"url",  "quick_reply", "CATALOG", "catalog",
                                                      "flow", "copy_code",   "mpm"};
  if (!one_of(text_at(component, "sub_type"), kSubTypes)) {
    return whatsapp_invalid("components[].sub_type", "a known button type");
  }
  const auto* index = member(component, "index");
  if (index == nullptr) return whatsapp_missing("components[].index");
  const auto number = index->IsInt() ? std::to_string(index->GetInt()) : text_of(index);
  return number.size() == 1 && number[0] >= '0' && number[0] <= '9'
             ? GraphError{}
             : whatsapp_invalid("components[].index", "0 to 9");
}

GraphError check_component(const Value& component, const WhatsAppFacts& facts, int& in_body) {
  const auto type = text_at(component, "type");
  constexpr std::array<std::string_view, 4> kTypes{"header", "body", "button", "carousel"};
  if (!one_of(type, kTypes)) return whatsapp_invalid("components[].type", "header, body or button");
  if (type == "button") {
    if (auto error = check_button_place(component); error.code != 0) return error;
  }
  const auto* parameters = member(component, "parameters");
  if (parameters == nullptr) return {};
  if (!parameters->IsArray()) return whatsapp_invalid("components[].parameters", "an array");
  if (type == "body") in_body += static_cast<int>(parameters->Size());
  for (const auto& parameter : parameters->GetArray()) {
    if (auto error = check_parameter(parameter, facts); error.code != 0) return error;
  }
  return {};
}

}  // namespace

GraphError check_template_use(const Value& use, const WhatsAppFacts& facts, AcceptedSend& out) {
  const auto name = text_at(use, "name");
  out.text = name;
  if (name.empty()) return whatsapp_missing("template.name");
  const auto* language = member(use, "language");
  if (language == nullptr || text_at(*language, "code").empty()) {
    return whatsapp_missing("template.language.code");
  }
  int in_body = 0;
  if (const auto* components = member(use, "components")) {
    if (!components->IsArray()) return whatsapp_invalid("template.components", "an array");
    for (const auto& component : components->GetArray()) {
      if (auto error = check_component(component, facts, in_body); error.code != 0) return error;
    }
  }
  return facts.template_error(name, text_at(*language, "code"), in_body);
}

}  // namespace aura::bench
