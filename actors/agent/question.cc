#include "actors/agent/question.h"

#include <algorithm>
#include <optional>

#include "actors/agent/retrieval_tables.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMaxWords = 160;
constexpr std::size_t kMaxSentences = 8;
constexpr std::size_t kMaxPhrases = 6;
constexpr std::size_t kMaxPhraseWords = 12;

constexpr Roles kGrammar = bit(Role::stop) | bit(Role::connector) | bit(Role::article) |
                           bit(Role::conjunction) | bit(Role::filler) | bit(Role::pronoun);
constexpr Roles kTopics = bit(Role::hours) | bit(Role::contact) | bit(Role::delivery) |
                          bit(Role::payment) | bit(Role::booking) | bit(Role::returns);
// A single word of these may also be a part of a name: "lunch menu", "gift card", "delivery".
constexpr Roles kMayName = kTopics | bit(Role::list) | bit(Role::order) | bit(Role::person) |
                           bit(Role::discount) | bit(Role::price) | bit(Role::complaint);

}  // namespace

bool NounPhrase::has_required() const {
  return std::find(required.begin(), required.end(), true) != required.end();
}

class Question::Reader {
 public:
  Reader(Question& out, const RetrievalIndex& index)
      : out_(out), index_(index), home_(language_of_locale(index.profile().locale)) {}

  void run() {
    const Tokens& tokens = out_.tokens_;
    for (std::size_t i = 0; i < tokens.size(); ++i) words_.push_back(corrected(i));
    sentence_.emplace();
    for (std::size_t i = 0; i < tokens.size();) {
      const std::size_t used = read_at(i);
      const Gap gap = tokens[i + used - 1].gap;
      i += used;
      if (gap == Gap::sentence) end_sentence();
      if (gap == Gap::comma) end_phrase(true, false);
    }
    end_sentence();
  }

 private:
  // A word nobody knows may be a mistyped question word ("how mcuh").
  Word corrected(std::size_t i) const {
    const Word word{out_.tokens_.word(i), out_.tokens_[i].accented};
    const Lexicon& lexicon = Lexicon::instance();
    if (out_.tokens_[i].number || lexicon.languages_at({&word, 1}, 0).words != 0) return word;
    if (lexicon.concept_languages_of(word) != 0 ||
        index_.tables().knows(word.text, out_.language_)) {
      return word;
    }
    const std::string_view meant = lexicon.nearest_word(word.text, out_.language_);
    return meant.empty() ? word : Word{meant, false};
  }

  // "men's haircut" is one noun phrase.
  bool is_possessive(std::size_t i) const {
    return words_[i].text == "s" && i > 0 && out_.tokens_[i - 1].gap == Gap::hyphen;
  }

  PhraseMatch cue_at(std::size_t i) const {
    const Lexicon& lexicon = Lexicon::instance();
    const PhraseMatch own = lexicon.phrase_at(words_, i, out_.language_);
    if (own.roles != 0) return own;
    for (const Language other : {home_, Language::en}) {
      PhraseMatch match = lexicon.phrase_at(words_, i, other);
      match.roles &= ~kGrammar;
      if (match.roles != 0) return match;
    }
    return {};
  }

  std::size_t read_at(std::size_t i) {
    if (is_possessive(i)) return 1;
    const PhraseMatch match = cue_at(i);
    const Roles cues = match.roles & ~kGrammar;
    if (cues != 0) {
      read_cue(i, match.words, cues);
      return match.words;
    }
    if (out_.tokens_[i].number) {
      if (index_.tables().has_word(words_[i].text)) add(words_[i], false);
    } else if (match.roles == 0) {
      add(words_[i], true);
    } else {
      read_grammar(i, match.roles);
    }
    return std::max<std::size_t>(match.words, 1);
  }

  void read_cue(std::size_t i, std::size_t count, Roles cues) {
    sentence_->roles |= cues;
    if ((cues & kTopics) != 0) {
      for (std::size_t k = i; k < i + count; ++k) sentence_->topic_words.push_back(words_[k]);
    }
    const bool may_name = count == 1 && (cues & kMayName) != 0 && (cues & bit(Role::have)) == 0;
    if (may_name && index_.tables().has_word(words_[i].text)) {
      add(words_[i], false);
    } else {
      end_phrase(false, false);
    }
  }

  void read_grammar(std::size_t i, Roles roles) {
    const auto is = [&](Role role) { return (roles & bit(role)) != 0; };
    if (is(Role::pronoun)) sentence_->roles |= bit(Role::pronoun);
    if (is(Role::filler)) return add(words_[i], false);
    const bool open = !phrase_.words.empty();
    if (is(Role::conjunction) && !after_connector_) return end_phrase(true, true);
    if ((is(Role::connector) && open) || (is(Role::article) && after_connector_)) {
      after_connector_ = true;
      return add_link(words_[i]);
    }
    const bool keeps_join = is(Role::article) && !open;
    if (!keeps_join) end_phrase(false, false);
  }

  void add(const Word& word, bool required) {
    after_connector_ = false;
    if (phrase_.words.size() >= kMaxPhraseWords) return;
    phrase_.words.push_back(word);
    phrase_.required.push_back(required);
  }

  void add_link(Word word) {
    if (phrase_.words.size() >= kMaxPhraseWords) return;
    word.link = true;
    phrase_.words.push_back(word);
    phrase_.required.push_back(false);
  }

  // `join`: whether the next phrase belongs to this one.
  void end_phrase(bool join, bool by_word) {
    after_connector_ = false;
    const bool any = names_something();
    if (any && sentence_->phrases.size() < kMaxPhrases) {
      sentence_->phrases.push_back(std::move(phrase_));
    }
    const bool joined = join && !sentence_->phrases.empty();
    phrase_ = NounPhrase{};
    phrase_.joined = joined;
    phrase_.joined_by_word = joined && by_word;
  }

  // "$1" alone is no item, whatever digits stand in a name.
  bool names_something() const {
    return std::any_of(phrase_.words.begin(), phrase_.words.end(), [](const Word& word) {
      return !word.link && word.text.find_first_not_of("0123456789") != std::string_view::npos;
    });
  }

  void end_sentence() {
    end_phrase(false, false);
    const bool says = sentence_->roles != 0 || !sentence_->phrases.empty();
    if (says && out_.sentences_.size() < kMaxSentences) {
      out_.sentences_.push_back(std::move(*sentence_));
    }
    sentence_.emplace();
    phrase_ = NounPhrase{};
  }

  Question& out_;
  const RetrievalIndex& index_;
  Language home_;
  std::vector<Word> words_;
  std::optional<Sentence> sentence_;
  NounPhrase phrase_;
  bool after_connector_ = false;
};

Question::Question(std::string_view text, Language language, const RetrievalIndex& index)
    : language_(language) {
  tokens_.assign(text, kMaxWords, Codes::keep);
  Reader(*this, index).run();
}

}  // namespace aura::agent
