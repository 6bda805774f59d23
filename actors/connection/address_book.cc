#include "actors/connection/address_book.h"

#include <utility>

#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura {
namespace {

// Of two forms of one number (Brazil, Mexico) the last is the folded one.
std::string number_of(const ChannelEvent& event) {
  std::string number;
  for (const auto& identity : event.identities)
    if (identity.kind == "wa_id") number = identity.value;
  return number;
}

bool brings_contact(const ChannelEvent& event) {
  using Kind = ChannelEvent::Kind;
  return event.kind == Kind::message || event.kind == Kind::postback ||
         event.kind == Kind::unsupported;
}

}  // namespace

void AddressBook::note(const ChannelEvent& name, Millis now) {
  const std::string number = number_of(name);
  if (number.empty()) return;
  const auto known = names_.find(number);
  if (known != names_.end() && name.at <= known->second.at) return;
  if (known == names_.end() && names_.size() >= limits::kBookNames) forget_old(now);
  if (known == names_.end() && names_.size() >= limits::kBookNames) return;
  names_[number] = {name.contact_name, name.at, now + in_ms(limits::kRawEventRetention)};
}

std::optional<ChannelEvent> AddressBook::take(const ChannelEvent& message, Millis now) {
  if (names_.empty() || !brings_contact(message)) return std::nullopt;
  const auto known = names_.find(number_of(message));
  if (known == names_.end()) return std::nullopt;
  const Name found = std::move(known->second);
  names_.erase(known);
  if (found.until <= now) return std::nullopt;
  ChannelEvent name;
  name.kind = ChannelEvent::Kind::name;
  name.name_in_book = true;
  name.external_id = "address_book:" + message.external_id;
  name.thread = message.thread;
  name.identities = message.identities;
  name.contact_name = found.words;
  name.at = found.at;
  return name;
}

void AddressBook::forget_old(Millis now) {
  std::erase_if(names_, [&](const auto& one) { return one.second.until <= now; });
}

}  // namespace aura
