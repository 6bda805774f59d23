#include "actors/agent/named_items.h"

#include <algorithm>

#include "actors/agent/retrieval_tables.h"
#include "actors/agent/text.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMaxLineWords = 24;
constexpr std::size_t kCandidates = 8;

struct Found {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t item = 0;
};

bool is_inside(const Found& a, const Found& b) {
  return a.begin >= b.begin && a.end <= b.end && a.end - a.begin < b.end - b.begin;
}

std::vector<Found> names_in(std::string_view line, const RetrievalIndex& index) {
  const Language home = language_of_locale(index.profile().locale);
  Tokens tokens;
  tokens.assign(line, kMaxLineWords, Codes::keep);
  std::vector<Word> words;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    words.push_back({tokens.word(i), tokens[i].accented});
  std::vector<UnitMatch> matches;
  index.tables().match(index.tables().terms_of(words, home).terms, home, IndexTables::Among::items,
                       kCandidates, matches);
  std::vector<Found> found;
  for (const UnitMatch& match : matches) {
    const std::string& name = index.items()[match.unit].name;
    const std::size_t begin = line.find(name);
    if (begin != line.npos) found.push_back({begin, begin + name.size(), match.unit});
  }
  const std::vector<Found> all = found;  // no "Latte" in "Iced Latte"
  std::erase_if(found, [&](const Found& one) {
    return std::any_of(all.begin(), all.end(), [&](const Found& o) { return is_inside(one, o); });
  });
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.begin < b.begin; });
  return found;
}

}  // namespace

std::vector<std::uint32_t> items_named_in(std::string_view reply, const RetrievalIndex& index) {
  std::vector<std::uint32_t> items;
  while (!reply.empty()) {
    const std::string_view line = reply.substr(0, reply.find('\n'));
    reply.remove_prefix(std::min(line.size() + 1, reply.size()));
    const bool quoted = std::any_of(items.begin(), items.end(), [&](std::uint32_t item) {
      return index.items()[item].description.find(line) != std::string::npos;
    });
    if (quoted) continue;
    for (const Found& found : names_in(line, index)) {
      if (std::find(items.begin(), items.end(), found.item) == items.end())
        items.push_back(found.item);
    }
  }
  return items;
}

}  // namespace aura::agent
