// One turn of the embedded agent: parses the question, decides sentence by sentence what is asked,
// and writes the reply. Lives as long as the call.
#pragma once

#include <optional>

#include "actors/agent/agent.h"
#include "actors/agent/document_lookup.h"
#include "actors/agent/question.h"
#include "actors/agent/reply_builder.h"
#include "actors/agent/sentence_items.h"

namespace aura::agent {

inline bool is_wanted(const NounPhrase& phrase) { return phrase.has_required() && !phrase.refused; }

class Turn {
 public:
  // Answers `text`: the context's text or its beginning.
  Turn(const TurnContext& context, std::string_view text, Language language);
  Proposal run();

 private:
  bool wants_person(const Sentence& sentence) const;
  bool accepts_person() const;

  // Answers one sentence; false if it contains nothing that the agent can answer.
  bool answer(const Sentence& sentence);
  bool answer_meant(const Sentence& sentence, SentenceItems items);
  bool answer(const Sentence& sentence, const SentenceItems& items);
  bool answer_items(const Sentence& sentence, const SentenceItems& items);
  bool answer_topic(const Sentence& sentence, const SentenceItems& items);
  bool answer_sure(const Sentence& sentence, const SentenceItems& items);
  bool say_price_of_delivery(const Sentence& sentence);
  bool answer_identity();
  bool answer_trouble(const Sentence& sentence);
  bool answer_before(const Sentence& sentence);        // "how much is it?"
  bool answer_place(const Sentence& sentence);         // "the second one", "the first two"
  bool answer_topic_before(const Sentence& sentence);  // "and tomorrow?"
  bool answer_documents_before(const Sentence& sentence);
  bool answer_offer_before(const Sentence& sentence);  // "for $5?"
  bool answer_which(const ItemAnswer& of);
  bool counts_before(const Sentence& sentence) const;
  enum class Found { anyhow, wholly };
  bool answer_documents(const Sentence& sentence, Found how);
  bool answer_beyond_item(const Sentence& sentence,
                          const SentenceItems& items);  // "does the drill have a warranty?"
  bool answer_deed(const Sentence& sentence);           // "what should I bring?"
  bool answer_heading(const Sentence& sentence);
  bool answer_same_question(const Sentence& sentence);  // as a heading of a document asks
  bool answer_discount(const SentenceItems& items);
  bool is_name(const Sentence& sentence, const SentenceItems& items) const;
  bool answer_kind(const Sentence& sentence);  // "what desserts do you have?"
  bool names_shop_kind(const Sentence& sentence) const;
  bool answer_without(const Sentence& sentence);  // "something without caffeine"
  bool answer_options(const Sentence& sentence,
                      const SentenceItems& items);                            // "which sizes?"
  bool answer_quality(const Sentence& sentence, const SentenceItems& items);  // "is it cotton?"
  bool answer_leaving_out(const Sentence& sentence);                          // "without ham?"
  bool is_said(const Sentence& sentence, std::uint32_t place) const;
  bool answer_free_of(const Sentence& sentence,
                      const SentenceItems& items);  // "drinks without caffeine"
  bool answer_variety(const Sentence& sentence,
                      const SentenceItems& items);  // "and the almond one?"
  bool say_fit_for_diet(const Sentence& sentence, const ItemAnswer& among);
  bool answer_unsure(const Sentence& sentence, const SentenceItems& items);
  bool answer_described(const Sentence& sentence, const ItemAnswer& related);
  bool answer_missing(const Sentence& sentence);
  bool answer_contents(const Sentence& sentence);  // "is there milk in the latte?"
  bool answer_total(const Sentence& sentence, const SentenceItems& items);
  ItemAnswer asked_for_before(const Sentence& sentence) const;
  bool answer_diet(const Sentence& sentence, const SentenceItems& items);
  bool answer_option_of_before(const Sentence& sentence, const SentenceItems& items);
  bool answer_going_on(const Sentence& sentence, const SentenceItems& items);
  bool answer_closest_before(const ItemAnswer& before);
  bool answer_compared_before(const Sentence& sentence);  // "which one is cheaper?"
  bool answer_pick_before(const Sentence& sentence);      // "the cheaper one, please"
  bool answer_extreme(const Sentence& sentence);          // "your cheapest cake?"
  bool answer_nutrition(const Sentence& sentence, const SentenceItems& items);
  bool asks_extreme(const Sentence& sentence) const;
  ItemAnswer family_asked_for(const Sentence& sentence) const;
  enum class Sold { anything, goods, services };
  std::optional<Sold> kind_asked_for(const Sentence& sentence) const;
  std::vector<std::uint32_t> of_that_kind(Sold sold) const;
  bool asks_diet(const Sentence& sentence, const SentenceItems& items) const;
  bool nothing_is_wanted(Roles roles) const;
  bool asks_unanswered() const;
  void answer_courtesy(Roles roles);

  void say_item(const CatalogItem& item, const Sentence& sentence);
  void say_options(const ItemAnswer& answer);
  void say_option_prices(const ItemAnswer& answer);
  void say_items(const std::vector<std::uint32_t>& places);
  void say_listing(const Sentence& sentence);
  bool describe(const CatalogItem& item);
  void say_open(const DocumentAnswer& hours, const Sentence& sentence);
  void say_documents(const DocumentAnswer& answer, const Sentence& sentence);
  ItemAnswer spoken_of(std::size_t least = 1) const;
  std::vector<std::uint32_t> items_meant(const PastMessage& message) const;
  std::vector<std::uint32_t> just_named() const;
  std::vector<std::uint32_t> just_listed() const;
  ItemAnswer options_just_named(const ItemAnswer& of) const;
  std::optional<Role> topic_before() const;
  void keep_listed(const Sentence& sentence, SentenceItems& items) const;
  void keep_measured(const Sentence& sentence, SentenceItems& items) const;
  Language language_of(const PastMessage& message) const;

  Sentence settled(const Sentence& sentence, const SentenceItems& items) const;
  bool says_of_day(const Sentence& sentence) const;
  bool offers_price(const Sentence& sentence, const SentenceItems& items) const;
  bool names_other_amount(const Sentence& sentence, const ItemAnswer& about) const;
  bool is_within(const Sentence& sentence, const CatalogItem& item) const;
  void keep_within(const Sentence& sentence, SentenceItems& items) const;
  const std::string& currency_of(const CatalogItem& item) const;

  void note(Intent intent, double confidence);
  Proposal finish(Action action);

  const TurnContext& context_;
  const RetrievalIndex& index_;
  Question question_;
  ReplyBuilder reply_;
  std::vector<Passage> quoted_;  // passages already quoted
  std::vector<Id> said_;         // items already answered individually
  std::vector<Id> described_;    // items already described
  Intent intent_ = Intent::unknown;
  double confidence_ = 0;
  bool offer_person_ = false;
  bool offer_listing_ = false;
  ItemAnswer just_before_;   // of the previous sentence of this message
  bool introduced_ = false;  // has already said that it is a program
  bool haggled_ = false;     // do not offer that a person "can arrange" an order at another price
  bool allergy_ = false;     // the burst mentions an allergy: no answer by price alone
};

std::optional<Role> topic_of(const Sentence& sentence);  // the hours, the address, delivery, …
bool is_topic(const Sentence& sentence);
bool has_content(const Sentence& sentence);           // names something wanted
bool leaves_something_out(const Sentence& sentence);  // "without butter"
bool only_refuses(const Sentence& sentence);

}  // namespace aura::agent
