// The person of a WhatsApp event, identified by a number (wa_id), a business-scoped user id (BSUID)
// or both; an event may contain only one of them. Pure values; any thread.
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
  std::string parent_user_id;  // BSUID of the parent portfolio: "US.ENT.…"
  std::string username;
  std::string name;

  bool known() const { return !wa_id.empty() || !user_id.empty(); }
};

// The thread of the person: the BSUID, since a number may be hidden or change; without one, the
// number. An event with only one of them still reaches the same conversation, because the
// connection looks up each of an event's identities before routing.
std::string thread_of(const Person& person);
// The BSUID comes first, because it never changes hands.
std::vector<ContactIdentity> identities_of(const Person& person);

// The ids in a contact of the answer to a send.
std::vector<ContactIdentity> recipient_of(JsonView contact);

// The thread of a group is this prefix and the group's id.
inline constexpr std::string_view kGroup = "group:";

// The digits of "+1 (555) 765-4321"; "" if the text is not a number.
std::string digits_of(std::string_view number);
bool is_user_id(std::string_view id);

// Completes the ids and name of a person from the value's contacts[].
Person complete(Person ids, JsonView contacts);

}  // namespace aura::net::whatsapp
