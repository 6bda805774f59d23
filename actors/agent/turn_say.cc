// Writes the decided answers of a turn into the reply.
#include <algorithm>
#include <tuple>

#include "actors/agent/asked_time.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kListed = 8;  // items per listing

}  // namespace

// Once per reply: "latte. latte. latte." is one question.
void Turn::say_item(const CatalogItem& item, const Sentence& s) {
  if (std::find(said_.begin(), said_.end(), item.id) != said_.end()) return;
  said_.push_back(item.id);
  const bool asks_stock = s.is(Role::have) || s.is(Role::order);
  if (item.has_price && (s.is(Role::price) || (item.available && !asks_stock))) {
    reply_.say(!item.available         ? Phrase::price_unavailable
               : item.price_minor == 0 ? Phrase::free
               : s.several             ? Phrase::price_each
                                       : Phrase::price,
               item);
  } else if (!item.available) {
    reply_.say(Phrase::unavailable, item);
  } else if (s.is(Role::price)) {
    reply_.say(Phrase::no_price, item);
    offer_person_ = true;
  } else {
    reply_.say(item.has_price ? Phrase::available : Phrase::available_unpriced, item);
  }
}

void Turn::say_options(const ItemAnswer& answer) {
  for (const FoundOption& found : answer.options) {
    const CatalogItem& item = index_.items()[found.item];
    const ItemOption& option = item.options[found.option];
    if (!item.available) continue;
    reply_.say(option.price_delta_minor == 0 ? Phrase::option_free : Phrase::option, item, &option);
  }
}

// "How much is a large coffee?": with what each coffee costs by itself.
void Turn::say_option_prices(const ItemAnswer& answer) {
  for (const FoundOption& found : answer.options) {
    const CatalogItem& item = index_.items()[found.item];
    const ItemOption& option = item.options[found.option];
    if (!item.available || !item.has_price) continue;
    said_.push_back(item.id);
    reply_.say(option.price_delta_minor == 0 ? Phrase::line_option_free : Phrase::line_option, item,
               &option);
  }
}

void Turn::say_items(const std::vector<std::uint32_t>& places) {
  for (const std::uint32_t place : places) {
    const CatalogItem& item = index_.items()[place];
    said_.push_back(item.id);
    reply_.say(!item.available  ? Phrase::line_unavailable
               : item.has_price ? Phrase::line
                                : Phrase::line_unpriced,
               item);
  }
}

// Lists items from the whole catalog, ordered by code, services last.
void Turn::say_listing(const Sentence& s) {
  std::vector<std::uint32_t> all = of_that_kind(kind_asked_for(s).value_or(Sold::anything));
  std::erase_if(all, [&](std::uint32_t place) {
    const CatalogItem& item = index_.items()[place];
    return !item.available || !is_within(s, item);
  });
  if (std::ranges::any_of(s.phrases, [](const NounPhrase& p) { return p.refused; })) {
    ItemAnswer left{Fit::family, std::move(all), {}};  // "not coffee: what else is there?"
    drop_refused(s, question_.language(), index_, left);
    all = std::move(left.items);
  }
  const auto order = [&](std::uint32_t place) {
    const CatalogItem& item = index_.items()[place];
    return std::tuple(item.kind == ItemKind::service, item.sku.empty(), std::string_view(item.sku));
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return order(a) < order(b); });
  std::vector<std::uint32_t> listed;
  const std::size_t count = std::min(all.size(), kListed);
  for (std::size_t i = 0; i < count; ++i) listed.push_back(all[i * all.size() / count]);
  note(Intent::listing, listed.empty() ? 0.3 : 0.9);
  if (listed.empty()) {
    reply_.say(Phrase::no_items);
    offer_person_ = true;
    return;
  }
  reply_.say(Phrase::offering);
  say_items(listed);
  if (listed.size() < index_.items().size()) reply_.say(Phrase::offering_end);
}

// "Are you open on Sunday?", "are you closed?": yes or no, if the hours can be read; they are
// quoted below it.
void Turn::say_open(const DocumentAnswer& hours, const Sentence& s) {
  const OpenQuestion asks = asks_if_open(s.text);
  if (hours.passages.empty() || (asks == OpenQuestion::none && !names_only_time(s.text))) return;
  const std::uint32_t document = hours.passages.front().document;
  const std::string& text =
      document == Passage::kProfile ? index_.profile().details : index_.documents()[document].text;
  const Open open = open_when_asked(s.text, OpeningHours::read(text, index_.profile().name),
                                    context_.now_ms, index_.profile().timezone);
  if (open == Open::unknown) return;
  if (asks == OpenQuestion::closed)
    reply_.say(open == Open::yes ? Phrase::not_closed_then : Phrase::closed_as_asked);
  else
    reply_.say(open == Open::yes ? Phrase::open_then : Phrase::closed_then);
}

void Turn::say_documents(const DocumentAnswer& answer, const Sentence& s) {
  std::vector<Passage> fresh;
  for (const Passage& passage : answer.passages) {
    if (std::find(quoted_.begin(), quoted_.end(), passage) == quoted_.end())
      fresh.push_back(passage);
  }
  if (fresh.empty() && !answer.passages.empty()) return;
  if (!fresh.empty()) {
    if (!quoted_.empty()) reply_.say(Phrase::also);
    quoted_.insert(quoted_.end(), fresh.begin(), fresh.end());
    reply_.quote(fresh);
  }
  const bool asks_amount = s.is(Role::price) || s.is(Role::gratis) || answer.left_out_best;
  if (answer.left_out_amount && (asks_amount || answer.passages.empty())) {
    reply_.say(Phrase::amount_from_person);
    offer_person_ = true;
  }
}

// The first answer sets the intent of the reply, the least certain one its confidence.
void Turn::note(Intent intent, double confidence) {
  if (intent_ == Intent::unknown) {
    intent_ = intent;
    confidence_ = confidence;
  }
  confidence_ = std::min(confidence_, confidence);
}

Proposal Turn::finish(Action action) {
  Proposal proposal;
  proposal.action = action;
  proposal.text = reply_.take_text();
  proposal.claims = reply_.take_claims();
  proposal.intent = intent_;
  proposal.confidence = confidence_;
  proposal.language = reply_.language();
  const auto suggest = [&](Phrase which) {
    const std::string_view title = phrase(which, proposal.language);
    if (proposal.quick_replies.size() >= context_.channel.max_quick_replies) return;
    const auto chars = std::count_if(title.begin(), title.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    if (static_cast<std::size_t>(chars) > context_.channel.max_quick_reply_chars) return;
    proposal.quick_replies.emplace_back(title);
  };
  if (action == Action::handover) return proposal;
  if (offer_listing_ && !index_.items().empty()) suggest(Phrase::reply_offering);
  if (intent_ == Intent::greeting) suggest(Phrase::reply_hours);
  if (offer_person_ || intent_ == Intent::greeting) suggest(Phrase::reply_person);
  return proposal;
}

}  // namespace aura::agent
