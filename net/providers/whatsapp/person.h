// Who a WhatsApp event is about: a person is known by a number (wa_id), by a business-scoped user
// id (BSUID) or by both, and any one event may name only one of them. Pure values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/providers/lenient_json.h"
#include "runtime/ports/channel_event.h"

namespace aura::net::whatsapp {

struct Person {
  std::string wa_id;           // digits, without '+'
  std::string user_id;         // BSUID: "US.…"
  std::string parent_user_id;  // … of the business's parent portfolio: "US.ENT.…"
  std::string username;
  std::string name;

  bool known() const { return !wa_id.empty() || !user_id.empty(); }
};

// The name of the person's conversation: the BSUID, since a number may be hidden or change; else
// the number. An event that names only one of them still meets the same conversation, because the
// connection looks for each of an event's identities before it routes.
std::string thread_of(const Person& person);
// BSUID first: the strongest name comes first.
std::vector<ContactIdentity> identities_of(const Person& person);

// A group's conversation: its thread is this and the group's id.
inline constexpr std::string_view kGroup = "group:";

// The digits of "+1 (555) 765-4321"; "" if there is anything but a number in it.
std::string digits_of(std::string_view number);
bool is_user_id(std::string_view id);

// The person `ids` names, with what the value's contacts[] tell of them.
Person complete(Person ids, JsonView contacts);

}  // namespace aura::net::whatsapp
