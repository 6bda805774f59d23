// Choices, lists, links and products: one interactive message, or text if they do not fit into one.
#include <algorithm>
#include <string>

#include "net/providers/choice.h"
#include "net/providers/product_words.h"
#include "net/providers/split_text.h"
#include "net/providers/whatsapp/outgoing.h"

namespace aura::net::whatsapp {
namespace {

struct Choice {
  std::string title;
  std::string id;
};

// Label of a list made from choices; the same word in all our languages.
constexpr std::string_view kMenu = "Menu";

std::vector<Choice> choices_of(const OutboundMessage& message) {
  std::vector<Choice> out;
  const auto add = [&](const std::string& title, const std::string& payload) {
    out.push_back({title, payload.empty() ? title : payload});
  };
  for (const auto& reply : message.quick_replies) add(reply.title(), reply.payload());
  for (const auto& button : message.buttons) {
    if (button.type() == "reply") add(button.title(), button.payload());
  }
  return out;
}

void add_line(std::string& text, const std::string& line) {
  if (!text.empty()) text += "\n";
  text += line;
}

void add_numbered(std::string& text, const std::vector<Choice>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    add_line(text, std::to_string(i + 1) + ". " + choices[i].title);
  }
}

// A link or phone button as text.
void add_in_words(std::string& text, const api::Button& button) {
  const std::string& target = button.type() == "url" ? button.url() : button.phone();
  add_line(text, button.title().empty() ? target : button.title() + ": " + target);
}

void write_buttons(Interactive& out, const std::vector<Choice>& choices) {
  out.type = "button";
  out.body_units = kButtonBodyUnits;
  out.action = json_object([&](JsonWriter& writer) {
    put_array(writer, "buttons", choices, [&](const Choice& choice) {
      writer.StartObject();
      put(writer, "type", "reply");
      put_object(writer, "reply", [&] {
        put(writer, "id", choice.id);
        put(writer, "title", choice.title);
      });
      writer.EndObject();
    });
  });
}

void put_row(JsonWriter& writer, std::string_view id, std::string_view title,
             std::string_view description) {
  writer.StartObject();
  put(writer, "id", id);
  put(writer, "title", title);
  if (!description.empty()) put(writer, "description", description);
  writer.EndObject();
}

// A title too long for a row is cut, and its full text becomes the description.
void write_choice_list(Interactive& out, const std::vector<Choice>& choices) {
  out.type = "list";
  out.action = json_object([&](JsonWriter& writer) {
    put(writer, "button", kMenu);
    writer.Key("sections");
    writer.StartArray();
    writer.StartObject();
    put_array(writer, "rows", choices, [&](const Choice& choice) {
      const bool whole = fits_in(choice.title, kRowTitleUnits);
      put_row(writer, choice.id, first_units(choice.title, kRowTitleUnits),
              whole ? std::string_view() : std::string_view(choice.title));
    });
    writer.EndObject();
    writer.EndArray();
  });
}

void write_list(Interactive& out, const api::ListMenu& list) {
  out.type = "list";
  out.action = json_object([&](JsonWriter& writer) {
    put(writer, "button", list.button());
    put_array(writer, "sections", list.sections(), [&](const api::ListSection& section) {
      writer.StartObject();
      if (!section.title().empty()) put(writer, "title", section.title());
      put_array(writer, "rows", section.rows(), [&](const api::ListRow& row) {
        put_row(writer, row.id(), row.title(), row.description());
      });
      writer.EndObject();
    });
  });
}

void write_link(Interactive& out, const api::Button& button) {
  out.type = "cta_url";
  out.body_units = kButtonBodyUnits;
  out.action = json_object([&](JsonWriter& writer) {
    put(writer, "name", "cta_url");
    put_object(writer, "parameters", [&] {
      put(writer, "display_text", first_units(button.title(), kButtonTitleUnits));
      put(writer, "url", button.url());
    });
  });
}

void write_products(Interactive& out, const api::ProductCards& products) {
  const bool one = products.product_ids_size() == 1;
  out.type = one ? "product" : "product_list";
  out.body_units = kButtonBodyUnits;
  // Several products require a header: the first line of the text, which is in the right language.
  const std::string_view line = std::string_view(out.text).substr(0, out.text.find('\n'));
  const std::string_view title = first_units(line, kHeaderUnits);
  if (!one && out.header.empty()) out.header = title;
  out.action = json_object([&](JsonWriter& writer) {
    put(writer, "catalog_id", products.catalog_id());
    if (one) return put(writer, "product_retailer_id", products.product_ids(0));
    writer.Key("sections");
    writer.StartArray();
    writer.StartObject();
    put(writer, "title", first_units(title, kRowTitleUnits));
    put_array(writer, "product_items", products.product_ids(), [&](const std::string& id) {
      writer.StartObject();
      put(writer, "product_retailer_id", id);
      writer.EndObject();
    });
    writer.EndObject();
    writer.EndArray();
  });
}

// Asks where the person is; the button's title is WhatsApp's.
void write_location_request(Interactive& out) {
  out.type = "location_request_message";
  out.body_units = kButtonBodyUnits;
  out.action = R"({"name":"send_location"})";
}

// Opens the account's catalog; the button's title is WhatsApp's.
void write_catalog(Interactive& out, const api::Button& button) {
  out.type = "catalog_message";
  out.body_units = kButtonBodyUnits;
  out.action = json_object([&](JsonWriter& writer) {
    put(writer, "name", "catalog_message");
    if (!button.has_product_id()) return;
    put_object(writer, "parameters",
               [&] { put(writer, "thumbnail_product_retailer_id", button.product_id()); });
  });
}

// Asks whether the shop may call; the buttons are WhatsApp's.
void write_call_permission(Interactive& out) {
  out.type = "call_permission_request";
  out.body_units = kButtonBodyUnits;
  out.action = R"({"name":"call_permission_request"})";
}

// Opens a form at the given screen, or at the one that the form's own server names.
void write_flow(Interactive& out, const api::Button& button) {
  out.type = "flow";
  out.body_units = kButtonBodyUnits;
  out.action = json_object([&](JsonWriter& writer) {
    put(writer, "name", "flow");
    put_object(writer, "parameters", [&] {
      put(writer, "flow_message_version", "3");
      put(writer, "flow_token", button.payload().empty() ? "unused" : button.payload());
      put(writer, "flow_id", button.flow_id());
      put(writer, "flow_cta", button.title());
      put(writer, "flow_action", button.has_screen() ? "navigate" : "data_exchange");
      if (!button.has_screen()) return;
      put_object(writer, "flow_action_payload", [&] {
        put(writer, "screen", button.screen());
        if (button.has_data()) put_raw(writer, "data", button.data().json());
      });
    });
  });
}

bool all_fit(const std::vector<Choice>& choices, std::size_t title_units, std::size_t id_units) {
  return std::all_of(choices.begin(), choices.end(), [&](const Choice& choice) {
    return !choice.title.empty() && fits_in(choice.title, title_units) &&
           fits_in(choice.id, id_units);
  });
}

bool are_buttons(const std::vector<Choice>& choices) {
  return choices.size() <= kReplyButtons && all_fit(choices, kButtonTitleUnits, kButtonIdUnits);
}

bool are_rows(const std::vector<Choice>& choices) {
  return choices.size() <= kListRows && all_fit(choices, kRowTextUnits, kRowIdUnits);
}

// Few short choices become buttons, up to ten a list; more or longer ones become numbered text.
void show_choices(Interactive& out, const std::vector<Choice>& choices) {
  if (are_buttons(choices)) {
    write_buttons(out, choices);
  } else if (are_rows(choices)) {
    write_choice_list(out, choices);
  } else {
    add_numbered(out.text, choices);
  }
}

// Numbered words have no place of their own for what stands above and below.
void put_lines_in_text(Interactive& out) {
  if (!out.header.empty()) out.text = out.header + "\n\n" + out.text;
  if (!out.footer.empty()) out.text += "\n\n" + out.footer;
}

}  // namespace

