#include "actors/agent/question.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "actors/agent/asked_time.h"
#include "actors/agent/number_words.h"
#include "actors/agent/question_openers.h"
#include "actors/agent/question_places.h"
#include "actors/agent/question_roles.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/time_words.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMaxQuestionWords = 160;
constexpr std::size_t kMaxSentences = 8;
constexpr std::size_t kMaxPhrases = 6;
constexpr std::size_t kMaxPhraseWords = 12;
constexpr std::size_t kShortestNumberName = 3;  // digits

}  // namespace

bool NounPhrase::has_required() const {
  return std::find(parts.begin(), parts.end(), Part::required) != parts.end();
}

class Question::Reader {
 public:
  Reader(Question& out, std::string_view text, const RetrievalIndex& index)
      : out_(out), text_(text), index_(index), home_(language_of_locale(index.profile().locale)) {}

  void run() {
    const Tokens& tokens = out_.tokens_;
    for (std::size_t i = 0; i < tokens.size(); ++i)
      words_.push_back(corrected(tokens, i, out_.language_, index_.tables()));
    sentence_.emplace();
    for (std::size_t i = 0; i < tokens.size();) {
      if (begins_another(i)) {
        end_sentence(i);
        if (is_and(i)) sentence_begin_ = ++i;
      }
      const bool begins = i == sentence_begin_ || tokens[i - 1].gap >= Gap::comma;
      sentence_->asks |= begins && opens_question(words_, i, out_.language_);
      const std::size_t used = read_at(i);
      const bool date = used == 1 && holiday_date_at(tokens, i).value_or(DateOfHoliday{}).words > 1;
      const Gap gap = date ? Gap::space : tokens[i + used - 1].gap;  // "am 25. Dezember"
      i += used;
      if (gap == Gap::sentence) end_sentence(i);
      if (gap == Gap::comma) {
        end_phrase(true, false);
        refuses_person_ = named_person_ = false;
      }
    }
    end_sentence(tokens.size());
  }

 private:
  bool is_and(std::size_t i) const {
    const PhraseMatch match = Lexicon::instance().phrase_at(words_, i, out_.language_);
    return match.words == 1 && (match.roles & bit(Role::conjunction)) != 0;
  }

  // "… and are you open on Sunday?": a second question, about something else, behind one that is
  // complete.
  bool begins_another(std::size_t i) const {
    if (i <= sentence_begin_) return false;
    const bool behind_comma = out_.tokens_[i - 1].gap == Gap::comma;
    const std::size_t begin = is_and(i) ? i + 1 : i;
    if (begin == i && !behind_comma) return false;
    const bool asks = (sentence_->roles & kAsks) != 0 || sentence_->asks;
    const bool apart = (sentence_->roles & bit(Role::diet)) != 0;
    return asks && opens_question(words_, begin, out_.language_) &&
           (apart || asks_something(begin));
  }

  // Not "do you have it and how much is it?", which is about the same.
  bool asks_something(std::size_t i) const {
    constexpr Roles kOfTheSame = bit(Role::price) | bit(Role::have) | kGrammarRoles;
    while (i < words_.size()) {
      const PhraseMatch match = cue_at(i);
      if (match.roles == 0 && !out_.tokens_[i].number) return true;
      if ((match.roles & ~kOfTheSame) != 0 || (match.roles & bit(Role::extent)) != 0) return true;
      i += std::max<std::size_t>(match.words, 1);
      if (out_.tokens_[i - 1].gap >= Gap::comma) return false;
    }
    return false;
  }

  Place at(std::size_t i) const {
    return {out_.tokens_, words_, i, text_, out_.language_, index_.tables()};
  }

  PhraseMatch cue_at(std::size_t i) const {
    const Lexicon& lexicon = Lexicon::instance();
    const PhraseMatch own = lexicon.phrase_at(words_, i, out_.language_);
    if (own.roles != 0) return own;
    for (const Language other : {home_, Language::en}) {
      PhraseMatch match = lexicon.phrase_at(words_, i, other);
      match.roles &= ~kGrammarRoles;
      if (match.roles != 0) return match;
    }
    return {};
  }

