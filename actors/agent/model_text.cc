#include "actors/agent/model_text.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "actors/agent/claims.h"
#include "actors/agent/promises.h"
#include "actors/agent/reply_builder.h"
#include "actors/agent/text.h"
#include "runtime/utf8.h"

namespace aura::agent {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

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
    const std::size_t end = words.find_last_of(".!?\n");
    if (end != words.npos) named_ = nullptr, option_ = nullptr;
    const std::string sentence = padded(words.substr(end == words.npos ? 0 : end + 1));
    std::size_t last = 0;
    for (const CatalogItem* item : sources_.items) {
      const std::string name = padded(item->name);
      const std::size_t at = sentence.rfind(name);
      if (at == sentence.npos || at + name.size() <= last) continue;
      last = at + name.size();
      named_ = item;
    }
  }

  bool put_fact(std::string_view reference) {
    const std::string_view first = take_part(reference);
    if (const auto at = position(first, 'd', sources_.sentences.size()); at && reference.empty()) {
      reply_.bind_passage(sources_.sentences[*at]);
      named_ = nullptr;
      return true;
    }
    const auto at = position(first, 'i', sources_.items.size());
    return at && put_fact_of(*sources_.items[*at], reference);
  }

  bool put_fact_of(const CatalogItem& item, std::string_view what) {
    named_here_.push_back(&item);
    if (what == "name") {
      reply_.bind_name(item);
      named_ = &item;
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
    reply_.bind_amount(item.price_minor, ClaimKind::price, item);
    if (named_ == &item) return true;
    reply_.put(" (");
    reply_.bind_name(item);
    reply_.put(")");
    named_ = &item;
    return true;
  }

  bool put_option(const CatalogItem& item, const ItemOption& option, std::string_view what) {
    if (what == "name") {
      reply_.bind(option.name, ClaimKind::option_name, item.id, item.revision);
      option_ = &option;
      return true;
    }
    if (what != "price") return false;
    if (option.price_delta_minor > 0) reply_.put("+");
    reply_.bind_amount(option.price_delta_minor, ClaimKind::option_price, item);
    if (named_ == &item && option_ == &option) return true;
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
    const std::string own = padded(own_);
    for (const CatalogItem* item : sources_.items) {
      const bool named = std::ranges::find(named_here_, item) != named_here_.end() ||
                         own.find(padded(item->name)) != own.npos;
      if (item->available || !named || std::ranges::find(told_, item) != told_.end()) continue;
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
  std::string own_;                             // what the model wrote itself
  const CatalogItem* named_ = nullptr;          // last, in this sentence
  const ItemOption* option_ = nullptr;          // likewise
  std::vector<const CatalogItem*> named_here_;  // by references
  std::vector<const CatalogItem*> told_;        // whether they can be had
};

}  // namespace

ModelTextResult read_model_text(std::string_view written, const ModelSources& sources,
                                const TurnContext& context, Language language) {
  return ModelTextReader(sources, context, language).run(written);
}

}  // namespace aura::agent
