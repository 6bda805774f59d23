// What a turn answers about whole kinds of things, about what must not be in
// them, and about the options of one.
#include <algorithm>

#include "actors/agent/contents_lookup.h"
#include "actors/agent/item_family.h"
#include "actors/agent/shop_kind.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMostOfAKind = 8;
constexpr std::size_t kMostWithOptions = 3;

}  // namespace

bool Turn::answer_kind(const Sentence& s) {
  if (std::count_if(s.phrases.begin(), s.phrases.end(), is_wanted) != 1) return false;
  const NounPhrase& kind = *std::find_if(s.phrases.begin(), s.phrases.end(), is_wanted);
  const bool known = names_kind(kind, question_.language(), index_);
  if (!known && !names_shop_kind(s)) return false;
  ItemAnswer family;
  family.fit = Fit::family;
  family.items = family_of(kind, question_.language(), index_);
  drop_refused(s, question_.language(), index_, family);
  std::erase_if(family.items,
                [&](std::uint32_t place) { return !is_within(s, index_.items()[place]); });
  if (family.items.empty()) return false;
  const bool more = family.items.size() > kMostOfAKind;
  if (more) family.items.resize(kMostOfAKind);
  reply_.say(Phrase::found);
  say_items(family.items);
  if (more) reply_.say(Phrase::offering_end);
  const bool unknown = leaves_something_out(s);  // that it is a drink says nothing of its sugar
  if (unknown) reply_.say(Phrase::contents_unknown);
  note(s.is(Role::order) ? Intent::order : Intent::listing, 0.8);
  offer_person_ |= s.is(Role::order) || unknown;
  return true;
}

// "What books do you have?" in a bookshop.
bool Turn::names_shop_kind(const Sentence& s) const {
  const bool bare = s.roles == 0 && !s.asks_being;  // not "is the pizza good?"
  const bool asks = s.is(Role::have) || s.is(Role::list) || s.is(Role::price) ||
                    s.is(Role::order) || s.asks_which || bare;
  const auto kind = std::ranges::find_if(s.phrases, is_wanted);
  if (!asks || s.asks_extent || kind == s.phrases.end()) return false;
  const ShopKind found = of_shop_kind(*kind, question_.language(), index_);
  return found.all && found.items.size() > 1;
}

// "Something without caffeine": what says so of itself; what is not said nobody
// knows.
bool Turn::answer_without(const Sentence& s) {
  const Language reader = question_.language();
  const auto names = [&](const NounPhrase& p) {
    return p.has_required() && (p.without || is_ingredient(p, reader));
  };
  const auto phrase = std::find_if(s.phrases.begin(), s.phrases.end(), names);
  if (phrase == s.phrases.end()) return false;
  const bool wish = s.goes_on || !phrase->without;  // "no sugar, please"
  if (wish && answer_leaving_out(s)) return true;
  if (!phrase->without) return false;
  const ItemAnswer found = look_up_without(*phrase, reader, index_);
  const DocumentAnswer documents = is_ingredient(*phrase, reader)
                                       ? look_up_documents(s, &kDiet, reader, index_)
                                       : DocumentAnswer{};
  note(Intent::question, found.items.empty() ? 0.3 : 0.7);
  if (!found.items.empty()) {
    reply_.say(Phrase::found);
    say_items(found.items);
  } else if (!documents.found()) {
    reply_.say(Phrase::no_information);
    offer_person_ = true;
  }
  if (documents.found()) say_documents(documents, s);
  return true;
}

// "Without ham?" behind an item: whether it can be had so nobody says.
bool Turn::answer_leaving_out(const Sentence& s) {
  const ItemAnswer before = spoken_of();
  if (before.items.empty()) return false;
  say_item(index_.items()[before.items.front()], s);
  reply_.say(Phrase::contents_unknown);
  note(Intent::availability, 0.5);
  return offer_person_ = true;
}

// "Which teas have no caffeine?": of that kind, what says so of itself, if anything does.
bool Turn::answer_free_of(const Sentence& s, const SentenceItems& items) {
  const Language reader = question_.language();
  const auto names = [&](const NounPhrase& p) { return p.refused && is_ingredient(p, reader); };
  const auto refused = std::find_if(s.phrases.begin(), s.phrases.end(), names);
  if (refused == s.phrases.end() || s.is(Role::order)) return false;
  std::vector<std::uint32_t> kind = items.sure.items;
  const auto wanted = std::find_if(s.phrases.begin(), s.phrases.end(), is_wanted);
  if (wanted != s.phrases.end() && items.sure.fit != Fit::exact) {
    const auto family = family_of(*wanted, reader, index_);
    kind.insert(kind.end(), family.begin(), family.end());
  }
  std::vector<std::uint32_t> free = look_up_without(*refused, reader, index_).items;
  std::erase_if(free, [&](std::uint32_t place) {
    return std::find(kind.begin(), kind.end(), place) == kind.end();
  });
  if (free.empty()) return false;
  reply_.say(Phrase::found);
  say_items(free);
  note(Intent::question, 0.7);
  return true;
}

bool Turn::answer_options(const Sentence& s, const SentenceItems& items) {
  ItemAnswer of = items.required ? items.sure : ItemAnswer{};
  if (of.items.empty() && !has_content(s)) of = spoken_of();
  if (of.items.empty()) return false;
  if (of.items.size() > kMostWithOptions) of.items.resize(kMostWithOptions);
  ItemAnswer all;
  for (const std::uint32_t place : of.items) {
    const auto count = static_cast<std::uint32_t>(index_.items()[place].options.size());
    for (std::uint32_t option = 0; option < count; ++option) all.options.push_back({place, option});
  }
  say_options(all);
  note(Intent::availability, all.options.empty() ? 0.3 : 0.8);
  if (!all.options.empty()) return true;
  for (const std::uint32_t place : of.items) describe(index_.items()[place]);
  reply_.say(Phrase::no_information);
  return offer_person_ = true;
}

}  // namespace aura::agent