  std::size_t read_at(std::size_t i) {
    if (is_possessive(at(i))) return 1;
    if (const std::size_t used = read_limit(i)) return used;
    if (out_.tokens_[i].number || is_count(at(i))) return read_number(i);
    if (const std::size_t used = read_free_of(i)) return used;
    if (sentence_->roles == 0 && is_place(at(i))) return add(words_[i], Part::required), 1;
    PhraseMatch match = cue_at(i);
    const std::size_t used = std::max<std::size_t>(match.words, 1);
    const bool said = (match.roles & (bit(Role::total) | bit(Role::gratis))) != 0;
    sentence_->roles |= match.roles & (bit(Role::total) | bit(Role::gratis));
    sentence_->asks_being |= (match.roles & bit(Role::being)) != 0;
    sentence_->asks_which |= (match.roles & bit(Role::which)) != 0;
    sentence_->asks_extent |= (match.roles & bit(Role::extent)) != 0;
    sentence_->picks |=
        (phrase_.has_required() || (sentence_->roles & bit(Role::compare)) != 0) && is_one(at(i));
    sentence_->names_ingredient |= (match.roles & bit(Role::ingredient)) != 0;
    sentence_->several |=
        (match.roles & bit(Role::several)) != 0 && !index_.tables().names_item(words_[i].text);
    constexpr Roles kDeeds = bit(Role::deed) | bit(Role::order);
    if ((match.roles & kDeeds) != 0) sentence_->deeds.push_back(words_[i + used - 1]);
    match.roles &=
        ~(bit(Role::total) | bit(Role::ingredient) | bit(Role::several) | bit(Role::gratis));
    const Roles cues = match.roles & ~kGrammarRoles;
    if ((match.roles & bit(Role::anew)) != 0 || (cues & (bit(Role::order) | bit(Role::have))) != 0)
      refuses_person_ = false;
    if ((match.roles & (bit(Role::filler) | bit(Role::thanks))) == 0) refused_person_ = false;
    if ((match.roles & bit(Role::negation)) != 0) {
      sentence_->goes_on |= i == sentence_begin_ && (match.roles & bit(Role::connector)) != 0;
      sentence_->roles |= cues;
      refuse_next(match.roles);
    } else if (cues != 0) {
      read_cue(i, match.words, cues, (match.roles & bit(Role::extent)) != 0);
    } else if (match.roles != 0) {
      read_grammar(i, match.roles);
    } else if (!said) {
      add(words_[i], Part::required);
    }
    after_code_ = (match.roles & bit(Role::code)) != 0;
    return used;
  }

  // "caffeine free", "no sugar drinks": without it.
  std::size_t read_free_of(std::size_t i) {
    const Lexicon& lexicon = Lexicon::instance();
    std::string_view what = lexicon.freed_of(words_, i, out_.language_);
    const bool no = what.empty() && is_refused_part(at(i)) && cue_at(i + 2).roles == 0;
    if (no) what = words_[i + 1].text;
    if (what.empty() || (!no && index_.tables().names_item(what))) return 0;
    end_phrase(false, false);
    refuses_ = without_ = true;
    add({what, false}, Part::required);
    end_phrase(false, false);
    return no || what.size() == words_[i].text.size() ? 2 : 1;
  }

  // A number identifies items only if it is part of a name or of a code ("ADM-124", "item 124").
  std::size_t read_number(std::size_t i) {
    const Tokens& tokens = out_.tokens_;
    sentence_->numbers.push_back(words_[i].text);
    const bool counts = is_count(at(i)) || (i + 1 < tokens.size() && words_[i + 1].text == "x");
    sentence_->several |= counts_several(at(i));
    const bool joined = i > 0 && tokens[i - 1].gap == Gap::hyphen && !tokens[i - 1].number &&
                        tokens[i - 1].end + 1 == tokens[i].begin;
    if (joined || std::exchange(after_code_, false)) {
      add(words_[i], Part::required);
    } else if (counts) {
      end_phrase(true, true);
    } else if (words_[i].text.size() >= kShortestNumberName &&
               index_.tables().is_item_name(words_[i].text)) {
      add(words_[i], Part::required);  // a book: "1984"
    } else if (index_.tables().has_word(words_[i].text)) {
      add(words_[i], Part::filler);
    }
    return 1;
  }

  std::size_t read_limit(std::size_t at) {
    PriceRange range = sentence_->prices;
    const std::size_t used =
        read_price_range(out_.tokens_, words_, at, text_, out_.language_, range);
    if (used == 0) return 0;
    range.begins = range.budget && at == sentence_begin_;
    sentence_->prices = std::move(range);
    end_phrase(false, false);
    for (std::size_t i = at; i < at + used; ++i) {
      if (out_.tokens_[i].number) sentence_->numbers.push_back(words_[i].text);
    }
    return used;
  }

