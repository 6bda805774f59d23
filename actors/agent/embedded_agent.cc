#include "actors/agent/embedded_agent.h"

#include <algorithm>

#include "actors/agent/phrases.h"
#include "actors/agent/turn.h"

namespace aura::agent {
namespace {

constexpr std::size_t kMaxQuestionBytes = 4000;
constexpr std::size_t kLanguageLookBack = 6;

// The text's own language if it is clear; else the one the customer wrote in before, else the
// workspace's, unless the text speaks against it.
Language language_of(const TurnContext& context, std::string_view text) {
  const RetrievalIndex& index = *context.index;
  const Language home = language_of_locale(index.profile().locale);
  const LanguageScores scores = index.language_scores_of(text);
  if (const auto own = scores.leader()) return *own;
  if (scores.leader(LanguageScores::kWord) == home) return home;
  const auto& before = context.history.messages();
  for (std::size_t back = 1; back <= std::min(kLanguageLookBack, before.size()); ++back) {
    const PastMessage& message = before[before.size() - back];
    if (message.author != Author::contact) continue;
    const LanguageScores earlier = index.language_scores_of(message.text);
    if (const auto spoken = earlier.leader(LanguageScores::kWord)) return scores.choose(*spoken);
  }
  return scores.choose(home);
}

// To a picture, a voice note and the like.
Proposal ask_for_words(Language language) {
  Proposal proposal;
  proposal.action = Action::reply;
  proposal.language = language;
  proposal.confidence = 0.1;
  proposal.text = with_offer(Phrase::wordless, language);
  return proposal;
}

}  // namespace

Proposal EmbeddedAgent::answer(const TurnContext& context) const {
  if (context.text.find_first_not_of(" \t\r\n") == std::string::npos)
    return ask_for_words(language_of(context, {}));
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
