// The comparison at the end of a scenario: what the providers know (acknowledged webhooks, accepted
// sends, reported statuses) against what the engine's API shows. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "bench/sim/ledger.h"

namespace aura::bench {

// How far a message has come. A failure outranks `sent`, a delivery outranks a failure.
enum class Progress { queued, sent, failed, delivered, read };

// The providers' view of a scenario.
struct ProviderTruth {
  std::unordered_map<std::string, std::string> acknowledged;  // inbound id → channel
  std::unordered_set<std::string> posted;                     // also those whose post got no answer
  std::unordered_set<std::string> unsent;                     // inbound ids that were taken back
  std::unordered_set<std::string> echoes;          // written by people in the provider's own inbox
  std::unordered_map<std::string, Progress> told;  // accepted id → highest reported status
  std::unordered_map<std::string, std::string> asked;  // contact who asked a question → channel
  std::unordered_set<std::string> muted;               // contacts who need not be answered
  std::uint64_t chat_acknowledged = 0;                 // acknowledged messages of web chat visitors
};

// A message as the engine's API shows it.
struct EngineMessage {
  std::string channel;
  bool inbound = false;
  std::string external_id;
  std::vector<std::string> provider_ids;  // one for each part
  std::string status;
  bool deleted = false;
  std::string id = {};       // the engine's own id
  std::string contact = {};  // as the provider names who it is from or for
  std::string error = {};    // why it failed
};

struct EngineTruth {
  std::vector<EngineMessage> messages;
  std::uint64_t conversations = 0;
  std::uint64_t received = 0;  // events, from the engine's metrics
  std::uint64_t finished = 0;
  std::uint64_t dead = 0;
  std::vector<std::string> dead_letters;  // reasons of the dead letters
};

struct ChannelVerdict {
  std::uint64_t acknowledged = 0;  // inbound messages that the engine acknowledged
  std::uint64_t stored = 0;
  std::uint64_t lost = 0;
  std::uint64_t doubled = 0;
  std::uint64_t invented = 0;   // stored, but nobody sent them
  std::uint64_t accepted = 0;   // sends that the provider accepted
  std::uint64_t unclaimed = 0;  // accepted sends that no message of the engine claims: duplicates
  std::uint64_t unproved = 0;   // the engine says sent, but the provider never accepted them
  std::uint64_t waiting = 0;    // still queued
  std::uint64_t failed = 0;     // but for what the provider refused because the customer said STOP
  std::uint64_t behind = 0;     // have a lower status than the provider reported
  std::uint64_t unanswered = 0;
  std::uint64_t kept = 0;  // taken back by the customer, but still shown
};

struct Verdict {
  std::map<std::string, ChannelVerdict> channels;
  std::vector<std::string> examples;  // some of what is wrong
  bool events_ended = true;           // received = finished
  std::uint64_t dead = 0;

  ChannelVerdict total() const;
};

Verdict compare(const ProviderTruth& provider, const Ledger& ledger, const EngineTruth& engine);

Progress progress_named(const std::string& status);

}  // namespace aura::bench
