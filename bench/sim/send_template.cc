#include "bench/sim/send_template.h"

#include <array>

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

using rapidjson::Value;

constexpr std::size_t kMaxElements = 10;
constexpr std::size_t kMaxTemplateButtons = 3;
constexpr std::size_t kMaxTitle = 80;
constexpr std::size_t kMaxButtonText = 640;
constexpr std::size_t kMaxButtonTitle = 20;
constexpr std::size_t kMaxButtonPayload = 1000;

GraphError check_button(const Value& button) {
  const auto type = text_at(button, "type");
  constexpr std::array<std::string_view, 3> kUntitled{"account_link", "account_unlink",
                                                      "game_play"};
  if (std::find(kUntitled.begin(), kUntitled.end(), type) != kUntitled.end()) return {};
  const auto title = text_at(button, "title");
  if (title.empty() || characters(title) > kMaxButtonTitle) {
    return bad_parameter("A button's title must have 1 to 20 characters");
  }
  const auto payload = text_at(button, "payload");
  if (type == "web_url") {
    return is_web_url(text_at(button, "url")) ? GraphError{}
                                              : bad_parameter("A web_url button needs an url");
  }
  if (type == "postback") {
    return !payload.empty() && characters(payload) <= kMaxButtonPayload
               ? GraphError{}
               : bad_parameter("A postback button's payload must have 1 to 1000 characters");
  }
  if (type == "phone_number") {
    return payload.starts_with("+") ? GraphError{}
                                    : bad_parameter("A phone_number button needs +digits");
  }
  return bad_parameter("Button type '" + type + "' is not known");
}

GraphError check_buttons(const Value* buttons, bool required) {
  if (buttons == nullptr) return required ? bad_parameter("buttons are required") : GraphError{};
  if (!buttons->IsArray() || buttons->Empty() || buttons->Size() > kMaxTemplateButtons) {
    return bad_parameter("1 to 3 buttons are allowed");
  }
  for (const auto& button : buttons->GetArray()) {
    if (auto error = check_button(button); error.code != 0) return error;
  }
  return {};
}

GraphError check_element(const Value& element) {
  const auto title = text_at(element, "title");
  if (title.empty() || characters(title) > kMaxTitle) {
    return bad_parameter("An element's title must have 1 to 80 characters");
  }
  if (characters(text_at(element, "subtitle")) > kMaxTitle) {
    return bad_parameter("An element's subtitle must have at most 80 characters");
  }
  return check_buttons(member(element, "buttons"), false);
}

GraphError check_template(const Value& payload, AcceptedSend& out) {
  const auto type = text_at(payload, "template_type");
  out.type = "template:" + type;
  if (type == "button") {
    out.text = text_at(payload, "text");
    if (out.text.empty() || characters(out.text) > kMaxButtonText) {
      return bad_parameter("A button template's text must have 1 to 640 characters");
    }
    return check_buttons(member(payload, "buttons"), true);
  }
  if (type == "generic") {
    const auto* elements = member(payload, "elements");
    if (elements == nullptr || !elements->IsArray() || elements->Empty() ||
        elements->Size() > kMaxElements) {
      return bad_parameter("1 to 10 elements are allowed");
    }
    out.text = text_at((*elements)[0], "title");
    for (const auto& element : elements->GetArray()) {
      if (auto error = check_element(element); error.code != 0) return error;
    }
    return {};
  }
  constexpr std::array<std::string_view, 4> kOthers{"media", "receipt", "coupon", "product"};
  return std::find(kOthers.begin(), kOthers.end(), type) != kOthers.end()
             ? GraphError{}
             : bad_parameter("template_type '" + type + "' is not known");
}

}  // namespace

GraphError bad_parameter(std::string message, int subcode) {
  return {400, 100, subcode, false, "(#100) " + std::move(message), {}};
}

GraphError check_attachment(const Value& attachment, AcceptedSend& out) {
  const auto type = text_at(attachment, "type");
  out.type = type;
  const bool instagram = out.channel == Channel::instagram;
  if (instagram && type == "like_heart") return {};
  const auto* payload = member(attachment, "payload");
  if (payload == nullptr || !payload->IsObject()) {
    return bad_parameter("Param attachment[payload] must be an object");
  }
  if (type == "template") return check_template(*payload, out);
  if (instagram && type == "MEDIA_SHARE") {
    return text_at(*payload, "id").empty() ? bad_parameter("MEDIA_SHARE needs payload[id]")
                                           : GraphError{};
  }
  constexpr std::array<std::string_view, 4> kTypes{"image", "audio", "video", "file"};
  if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end()) {
    return bad_parameter("Param attachment[type] must be one of audio, file, image, video");
  }
  const bool by_id = payload->HasMember("attachment_id");
  if (!by_id && !is_web_url(text_at(*payload, "url"))) {
    return bad_parameter("Failed to fetch the file from the url", 2018008);
  }
  return {};
}

}  // namespace aura::bench
