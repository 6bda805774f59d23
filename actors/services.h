// Everything that actors use from outside, as interfaces. Created by the application (or a test);
// outlives every actor; the references never change.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "actors/access/slugs.h"
#include "actors/agent/agent.h"
#include "actors/connection/app_pauses.h"
#include "actors/connection/full_outboxes.h"
#include "config/limits.h"
#include "runtime/clock.h"
#include "runtime/directory.h"
#include "runtime/disk_space.h"
#include "runtime/media_link.h"
#include "runtime/ports/media_fetcher.h"
#include "runtime/ports/provider_client.h"
#include "runtime/random.h"
#include "storage/store.h"

namespace aura {

class Accounts;
class EventLedger;

struct EngineOptions {
  std::chrono::milliseconds webchat_debounce{0};
  std::chrono::milliseconds channel_debounce{1500};
  std::chrono::milliseconds conversation_idle{300'000};
  std::chrono::milliseconds handover_deadline = limits::kHandoverDeadline;
  std::int64_t live_conversations = limits::kLiveConversations;
  std::size_t outbox_memory = limits::kOutboxMemory;
};

struct Services {
  storage::CommitLog& log;
  const storage::Reader& reader;
  storage::ReadPool& read_pool;
  storage::ReadPool& index_pool;  // work that may take seconds: the agents' indexes, upkeep
  storage::Vault& vault;
  const Clock& clock;
  Random& random;
  const ChannelAdapters& adapters;
  ProviderClient& provider;
  agent::ReplyAgent& agent;
  Accounts& accounts;
  EventLedger& ledger;
  Directory& directory;
  // Reads the timers (rows of Family::timer) due by `now`; runs on a read thread, one scan at a
  // time.
  std::function<Result<std::vector<storage::Row>>(Millis now, std::size_t limit)> due_timers;
  // The store's maintenance, on the index thread, every second unless the last one still runs; may
  // be empty.
  std::function<void(Millis now)> upkeep;
  EngineOptions options;
  std::atomic<std::int64_t> live_conversations{0};
  const DiskSpace* disk = nullptr;  // null: no bound
  MediaFetcher* fetcher = nullptr;  // null: contacts' media are not fetched
  const MediaLinks* media_links = nullptr;
  Slugs slugs = {};
  FullOutboxes full_outboxes = {};
  AppPauses app_pauses = {};
  // Ends the process, because an actor that the engine cannot do without keeps failing. What was
  // acknowledged is in the journal.
  std::function<void(const std::string& path)> give_up = [](const std::string&) {};
  std::uint64_t restored_position = 0;  // older rows stem from the backup that was restored

  bool room_on_disk() const { return disk == nullptr || disk->enough(); }
};

}  // namespace aura
