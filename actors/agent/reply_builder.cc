#include "actors/agent/reply_builder.h"

#include "actors/agent/money.h"

namespace aura::agent {

ReplyBuilder::Mark ReplyBuilder::begin(char separator) {
  const Mark mark{text_.size(), claims_.size()};
  if (!text_.empty()) text_ += separator;
  return mark;
}

void ReplyBuilder::end(const Mark& mark) {
  if (text_.size() <= room_) return;
  text_.resize(mark.text);
  claims_.resize(mark.claims);
}

void ReplyBuilder::say(Phrase which) {
  const Mark mark = begin('\n');
  render(which, nullptr, nullptr);
  end(mark);
}

void ReplyBuilder::add(Phrase which) {
  const Mark mark = begin(' ');
  render(which, nullptr, nullptr);
  end(mark);
}

void ReplyBuilder::say(Phrase which, const CatalogItem& item, const ItemOption* option) {
  const Mark mark = begin('\n');
  render(which, &item, option);
  end(mark);
}

void ReplyBuilder::render(Phrase which, const CatalogItem* item, const ItemOption* option) {
  std::string_view rest = phrase(which, language_);
  while (!rest.empty()) {
    const std::size_t place = std::min(rest.find('{'), rest.size());
    text_ += rest.substr(0, place);
    if (place == rest.size()) return;
    const char what = rest[place + 1];
    if (what == 'b') bind(index_.profile().name, ClaimKind::business, Id{}, 0);
    if (what == 'n') bind_name(*item);
    if (what == 'o') bind(option->name, ClaimKind::option_name, item->id, item->revision);
    if (what == 'p') bind_amount(item->price_minor, ClaimKind::price, *item);
    if (what == 'd') {
      if (option->price_delta_minor > 0) text_ += '+';
      bind_amount(option->price_delta_minor, ClaimKind::option_price, *item);
    }
    rest.remove_prefix(place + 3);
  }
}

void ReplyBuilder::bind(std::string_view piece, ClaimKind kind, const Id& source,
                        std::uint64_t revision) {
  if (piece.empty()) return;
  Claim claim;
  claim.kind = kind;
  claim.begin = static_cast<std::uint32_t>(text_.size());
  text_ += piece;
  claim.end = static_cast<std::uint32_t>(text_.size());
  claim.source = source;
  claim.revision = revision;
  claims_.push_back(std::move(claim));
}

void ReplyBuilder::bind_amount(std::int64_t amount, ClaimKind kind, const CatalogItem& item) {
  const std::string& currency = item.currency.empty() ? index_.profile().currency : item.currency;
  bind(format_money(amount, currency, index_.profile().locale), kind, item.id, item.revision);
  claims_.back().amount_minor = amount;
  claims_.back().currency = currency;
}

void ReplyBuilder::quote(const std::vector<Passage>& passages) {
  for (const Passage& passage : passages) {
    const Mark mark = begin('\n');
    bind_passage(passage);
    end(mark);
  }
}

void ReplyBuilder::bind_passage(const Passage& passage) {
  const bool of_profile = passage.document == Passage::kProfile;
  const Document* document = of_profile ? nullptr : &index_.documents()[passage.document];
  bind(index_.text_of(passage), ClaimKind::quote, of_profile ? Id{} : document->id,
       of_profile ? 0 : document->revision);
  claims_.back().of_document = !of_profile;
}

void ReplyBuilder::quote_description(const CatalogItem& item) {
  const Mark mark = begin('\n');
  bind(item.description, ClaimKind::quote, item.id, item.revision);
  end(mark);
}

}  // namespace aura::agent
