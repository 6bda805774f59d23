#include "actors/agent/document_lookup.h"

#include <algorithm>
#include <bit>
#include <iterator>

#include "actors/agent/claims.h"
#include "actors/agent/phrases.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/stemmer.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr std::size_t kCandidatePassages = 16;
constexpr std::uint32_t kShortDocument = 420;  // bytes; shorter documents are quoted in full
constexpr std::uint32_t kMaxQuoted = 520;
constexpr std::size_t kMaxPassages = 3;
constexpr std::size_t kMaxPassageWords = 120;  // of a passage that is looked at word by word

// Concepts found in documents about a topic, whatever words the question uses ("where are you?").
const std::vector<std::uint32_t>& concepts_of_topic(Role topic) {
  static const std::vector<std::uint32_t> hours = concept_ids("hours");
  static const std::vector<std::uint32_t> contact = concept_ids("address contact phone email");
  static const std::vector<std::uint32_t> delivery = concept_ids("delivery");
  static const std::vector<std::uint32_t> payment = concept_ids("payment");
  static const std::vector<std::uint32_t> booking = concept_ids("reservation appointment");
  static const std::vector<std::uint32_t> returns = concept_ids("return");
  static const std::vector<std::uint32_t> nutrition = concept_ids("calorie");
  static const std::vector<std::uint32_t> diet = concept_ids("allergen ingredient vegan");
  switch (topic) {
    case Role::returns:
      return returns;
    case Role::hours:
      return hours;
    case Role::contact:
      return contact;
    case Role::delivery:
      return delivery;
    case Role::booking:
      return booking;
    case Role::diet:
      return diet;
    case Role::nutrition:
      return nutrition;
    default:
      return payment;
  }
}

std::vector<Passage> under_heading_of(const Passage& passage, const RetrievalIndex& index) {
  std::vector<Passage> all;
  for (const Passage& p : index.passages()) {
    const bool same = p.document == passage.document && p.heading_begin == passage.heading_begin &&
                      p.heading_end == passage.heading_end;
    if (same) all.push_back(p);
  }
  return all;
}

// Whether none of them, nor all together, name an amount.
bool free_of_amounts(const std::vector<Passage>& passages, const RetrievalIndex& index) {
  std::string all;
  for (const Passage& p : passages) {
    const std::string_view text = index.text_of(p);
    if (names_amount(text, index)) return false;
    if (!all.empty()) all += '\n';
    all += text;
  }
  return all.size() <= kMaxQuoted && (passages.size() < 2 || !names_amount(all, index));
}

DocumentAnswer without_amounts(const std::vector<Passage>& passages, const RetrievalIndex& index) {
  DocumentAnswer answer;
  if (free_of_amounts(passages, index)) {
    answer.passages = passages;
    return answer;
  }
  std::string said;
  for (const Passage& p : passages) {
    const std::string_view text = index.text_of(p);
    if (said.size() + text.size() > kMaxQuoted && !answer.passages.empty()) break;
    if (names_amount(text, index) ||
        (!said.empty() && names_amount(said + "\n" + std::string(text), index))) {
      answer.left_out_amount = true;
      continue;
    }
    said += said.empty() ? "" : "\n";
    said += text;
    answer.passages.push_back(p);
  }
  return answer;
}

// The stems of a text, each once.
std::vector<std::string> stems_of(std::string_view text, Language reader) {
  Tokens tokens;
  tokens.assign(text, kMaxPassageWords);
  std::vector<std::string> stems;
  for (std::size_t i = 0; i < tokens.size(); ++i) stems.emplace_back(stem(tokens.word(i), reader));
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

// 1: the same words; 0: none in common.
double likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  const std::size_t words = a.size() + b.size();
  return words == 0 ? 0 : 2.0 * static_cast<double>(common.size()) / static_cast<double>(words);
}