  void read_cue(std::size_t i, std::size_t count, Roles cues, bool extent) {
    if ((cues & kPerson) != 0) {
      // Who does not want to talk to a person wants nothing.
      if (refuses_person_) cues = (cues & ~kPerson) | bit(Role::fine);
      named_person_ = !refuses_person_;
    }
    sentence_->roles |= cues;
    inside_next_ = along_next_ = false;
    const bool day = (cues & bit(Role::hours)) != 0 && names_day(out_.tokens_, i);
    sentence_->names_hours |= (cues & bit(Role::hours)) != 0 && !day && !extent;
    for (std::size_t k = i; k < i + count && (cues & kTopicRoles) != 0; ++k) {
      sentence_->topic_words.push_back(words_[k]);
      if (day) sentence_->day_words.push_back(words_[k]);
    }
    // "Without gluten" is an attribute, not a refusal.
    const bool fits = (cues & bit(Role::diet)) != 0 && std::exchange(refuses_, false) && without_;
    const bool may_name = count == 1 && (cues & kMayName) != 0 && (cues & bit(Role::have)) == 0;
    if (may_name && index_.tables().may_name_item(words_[i], out_.language_)) {
      add(words_[i], Part::cue);
      phrase_.without |= fits;
    } else {
      end_phrase(false, false);
      refuses_ = false;
    }
  }

  void read_grammar(std::size_t i, Roles roles) {
    const auto is = [&](Role role) { return (roles & bit(role)) != 0; };
    const bool begins = sentence_->roles == 0 && sentence_->phrases.empty() &&
                        phrase_.words.empty() && !sentence_->prices.any();
    const bool leads = is(Role::conjunction) || is(Role::connector);
    if (begins && leads && !is(Role::filler)) sentence_->goes_on = true;
    if (is(Role::along) && sentence_->phrases.empty() && phrase_.words.empty())
      sentence_->goes_on = true;  // "how much with oat milk?"
    sentence_->roles |= roles & (bit(Role::pronoun) | bit(Role::both));
    if (is(Role::filler) || is(Role::code)) return add(words_[i], Part::filler);
    const bool open = !phrase_.words.empty();
    if (!open && !leads && !is(Role::article)) refuses_ = false;
    if (is(Role::conjunction) && !after_connector_) return end_phrase(true, true);
    if ((is(Role::connector) && open) || (is(Role::article) && after_connector_)) {
      after_connector_ = true;
      add_link(words_[i]);
      if (is(Role::inside)) phrase_.holder = phrase_.words.size();
      return;
    }
    const bool keeps_join = is(Role::article) && !open;
    if (!keeps_join) end_phrase(false, false);
    inside_next_ |= is(Role::inside);
    along_next_ = is(Role::along) || (along_next_ && is(Role::article));
  }

  void add(const Word& word, Part part) {
    after_connector_ = false;
    if (phrase_.words.size() >= kMaxPhraseWords) return;
    if (phrase_.words.empty()) {
      if (std::exchange(inside_next_, false)) phrase_.holder = 0;
      phrase_.along = std::exchange(along_next_, false);
    }
    phrase_.words.push_back(word);
    phrase_.parts.push_back(part);
    phrase_.refused = refuses_;
    phrase_.without |= refuses_ && without_;
  }

  // "not the latte": the next noun phrase is refused. "A person I do not need": so is a person
  // named before, if the sentence ends that way.
  void refuse_next(Roles roles) {
    end_phrase(false, false);
    refuses_ = true;
    without_ = (roles & bit(Role::connector)) != 0;
    refuses_person_ = (roles & bit(Role::allergy)) == 0;
    refused_person_ = named_person_;
  }

  void add_link(Word word) {
    if (phrase_.words.size() >= kMaxPhraseWords) return;
    word.link = true;
    phrase_.words.push_back(word);
    phrase_.parts.push_back(Part::filler);
  }

  // `join`: the next phrase is joined to this one.
  void end_phrase(bool join, bool by_word) {
    after_connector_ = false;
    require_thing();
    const bool any = names_something();
    if (phrase_.holder == phrase_.words.size()) {  // "milk in my latte"
      phrase_.holder = NounPhrase::kNone;
      inside_next_ = !phrase_.words.empty();
    }
    if (any) refuses_ = false;
    if (any && sentence_->phrases.size() < kMaxPhrases) {
      sentence_->phrases.push_back(std::move(phrase_));
    }
    const bool joined = join && !sentence_->phrases.empty();
    phrase_ = NounPhrase{};
    phrase_.joined = joined;
    phrase_.joined_by_word = joined && by_word;
  }

