#include "actors/agent/sentence_items.h"

#include <algorithm>

namespace aura::agent {
namespace {

bool is_sure(const ItemAnswer& answer) { return answer.fit >= Fit::family; }

// "large": several items have it, none is named.
bool only_options(const ItemAnswer& answer) {
  return answer.fit == Fit::family && !answer.options.empty();
}

bool has(const std::vector<std::uint32_t>& items, std::uint32_t item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

void add(ItemAnswer& to, const ItemAnswer& more) {
  for (const std::uint32_t item : more.items) {
    if (!has(to.items, item)) to.items.push_back(item);
  }
  to.options.insert(to.options.end(), more.options.begin(), more.options.end());
  to.fit = std::max(to.fit, more.fit);
}

NounPhrase merged(const NounPhrase& a, const NounPhrase& b) {
  NounPhrase out = a;
  out.words.insert(out.words.end(), b.words.begin(), b.words.end());
  out.parts.insert(out.parts.end(), b.parts.begin(), b.parts.end());
  return out;
}

// A noun phrase, or two that are one name, and what it means.
struct Reading {
  ItemAnswer answer;
  bool required = false;
  bool joined = false;
  bool next_joined = false;
};

std::vector<Reading> read(const Sentence& sentence, Language reader, const RetrievalIndex& index) {
  std::vector<Reading> readings;
  const auto& phrases = sentence.phrases;
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    if (phrases[i].refused) continue;
    Reading reading;
    reading.joined = phrases[i].joined;
    reading.required = phrases[i].has_required();
    const bool pairs =
        i + 1 < phrases.size() && phrases[i + 1].joined_by_word && !phrases[i + 1].refused;
    if (pairs) {  // "fish and chips" is one name, "latte and croissant" are two
      const NounPhrase both = merged(phrases[i], phrases[i + 1]);
      reading.answer = look_up(both, reader, index);
      if (reading.answer.fit == Fit::exact && reading.answer.items.size() == 1) {
        reading.required = both.has_required();
        ++i;
      } else {
        reading.answer = {};
      }
    }
    if (reading.answer.fit == Fit::none) reading.answer = look_up(phrases[i], reader, index);
    reading.next_joined = i + 1 < phrases.size() && phrases[i + 1].joined && phrases.size() > 1;
    readings.push_back(std::move(reading));
  }
  return readings;
}

// "a latte with oat milk, large": the option is one of the item that is named,
// if that has it.
void keep_own_options(std::vector<Reading>& readings) {
  std::vector<std::uint32_t> named;
  for (const Reading& r : readings) {
    if (is_sure(r.answer) && r.required && !only_options(r.answer))
      named.insert(named.end(), r.answer.items.begin(), r.answer.items.end());
  }
  for (Reading& r : readings) keep_options_of(named, r.answer);
}

}  // namespace

void keep_options_of(const std::vector<std::uint32_t>& named, ItemAnswer& answer) {
  const auto own = [&](std::uint32_t item) { return has(named, item); };
  if (!only_options(answer) || std::none_of(answer.items.begin(), answer.items.end(), own)) return;
  std::erase_if(answer.items, [&](std::uint32_t item) { return !own(item); });
  std::erase_if(answer.options, [&](const FoundOption& o) { return !own(o.item); });
}

SentenceItems look_up(const Sentence& sentence, Language reader, const RetrievalIndex& index) {
  SentenceItems out;
  bool matched_before = false;
  std::vector<Reading> readings = read(sentence, reader, index);
  keep_own_options(readings);
  for (const Reading& r : readings) {
    if (is_sure(r.answer)) {
      add(out.sure, r.answer);
      out.required |= r.required;
    } else if (r.required) {
      // "Tyre change, front and rear": what is named wholly, not what is described by the rest.
      const bool named = out.unsure.by_kind && !r.answer.by_kind;
      if (r.answer.fit > out.unsure.fit && !named) out.unsure = r.answer;
      out.missed_one |= (r.joined && matched_before) || r.next_joined;
      out.all = false;
    }
    matched_before = is_sure(r.answer);
  }
  out.missed_one &= is_sure(out.sure);
  drop_refused(sentence, reader, index, out.sure);
  drop_refused(sentence, reader, index, out.unsure);
  return out;
}

std::vector<FoundOption> look_up_options(const Sentence& sentence, std::uint32_t item,
                                         Language reader, const RetrievalIndex& index) {
  std::vector<FoundOption> found;
  for (const NounPhrase& phrase : sentence.phrases) {
    if (phrase.refused) continue;
    const auto options = look_up_options(phrase, item, reader, index);
    found.insert(found.end(), options.begin(), options.end());
  }
  return found;
}

void drop_refused(const Sentence& sentence, Language reader, const RetrievalIndex& index,
                  ItemAnswer& answer) {
  for (const NounPhrase& phrase : sentence.phrases) {
    if (phrase.refused) drop_refused(phrase, reader, index, answer);
  }
}

}  // namespace aura::agent
