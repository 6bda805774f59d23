// The address book of the owner's phone app: the owner's names for contacts.
#include "net/providers/meta/normalise.h"
#include "net/providers/whatsapp/normalise.h"

namespace aura::net::whatsapp {
namespace {

using meta::digest;
using meta::id_of;
using meta::provider_time;

void read_entry(const Change& change, JsonView entry, Reading& out) {
  const JsonView contact = entry.get("contact");
  Person person;
  person.wa_id = digits_of(id_of(contact.get("phone_number")));
  std::string name = contact.text("full_name");
  if (name.empty()) name = contact.text("first_name");
  // A contact removed from the book keeps the name until another one is known.
  const bool added = entry.text("action") != "remove";
  if (entry.text("type") != "contact" || !person.known() || name.empty() || !added) {
    out.ignored = "address_book";
    return;
  }
  ChannelEvent event;
  event.kind = ChannelEvent::Kind::name;
  event.name_in_book = true;
  event.thread = thread_of(person);
  event.identities = identities_of(person);
  event.contact_name = std::move(name);
  event.at = provider_time(entry.get("metadata").integer("timestamp"));
  if (event.at == 0) event.at = change.at;
  event.external_id = "address_book:" + event.thread + ":" + digest(entry.json());
  out.events.push_back(std::move(event));
}

}  // namespace

void read_address_book(const Change& change, Reading& out) {
  const JsonView entries = change.value.get("state_sync");
  if (entries.is_array()) out.ignored = "address_book";
  for (std::size_t i = 0; i < entries.size(); ++i) read_entry(change, entries.at(i), out);
}

}  // namespace aura::net::whatsapp
