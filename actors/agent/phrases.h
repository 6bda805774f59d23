// Everything the embedded agent says in its own words. No phrase holds a number, a currency or a
// link: those come only through a claim, at a placeholder.
#pragma once

#include <string_view>

#include "actors/agent/language.h"

namespace aura::agent {

// {n} item name, {p} price, {o} option name, {d} what the option adds, {b} business name.
enum class Phrase : unsigned char {
  hello,  // before an answer
  greeting,
  price,
  price_unavailable,
  no_price,
  available,
  available_unpriced,
  unavailable,
  option,
  option_free,
  cheapest,  // of what was asked about
  dearest,
  line,  // of a list
  line_unpriced,
  line_unavailable,
  found,    // above a list of matches
  closest,  // above items that are not what was asked for
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
  open_then,  // above the hours, when they say so
  closed_then,
  contents_unknown,  // whether it holds what was asked for
  prices_not_added,  // below the prices of several things
  automated,         // who is speaking
  concern,           // something went wrong for the customer
  offer_person,
  order_by_person,
  handover,
  distress,  // before a person takes over
  thanks,
  goodbye,
  all_right,     // nothing more is wanted
  about,         // above an item's description
  also,          // between what two documents say
  reply_person,  // quick replies
  reply_offering,
  reply_hours,
};
inline constexpr std::size_t kPhraseCount = static_cast<std::size_t>(Phrase::reply_hours) + 1;

std::string_view phrase(Phrase which, Language language);

// Whether a text ends by offering a person, in any language.
bool offers_person(std::string_view text);

}  // namespace aura::agent
