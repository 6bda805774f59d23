// Answers out of the documents: about the hours, the address, delivery and the like, and to what
// one of their headings asks.
#include <algorithm>
#include <iterator>

#include "actors/agent/time_words.h"
#include "actors/agent/turn.h"
#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

struct Topic {
  Role role;
  Intent intent;
};
constexpr Topic kTopicIntents[] = {{Role::delivery, Intent::delivery},
                                   {Role::payment, Intent::payment},
                                   {Role::booking, Intent::question},
                                   {Role::hours, Intent::opening_hours},
                                   {Role::contact, Intent::contact}};

// "Until 9:30 pm"; not "30 to 45 minutes".
bool names_clock_time(std::string_view text) {
  constexpr std::size_t kMaxWords = 120;
  Tokens tokens;
  tokens.assign(text, kMaxWords);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto time = clock_at(tokens, i, text);
    if (time && time->formal) return true;
  }
  return false;
}

// Whether the sentence asks for something in addition to its topic.
bool asks_twice(const Sentence& s) {
  return std::any_of(s.phrases.begin(), s.phrases.end(),
                     [](const auto& p) { return p.joined && p.has_required(); });
}

}  // namespace

std::optional<Role> topic_of(const Sentence& s) {
  const auto found = std::find_if(std::begin(kTopicIntents), std::end(kTopicIntents),
                                  [&](const Topic& t) { return s.is(t.role); });
  return found == std::end(kTopicIntents) ? std::nullopt : std::optional(found->role);
}

bool is_topic(const Sentence& s) { return topic_of(s).has_value(); }

// "gift card": all that sounds like payment belongs to the name of an item.
bool Turn::is_name(const Sentence& s, const SentenceItems& items) const {
  if (!items.required || items.sure.fit != Fit::exact || items.sure.items.size() != 1) return false;
  NounPhrase cues;
  cues.words = s.topic_words;
  cues.parts.assign(cues.words.size(), Part::required);
  return is_in_name(cues, items.sure.items[0], question_.language(), index_);
}

// "How much does delivery to Portland cost?": the row of the catalog says so, no document does.
bool Turn::say_price_of_delivery(const Sentence& s) {
  if (!s.is(Role::delivery) || !(s.is(Role::price) || s.is(Role::gratis))) return false;
  NounPhrase delivery;
  delivery.words = s.topic_words;
  delivery.parts.assign(delivery.words.size(), Part::cue);
  const ItemAnswer rows = look_up(delivery, question_.language(), index_);
  if (rows.fit < Fit::family) return false;
  Sentence of_price;
  of_price.roles = bit(Role::price);
  for (const std::uint32_t place : rows.items) say_item(index_.items()[place], of_price);
  note(Intent::price, 0.85);
  return true;
}

bool Turn::answer_topic(const Sentence& s, const SentenceItems& items) {
  if (!items.sure.items.empty()) {
    const bool about_item = s.is(Role::price) ||
                            ((s.is(Role::have) || s.is(Role::order)) && items.required) ||
                            (items.required && names_amount(s.text)) || is_name(s, items) ||
                            (items.required && s.is(Role::takeaway));
    if (about_item) return false;
  }
  // "Is the bag closed with a zip?"
  const bool of_thing = s.asks_being && topic_of(s) == Role::hours && s.day_words.empty();
  if (of_thing && answer_described(s, items.unsure)) return true;
  bool found = say_price_of_delivery(s);
  for (const Topic& topic : kTopicIntents) {
    if (!s.is(topic.role) || (found && topic.role == Role::contact)) continue;
    DocumentAnswer answer = look_up_documents(s, &topic.role, question_.language(), index_);
    if (!answer.complete) {
      // "Do you accept dogs?": a document on dogs; "parking and wifi?": both.
      const DocumentAnswer other = look_up_documents(s, nullptr, question_.language(), index_);
      if (other.titled && asks_twice(s)) say_documents(answer, s);
      if (other.titled || (other.complete && other.names_topic)) answer = other;
    }
    if (!answer.found()) continue;
    if (topic.role == Role::hours) say_open(answer, s);
    say_documents(answer, s);
    note(topic.intent, 0.85);
    // Nobody books a table here.
    offer_person_ |= topic.role == Role::booking && s.is(Role::order);
    found = true;
  }
  return found || answer_heading(s);
}

