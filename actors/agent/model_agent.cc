#include "actors/agent/model_agent.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "actors/agent/model_text.h"
#include "actors/agent/phrases.h"
#include "actors/agent/question.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "runtime/trimmed.h"

namespace aura::agent {
namespace {

constexpr const char* kByModel = "model";

metrics::Counter answers(const std::string& by) {
  return metrics::counter("aura_model_answers_total",
                          "Turns for the language model: answered by it, or why not",
                          {{"outcome", by}});
}

// Whether the embedded agent's answer stands, whatever a model would say.
bool decides(const Proposal& own, const TurnContext& context) {
  if (own.action != Action::reply || own.intent == Intent::discount ||
      trimmed(context.text).empty())
    return true;
  const auto text = std::string_view(context.text).substr(0, limits::kPromptQuestionBytes);
  const Question question(text, own.language, *context.index);
  return std::ranges::any_of(question.sentences(), [](const Sentence& sentence) {
    return sentence.is(Role::allergy) || sentence.is(Role::diet) || sentence.is(Role::substance) ||
           sentence.is(Role::identity);
  });
}

// A turn that waits for the model.
struct AskedTurn {
  TurnContext context;
  ModelSources sources;
  Proposal own;  // the embedded agent's
};

void append_offer(Proposal& proposal, Phrase offer, std::size_t room) {
  const std::string_view words = phrase(offer, proposal.language);
  if (offers_person(proposal.text) || proposal.text.size() + 1 + words.size() > room) return;
  if (!proposal.text.empty()) proposal.text += ' ';
  proposal.text += words;
}

Proposal of_model(const AskedTurn& turn, ModelText written) {
  constexpr double kBacked = 0.8, kTalk = 0.4;
  Proposal proposal;
  proposal.language = turn.own.language;
  proposal.text = std::move(written.text);
  proposal.claims = std::move(written.claims);
  if (written.hands_over) {
    proposal.action = Action::handover;
    proposal.intent = Intent::person;
    if (proposal.text.empty()) proposal.text = phrase(Phrase::handover, proposal.language);
    return proposal;
  }
  proposal.action = Action::reply;
  const bool backed = !proposal.claims.empty();
  proposal.confidence = backed ? kBacked : kTalk;
  proposal.intent = backed && !knows(turn.own) ? Intent::question : turn.own.intent;
  const std::size_t room = turn.context.channel.max_text_bytes;
  if (turn.own.intent == Intent::order && offers_person(turn.own.text))
    append_offer(proposal, Phrase::order_by_person, room);
  else if (written.offers_person)
    append_offer(proposal, Phrase::offer_person, room);
  return proposal;
}

tl::expected<Proposal, const char*> judge(const AskedTurn& turn, const ModelResult& result) {
  if (!result) return Unusable(to_string(result.error().kind));
  if (result->stop == ModelAnswer::Stop::truncated) return Unusable("truncated");
  if (result->stop == ModelAnswer::Stop::refused) return Unusable("refused");
  auto written = read_model_text(result->text, turn.sources, turn.context, turn.own.language);
  if (!written) return Unusable(written.error());
  return of_model(turn, std::move(*written));
}

Proposal answer(const AskedTurn& turn, const ModelResult& result) {
  auto judged = judge(turn, result);
  answers(judged ? kByModel : judged.error()).add();
  if (!judged) log::info("model_answer_unused", {{"reason", judged.error()}});
  Proposal proposal = judged ? std::move(*judged) : turn.own;
  proposal.model.fell_back = !judged;
  const bool called = result || result.error().kind != ModelError::Kind::resting;
  proposal.model.calls = called ? 1 : 0;
  if (result) {
    proposal.model.tokens_in = result->usage.input_tokens;
    proposal.model.tokens_out = result->usage.output_tokens;
  }
  return proposal;
}

}  // namespace

void ModelAgent::declare_metrics() {
  for (const char* outcome :
       {kByModel, "temporary", "busy", "broken", "refused", "timeout", "resting", "truncated",
        "unreadable", "placeholder", "empty", "too_long", "language", "unbacked"})
    answers(outcome).add(0);
}

void ModelAgent::propose(TurnContext context, std::stop_token stop, Done done) {
  if (stop.stop_requested())
    return done(fail(Errc::unavailable, "the turn was stopped before it was answered"));
  Proposal own = embedded_.answer(context);
  if (decides(own, context)) return done(std::move(own));
  ModelPrompt prompt = make_prompt(context, own.language);
  const auto turn = std::make_shared<const AskedTurn>(
      AskedTurn{std::move(context), std::move(prompt.sources), std::move(own)});
  model_.ask(std::move(prompt.request), stop,
             [turn, stop, done = std::move(done)](const ModelResult& result) {
               if (stop.stop_requested())
                 return done(fail(Errc::conflict, "A newer message has ended this turn."));
               done(answer(*turn, result));
             });
}

}  // namespace aura::agent
