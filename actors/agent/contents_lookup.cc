#include "actors/agent/contents_lookup.h"

#include <algorithm>

#include "actors/agent/text.h"

namespace aura::agent {
namespace {

bool is_ingredient(const Word& word, Language reader) {
  const PhraseMatch match = Lexicon::instance().phrase_at({&word, 1}, 0, reader);
  return (match.roles & bit(Role::ingredient)) != 0;
}

NounPhrase part_of(const NounPhrase& whole, std::size_t begin, std::size_t end) {
  NounPhrase part;
  const auto from = static_cast<std::ptrdiff_t>(begin);
  const auto to = static_cast<std::ptrdiff_t>(end);
  part.words.assign(whole.words.begin() + from, whole.words.begin() + to);
  part.parts.assign(whole.parts.begin() + from, whole.parts.begin() + to);
  return part;
}

class Reader {
 public:
  Reader(const Sentence& sentence, Language reader, const RetrievalIndex& index)
      : sentence_(sentence), reader_(reader), index_(index) {}

  std::optional<ContentsAsked> read() const {
    for (std::size_t i = 0; i < sentence_.phrases.size(); ++i) {
      if (auto asked = held_by(i)) return asked;
    }
    const bool of_price = sentence_.is(Role::price) || sentence_.is(Role::list);
    if (!sentence_.names_ingredient || of_price) return std::nullopt;
    if (auto asked = beside_each_other()) return asked;
    return behind_its_name();
  }

 private:
  std::optional<ContentsAsked> asked(NounPhrase what, const NounPhrase& in) const {
    if (!what.has_required() || !in.has_required() || what.refused || in.refused)
      return std::nullopt;
    ItemAnswer holder = look_up(in, reader_, index_);
    if (holder.fit < Fit::family || !holder.options.empty()) return std::nullopt;
    if (is_ingredient(what, reader_)) {
      if (is_option(what, holder)) return std::nullopt;
    } else if (!holder.by_kind || look_up(what, reader_, index_).fit >= Fit::family) {
      return std::nullopt;
    }
    return ContentsAsked{std::move(what), std::move(holder)};
  }

  // "milk in the latte", "how much milk is in the latte".
  std::optional<ContentsAsked> held_by(std::size_t i) const {
    const NounPhrase& phrase = sentence_.phrases[i];
    if (phrase.holder == NounPhrase::kNone) return std::nullopt;
    if (phrase.holder == 0) return i == 0 ? std::nullopt : asked(sentence_.phrases[i - 1], phrase);
    if (sentence_.is(Role::price)) return std::nullopt;
    return asked(part_of(phrase, 0, phrase.holder),
                 part_of(phrase, phrase.holder, phrase.words.size()));
  }

  // "does the latte have milk": two noun phrases, and a verb between or around them.
  std::optional<ContentsAsked> beside_each_other() const {
    const auto& phrases = sentence_.phrases;
    for (std::size_t i = 0; i + 1 < phrases.size(); ++i) {
      if (phrases[i + 1].joined) continue;
      const bool first = is_ingredient(phrases[i], reader_);
      if (first == is_ingredient(phrases[i + 1], reader_)) continue;
      if (auto found = asked(phrases[first ? i : i + 1], phrases[first ? i + 1 : i])) return found;
    }
    return std::nullopt;
  }

  // "hat der Latte Milch?": nothing stands between the two.
  std::optional<ContentsAsked> behind_its_name() const {
    if (sentence_.phrases.size() != 1 || sentence_.is(Role::have)) return std::nullopt;
    const NounPhrase& all = sentence_.phrases.front();
    std::size_t cut = all.words.size();
    while (cut > 0 && is_ingredient(all.words[cut - 1], reader_)) --cut;
    const bool linked =
        std::any_of(all.words.begin(), all.words.end(), [](const Word& word) { return word.link; });
    if (cut == 0 || cut == all.words.size() || linked) return std::nullopt;
    const ItemAnswer whole = look_up(all, reader_, index_);
    if (whole.fit == Fit::exact && whole.options.empty()) return std::nullopt;
    auto found = asked(part_of(all, cut, all.words.size()), part_of(all, 0, cut));
    if (found && (found->in.fit != Fit::exact || !found->in.by_kind)) return std::nullopt;
    return found;
  }

  bool is_option(const NounPhrase& what, const ItemAnswer& of) const {
    std::string name;
    for (const Word& word : what.words) (name += name.empty() ? "" : " ") += word.text;
    return std::any_of(of.items.begin(), of.items.end(), [&](std::uint32_t place) {
      const auto& options = index_.items()[place].options;
      return std::any_of(options.begin(), options.end(),
                         [&](const ItemOption& option) { return fold(option.name) == name; });
    });
  }

  const Sentence& sentence_;
  Language reader_;
  const RetrievalIndex& index_;
};

}  // namespace

bool is_ingredient(const NounPhrase& phrase, Language reader) {
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (phrase.parts[i] == Part::required && !is_ingredient(phrase.words[i], reader)) return false;
  }
  return phrase.has_required();
}

std::optional<ContentsAsked> look_up_contents(const Sentence& sentence, Language reader,
                                              const RetrievalIndex& index) {
  if (sentence.is(Role::order) || sentence.is(Role::booking)) return std::nullopt;
  return Reader(sentence, reader, index).read();
}

}  // namespace aura::agent
