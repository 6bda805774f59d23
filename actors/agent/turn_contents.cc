// What a turn answers about what a thing holds, and about what several cost together.
#include <algorithm>
#include <utility>

#include "actors/agent/contents_lookup.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMostHolders = 3;
constexpr std::size_t kContentsLookBack = 10;  // messages searched for what was asked for
constexpr std::size_t kMostSummed = 8;         // items
constexpr std::size_t kMostOfOne = 3;          // that one noun phrase may mean

void add_each(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& more) {
  for (const std::uint32_t place : more) {
    const bool known = std::find(to.begin(), to.end(), place) != to.end();
    if (!known && to.size() < kMostSummed) to.push_back(place);
  }
}

}  // namespace

// "Is there milk in the latte?" is answered out of its description and the documents, or not at
// all: that the latte can be had says nothing about it.
bool Turn::answer_contents(const Sentence& s) {
  if (s.is(Role::hours)) return false;  // "abrem no Natal?"
  const Language reader = question_.language();
  auto asked = look_up_contents(s, reader, index_);
  if (!asked && s.is(Role::pronoun) && s.phrases.size() == 1 && !s.phrases[0].refused &&
      !s.is(Role::order) && is_ingredient(s.phrases[0], reader)) {
    asked = ContentsAsked{s.phrases[0], spoken_of()};
  }
  if (!asked || asked->in.items.empty()) return false;
  std::vector<std::uint32_t>& holders = asked->in.items;
  if (holders.size() > kMostHolders) holders.resize(kMostHolders);
  bool known = true;
  for (const std::uint32_t place : holders) {
    const bool said = says_of(asked->what, place, reader, index_);
    known = describe(index_.items()[place]) && said && known;
  }
  DocumentAnswer documents = look_up_documents(s, nullptr, reader, index_);
  if (documents.found() && documents.complete) {
    known = true;
  } else if (is_ingredient(asked->what, reader)) {
    documents = look_up_documents(s, &kDiet, reader, index_);
  } else {
    documents = {};
  }
  if (documents.found()) say_documents(documents, s);
  if (!known) reply_.say(Phrase::contents_unknown);
  offer_person_ |= !known;
  note(Intent::question, known ? 0.8 : 0.4);
  return true;
}

// No row backs a sum: each price is told, and that a person can add them up.
bool Turn::answer_total(const Sentence& s, const SentenceItems& items) {
  ItemAnswer parts;
  if (items.required)
    parts = items.sure;
  else if (!has_content(s))
    parts = asked_for_before(s);
  if (parts.items.empty()) return false;
  if (items.required) answer_sure(s, items);
  for (const std::uint32_t place : parts.items) {
    if (!items.required) say_item(index_.items()[place], s);
  }
  if (!items.required) say_options(parts);
  reply_.say(Phrase::prices_not_added);
  note(Intent::price, 0.75);
  return offer_person_ = true;
}

// What the customer has asked for since the order began, or of late: oldest first. "With oat
// milk?" asks for an option of the last item.
ItemAnswer Turn::asked_for_before(const Sentence& s) const {
  ItemAnswer found;
  bool ordered = false;
  const auto read = [&](const Sentence& sentence, Language language) {
    SentenceItems items = look_up(sentence, language, index_);
    if (sentence.goes_on && !found.items.empty()) {
      const auto options = look_up_options(sentence, found.items.back(), language, index_);
      found.options.insert(found.options.end(), options.begin(), options.end());
      if (!options.empty()) return;
    }
    if (!items.required) return;
    if (sentence.is(Role::order) && !std::exchange(ordered, true)) found = {};
    keep_options_of(found.items, items.sure);
    if (items.sure.items.size() > kMostOfOne) return;
    add_each(found.items, items.sure.items);
    found.options.insert(found.options.end(), items.sure.options.begin(), items.sure.options.end());
  };
  const auto& before = context_.history.messages();
  const std::size_t count = std::min(kContentsLookBack, before.size());
  for (std::size_t i = before.size() - count; i < before.size(); ++i) {
    if (before[i].author != Author::contact) continue;
    const Language language = language_of(before[i]);
    const Question question(before[i].text, language, index_);
    for (const Sentence& sentence : question.sentences()) read(sentence, language);
  }
  for (const Sentence& sentence : question_.sentences()) {
    if (&sentence == &s) break;
    read(sentence, question_.language());
  }
  return found;
}

}  // namespace aura::agent
