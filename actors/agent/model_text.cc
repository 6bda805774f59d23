#include "actors/agent/model_text.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "actors/agent/claims.h"
#include "actors/agent/promises.h"
#include "actors/agent/reply_builder.h"
#include "actors/agent/text.h"
#include "config/limits.h"
#include "runtime/trimmed.h"
#include "runtime/utf8.h"

namespace aura::agent {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

// "i12" → 11, the position in a list; nothing if it is no such reference.
std::optional<std::size_t> position(std::string_view reference, char kind, std::size_t size) {
  if (reference.empty() || reference.front() != kind) return std::nullopt;
  reference.remove_prefix(1);
  std::size_t number = 0;
  const auto [end, error] =
      std::from_chars(reference.data(), reference.data() + reference.size(), number);
  if (error != std::errc() || end != reference.data() + reference.size()) return std::nullopt;
  return number >= 1 && number <= size ? std::optional(number - 1) : std::nullopt;
}

std::string_view take_part(std::string_view& reference) {
  const std::size_t dot = std::min(reference.find('.'), reference.size());
  const std::string_view part = reference.substr(0, dot);
  reference.remove_prefix(std::min(dot + 1, reference.size()));
  return part;
}

// Takes a placeholder out of the text wherever it stands; true if it was there.
bool take_out(std::string& text, std::string_view placeholder) {
  bool found = false;
  for (std::size_t at = text.find(placeholder); at != text.npos; at = text.find(placeholder)) {
    text.erase(at, placeholder.size());
    found = true;
  }
  return found;
}

// " chocolate cake ", to be searched as whole words.
std::string padded(std::string_view text) { return " " + fold(text) + " "; }

class ModelTextReader {
 public:
  ModelTextReader(const ModelSources& sources, const TurnContext& context, Language language)
      : sources_(sources),
        index_(*context.index),
        language_(language),
        room_(context.channel.max_text_bytes),
        reply_(language, context) {}

  ModelTextResult run(std::string_view written) {
    if (!is_utf8(written)) return Unusable("unreadable");
    ModelText out;
    std::string text(written);
    out.offers_person = take_out(text, "{{person}}");
    out.hands_over = take_out(text, "{{handover}}");
    if (const char* wrong = read(trimmed(text))) return Unusable(wrong);
    correct_stock();
    out.text = reply_.take_text();
    out.claims = reply_.take_claims();
    if (out.text.empty() && !out.hands_over) return Unusable("empty");
    if (out.text.size() > room_) return Unusable("too_long");
    if (!is_known_language()) return Unusable("language");
    if (promises(own_, index_.language_scores_of(own_).choose(language_)) ||
        !check_claims(out.text, out.claims, index_).empty())
      return Unusable("unbacked");
    return out;
  }

 private:
  const char* read(std::string_view text) {
    while (!text.empty()) {
      const std::size_t open = std::min(text.find(kOpen), text.size());
      put_own(text.substr(0, open));
      if (open == text.size()) break;
      const std::size_t close = text.find(kClose, open);
      if (close == text.npos) return "placeholder";
      const std::size_t begin = open + kOpen.size();
      if (!put_fact(trimmed(text.substr(begin, close - begin)))) return "placeholder";
      text.remove_prefix(close + kClose.size());
    }
    return own_.find_first_of("{}<>") == own_.npos ? nullptr : "placeholder";
  }

  // What the model wrote itself.
  void put_own(std::string_view words) {
    reply_.put(words);
    own_.append(words).append(" ");
    if (words.find_first_of(".!?\n") != words.npos) referred_ = nullptr, option_ = nullptr;
  }

  bool put_fact(std::string_view reference) {
    const std::string_view first = take_part(reference);
    if (const auto at = position(first, 'd', sources_.sentences.size()); at && reference.empty()) {
      reply_.bind_passage(sources_.sentences[*at]);
      referred_ = nullptr, option_ = nullptr;
      return true;
    }
    const auto at = position(first, 'i', sources_.items.size());
    return at && put_fact_of(*sources_.items[*at], reference);
  }

