// All texts of the embedded agent. No phrase contains a number, a currency or a link: those are
// inserted only through a claim, at a placeholder.
#pragma once

#include <string>
#include <string_view>

#include "actors/agent/language.h"

namespace aura::agent {

// {n} item name, {p} price, {o} option name, {d} price delta of the option, {b} business name.
enum class Phrase : unsigned char {
  hello,  // before an answer
  greeting,
  price,
  price_each,
  free,
  price_unavailable,
  no_price,
  available,
  available_unpriced,
  unavailable,
  option,
  option_free,
  cheapest,  // of the items asked about
  dearest,
  line,  // of a list
  line_unpriced,
  line_unavailable,
  line_option,  // with the price of the item itself
  line_option_free,
  found,    // above a list of matches
  closest,  // above similar items
  did_you_mean,
  not_found,
  other_not_found,
  closest_other,
  offering,  // above the listing
  offering_end,
  no_items,
  which_item,
  listed_prices_only,
  amount_from_person,
  no_information,
  unknown,
  other_unknown,  // one of several questions is not answered
  open_then,      // before the hours, if they say so
  closed_then,
  not_closed_then,  // to "are you closed?"
  closed_as_asked,
  contents_unknown,  // whether the item contains what was asked about
  prices_not_added,  // after the prices of several items
  automated,         // tells that the agent is a program
  concern,           // something went wrong for the customer
  offer_person,
  order_by_person,
  handover,
  distress,     // before a person takes over
  order_taken,  // a person takes care of it
  wordless,     // what came has no text
  thanks,
  goodbye,
  all_right,    // no further request
  about,        // above an item's description
  also,         // between quotes of two documents
  label_hours,  // before a detail of the business
  label_address,
  label_phone,
  label_email,
  label_website,
  reply_person,  // quick replies
  reply_offering,
  reply_hours,
};
inline constexpr std::size_t kPhraseCount = static_cast<std::size_t>(Phrase::reply_hours) + 1;

std::string_view phrase(Phrase which, Language language);
// The phrase, and the offer of a person after it.
std::string with_offer(Phrase which, Language language);

// Whether a text ends with the offer of a person, in any language.
bool offers_person(std::string_view text);

}  // namespace aura::agent
