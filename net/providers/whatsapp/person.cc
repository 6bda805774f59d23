#include "net/providers/whatsapp/person.h"

#include <algorithm>

#include "net/providers/meta/normalise.h"
#include "net/providers/phone_number.h"

namespace aura::net::whatsapp {
namespace {

using meta::id_of;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

Person read_contact(JsonView contact) {
  Person out;
  out.wa_id = digits_of(id_of(contact.get("wa_id")));
  out.user_id = id_of(contact.get("user_id"));
  out.parent_user_id = id_of(contact.get("parent_user_id"));
  out.username = contact.get("profile").text("username");
  out.name = contact.get("profile").text("name");
  return out;
}

bool contradict(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && a != b;
}
bool agree(const std::string& a, const std::string& b) { return !a.empty() && a == b; }

void fill(std::string& to, const std::string& from) {
  if (to.empty()) to = from;
}

}  // namespace

std::string thread_of(const Person& person) {
  return person.user_id.empty() ? person.wa_id : person.user_id;
}

std::vector<ContactIdentity> identities_of(const Person& person) {
  std::vector<ContactIdentity> out;
  if (!person.user_id.empty()) out.push_back({"bsuid", person.user_id});
  if (!person.wa_id.empty()) {
    out.push_back({"wa_id", person.wa_id});
    // Brazil and Mexico: WhatsApp uses either of two forms of the same number.
    const std::string folded = fold_e164("+" + person.wa_id).substr(1);
    if (folded != person.wa_id) out.push_back({"wa_id", folded});
  }
  if (!person.parent_user_id.empty()) out.push_back({"parent_bsuid", person.parent_user_id});
  if (!person.username.empty()) out.push_back({"username", person.username});
  return out;
}

std::vector<ContactIdentity> recipient_of(JsonView contact) {
  return identities_of(read_contact(contact));
}

std::string digits_of(std::string_view number) {
  constexpr std::size_t kLongest = 20;
  std::string out;
  for (const char c : number) {
    if (is_digit(c)) {
      out += c;
    } else if (std::string_view("+-(). ").find(c) == std::string_view::npos) {
      return {};
    }
  }
  return out.size() <= kLongest ? out : std::string();
}

bool is_user_id(std::string_view id) {
  return id.size() > 3 && is_upper(id[0]) && is_upper(id[1]) && id[2] == '.';
}

// Uses the contact with a matching id; otherwise the only contact, unless an id contradicts (the
// event may contain the number and its contact the BSUID).
Person complete(Person ids, JsonView contacts) {
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const Person contact = read_contact(contacts.at(i));
    const bool same = agree(ids.user_id, contact.user_id) || agree(ids.wa_id, contact.wa_id);
    const bool other =
        contradict(ids.user_id, contact.user_id) || contradict(ids.wa_id, contact.wa_id);
    if (!same && (contacts.size() > 1 || other)) continue;
    fill(ids.wa_id, contact.wa_id);
    fill(ids.user_id, contact.user_id);
    fill(ids.parent_user_id, contact.parent_user_id);
    fill(ids.username, contact.username);
    fill(ids.name, contact.name);
    break;
  }
  return ids;
}

}  // namespace aura::net::whatsapp
