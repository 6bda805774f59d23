// Writes a reply from phrases and binds every name, price and quote to its source. Parts that do
// not fit the channel are left out completely, never cut.
#pragma once

#include <string>
#include <vector>

#include "actors/agent/agent.h"
#include "actors/agent/phrases.h"

namespace aura::agent {

class ReplyBuilder {
 public:
  ReplyBuilder(Language language, const TurnContext& context)
      : language_(language), index_(*context.index), room_(context.channel.max_text_bytes) {}

  // On a new line.
  void say(Phrase which);
  void say(Phrase which, const CatalogItem& item, const ItemOption* option = nullptr);
  void quote(const std::vector<Passage>& passages);
  void quote_description(const CatalogItem& item);
  // Continues the current line.
  void add(Phrase which);

  // The parts themselves, without a separator and whether or not they fit.
  void put(std::string_view words) { text_ += words; }
  void render(Phrase which, const CatalogItem* item, const ItemOption* option);
  void bind(std::string_view piece, ClaimKind kind, const Id& source, std::uint64_t revision);
  void bind_name(const CatalogItem& item) {
    bind(item.name, ClaimKind::name, item.id, item.revision);
  }
  void bind_amount(std::int64_t amount, ClaimKind kind, const CatalogItem& item);
  void bind_passage(const Passage& passage);

  void clear() { text_.clear(), claims_.clear(); }
  bool empty() const { return text_.empty(); }
  Language language() const { return language_; }
  const std::string& text() const { return text_; }
  std::string take_text() { return std::move(text_); }
  std::vector<Claim> take_claims() { return std::move(claims_); }

 private:
  struct Mark {
    std::size_t text = 0;
    std::size_t claims = 0;
  };
  Mark begin(char separator);
  void end(const Mark& mark);  // removes the part again if it does not fit

  Language language_;
  const RetrievalIndex& index_;
  std::size_t room_;
  std::string text_;
  std::vector<Claim> claims_;
};

}  // namespace aura::agent
