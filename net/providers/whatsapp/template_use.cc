// Checks the values given for a template against the stored template, and makes the text that the
// customer reads.
#include <algorithm>
#include <optional>

#include "net/http.h"
#include "net/providers/lenient_json.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"

namespace aura::net::whatsapp {
namespace {

// {{1}} or {{ first_name }} in a template's text.
struct Placeholder {
  std::size_t begin = 0, end = 0;
  std::string name;
};

std::optional<Placeholder> next_placeholder(std::string_view text, std::size_t from) {
  const std::size_t begin = text.find("{{", from);
  const std::size_t end = begin == text.npos ? begin : text.find("}}", begin);
  if (end == text.npos) return std::nullopt;
  std::string name(text.substr(begin + 2, end - begin - 2));
  std::erase(name, ' ');
  return Placeholder{begin, end + 2, std::move(name)};
}

// The names of the placeholders in order of appearance, each once.
std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> out;
  for (auto next = next_placeholder(text, 0); next; next = next_placeholder(text, next->end))
    if (std::find(out.begin(), out.end(), next->name) == out.end()) out.push_back(next->name);
  return out;
}

std::string type_of(JsonView component) { return lower_case(component.text("type")); }

JsonView component_of(JsonView components, std::string_view type) {
  for (std::size_t i = 0; i < components.size(); ++i)
    if (type_of(components.at(i)) == type) return components.at(i);
  return {};
}

// The value given for a placeholder: by its name, else by its number, from 1.
JsonView value_of(JsonView given, const std::string& name) {
  for (std::size_t i = 0; i < given.size(); ++i)
    if (given.at(i).text("parameter_name") == name || name == std::to_string(i + 1))
      return given.at(i);
  return {};
}

tl::unexpected<Error> refuse(std::string detail) {
  return fail(Errc::invalid, std::move(detail), "/template/components");
}

std::string values(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " value" : " values");
}

Result<void> check_text(const std::string& part, std::string_view text, JsonView given) {
  const auto wanted = placeholders(text);
  if (wanted.size() != given.size())
    return refuse("The template's " + part + " takes " + values(wanted.size()) + "; " +
                  values(given.size()) + " came.");
  for (const std::string& name : wanted)
    if (!value_of(given, name).exists())
      return refuse("The template's " + part + " takes a value with the parameter_name \"" + name +
                    "\".");
  return {};
}

Result<void> check_header(JsonView header, JsonView given) {
  const std::string format = lower_case(header.text("format"));
  if (format.empty() || format == "text") return check_text("header", header.text("text"), given);
  if (given.size() == 1 && given.at(0).text("type") == format) return {};
  return refuse("The template's header takes one value of the type " + format + ".");
}

JsonView given_to_button(JsonView given, std::size_t index) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    const JsonView one = given.at(i);
    if (type_of(one) == "button" && one.text("index") == std::to_string(index))
      return one.get("parameters");
  }
  return {};
}

Result<void> check_buttons(JsonView buttons, JsonView given) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (type_of(given.at(i)) != "button") continue;
    const std::string index = given.at(i).text("index");
    bool there = false;
    for (std::size_t at = 0; at < buttons.size(); ++at) there |= index == std::to_string(at);
    if (!there) return refuse("The template has no button " + index + ".");
  }
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    const bool open = lower_case(buttons.at(i).text("type")) == "url" &&
                      !placeholders(buttons.at(i).text("url")).empty();
    if (open && given_to_button(given, i).size() != 1)
      return refuse("The template's button " + std::to_string(i) +
                    " takes one value, the end of its address.");
  }
  return {};
}

std::string words_of(JsonView value) {
  const std::string type = value.text("type");
  if (type == "currency" || type == "date_time") return value.get(type).text("fallback_value");
  return value.text("text");
}

std::string filled(const std::string& text, JsonView given) {
  std::string out;
  std::size_t from = 0;
  while (const auto next = next_placeholder(text, from)) {
    out += text.substr(from, next->begin - from);
    out += words_of(value_of(given, next->name));
    from = next->end;
  }
  return out + text.substr(from);
}

}  // namespace

// A template with unknown components (known from an event only, not yet from the list) accepts any
// values.
Result<void> WhatsAppAdapter::check_template(const api::Template& known,
                                             const api::TemplateUse& use) const {
  const LenientJson list(known.components().json());
  const LenientJson values(use.components().json());
  const JsonView shown = list.root();
  const JsonView given = values.root();
  if (shown.size() == 0) return {};
  const auto parameters = [&](std::string_view type) {
    return component_of(given, type).get("parameters");
  };
  if (auto ok = check_header(component_of(shown, "header"), parameters("header")); !ok) return ok;
  const std::string body = component_of(shown, "body").text("text");
  if (auto ok = check_text("body", body, parameters("body")); !ok) return ok;
  return check_buttons(component_of(shown, "buttons").get("buttons"), given);
}

std::string WhatsAppAdapter::template_text(const api::Template& known,
                                           const api::TemplateUse& use) const {
  const LenientJson list(known.components().json());
  const LenientJson values(use.components().json());
  std::string out;
  for (const char* part : {"header", "body", "footer"}) {
    const JsonView given = component_of(values.root(), part).get("parameters");
    const std::string words = filled(component_of(list.root(), part).text("text"), given);
    if (!words.empty()) out += (out.empty() ? "" : "\n") + words;
  }
  return out;
}

}  // namespace aura::net::whatsapp