// "How long" is not "how big".
std::vector<std::string> question_words_of(std::string_view text) {
  constexpr std::string_view kWords =
      " how long big much many far often what where when who why which cuanto cuanta cuantos "
      "cuando "
      "donde como que cual quien combien quand ou quel quelle comment pourquoi qui wie lange viel "
      "gross weit oft was wann wo wer warum welche quanto quanta quanti quantos onde qual quem "
      "dove "
      "come quale chi ";
  Tokens tokens;
  tokens.assign(text, kMaxPassageWords);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string word(tokens.word(i));
    if (kWords.find(" " + word + " ") != std::string_view::npos) words.push_back(std::move(word));
  }
  return words;
}

// Whether the things that a sentence names are all among the stems; or all its words that are more
// than grammar.
enum class Named { things, words };
bool names_only(const Sentence& sentence, Named which, const std::vector<std::string>& stems,
                Language reader) {
  for (const NounPhrase& phrase : sentence.phrases) {
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
      if (phrase.words[i].link) continue;
      if (which == Named::things && phrase.parts[i] != Part::required) continue;
      if (!std::binary_search(stems.begin(), stems.end(), stem(phrase.words[i].text, reader)))
        return false;
    }
  }
  return true;
}

class DocumentFinder {
 public:
  DocumentFinder(const Sentence& sentence, const Role* topic, Language reader,
                 const RetrievalIndex& index)
      : index_(index),
        in_passing_(sentence.is(Role::order) || (sentence.roles == 0 && !sentence.asks)) {
    if (topic != nullptr) {
      for (const std::uint32_t id : concepts_of_topic(*topic)) {
        add_term({std::string(), {id, kNoTerm}}, Weight::topic);
      }
    }
    asks_contact_ = topic != nullptr && *topic == Role::contact;
    add_words(sentence.topic_words, reader, asks_contact_ ? Weight::named : Weight::said);
    for (const NounPhrase& phrase : sentence.phrases) {
      const PhraseTerms terms = index.tables().terms_of(phrase.words, reader);
      for (std::size_t t = 0; t < terms.terms.size(); ++t) {
        add_term(terms.terms[t],
                 phrase.parts[terms.origin[t]] == Part::required ? Weight::asked : Weight::helpful);
      }
    }
    index.tables().match(terms_, reader, IndexTables::Among::passages, kCandidatePassages,
                         matches_);
  }

  DocumentAnswer find() {
    // Prefer passages that cover the topic and everything asked about it, then documents with the
    // topic in their title.
    const auto rank = [&](const UnitMatch& m) {
      const bool complete = (m.terms & asked_) == asked_;
      const bool titled = (m.name_terms & topic_) != 0 && !passage(m).has_heading();
      const bool named =
          named_ == 0 ? topic_ != 0 && is_address(passage(m)) : (m.terms & named_) != 0;
      return (named ? 4 : 0) + (complete ? 2 : 0) + (titled ? 1 : 0);
    };
    const UnitMatch* best = nullptr;
    for (const UnitMatch& m : matches_) {
      if (answers(m) && (best == nullptr || rank(m) > rank(*best))) best = &m;
    }
    if (best == nullptr) return {};
    DocumentAnswer answer = quote(passage(*best));
    answer.names_topic = said_ != 0 && (best->terms & said_) == said_;
    answer.left_out_best =
        (best->terms & asked_) != 0 && names_amount(index_.text_of(passage(*best)), index_);
    answer.complete = (best->terms & asked_) == asked_;
    answer.titled = asked_ != 0 && (best->name_terms & ~best->weak_terms & asked_) == asked_;
    return answer;
  }

 private:
  enum class Weight { topic, asked, helpful, said, named };

  void add_term(QueryTerm term, Weight weight) {
    if (terms_.size() >= kMaxTerms) return;
    const std::uint32_t term_bit = 1u << terms_.size();
    if (weight == Weight::topic) topic_ |= term_bit;
    if (weight == Weight::asked) asked_ |= term_bit;
    if (weight == Weight::said) said_ |= term_bit;
    if (weight == Weight::named && is_one_of_several(term)) named_ |= term_bit;
    terms_.push_back(std::move(term));
  }

