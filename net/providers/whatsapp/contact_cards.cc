// Contact cards: from WhatsApp's JSON, from the vCard beside it, or from both.
#include "net/providers/whatsapp/normalise.h"

namespace aura::net::whatsapp {
namespace {

// Joins the non-empty parts with commas.
std::string joined(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += ", ";
    out += part;
  }
  return out;
}

// "TYPE=HOME:;;Main St 1;Vienna;;1010;Austria": post box, extension, street, city, …
std::string address_in(std::string_view value) {
  std::string out;
  while (true) {
    const std::size_t end = value.find(';');
    if (const std::string part(value.substr(0, end)); !part.empty()) out = joined({out, part});
    if (end == std::string_view::npos) return out;
    value.remove_prefix(end + 1);
  }
}

// Lines of NAME;parameters:value. Fields already set from WhatsApp's JSON are not overwritten.
void fill_from_vcard(std::string_view vcard, api::ContactCard& card) {
  const api::ContactCard told = card;
  while (!vcard.empty()) {
    const std::size_t end = vcard.find('\n');
    std::string_view line = vcard.substr(0, end);
    vcard.remove_prefix(end == std::string_view::npos ? vcard.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view field = line.substr(0, line.find_first_of(";:"));
    const std::string value(line.substr(colon + 1));
    if (field == "FN" && told.name().empty()) card.set_name(value);
    if (field == "TEL" && told.phones().empty()) card.add_phones(value);
    if (field == "EMAIL" && told.emails().empty()) card.add_emails(value);
    if (field == "ORG" && !card.has_organization()) card.set_organization(value);
    if (field == "URL" && told.urls().empty()) card.add_urls(value);
    if (field == "ADR" && told.addresses().empty()) card.add_addresses(address_in(value));
    if (field == "BDAY" && !card.has_birthday()) card.set_birthday(value);
  }
}

void read_name(JsonView name, api::ContactCard& card) {
  std::string full = name.text("formatted_name");
  if (full.empty()) {
    full = name.text("first_name");
    if (const std::string last = name.text("last_name"); !last.empty()) full += " " + last;
  }
  card.set_name(full);
}

void read_phones(JsonView phones, api::ContactCard& card) {
  for (std::size_t i = 0; i < phones.size(); ++i) {
    std::string phone = phones.at(i).text("phone");
    if (phone.empty() && phones.at(i).has("wa_id")) phone = "+" + phones.at(i).text("wa_id");
    if (!phone.empty()) card.add_phones(phone);
  }
}

void read_addresses(JsonView addresses, api::ContactCard& card) {
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const JsonView one = addresses.at(i);
    std::string country = one.text("country");
    if (country.empty()) country = one.text("country_code");
    const std::string line =
        joined({one.text("street"), one.text("city"), one.text("state"), one.text("zip"), country});
    if (!line.empty()) card.add_addresses(line);
  }
}

api::ContactCard read_card(JsonView json) {
  api::ContactCard card;
  read_name(json.get("name"), card);
  read_phones(json.get("phones"), card);
  const JsonView emails = json.get("emails");
  for (std::size_t i = 0; i < emails.size(); ++i) {
    if (auto email = emails.at(i).text("email"); !email.empty()) card.add_emails(email);
  }
  const JsonView urls = json.get("urls");
  for (std::size_t i = 0; i < urls.size(); ++i) {
    if (auto url = urls.at(i).text("url"); !url.empty()) card.add_urls(url);
  }
  read_addresses(json.get("addresses"), card);
  if (auto day = json.text("birthday"); !day.empty()) card.set_birthday(day);
  if (auto company = json.get("org").text("company"); !company.empty()) {
    card.set_organization(company);
  }
  fill_from_vcard(json.text("vcard"), card);
  return card;
}

}  // namespace

std::vector<api::ContactCard> cards_of(JsonView contacts) {
  std::vector<api::ContactCard> out;
  for (std::size_t i = 0; i < contacts.size(); ++i) out.push_back(read_card(contacts.at(i)));
  return out;
}

}  // namespace aura::net::whatsapp
