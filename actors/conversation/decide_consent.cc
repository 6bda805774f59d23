// Consent: a ledger of opt-outs and opt-ins with their time and keyword. Each change counts once,
// however often it is delivered. The newest change by provider time decides; of two at the same
// time, the opt-out. Changes are identified by hashes of their event ids, because the ids contain
// the person's number and the ledger outlives the erasure of the contact.
#include <algorithm>
#include <tuple>

#include "actors/conversation/consent.h"
#include "actors/conversation/steps.h"
#include "config/limits.h"
#include "runtime/hex.h"

namespace aura::conversation {
namespace {

constexpr char kMark = '#';
// Twilio's code of a message that the phone or its carrier blocked: treated as an opt-out, but not
// the contact's own word.
constexpr std::string_view kBlocked = "30004";

std::string mark_of(std::string_view event_id) {
  return kMark + to_hex(derived_id({"consent", event_id}).view());
}

bool is_known(const record::Consent& consent, const std::string& mark) {
  return std::any_of(consent.history().begin(), consent.history().end(),
                     [&](const auto& change) { return change.event() == mark; });
}

// If times come from our own clock, which may have been set back, a new change counts as newer than
// a known one that lies in the future.
Millis newest_of(Millis at, Millis known, bool granted, Millis now) {
  return known <= now ? at : known + (granted ? 1 : 0);
}

// Oldest first; beyond the limit the oldest is dropped.
void add_to_history(record::Consent& consent, record::ConsentChange change) {
  auto& history = *consent.mutable_history();
  *history.Add() = std::move(change);
  std::stable_sort(history.begin(), history.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.at_ms(), a.event()) < std::tuple(b.at_ms(), b.event());
  });
  if (history.size() > limits::kConsentHistory) history.DeleteSubrange(0, 1);
}

// True if this change is the newest and so decides from now on.
bool becomes_newest(record::Consent& consent, const record::ConsentChange& change) {
  const bool stopped = !change.granted();
  if (change.marketing()) {
    if (std::tuple(change.at_ms(), stopped) <=
        std::tuple(consent.marketing_at_ms(), consent.marketing_stopped()))
      return false;
    consent.set_marketing_at_ms(change.at_ms());
    consent.set_marketing_stopped(stopped);
    return true;
  }
  if (std::tuple(change.at_ms(), stopped, change.word()) <=
      std::tuple(consent.at_ms(), consent.stopped(), consent.word()))
    return false;
  consent.set_at_ms(change.at_ms());
  consent.set_stopped(stopped);
  consent.set_word(change.word());
  return true;
}

void note_change(Decision& decision, record::ConsentChange change) {
  auto& consent = *decision.next.row.mutable_consent();
  if (is_known(consent, change.event())) return;
  const bool stops = !change.granted() && !change.marketing();
  const bool was = opted_out(decision.next.row);
  const bool newest = becomes_newest(consent, change);
  add_to_history(consent, std::move(change));
  decision.changed = true;
  decision.consent_changed = true;
  if (newest && stops) cancel_turn(decision);  // a pending answer is cancelled
  if (opted_out(decision.next.row) != was)
    decision.feed.push_back({record::Feed::KIND_CONVERSATION_UPDATED, {}, {}});
}

}  // namespace

bool opted_out(const record::Conversation& row) { return row.consent().stopped(); }

void mark_events(record::Consent& consent) {
  for (auto& change : *consent.mutable_history())
    if (!change.event().starts_with(kMark)) change.set_event(mark_of(change.event()));
}

void note_consent(Decision& decision, const ChannelEvent& event, Millis now) {
  if (!event.consent) return;
  const auto& known = decision.next.row.consent();
  const auto type = decision.next.row.channel_type();
  const bool ours = type == api::CHANNEL_TYPE_SMS || type == api::CHANNEL_TYPE_WEBCHAT;
  record::ConsentChange change;
  change.set_at_ms(told_at(event, now));
  if (ours) change.set_at_ms(newest_of(change.at_ms(), known.at_ms(), event.consent->granted, now));
  change.set_granted(event.consent->granted);
  change.set_marketing(event.consent->scope == ConsentChange::Scope::marketing);
  change.set_word(event.consent->word);
  change.set_event(mark_of(event.external_id));
  note_change(decision, std::move(change));
}

void adopt_consent(Decision& decision, const record::Consent& other) {
  for (const auto& change : other.history()) note_change(decision, change);
}

void end_block(Decision& decision, const ChannelEvent& event, Millis now) {
  const auto& known = decision.next.row.consent();
  const Millis at = told_at(event, now);
  if (!known.stopped() || known.word() != kBlocked || at <= known.at_ms()) return;
  record::ConsentChange change;
  change.set_at_ms(at);
  change.set_granted(true);
  change.set_event(mark_of("unblocked:" + event.external_id));
  note_change(decision, std::move(change));
}

void note_refused_send(Decision& decision, const SendFinished& finished, Millis now) {
  if (finished.outcome.error_code != kOptedOut || opted_out(decision.next.row)) return;
  record::ConsentChange change;
  const auto& known = decision.next.row.consent();
  const bool marketing = decision.next.row.channel_type() == api::CHANNEL_TYPE_WHATSAPP;
  change.set_at_ms(newest_of(now, marketing ? known.marketing_at_ms() : known.at_ms(), false, now));
  // On WhatsApp the refusal (131050) concerns marketing only; elsewhere all messages.
  change.set_marketing(marketing);
  change.set_word(finished.outcome.provider_code);
  change.set_event(mark_of(format_id(IdType::message, finished.message)));
  note_change(decision, std::move(change));
  if (decision.consent_changed) decision.state_changed = true;
}

bool forbids(const record::Consent& consent, bool marketing) {
  return consent.stopped() || (marketing && consent.marketing_stopped());
}

bool is_marketing(const api::Template& of) { return of.category() == "marketing"; }

Result<void> check_consent(const State& state, const api::TemplateUse* use, const Lookup& stored) {
  const auto& consent = state.row.consent();
  if (!opted_out(state.row)) {
    const auto found =
        use != nullptr && consent.marketing_stopped() ? stored.template_of(*use) : std::nullopt;
    if (!forbids(consent, found && is_marketing(*found))) return {};
    return fail(Errc::opted_out,
                "The customer has stopped marketing messages: a template of the category "
                "\"marketing\" cannot be sent to them, other messages can.",
                "/template");
  }
  return fail(Errc::opted_out,
              "The customer has stopped messages from this channel (" +
                  (state.row.consent().word().empty() ? std::string("opt-out")
                                                      : state.row.consent().word()) +
                  "); only they can allow them again, by writing START.");
}

Decision decide_consent(const State& state, const ChannelEvent& event, const Rules& rules,
                        Millis now) {
  Decision decision;
  decision.next = state;
  ensure_exists(decision, event, rules, now);
  note_consent(decision, event, now);
  if (decision.changed) return decision;
  Decision nothing;
  nothing.next = state;
  nothing.ignored = "duplicate";
  return nothing;
}

}  // namespace aura::conversation