  // "Parking?" and "phone number?" are not asked of the address.
  static bool is_one_of_several(const QueryTerm& term) {
    static const std::vector<std::uint32_t> address = concept_ids("address contact");
    const std::uint32_t means = term.concepts[0];
    return means != kNoTerm && std::find(address.begin(), address.end(), means) == address.end();
  }

  // The line that the business's details have for it.
  bool is_address(const Passage& p) const {
    return asks_contact_ && p.document == Passage::kProfile &&
           std::ranges::any_of(kLanguages, [&](Language language) {
             return index_.text_of(p).starts_with(phrase(Phrase::label_address, language));
           });
  }

  void add_words(const std::vector<Word>& words, Language reader, Weight weight) {
    for (QueryTerm& term : index_.tables().terms_of(words, reader).terms) {
      add_term(std::move(term), weight);
    }
  }

  const Passage& passage(const UnitMatch& m) const {
    return index_.passages()[m.unit - index_.items().size()];
  }

  // With a topic: the passage must mention it. Otherwise it must contain all that was asked, or at
  // least half of it with a match in the title.
  bool answers(const UnitMatch& m) const {
    if (topic_ != 0) return (m.terms & (topic_ | named_)) != 0;
    const std::uint32_t weak = m.weak_terms;
    const int asked = std::popcount(asked_);
    const int found = std::popcount(m.terms & asked_ & ~weak);
    if (asked == 0) return false;
    // A single matching word in the business's description of itself is not an answer.
    if (passage(m).document == Passage::kProfile && found < 2) return false;
    const bool titled = (m.name_terms & asked_ & ~weak) != 0;
    if (found == asked) return asked > 1 || titled || !in_passing_ || !is_in_passing(passage(m));
    return found * 2 >= asked && titled;
  }

  // "… the password is on your receipt" says nothing of receipts to who wants
  // one.
  bool is_in_passing(const Passage& passage) const {
    constexpr std::size_t kNear = 3;  // words from "for" in "for breakfast or lunch"
    constexpr Roles kLinks = bit(Role::connector) | bit(Role::beside);
    const Language home = language_of_locale(index_.profile().locale);
    Tokens tokens;
    tokens.assign(index_.text_of(passage), kMaxPassageWords, Codes::keep);
    std::size_t link = tokens.size();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Word word{tokens.word(i), tokens[i].accented};
      if ((Lexicon::instance().phrase_at({&word, 1}, 0, home).roles & kLinks) != 0) link = i;
      const Concepts means = concepts_of_word(word, home, Language::en);
      const bool asked = std::any_of(terms_.begin(), terms_.end(), [&](const QueryTerm& term) {
        const auto t = static_cast<std::size_t>(&term - terms_.data());
        return (asked_ >> t & 1u) != 0 && says(word.text, means, term);
      });
      if (asked) return link < i && i - link <= kNear;
      if (tokens[i].gap >= Gap::comma) link = tokens.size();
    }
    return false;
  }

  // All that stands under the same heading; else all of a short document about the topic; else the
  // best sentences.
  DocumentAnswer quote(const Passage& best) const {
    if (best.has_heading()) return without_amounts(under_heading_of(best, index_), index_);
    const bool profile = best.document == Passage::kProfile;
    std::vector<Passage> whole;
    std::uint32_t length = 0;
    for (const Passage& p : index_.passages()) {
      if (p.document != best.document || p.has_heading()) continue;
      if (profile && !is_on_line_of(best, p)) continue;
      whole.push_back(p);
      length += p.end - p.begin;
    }
    const bool all = topic_ != 0 && length <= kShortDocument;
    return without_amounts(all ? whole : best_of(best.document), index_);
  }

  // The business's description of itself has a line about each topic.
  bool is_on_line_of(const Passage& best, const Passage& p) const {
    const std::string_view text = index_.profile().details;
    const std::size_t from = std::min(best.begin, p.begin);
    const std::size_t to = std::max(best.end, p.end);
    return text.substr(from, to - from).find('\n') == text.npos;
  }

  std::vector<Passage> best_of(std::uint32_t document) const {
    std::vector<Passage> best;
    float top = 0;
    for (const UnitMatch& m : matches_) {
      const Passage& p = passage(m);
      if (p.document != document || p.has_heading() || best.size() >= kMaxPassages) continue;
      if (!names_amount(index_.text_of(p), index_)) top = std::max(top, m.score);
      if (m.score >= top * 0.5F) best.push_back(p);
    }
    std::sort(best.begin(), best.end(),
              [](const Passage& a, const Passage& b) { return a.begin < b.begin; });
    return best;
  }

  const RetrievalIndex& index_;
  bool in_passing_;  // whether what is only mentioned does not count
  std::vector<QueryTerm> terms_;
  std::uint32_t topic_ = 0;
  std::uint32_t asked_ = 0;
  std::uint32_t said_ = 0;   // the words that name the topic
  std::uint32_t named_ = 0;  // what the topic is about is one of several things: "phone"
  bool asks_contact_ = false;
  std::vector<UnitMatch> matches_;
};

