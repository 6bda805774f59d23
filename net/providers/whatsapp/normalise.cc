#include "net/providers/whatsapp/normalise.h"

#include <utility>

#include "net/providers/meta/normalise.h"

namespace aura::net::whatsapp {
namespace {

using meta::id_of;
using meta::ignored;
using meta::not_understood;
using meta::provider_time;

// A change holds items of many people: the understood ones are kept even if others are not
// understood.
Normalised finish(Reading reading) {
  Normalised out;
  out.events = std::move(reading.events);
  out.not_understood = std::move(reading.not_understood);
  if (!out.events.empty() || !out.not_understood.empty()) return out;
  if (reading.ignored.empty()) return not_understood("a change with nothing in it that we know");
  return ignored(std::move(reading.ignored));
}

Normalised normalise_change(const Change& change) {
  Reading reading;
  if (change.field == "messages") {
    read_messages(change, change.value.get("messages"), reading);
    read_statuses(change, reading);
    read_errors(change, reading);
  } else if (change.field == "smb_message_echoes") {
    read_echoes(change, reading);
  } else if (change.field == "history") {
    read_history(change, reading);
  } else if (change.field == "user_preferences") {
    read_preferences(change, reading);
  } else if (change.field == "smb_app_state_sync") {
    read_address_book(change, reading);
  } else if (!read_account_news(change, reading)) {
    reading.not_understood =
        change.field.empty() ? "a change without a field" : "a change of an unknown field";
  }
  Normalised out = finish(std::move(reading));
  out.phone_app = change.field == "smb_message_echoes" || change.field == "smb_app_state_sync" ||
                  change.field == "history";
  return out;
}

// An entry without known changes: ignored if it is empty, otherwise of an unknown kind.
Normalised normalise_entry(JsonView entry) {
  bool empty = entry.is_object();
  entry.each_member([&](std::string_view key, JsonView value) {
    const bool envelope = key == "id" || key == "time";
    if (!envelope && !(value.is_array() && value.size() == 0) && value.exists()) empty = false;
  });
  return empty ? ignored("empty_entry") : not_understood("an entry without known changes");
}

}  // namespace

Normalised normalise_item(std::string_view payload) {
  const LenientJson json(payload);
  if (!json.ok()) return not_understood("not JSON, or nested too deep");
  const JsonView envelope = json.root();
  const std::string list = envelope.text("list");
  const JsonView item = envelope.get("item");
  if (list == "changed_fields") return ignored("values_not_included");
  if (list == "entry") return normalise_entry(item);
  if (list != "changes") return not_understood("not a webhook of a WhatsApp Business Account");
  Change change;
  change.field = item.text("field");
  change.value = item.get("value");
  if (!change.value.is_object()) return not_understood("a change without a value");
  change.contacts = change.value.get("contacts");
  change.business = envelope.text("entry_id");
  const JsonView metadata = change.value.get("metadata");
  change.number = id_of(metadata.get("phone_number_id"));
  change.display_number = digits_of(metadata.text("display_phone_number"));
  change.at = provider_time(envelope.integer("entry_time"));
  return normalise_change(change);
}

}  // namespace aura::net::whatsapp
