#include "actors/agent/embedded_agent.h"

#include <algorithm>
#include <bit>

#include "actors/agent/lexicon.h"
#include "actors/agent/phrases.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/text.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

using Scores = std::array<int, kLanguageCount>;
constexpr std::size_t kMaxQuestionBytes = 4000;
constexpr std::size_t kLookBack = 6;

bool any(const Scores& scores) {
  return std::any_of(scores.begin(), scores.end(), [](int s) { return s != 0; });
}

// "chocolat chaud ?" contains no grammar words; nouns that are not in the catalog reveal the
// language.
Scores noun_scores(std::string_view text, const RetrievalIndex& index) {
  Scores scores{};
  Tokens tokens;
  tokens.assign(text, 32);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Word word{tokens.word(i), tokens[i].accented};
    const unsigned languages = Lexicon::instance().concept_languages_of(word);
    if (languages == 0 || index.tables().has_word(word.text)) continue;
    for (const Language language : kLanguages) {
      if ((languages >> index_of(language) & 1u) != 0) {
        scores[index_of(language)] += 12 / std::popcount(languages);
      }
    }
  }
  return scores;
}

Language best_of(const Scores& scores, Language hint) {
  const auto best = std::max_element(scores.begin(), scores.end());
  if (scores[index_of(hint)] == *best) return hint;
  return kLanguages[static_cast<std::size_t>(best - scores.begin())];
}

Language language_of(const TurnContext& context, std::string_view text) {
  const Language home = language_of_locale(context.index->profile().locale);
  constexpr int kNounShare = 3;  // nouns tell less about the language than grammar words
  Scores scores = language_scores(text);
  const Scores nouns = noun_scores(text, *context.index);
  if (!any(scores)) scores = nouns;
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] += nouns[i] / kNounShare;
  if (any(scores)) return best_of(scores, home);
  const auto& before = context.history.messages();
  for (std::size_t back = 1; back <= std::min(kLookBack, before.size()) && !any(scores); ++back) {
    const PastMessage& message = before[before.size() - back];
    if (message.author == Author::contact) scores = language_scores(message.text);
  }
  return best_of(scores, home);
}

}  // namespace

Proposal EmbeddedAgent::answer(const TurnContext& context) const {
  if (context.text.find_first_not_of(" \t\r\n") == std::string::npos) return {};
  const std::string_view text = std::string_view(context.text).substr(0, kMaxQuestionBytes);
  Proposal proposal = Turn(context, text, language_of(context, text)).run();
  enforce_claims(proposal, *context.index);
  return proposal;
}

std::optional<Proposal> EmbeddedAgent::answer_now(const TurnContext& context) const {
  Proposal proposal = answer(context);
  if (context.history.missed()) return std::nullopt;
  return proposal;
}

void EmbeddedAgent::propose(TurnContext context, std::stop_token stop, Done done) {
  if (stop.stop_requested()) {
    done(fail(Errc::unavailable, "the turn was stopped before it was answered"));
    return;
  }
  done(answer(context));
}

}  // namespace aura::agent
