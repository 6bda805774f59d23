// Enforces that every amount has a source row: a claim binds a span of an outgoing text to the
// catalog row, option, document or profile that it comes from. check_claims() verifies this without
// trusting the author of the text. Pure; any thread may call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actors/agent/retrieval.h"
#include "runtime/ids.h"

namespace aura::agent {

enum class ClaimKind {
  price,         // the span is the item's price, formatted for the workspace
  option_price,  // … the price of one of the item's options
  name,          // the span is exactly the item's name (which may contain numbers)
  option_name,   // … the name of one of its options
  business,      // the span is the business's name; `source` is empty
  quote,         // the span is a passage of a document, of an item's description or (empty
                 // `source`) of the profile's details, without any amount of money
};

struct Claim {
  ClaimKind kind = ClaimKind::price;
  std::uint32_t begin = 0;  // byte range in the text, half open
  std::uint32_t end = 0;
  Id source;  // item or document; empty: the business's profile
  std::uint64_t revision = 0;
  std::int64_t amount_minor = 0;  // of price and option_price
  std::string currency;
  bool of_document = false;  // `source` is a document
};

enum class ViolationKind {
  bad_span,        // outside the text, inside a character, or overlapping another claim
  unknown_source,  // no such row or document in this snapshot
  stale_revision,
  wrong_text,       // the span differs from its source
  amount_in_quote,  // a quoted sentence contains an amount
  unbacked_amount,  // a number, currency, percentage or discount outside all claims
  unbacked_link,
};

struct Violation {
  ViolationKind kind = ViolationKind::unbacked_amount;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Empty: the text may be sent. Strict: outside claims no numeral of any script, no currency sign,
// code or word, no percentage and no discount is allowed.
std::vector<Violation> check_claims(std::string_view text, const std::vector<Claim>& claims,
                                    const RetrievalIndex& snapshot);

// Whether a sentence contains an amount of money, a percentage or a discount. Times, dates,
// telephone numbers and measures do not count.
bool names_amount(std::string_view sentence);
// … where a bare number behind the name of something that is sold here counts too: "Latte 4".
bool names_amount(std::string_view sentence, const RetrievalIndex& shop);

// The links of a text ("https://…", "www.…", "name.example/…", mail addresses), as written.
std::vector<std::string_view> find_links(std::string_view text);

}  // namespace aura::agent
