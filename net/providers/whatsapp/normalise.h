// Converts one change of a WhatsApp Business Account to channel events. A change's value holds any
// number of messages, statuses and errors of many people; account-wide fields hold one event. Pure
// functions over the change's JSON; one file per group of fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/providers/lenient_json.h"
#include "net/providers/whatsapp/person.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net::whatsapp {

// The parts of a change that all readers use.
struct Change {
  std::string field;
  JsonView value;
  JsonView contacts;           // value.contacts
  std::string business;        // the WhatsApp Business Account's id
  std::string number;          // phone_number_id, or empty
  std::string display_number;  // digits of the number itself
  Millis at = 0;               // entry.time, or 0
};

// The result of reading a change so far.
struct Reading {
  std::vector<ChannelEvent> events;
  std::string ignored;         // set if a part needs no action
  std::string not_understood;  // set if a part is of an unknown kind
};

Normalised normalise_item(std::string_view payload);

void read_messages(const Change& change, JsonView messages, Reading& out);
void read_echoes(const Change& change, Reading& out);
void read_history(const Change& change, Reading& out);
void read_statuses(const Change& change, Reading& out);
void read_errors(const Change& change, Reading& out);
void read_preferences(const Change& change, Reading& out);
void read_address_book(const Change& change, Reading& out);  // of the owner's phone app
// False: not a field of the account.
bool read_account_news(const Change& change, Reading& out);

// ---- content of one message: message_content.cc
// Fills text, attachments, contacts, … from the object under the type's name, and chooses the
// event's kind; what cannot be shown becomes `unsupported`.
void read_content(JsonView message, ChannelEvent& event);
// The persons of a message of the type `contacts`: contact_cards.cc
std::vector<api::ContactCard> cards_of(JsonView contacts);
// The text or caption of an edit's new message.
std::string text_of(JsonView message);

// 12.5 of a currency with two decimals → 1250; nullopt if it is not a valid amount.
std::optional<std::int64_t> minor_units(std::string_view amount, std::string_view currency);

}  // namespace aura::net::whatsapp