bool stands_alone(const api::Button& button) {
  const std::string& type = button.type();
  return type == "location" || type == "catalog" || type == "flow" || type == "call_permission";
}

const api::Button* lone_button(const OutboundMessage& message) {
  const auto& all = message.buttons;
  const auto alone = std::find_if(all.begin(), all.end(), stands_alone);
  return alone == all.end() ? nullptr : &*alone;
}

Interactive interactive_of(const OutboundMessage& message) {
  Interactive out;
  out.text = message.text;
  out.header = message.header;
  out.footer = message.footer;
  if (const api::Button* alone = lone_button(message)) {
    if (alone->type() == "location") write_location_request(out);
    if (alone->type() == "catalog") write_catalog(out, *alone);
    if (alone->type() == "flow") write_flow(out, *alone);
    if (alone->type() == "call_permission") write_call_permission(out);
    return out;
  }
  const bool own_items = message.products && !message.products->cards().empty();
  if (own_items) out.text += (out.text.empty() ? "" : "\n\n") + in_words(*message.products);
  const std::vector<Choice> choices = choices_of(message);
  std::vector<const api::Button*> others;
  for (const auto& button : message.buttons) {
    if (button.type() != "reply") others.push_back(&button);
  }
  const bool taken = message.list || (message.products && !own_items) || !choices.empty();
  if (!taken && others.size() == 1 && others[0]->type() == "url") {
    write_link(out, *others[0]);
    return out;
  }
  for (const api::Button* button : others) add_in_words(out.text, *button);
  if (message.list) {
    write_list(out, *message.list);
  } else if (message.products && !own_items && message.products->product_ids_size() > 0) {
    write_products(out, *message.products);
  } else if (!choices.empty()) {
    show_choices(out, choices);
  }
  if (out.type.empty()) put_lines_in_text(out);
  return out;
}

std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message) {
  std::vector<api::QuickReply> out;
  const std::vector<Choice> choices = choices_of(message);
  if (!interactive_of(message).type.empty() || are_buttons(choices) || are_rows(choices))
    return out;
  for (const Choice& choice : choices) out.push_back(choice_of(choice.title, choice.id));
  return out;
}

Part interactive_part(const Interactive& interactive, std::string_view body) {
  return {"interactive", json_object([&](JsonWriter& writer) {
            put(writer, "type", interactive.type);
            if (!interactive.header.empty()) {
              put_object(writer, "header", [&] {
                put(writer, "type", "text");
                put(writer, "text", interactive.header);
              });
            }
            put_object(writer, "body", [&] { put(writer, "text", body); });
            if (!interactive.footer.empty())
              put_object(writer, "footer", [&] { put(writer, "text", interactive.footer); });
            put_raw(writer, "action", interactive.action);
          })};
}

}  // namespace aura::net::whatsapp