// "Where can I park?": no document is about that alone, but a heading may be.
bool Turn::answer_heading(const Sentence& s) {
  if (s.topic_words.empty()) return false;
  Sentence named = s;
  NounPhrase& topic = named.phrases.emplace_back();
  topic.words = s.topic_words;
  topic.parts.assign(topic.words.size(), Part::required);
  const DocumentAnswer answer = look_up_documents(named, nullptr, question_.language(), index_);
  if (answer.passages.empty() || !answer.passages.front().has_heading()) return false;
  say_documents(answer, s);
  note(Intent::question, 0.7);
  return true;
}

bool Turn::answer_same_question(const Sentence& s) {
  const DocumentAnswer answer = look_up_same_question(s, question_.language(), index_);
  if (!answer.found()) return false;
  say_documents(answer, s);
  note(Intent::question, 0.9);
  return true;
}

// What is asked of an item beyond its name, if a document is about that.
bool Turn::answer_beyond_item(const Sentence& s, const SentenceItems& items) {
  if (!s.asks || s.is(Role::order) || items.missed_one) return false;
  Sentence beyond = s;
  std::erase_if(beyond.phrases, [&](const NounPhrase& phrase) {
    return look_up(phrase, question_.language(), index_).fit >= Fit::family;
  });
  const DocumentAnswer answer = look_up_documents(beyond, nullptr, question_.language(), index_);
  if (!has_content(beyond) || !answer.complete || !answer.titled) return false;
  say_documents(answer, s);
  note(Intent::question, 0.7);
  return true;
}

// "What should I bring?", "do I need to bring a mat?": a document says all of it. An order is one
// only in "until when can I order?".
bool Turn::answer_deed(const Sentence& s) {
  static const WordSet kAnything(
      "anything something else algo alguna quelque chose etwas was noch sonst qualcosa altro");
  const bool asks = s.asks || s.text.find('?') != std::string_view::npos;
  const bool orders = s.is(Role::order);
  if (s.deeds.empty() || !asks || s.is(Role::price) || (orders && !s.asks_extent)) return false;
  Sentence done = s;
  done.asks = true;
  NounPhrase deeds;
  deeds.words = s.deeds;
  for (const NounPhrase& phrase : s.phrases) {
    const auto is_thing = [](const Word& word) { return !word.link && !kAnything.has(word.text); };
    std::ranges::copy_if(phrase.words, std::back_inserter(deeds.words), is_thing);
  }
  deeds.parts.assign(deeds.words.size(), Part::required);
  done.phrases.push_back(std::move(deeds));
  const DocumentAnswer answer = look_up_documents(done, nullptr, question_.language(), index_);
  if (!answer.found() || !answer.complete) return false;
  const auto tells_time = [&](const Passage& p) { return names_clock_time(index_.text_of(p)); };
  if (orders && std::ranges::none_of(answer.passages, tells_time)) return false;
  say_documents(answer, s);
  note(Intent::question, 0.7);
  return true;
}

bool Turn::answer_documents(const Sentence& s, Found how) {
  if (!has_content(s)) return false;
  const DocumentAnswer answer = look_up_documents(s, nullptr, question_.language(), index_);
  if (how == Found::wholly && !answer.complete) return false;
  // A sentence with a common word does not answer a question about a price.
  const bool headed = !answer.passages.empty() && answer.passages.front().has_heading();
  const bool answers = !s.is(Role::price) || (answer.titled && !headed) || answer.left_out_amount;
  if (!answer.found() || !answers) return false;
  say_documents(answer, s);
  note(Intent::question, 0.7);
  return true;
}

}  // namespace aura::agent
