#include "bench/scenario/verdict.h"

namespace aura::bench {
namespace {

constexpr std::size_t kMaxExamples = 20;

void note(Verdict& verdict, const std::string& what, const std::string& id) {
  if (verdict.examples.size() < kMaxExamples) verdict.examples.push_back(what + ": " + id);
}

// How many messages of the engine have each provider id, in one direction.
using Count = std::unordered_map<std::string, int>;

void compare_inbound(const ProviderTruth& provider, const EngineTruth& engine, Verdict& out) {
  Count stored;
  for (const auto& message : engine.messages) {
    if (!message.inbound) continue;
    // A change of number, shown as a message: no customer wrote it.
    if (message.external_id.starts_with("system:")) continue;
    auto& mine = out.channels[message.channel];
    ++mine.stored;
    if (message.channel == "webchat") continue;  // web chat ids are the engine's own
    const int count = ++stored[message.external_id];
    if (count > 1) {
      ++mine.doubled;
      note(out, "stored twice", message.external_id);
    } else if (!provider.posted.contains(message.external_id)) {
      ++mine.invented;
      note(out, "stored, but nobody sent it", message.external_id);
    }
  }
  for (const auto& message : engine.messages) {
    if (!message.inbound || message.deleted || !provider.unsent.contains(message.external_id)) {
      continue;
    }
    ++out.channels[message.channel].kept;
    note(out, "taken back, but still there", message.external_id);
  }
  for (const auto& [id, channel] : provider.acknowledged) {
    auto& mine = out.channels[channel];
    ++mine.acknowledged;
    if (stored.contains(id)) continue;
    ++mine.lost;
    note(out, "acknowledged, but not stored", id);
  }
  if (provider.chat_acknowledged == 0) return;
  auto& chat = out.channels["webchat"];
  chat.acknowledged = provider.chat_acknowledged;
  if (chat.stored < chat.acknowledged) chat.lost = chat.acknowledged - chat.stored;
  if (chat.stored > chat.acknowledged) chat.doubled = chat.stored - chat.acknowledged;
}

// The engine's message that each provider id belongs to.
std::unordered_map<std::string, const EngineMessage*> claims_of(const EngineTruth& engine) {
  std::unordered_map<std::string, const EngineMessage*> claims;
  for (const auto& message : engine.messages) {
    if (message.inbound) continue;
    if (!message.external_id.empty()) claims[message.external_id] = &message;
    for (const auto& id : message.provider_ids) {
      if (!id.empty()) claims[id] = &message;
    }
  }
  return claims;
}

// The customer wrote STOP while the answer was on its way.
bool is_stopped(const ProviderTruth& provider, const EngineMessage& message) {
  return message.error == "opted_out" && provider.muted.contains(message.contact);
}

bool is_behind(Progress told, Progress has) {
  if (told == Progress::failed) return has != Progress::failed;
  return has != Progress::failed && has < told;
}

void compare_sends(const ProviderTruth& provider, const Ledger& ledger, const EngineTruth& engine,
                   Verdict& out) {
  const auto claims = claims_of(engine);
  std::unordered_set<std::string> accepted;
  for (const auto& entry : ledger.entries()) {
    if (entry.kind != "message") continue;
    accepted.insert(entry.message_id);
    auto& mine = out.channels[std::string(name_of(entry.channel))];
    ++mine.accepted;
    const auto claim = claims.find(entry.message_id);
    if (claim == claims.end()) {
      ++mine.unclaimed;
      note(out, "accepted, but no message of the engine's", entry.message_id + " " + entry.text);
      continue;
    }
    const auto told = provider.told.find(entry.message_id);
    const auto has = progress_named(claim->second->status);
    if (told == provider.told.end() || !is_behind(told->second, has)) continue;
    ++mine.behind;
    note(out, "status is behind (" + claim->second->status + ")",
         entry.message_id + " " + claim->second->id);
  }
  for (const auto& message : engine.messages) {
    if (message.inbound || message.channel == "webchat") continue;
    auto& mine = out.channels[message.channel];
    const auto has = progress_named(message.status);
    if (has == Progress::queued) {
      ++mine.waiting;
    } else if (has == Progress::failed) {
      if (!is_stopped(provider, message)) ++mine.failed;
    } else if (!accepted.contains(message.external_id) &&
               !provider.echoes.contains(message.external_id)) {
      ++mine.unproved;
      note(out, "the engine says " + message.status, message.external_id);
    }
  }
}

void compare_answers(const ProviderTruth& provider, const Ledger& ledger, Verdict& out) {
  std::unordered_set<std::string> answered;
  for (const auto& entry : ledger.entries()) {
    if (entry.kind != "message") continue;
    answered.insert(entry.recipient);
    // The business-scoped id of a simulated WhatsApp customer contains the phone number.
    const bool by_user = entry.recipient_kind == "user_id" && entry.recipient.starts_with("US.");
    if (by_user) answered.insert(entry.recipient.substr(3));
  }
  for (const auto& [contact, channel] : provider.asked) {
    if (answered.contains(contact) || provider.muted.contains(contact)) continue;
    ++out.channels[channel].unanswered;
    note(out, "asked, but was never answered", contact + " (" + channel + ")");
  }
}

}  // namespace

Progress progress_named(const std::string& status) {
  if (status == "sent") return Progress::sent;
  if (status == "delivered") return Progress::delivered;
  if (status == "read") return Progress::read;
  if (status == "failed" || status == "undelivered") return Progress::failed;
  return Progress::queued;
}

ChannelVerdict Verdict::total() const {
  ChannelVerdict sum;
  for (const auto& [name, one] : channels) {
    sum.acknowledged += one.acknowledged;
    sum.stored += one.stored;
    sum.lost += one.lost;
    sum.doubled += one.doubled;
    sum.invented += one.invented;
    sum.accepted += one.accepted;
    sum.unclaimed += one.unclaimed;
    sum.unproved += one.unproved;
    sum.waiting += one.waiting;
    sum.failed += one.failed;
    sum.behind += one.behind;
    sum.unanswered += one.unanswered;
    sum.kept += one.kept;
  }
  return sum;
}

Verdict compare(const ProviderTruth& provider, const Ledger& ledger, const EngineTruth& engine) {
  Verdict out;
  out.events_ended = engine.received == engine.finished;
  out.dead = engine.dead;
  for (const auto& letter : engine.dead_letters) note(out, "dead letter", letter);
  compare_inbound(provider, engine, out);
  compare_sends(provider, ledger, engine, out);
  compare_answers(provider, ledger, out);
  return out;
}

}  // namespace aura::bench