  bool put_fact_of(const CatalogItem& item, std::string_view what) {
    if (what == "name") {
      reply_.bind_name(item);
      referred_ = &item;
      return true;
    }
    if (what == "stock") {
      put_stock(item);
      return true;
    }
    if (what == "price") return item.has_price && put_price(item);
    const auto option = position(take_part(what), 'o', item.options.size());
    return option && put_option(item, item.options[*option], what);
  }

  // A price stands behind the name of its item, or brings it along.
  bool put_price(const CatalogItem& item) {
    const bool clear = names_last(item);
    reply_.bind_amount(item.price_minor, ClaimKind::price, item);
    if (clear) return true;
    reply_.put(" (");
    reply_.bind_name(item);
    reply_.put(")");
    referred_ = &item;
    return true;
  }

  // Whether this sentence refers to the item, and names no other behind it: not even together with
  // the model's own words ("Iced {{i4.name}}", where an Iced Latte is another item than a Latte).
  bool names_last(const CatalogItem& item) const {
    if (referred_ != &item) return false;
    const std::string& text = reply_.text();
    std::size_t begin = text.size();
    while (begin > 0 && !ends_sentence(text, begin - 1)) --begin;
    const std::string_view sentence = std::string_view(text).substr(begin);
    std::vector<const CatalogItem*> known = sources_.items;
    for (const UnitMatch& match : index_.matches(sentence, limits::kPromptItems))
      if (match.unit < index_.items().size()) known.push_back(&index_.items()[match.unit]);
    const std::string words = padded(sentence);
    const CatalogItem* last = nullptr;
    std::pair<std::size_t, std::size_t> best;  // where a name ends, and how long it is
    for (const CatalogItem* one : known) {
      const std::string name = padded(one->name);
      const std::size_t at = words.rfind(name);
      const std::pair place(at + name.size(), name.size());
      if (at == words.npos || place <= best) continue;
      best = place;
      last = one;
    }
    return last == &item;
  }

  static bool ends_sentence(std::string_view text, std::size_t at) {
    if (text[at] == '\n') return true;
    const bool mark = text[at] == '.' || text[at] == '!' || text[at] == '?';
    return mark && at + 1 < text.size() && text[at + 1] == ' ';
  }

  bool put_option(const CatalogItem& item, const ItemOption& option, std::string_view what) {
    if (what == "name") {
      reply_.bind(option.name, ClaimKind::option_name, item.id, item.revision);
      option_ = &option;
      return true;
    }
    if (what != "price") return false;
    const bool clear = option_ == &option && names_last(item);
    if (option.price_delta_minor > 0) reply_.put("+");
    reply_.bind_amount(option.price_delta_minor, ClaimKind::option_price, item);
    if (clear) return true;
    reply_.put(" (");
    reply_.bind(option.name, ClaimKind::option_name, item.id, item.revision);
    reply_.put(", ");
    reply_.bind_name(item);
    reply_.put(")");
    return true;
  }

  void put_stock(const CatalogItem& item) {
    reply_.render(item.available ? Phrase::available_unpriced : Phrase::unavailable, &item,
                  nullptr);
    told_.push_back(&item);
  }

  // An answer about something that cannot be had says so.
  void correct_stock() {
    const std::string said = padded(reply_.text());
    for (const CatalogItem* item : sources_.items) {
      const bool told = std::ranges::find(told_, item) != told_.end();
      if (item->available || told || said.find(padded(item->name)) == said.npos) continue;
      reply_.put("\n");
      put_stock(*item);
    }
  }

  // In another language the words of money and promises would not be found.
  bool is_known_language() const {
    constexpr int kLeastShare = 3;  // one word of so many
    const LanguageScores scores = index_.language_scores_of(own_);
    return *std::ranges::max_element(scores.known) * kLeastShare >= scores.words;
  }

  const ModelSources& sources_;
  const RetrievalIndex& index_;
  const Language language_;
  const std::size_t room_;
  ReplyBuilder reply_;
  std::string own_;                        // what the model wrote itself
  const CatalogItem* referred_ = nullptr;  // whose name was last put into this sentence
  const ItemOption* option_ = nullptr;     // likewise
  std::vector<const CatalogItem*> told_;   // whether they can be had
};

}  // namespace

ModelTextResult read_model_text(std::string_view written, const ModelSources& sources,
                                const TurnContext& context, Language language) {
  return ModelTextReader(sources, context, language).run(written);
}

}  // namespace aura::agent
