// The comparison at the end of a scenario: what the providers know (acknowledged webhooks, accepted
// sends, statuses told) against what the engine's API says it has. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "bench/sim/ledger.h"

namespace aura::bench {

// How far a message has come. A failure counts for more than `sent`, but not than a delivery.
enum class Progress { queued, sent, failed, delivered, read };

// What the providers know.
struct ProviderTruth {
  std::unordered_map<std::string, std::string> acknowledged;  // inbound id → channel
  std::unordered_set<std::string> posted;                     // … perhaps without an answer
  std::unordered_set<std::string> unsent;                     // inbound ids that were taken back
  std::unordered_set<std::string> echoes;          // written by people in the provider's own inbox
  std::unordered_map<std::string, Progress> told;  // accepted id → highest status told
  std::unordered_map<std::string, std::string> asked;  // contact with a question → channel
  std::unordered_set<std::string> muted;               // contacts who may go without an answer
  std::uint64_t chat_acknowledged = 0;                 // messages of web chat visitors
};

// A message as the engine's API shows it.
struct EngineMessage {
  std::string channel;
  bool inbound = false;
  std::string external_id;
  std::vector<std::string> provider_ids;  // of its parts
  std::string status;
  bool deleted = false;
  std::string id = {};  // the engine's own
};

struct EngineTruth {
  std::vector<EngineMessage> messages;
  std::uint64_t conversations = 0;
  std::uint64_t received = 0;  // events, by its metrics
  std::uint64_t finished = 0;
  std::uint64_t dead = 0;
  std::vector<std::string> dead_letters;  // why
};

struct ChannelVerdict {
  std::uint64_t acknowledged = 0;  // inbound messages the engine said it has
  std::uint64_t stored = 0;
  std::uint64_t lost = 0;
  std::uint64_t doubled = 0;
  std::uint64_t invented = 0;   // stored, but nobody sent it
  std::uint64_t accepted = 0;   // sends the provider took
  std::uint64_t unclaimed = 0;  // of these, none of the engine's messages says it was it: a double
  std::uint64_t unproved = 0;   // the engine says sent, the provider never took it
  std::uint64_t waiting = 0;    // still queued
  std::uint64_t failed = 0;
  std::uint64_t behind = 0;  // a lower status than was told
  std::uint64_t unanswered = 0;
  std::uint64_t kept = 0;  // taken back by the customer, but still there
};

struct Verdict {
  std::map<std::string, ChannelVerdict> channels;
  std::vector<std::string> examples;  // of what is wrong, some
  bool events_ended = true;           // received = finished
  std::uint64_t dead = 0;

  ChannelVerdict total() const;
};

Verdict compare(const ProviderTruth& provider, const Ledger& ledger, const EngineTruth& engine);

Progress progress_named(const std::string& status);

}  // namespace aura::bench
