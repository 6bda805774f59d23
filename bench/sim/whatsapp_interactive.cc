// Checks WhatsApp's interactive messages: buttons, lists, links, products, flows.
#include <set>

#include "bench/sim/json_read.h"
#include "bench/sim/whatsapp_request.h"

namespace aura::bench {
namespace {

using rapidjson::Value;

constexpr std::size_t kMaxRows = 10;  // of a list, over all sections
constexpr std::size_t kMaxSections = 10;
constexpr std::size_t kMaxProducts = 30;
constexpr std::size_t kMaxReplyButtons = 3;

// Checks a text of 1 (if not required: 0) to `most` characters.
GraphError check_length(const Value& object, const char* name, const std::string& path,
                        std::size_t most, bool required = true) {
  const auto text = text_at(object, name);
  if (text.empty()) return required ? whatsapp_missing(path) : GraphError{};
  if (characters(text) <= most) return {};
  return whatsapp_invalid(path, "at most " + std::to_string(most) + " characters");
}

GraphError check_header(const Value& interactive, const WhatsAppFacts& facts, bool text_only) {
  const auto* header = member(interactive, "header");
  if (header == nullptr) return {};
  const auto type = text_at(*header, "type");
  if (type == "text") return check_length(*header, "text", "interactive.header.text", 60);
  if (text_only || (type != "image" && type != "video" && type != "document")) {
    return whatsapp_invalid("interactive.header.type", text_only ? "text" : "a known type");
  }
  const auto* media = member(*header, type.c_str());
  return media == nullptr ? whatsapp_missing("interactive.header." + type)
                          : check_media(type, *media, facts);
}

GraphError check_buttons(const Value& action) {
  const auto* buttons = member(action, "buttons");
  if (buttons == nullptr || !buttons->IsArray() || buttons->Empty()) {
    return whatsapp_missing("interactive.action.buttons");
  }
  if (buttons->Size() > kMaxReplyButtons) {
    return whatsapp_invalid("interactive.action.buttons", "at most 3 buttons");
  }
  std::set<std::string> ids;
  std::set<std::string> titles;
  for (const auto& button : buttons->GetArray()) {
    const auto* reply = member(button, "reply");
    if (text_at(button, "type") != "reply" || reply == nullptr) {
      return whatsapp_invalid("interactive.action.buttons[].type", "reply");
    }
    auto error = check_length(*reply, "id", "buttons[].reply.id", 256);
    if (error.code == 0) error = check_length(*reply, "title", "buttons[].reply.title", 20);
    if (error.code != 0) return error;
    if (!ids.insert(text_at(*reply, "id")).second ||
        !titles.insert(text_at(*reply, "title")).second) {
      return whatsapp_invalid("interactive.action.buttons[]", "unique in id and title");
    }
  }
  return {};
}

GraphError check_row(const Value& row, std::set<std::string>& ids) {
  auto error = check_length(row, "id", "rows[].id", 200);
  if (error.code == 0) error = check_length(row, "title", "rows[].title", 24);
  if (error.code == 0) error = check_length(row, "description", "rows[].description", 72, false);
  if (error.code == 0 && !ids.insert(text_at(row, "id")).second) {
    error = whatsapp_invalid("rows[].id", "unique");
  }
  return error;
}

GraphError check_list(const Value& action) {
  if (auto error = check_length(action, "button", "interactive.action.button", 20);
      error.code != 0) {
    return error;
  }
  const auto* sections = member(action, "sections");
  if (sections == nullptr || !sections->IsArray() || sections->Empty()) {
    return whatsapp_missing("interactive.action.sections");
  }
  if (sections->Size() > kMaxSections) return whatsapp_invalid("sections", "at most 10 sections");
  std::set<std::string> ids;
  for (const auto& section : sections->GetArray()) {
    auto error = check_length(section, "title", "sections[].title", 24, sections->Size() > 1);
    if (error.code != 0) return error;
    const auto* rows = member(section, "rows");
    if (rows == nullptr || !rows->IsArray() || rows->Empty()) {
      return whatsapp_missing("sections[].rows");
    }
    for (const auto& row : rows->GetArray()) {
      if (error = check_row(row, ids); error.code != 0) return error;
    }
  }
  return ids.size() <= kMaxRows ? GraphError{}
                                : whatsapp_invalid("rows", "at most 10 rows in total");
}

GraphError check_link(const Value& action) {
  const auto* parameters = member(action, "parameters");
  if (parameters == nullptr) return whatsapp_missing("interactive.action.parameters");
  if (auto error = check_length(*parameters, "display_text", "parameters.display_text", 20);
      error.code != 0) {
    return error;
  }
  const auto url = text_at(*parameters, "url");
  return is_web_url(url) ? GraphError{} : whatsapp_invalid("parameters.url", "an http(s) address");
}

GraphError check_products(const Value& interactive, const Value& action) {
  if (!interactive.HasMember("header")) return whatsapp_missing("interactive.header");
  if (text_at(action, "catalog_id").empty()) return whatsapp_missing("action.catalog_id");
  const auto* sections = member(action, "sections");
  if (sections == nullptr || !sections->IsArray() || sections->Empty()) {
    return whatsapp_missing("interactive.action.sections");
  }
  std::size_t items = 0;
  for (const auto& section : sections->GetArray()) {
    const auto* products = member(section, "product_items");
    if (products == nullptr || !products->IsArray() || products->Empty()) {
      return whatsapp_missing("sections[].product_items");
    }
    for (const auto& product : products->GetArray()) {
      if (text_at(product, "product_retailer_id").empty()) {
        return whatsapp_missing("product_items[].product_retailer_id");
      }
    }
    items += products->Size();
  }
  return items <= kMaxProducts ? GraphError{} : whatsapp_invalid("product_items", "at most 30");
}

GraphError check_action(const std::string& type, const Value& interactive, const Value& action) {
  if (type == "button") return check_buttons(action);
  if (type == "list") return check_list(action);
  if (type == "cta_url") return check_link(action);
  if (type == "product_list") return check_products(interactive, action);
  if (type == "product") {
    if (text_at(action, "catalog_id").empty()) return whatsapp_missing("action.catalog_id");
    return text_at(action, "product_retailer_id").empty()
               ? whatsapp_missing("action.product_retailer_id")
               : GraphError{};
  }
  const auto name = text_at(action, "name");
  if (type == "location_request_message") {
    return name == "send_location" ? GraphError{}
                                   : whatsapp_invalid("action.name", "send_location");
  }
  if (name != type) return whatsapp_invalid("action.name", type);
  if (type != "flow") return {};
  const auto* parameters = member(action, "parameters");
  if (parameters == nullptr) return whatsapp_missing("action.parameters");
  if (text_at(*parameters, "flow_id").empty() && text_at(*parameters, "flow_name").empty()) {
    return whatsapp_missing("action.parameters.flow_id");
  }
  return check_length(*parameters, "flow_cta", "action.parameters.flow_cta", 20);
}

}  // namespace

GraphError check_interactive(const Value& interactive, const WhatsAppFacts& facts,
                             AcceptedSend& out) {
  const std::set<std::string> kKnown{"button",
                                     "list",
                                     "cta_url",
                                     "product",
                                     "product_list",
                                     "flow",
                                     "catalog_message",
                                     "call_permission_request",
                                     "location_request_message"};
  const auto type = text_at(interactive, "type");
  out.type = "interactive:" + type;
  if (!kKnown.contains(type)) return whatsapp_invalid("interactive.type", "a known type");
  const auto* body = member(interactive, "body");
  if (body == nullptr && type != "product") return whatsapp_missing("interactive.body");
  if (body != nullptr) {
    out.text = text_at(*body, "text");
    const std::size_t most = type == "list" ? 4096 : 1024;
    if (auto error = check_length(*body, "text", "interactive.body.text", most); error.code != 0) {
      return error;
    }
  }
  const bool text_header = type == "list" || type == "product_list";
  if (auto error = check_header(interactive, facts, text_header); error.code != 0) return error;
  if (const auto* footer = member(interactive, "footer")) {
    if (auto error = check_length(*footer, "text", "interactive.footer.text", 60);
        error.code != 0) {
      return error;
    }
  }
  const auto* action = member(interactive, "action");
  if (action == nullptr || !action->IsObject()) return whatsapp_missing("interactive.action");
  return check_action(type, interactive, *action);
}

}  // namespace aura::bench
