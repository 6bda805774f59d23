// Checks WhatsApp's limits before a message is queued; each error names the field and a remedy.
#include <array>
#include <set>
#include <string>

#include "net/json.h"
#include "net/providers/split_text.h"
#include "net/providers/whatsapp/outgoing.h"

namespace aura::net::whatsapp {
namespace {

std::string place(const char* list, int index, const char* member) {
  return std::string("/") + list + "/" + std::to_string(index) + "/" + member;
}

tl::unexpected<Error> refuse(std::string detail, std::string field) {
  return fail(Errc::invalid, std::move(detail), std::move(field));
}

Result<void> longest(std::string_view text, std::size_t units, const char* what,
                     std::string field) {
  if (fits_in(text, units)) return {};
  return refuse(std::string(what) + " may have " + std::to_string(units) +
                    " characters on WhatsApp; shorten it.",
                std::move(field));
}

Result<void> check_template_parameter(JsonRef parameter) {
  if (!parameter.value().IsObject() || !parameter.string("type"))
    return refuse("Each parameter needs a type (text, currency, image, payload, …).",
                  parameter.pointer());
  return {};
}

Result<void> check_component(JsonRef component) {
  constexpr std::array<std::string_view, 6> kTypes{"header", "body",     "footer",
                                                   "button", "carousel", "limited_time_offer"};
  const auto type =
      component.value().IsObject() ? component.string("type") : Result<std::string>(std::string());
  bool known = false;
  for (const std::string_view name : kTypes) known = known || (type && *type == name);
  if (!known)
    return refuse(
        "Each component needs a type: header, body, footer, button, carousel or "
        "limited_time_offer.",
        component.pointer() + "/type");
  if (*type == "button" && (!component.has("sub_type") || !component.has("index")))
    return refuse("A button component needs sub_type and index.", component.pointer());
  if (!component.has("parameters")) return {};
  const auto parameters = component.array("parameters");
  if (!parameters) return tl::unexpected(parameters.error());
  for (std::size_t i = 0; i < parameters->size(); ++i) {
    if (auto ok = check_template_parameter(parameters->at(i)); !ok) return ok;
  }
  return {};
}

Result<void> check_template(const OutboundMessage& message) {
  const api::TemplateUse& use = *message.template_use;
  if (use.name().empty()) return refuse("Name the approved template.", "/template/name");
  if (use.language().empty())
    return refuse("Say the template's language, as it was approved: en_US.", "/template/language");
  const bool more = !message.text.empty() || !message.attachments.empty() ||
                    !message.buttons.empty() || !message.quick_replies.empty() || message.list ||
                    message.products;
  if (more) return refuse("A template is sent alone; leave everything else out.", "/template");
  if (!use.has_components()) return {};
  const std::string at = "/template/components";
  const auto components = parse_json(use.components().json());
  if (!components || !components->IsArray())
    return refuse("components is a list of objects, each with a type and its parameters.", at);
  const JsonRef list(*components, at);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (auto ok = check_component(list.at(i)); !ok) return ok;
  }
  return {};
}

Result<void> check_row(const api::ListRow& row, const std::string& at, std::set<std::string>& ids) {
  if (row.id().empty() || row.title().empty())
    return refuse("Each row of a list needs an id and a title.", at);
  if (!ids.insert(row.id()).second)
    return refuse("The ids of a list's rows must differ.", at + "/id");
  if (auto ok = longest(row.id(), kRowIdUnits, "A row's id", at + "/id"); !ok) return ok;
  if (auto ok = longest(row.title(), kRowTitleUnits, "A row's title", at + "/title"); !ok)
    return ok;
  return longest(row.description(), kRowTextUnits, "A row's description", at + "/description");
}

Result<void> check_list(const api::ListMenu& list) {
  if (list.button().empty())
    return refuse("A list needs the label of the button that opens it.", "/list/button");
  if (auto ok = longest(list.button(), kButtonTitleUnits, "A list's button", "/list/button"); !ok)
    return ok;
  const int sections = list.sections_size();
  if (sections < 1 || sections > static_cast<int>(kListSections))
    return refuse("A list has 1 to 10 sections on WhatsApp.", "/list/sections");
  std::set<std::string> ids;
  for (int s = 0; s < sections; ++s) {
    const api::ListSection& section = list.sections(s);
    if (section.title().empty() && sections > 1)
      return refuse("With several sections each needs a title.",
                    place("list/sections", s, "title"));
    if (auto ok = longest(section.title(), kRowTitleUnits, "A section's title",
                          place("list/sections", s, "title"));
        !ok)
      return ok;
    if (section.rows_size() == 0)
      return refuse("A section needs at least one row.", place("list/sections", s, "rows"));
    for (int r = 0; r < section.rows_size(); ++r) {
      const std::string at = place("list/sections", s, "rows/") + std::to_string(r);
      if (auto ok = check_row(section.rows(r), at, ids); !ok) return ok;
    }
  }
  if (ids.size() > kListRows)
    return refuse("A list has at most 10 rows in all its sections on WhatsApp.", "/list/sections");
  return {};
}

Result<void> check_flow(const api::Button& button, int index) {
  if (button.flow_id().empty())
    return refuse("A flow button needs the id of its flow.", place("buttons", index, "flow_id"));
  if (button.has_data()) {
    const auto data = parse_json(button.data().json());
    if (!data || !data->IsObject() || !button.has_screen())
      return refuse("data is an object, for the screen that is named too.",
                    place("buttons", index, "data"));
  }
  return longest(button.title(), kButtonTitleUnits, "The title of a flow button",
                 place("buttons", index, "title"));
}

// A second choice under an id could not be told from the first.
Result<void> check_ids(const OutboundMessage& message) {
  std::set<std::string> ids;
  const auto is_new = [&](const std::string& payload, const std::string& title) {
    return ids.insert(payload.empty() ? title : payload).second;
  };
  constexpr const char* kDiffer = "The payloads of a message's choices must differ.";
  for (std::size_t i = 0; i < message.quick_replies.size(); ++i)
    if (!is_new(message.quick_replies[i].payload(), message.quick_replies[i].title()))
      return refuse(kDiffer, place("quick_replies", static_cast<int>(i), "payload"));
  for (std::size_t i = 0; i < message.buttons.size(); ++i)
    if (message.buttons[i].type() == "reply" &&
        !is_new(message.buttons[i].payload(), message.buttons[i].title()))
      return refuse(kDiffer, place("buttons", static_cast<int>(i), "payload"));
  return {};
}

Result<void> check_buttons(const OutboundMessage& message) {
  int index = 0;
  for (const auto& button : message.buttons) {
    const std::string& type = button.type();
    const bool alone = stands_alone(button);
    if (type != "reply" && type != "url" && type != "phone" && !alone)
      return refuse(
          "A button's type is reply, url, phone, location, catalog, flow or call_permission.",
          place("buttons", index, "type"));
    if (alone && (message.buttons.size() > 1 || !message.quick_replies.empty()))
      return refuse("A button for a place, the catalog, a form or a call stands alone on WhatsApp.",
                    place("buttons", index, "type"));
    if (button.title().empty() && (!alone || type == "flow"))
      return refuse("A button needs a title.", place("buttons", index, "title"));
    if (type == "flow")
      if (auto ok = check_flow(button, index); !ok) return ok;
    if (type == "url" && button.url().empty())
      return refuse("A url button needs its url.", place("buttons", index, "url"));
    if (type == "phone" && button.phone().empty())
      return refuse("A phone button needs its number.", place("buttons", index, "phone"));
    if (auto ok = longest(button.payload(), kButtonIdUnits, "A button's payload",
                          place("buttons", index, "payload"));
        !ok)
      return ok;
    ++index;
  }
  const bool link = message.buttons.size() == 1 && message.buttons[0].type() == "url" &&
                    message.quick_replies.empty();
  if (!link) return {};
  return longest(message.buttons[0].title(), kButtonTitleUnits, "The title of a link button",
                 place("buttons", 0, "title"));
}

Result<void> check_quick_replies(const OutboundMessage& message) {
  for (std::size_t i = 0; i < message.quick_replies.size(); ++i) {
    const auto at = static_cast<int>(i);
    if (message.quick_replies[i].title().empty())
      return refuse("A quick reply needs a title.", place("quick_replies", at, "title"));
    if (auto ok = longest(message.quick_replies[i].payload(), kButtonIdUnits,
                          "A quick reply's payload", place("quick_replies", at, "payload"));
        !ok)
      return ok;
  }
  return {};
}

Result<void> check_products(const api::ProductCards& products) {
  if (!products.cards().empty()) return {};  // our own items are sent as text
  if (products.catalog_id().empty())
    return refuse("Name the catalog that the products are in.", "/products/catalog_id");
  if (products.product_ids_size() == 0 || products.product_ids_size() > static_cast<int>(kProducts))
    return refuse("A message shows 1 to 30 products on WhatsApp.", "/products/product_ids");
  return {};
}

Result<void> check_attachment(const api::Attachment& attachment, int index) {
  constexpr std::int64_t kMostBytes = 100LL * 1024 * 1024;
  if (attachment.type() == "location") {
    const bool placed = attachment.has_latitude() && attachment.has_longitude() &&
                        attachment.latitude() >= -90 && attachment.latitude() <= 90 &&
                        attachment.longitude() >= -180 && attachment.longitude() <= 180;
    if (!placed)
      return refuse("A location needs latitude (-90 to 90) and longitude (-180 to 180).",
                    place("attachments", index, "latitude"));
    return {};
  }
  if (form_of(attachment).empty() && as_text(attachment).empty())
    return refuse("An attachment needs the url of its file.", place("attachments", index, "url"));
  if (attachment.size_bytes() > kMostBytes)
    return refuse("A file may have 100 MB on WhatsApp; send a link to it instead.",
                  place("attachments", index, "size_bytes"));
  return longest(attachment.title(), kCaptionUnits, "A caption",
                 place("attachments", index, "title"));
}

// The forms that have no line above, or neither.
Result<void> check_lines(const OutboundMessage& message) {
  const api::Button* alone = lone_button(message);
  const bool body_only =
      alone != nullptr && (alone->type() == "location" || alone->type() == "call_permission");
  const bool no_header = alone != nullptr && alone->type() != "flow";
  const bool one_product = message.products && message.products->cards().empty() &&
                           message.products->product_ids_size() == 1;
  if (!message.header.empty() && (no_header || one_product))
    return refuse("WhatsApp has no header above this; put it in the text.", "/header");
  if (!message.footer.empty() && body_only)
    return refuse("WhatsApp has no footer below this; put it in the text.", "/footer");
  if (auto ok = longest(message.header, kHeaderUnits, "A header", "/header"); !ok) return ok;
  return longest(message.footer, kHeaderUnits, "A footer", "/footer");
}

Result<void> check_interactive(const OutboundMessage& message) {
  const bool choices = !message.buttons.empty() || !message.quick_replies.empty();
  const int kinds = (choices ? 1 : 0) + (message.list ? 1 : 0) + (message.products ? 1 : 0);
  if (kinds > 1)
    return refuse("A WhatsApp message has buttons, a list or products, not several of them.",
                  message.list ? "/list" : "/products");
  const bool in_words = message.products && !message.products->cards().empty();
  if (kinds == 1 && message.text.empty() && !in_words)
    return refuse("Buttons, lists and products need a text above them on WhatsApp.", "/text");
  if (auto ok = check_lines(message); !ok) return ok;
  if (auto ok = check_buttons(message); !ok) return ok;
  if (auto ok = check_quick_replies(message); !ok) return ok;
  if (auto ok = check_ids(message); !ok) return ok;
  if (message.list) return check_list(*message.list);
  if (message.products) return check_products(*message.products);
  return {};
}

}  // namespace

Result<void> check_message(const OutboundMessage& message) {
  if (message.template_use) return check_template(message);
  if (message.window_closed)
    return fail(Errc::window_closed,
                "The customer's last message is older than 24 hours: WhatsApp now takes only an "
                "approved template (template), until they write again.",
                "/template");
  if (auto ok = check_interactive(message); !ok) return ok;
  for (std::size_t i = 0; i < message.attachments.size(); ++i) {
    if (auto ok = check_attachment(message.attachments[i], static_cast<int>(i)); !ok) return ok;
  }
  for (std::size_t i = 0; i < message.contacts.size(); ++i) {
    if (message.contacts[i].name().empty())
      return refuse("A contact card needs a name.", place("contacts", static_cast<int>(i), "name"));
  }
  return {};
}

}  // namespace aura::net::whatsapp