  // "How much is a cup?": a measure is what is asked for if nothing else is, and is sold here.
  void require_thing() {
    if (phrase_.has_required()) return;
    for (std::size_t i = 0; i < phrase_.words.size(); ++i) {
      const Word& word = phrase_.words[i];
      if (phrase_.parts[i] != Part::filler || word.link) continue;
      const bool thing = concepts_of_word(word, out_.language_, home_)[0] != kNoTerm;
      if (thing && index_.tables().means_item(word, out_.language_))
        phrase_.parts[i] = Part::required;
    }
  }

  // "$1" alone is not an item, even if names contain digits.
  bool names_something() const {
    if (phrase_.has_required()) return true;
    return std::any_of(phrase_.words.begin(), phrase_.words.end(), [](const Word& word) {
      return !word.link && word.text.find_first_not_of("0123456789") != std::string_view::npos;
    });
  }

  // `next`: the token after the sentence. A currency sign may precede or follow the sentence's
  // tokens.
  void end_sentence(std::size_t next) {
    end_phrase(false, false);
    if (refused_person_) {
      sentence_->roles &= ~kPerson;
      sentence_->roles |= bit(Role::fine);
    }
    refuses_ = refuses_person_ = named_person_ = refused_person_ = false;
    after_code_ = inside_next_ = along_next_ = false;
    sentence_begin_ = next;
    const std::size_t begin = std::exchange(begin_, end_of(next));
    sentence_->text = text_.substr(begin, end_of(next) - begin);
    sentence_->asks |= text_.substr(end_of(next)).starts_with('?');
    const bool whole = out_.sentences_.empty() && next == words_.size() && next > 0;
    const bool says = whole || sentence_->roles != 0 || !sentence_->phrases.empty() ||
                      sentence_->prices.any() || sentence_->asks_extent ||
                      names_only_time(sentence_->text) || !sentence_->numbers.empty();
    if (says && out_.sentences_.size() < kMaxSentences) {
      carry_over();
      out_.sentences_.push_back(std::move(*sentence_));
    }
    sentence_.emplace();
    phrase_ = NounPhrase{};
  }

  // What was said before also applies to the next sentence: "No chocolate, please. What cakes do
  // you have?", "I have 5 dollars. What can I get?"
  void carry_over() {
    if (out_.sentences_.empty()) return;
    const Sentence& before = out_.sentences_.back();
    for (const NounPhrase& phrase : before.phrases) {
      if (phrase.refused && sentence_->phrases.size() < kMaxPhrases)
        sentence_->phrases.push_back(phrase);
    }
    if (!before.prices.begins || before.roles != 0 || sentence_->prices.any()) return;
    const bool named = std::ranges::any_of(
        before.phrases, [](const NounPhrase& phrase) { return phrase.has_required(); });
    if (named) return;
    sentence_->prices = before.prices;
    sentence_->prices.begins = false;
    sentence_->numbers = before.numbers;
    out_.sentences_.pop_back();
  }

  // The end, in the text, of the sentence before the token `next`.
  std::size_t end_of(std::size_t next) const {
    if (next >= words_.size()) return text_.size();
    const std::size_t end = next == 0 ? 0 : out_.tokens_[next - 1].end;
    return std::min(text_.find_first_of(".!?;\n", end), std::size_t{out_.tokens_[next].begin});
  }

  Question& out_;
  std::string_view text_;
  const RetrievalIndex& index_;
  Language home_;
  std::vector<Word> words_;
  std::optional<Sentence> sentence_;
  NounPhrase phrase_;
  bool after_connector_ = false;
  bool after_code_ = false;
  bool refuses_ = false;
  bool refuses_person_ = false;
  bool named_person_ = false;
  bool refused_person_ = false;
  bool inside_next_ = false;
  bool along_next_ = false;
  bool without_ = false;
  std::size_t sentence_begin_ = 0;  // first word of the sentence
  std::size_t begin_ = 0;           // start of the sentence in the text
};

Question::Question(std::string_view text, Language language, const RetrievalIndex& index)
    : language_(language) {
  tokens_.assign(text, kMaxQuestionWords, Codes::keep);
  Reader(*this, text, index).run();
}

}  // namespace aura::agent
