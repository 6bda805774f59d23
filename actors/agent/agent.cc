#include "actors/agent/agent.h"

#include <algorithm>

#include "actors/agent/phrases.h"

namespace aura::agent {

const char* to_string(Intent intent) {
  switch (intent) {
    case Intent::unknown:
      return "unknown";
    case Intent::greeting:
      return "greeting";
    case Intent::price:
      return "price";
    case Intent::availability:
      return "availability";
    case Intent::listing:
      return "listing";
    case Intent::opening_hours:
      return "opening_hours";
    case Intent::contact:
      return "contact";
    case Intent::delivery:
      return "delivery";
    case Intent::payment:
      return "payment";
    case Intent::question:
      return "question";
    case Intent::order:
      return "order";
    case Intent::discount:
      return "discount";
    case Intent::thanks:
      return "thanks";
    case Intent::goodbye:
      return "goodbye";
    case Intent::person:
      return "person";
  }
  return "unknown";
}

bool knows(const Proposal& proposal) {
  constexpr double kSure = 0.6;  // what it guesses or asks back for is less
  switch (proposal.intent) {
    case Intent::unknown:
    case Intent::greeting:
    case Intent::thanks:
    case Intent::goodbye:
    case Intent::person:
      return false;
    default:
      return proposal.action == Action::reply && proposal.confidence >= kSure;
  }
}

bool enforce_claims(Proposal& proposal, const RetrievalIndex& snapshot) {
  const bool sound = check_claims(proposal.text, proposal.claims, snapshot).empty() &&
                     std::all_of(proposal.quick_replies.begin(), proposal.quick_replies.end(),
                                 [&](const std::string& title) {
                                   return check_claims(title, {}, snapshot).empty();
                                 });
  if (sound) return false;
  proposal.claims.clear();
  proposal.quick_replies.clear();
  proposal.confidence = 0;
  if (proposal.action == Action::handover) {
    proposal.text = phrase(Phrase::handover, proposal.language);
  } else {
    proposal.text = with_offer(Phrase::unknown, proposal.language);
  }
  return true;
}

}  // namespace aura::agent