// All words that may tell what a sentence is about, be they topics or mere company.
std::vector<QueryTerm> terms_of_all(const Sentence& sentence, Language reader,
                                    const RetrievalIndex& index) {
  std::vector<Word> words = sentence.topic_words;
  for (const NounPhrase& phrase : sentence.phrases)
    words.insert(words.end(), phrase.words.begin(), phrase.words.end());
  return index.tables().terms_of(words, reader).terms;
}

}  // namespace

DocumentAnswer look_up_same_question(const Sentence& sentence, Language reader,
                                     const RetrievalIndex& index) {
  constexpr double kNearlyTheSame = 0.7;
  const auto heads = [](const Passage& passage) { return passage.has_heading(); };
  if (std::ranges::none_of(index.passages(), heads)) return {};
  const auto terms = terms_of_all(sentence, reader, index);
  std::vector<UnitMatch> matches;
  index.tables().match(terms, reader, IndexTables::Among::passages, kCandidatePassages, matches);
  const auto asked = stems_of(sentence.text, reader);
  const auto question_words = question_words_of(sentence.text);
  const bool names_thing = std::ranges::any_of(
      sentence.phrases, [](const NounPhrase& phrase) { return phrase.has_required(); });
  const Passage* best = nullptr;
  double most = kNearlyTheSame;
  for (const UnitMatch& m : matches) {
    const Passage& passage = index.passages()[m.unit - index.items().size()];
    if (!passage.has_heading()) continue;
    const std::string_view text = index.heading_of(passage);
    const auto heading = stems_of(text, reader);
    const double like = likeness(asked, heading);
    if (like < most || (like == most && best != nullptr)) continue;
    if (question_words != question_words_of(text)) continue;
    // Gift cards are no gift wrapping.
    if (!names_only(sentence, names_thing ? Named::things : Named::words, heading, reader))
      continue;
    const Question same(text, reader, index);
    const auto named = [&](const Sentence& s) {
      return names_only(s, Named::things, asked, reader);
    };
    if (!std::ranges::all_of(same.sentences(), named)) continue;
    best = &passage;
    most = like;
  }
  if (best == nullptr) return {};
  DocumentAnswer answer = without_amounts(under_heading_of(*best, index), index);
  if (answer.left_out_amount) return {};
  answer.complete = answer.titled = true;
  return answer;
}

DocumentAnswer look_up_documents(const Sentence& sentence, const Role* topic, Language reader,
                                 const RetrievalIndex& index) {
  return DocumentFinder(sentence, topic, reader, index).find();
}

}  // namespace aura::agent
