#include "actors/engine/ingress_actor.h"

#include <algorithm>

#include "actors/engine/raw_event.h"
#include "config/limits.h"
#include "storage/keys.h"
#include "storage/read.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::size_t kRowsPerScan = 32;
constexpr std::int64_t kPageBytes = 4 << 20;
constexpr std::chrono::milliseconds kReadAgainAfter{500};
constexpr std::chrono::milliseconds kReadAgainAtMost{30'000};

// Decrypts a journal row; nullopt if it is damaged. If its key has expired or is damaged, the
// payload is empty, and the event ends as a dead letter.
Result<std::optional<QueuedEvent>> open_row(const std::string& value, std::uint64_t sequence,
                                            storage::Vault& vault, const Id& workspace) {
  const auto row = storage::parse<record::Journal>(value);
  if (!row) return std::nullopt;
  QueuedEvent event;
  event.workspace = workspace;
  event.channel = Id::from_view(row->channel());
  event.sequence = sequence;
  event.from_disk = true;
  event.received = row->received_ms();
  event.failed_tries = row->tries();
  event.bytes = static_cast<std::int64_t>(row->sealed().size());
  const auto hour = vault.journal_key_of(row->key_hour());
  if (!hour && hour.error().code != Errc::not_found && hour.error().code != Errc::corrupt)
    return tl::unexpected(hour.error());
  if (hour) event.payload = raw_event::open(**hour, workspace, *row).value_or("");
  return event;
}

// One decrypted page of a workspace's journal, bounded by rows and bytes.
JournalRead read_page(const storage::Reader& reader, storage::Vault& vault, const Id& workspace,
                      std::uint64_t from) {
  JournalRead read;
  read.workspace = workspace;
  read.from = from;
  std::int64_t bytes = 0;
  std::size_t seen = 0;
  for (auto next = from; seen < FairQueue::kPage && bytes < kPageBytes && !read.last;) {
    auto rows = reader.scan(Family::journal, keys::head(workspace), keys::journal(workspace, next),
                            kRowsPerScan);
    if (!rows) {
      read.failed = true;
      return read;
    }
    read.last = rows->size() < kRowsPerScan;
    seen += rows->size();
    for (const auto& stored : *rows) {
      const auto key = keys::parse_sequence(stored.key);
      if (!key) continue;
      next = key->sequence + 1;
      auto event = open_row(stored.value, key->sequence, vault, workspace);
      if (!event) {
        read.failed = true;
        return read;
      }
      if (!*event) continue;
      bytes += (*event)->bytes;
      read.events.push_back(std::move(**event));
    }
  }
  return read;
}

}  // namespace

IngressActor::IngressActor(caf::actor_config& config, Services& services, ActorCardPtr card,
                           caf::actor parent)
    : CoreActor(config, services, std::move(card)),
      parent_(std::move(parent)),
      queue_({limits::kIngressMemoryEvents, limits::kIngressMemoryBytes}),
      all_(limits::kEventsInFlight) {}

// Looks for journal rows left by an earlier run or by this actor before a restart.
void IngressActor::find_rows() {
  const bool posted = services_.read_pool.post([to = self(), &reader = services_.reader] {
    RowsOnDisk found;
    found.all = true;
    const auto visit = [&](std::string_view key, std::string_view) {
      const auto parsed = keys::parse_sequence(key);
      if (parsed && (found.workspaces.empty() || found.workspaces.back() != parsed->workspace))
        found.workspaces.push_back(parsed->workspace);
      return true;
    };
    found.failed = !reader.for_each(Family::journal, {}, visit);
    caf::anon_send(to, std::move(found));
  });
  if (!posted) crash("the read pool is full");
}

caf::behavior IngressActor::make_behavior() {
  find_rows();
  return {
      [this](EventsArrived& arrived) {
        const auto scope = busy();
        for (QueuedEvent& event : arrived.events) queue_.arrive(std::move(event));
        dispatch();
      },
      [this](const EventDropped& dropped) {
        dropped_[dropped.workspace][dropped.sequence] = {dropped.channel, dropped.bytes};
        read_again(dropped.workspace);
      },
      [this](ReadDropped) { read_dropped(); },
      [this](const RowsOnDisk& rows) {
        if (rows.failed) return crash("the journal cannot be read");
        rows_known_ = rows_known_ || rows.all;
        for (const Id& workspace : rows.workspaces) {
          if (const auto it = again_.find(workspace); it != again_.end())
            it->second.waiting = false;
          queue_.found_on_disk(workspace);
        }
        dispatch();
      },
      [this](JournalRead& read) {
        const auto scope = busy();
        if (read.failed) return read_later(read.workspace);
        count_ended(read);
        queue_.read_from_disk(read.workspace, std::move(read.events), read.last);
        dispatch();
      },
      [this](TickDispatch) {
        const auto scope = busy();
        dispatch();
      },
      [this](StopActor) { quit(); },
  };
}

// Schedules a read of dropped events. Until the actor that dropped them is back from its backoff,
// they would only be dropped again; the delay doubles, so that an actor that stays away does not
// keep the read thread busy.
void IngressActor::read_again(const Id& workspace) {
  const auto moment = services_.clock.monotonic();
  const auto lately = [moment](const Again& again) {
    return moment - again.last < 2 * kReadAgainAtMost;
  };
  std::erase_if(again_,
                [&](const auto& one) { return !one.second.waiting && !lately(one.second); });
  Again& again = again_[workspace];
  if (std::exchange(again.waiting, true)) return;
  const bool soon = lately(again);
  again.wait = soon ? std::min(2 * again.wait, kReadAgainAtMost) : kReadAgainAfter;
  again.last = moment;
  delayed_send(this, again.wait, RowsOnDisk{{workspace}});
}

void IngressActor::read_dropped() {
  for (const auto& [workspace, again] : std::exchange(again_, {}))
    if (again.waiting) queue_.found_on_disk(workspace);
  dispatch();
}

// Events behind a dropped one of their channel stay in the journal: they are read again with it,
// from the first row on, and so keep their order.
bool IngressActor::follows_dropped(const std::vector<QueuedEvent>& batch) const {
  const auto lost = dropped_.find(batch.front().workspace);
  if (lost == dropped_.end()) return false;
  for (const auto& [sequence, dropped] : lost->second) {
    if (sequence >= batch.front().sequence) return false;
    if (dropped.channel == batch.front().channel) return true;
  }
  return false;
}

IngressActor::Share& IngressActor::share_of(const Id& workspace) {
  const auto known = shares_.find(workspace);
  if (known != shares_.end()) return known->second;
  if (shares_.size() >= tidy_at_) {
    std::erase_if(shares_, [](const auto& share) { return share.second.gate.inside() == 0; });
    tidy_at_ = std::max(kShares, 2 * shares_.size());
  }
  return shares_.try_emplace(workspace, limits::kWorkspaceInFlight).first->second;
}

std::int64_t IngressActor::Share::room(std::int64_t capacity) {
  const auto free = [&] { return capacity - gate.inside(); };
  if (free() > 0) return free();
  // Request a wake-up, then check again: a permit may have been released in between.
  starved->store(true);
  return free();
}

Permit IngressActor::Share::enter(const caf::actor& dispatcher) {
  return gate.try_enter(1, [starved = starved, dispatcher] {
    if (starved->load(std::memory_order_relaxed) && starved->exchange(false))
      caf::anon_send(dispatcher, TickDispatch{});
  });
}

// A dropped event without a journal row was applied after its connection had died, so it is counted
// as finished here.
void IngressActor::count_ended(const JournalRead& read) {
  const auto lost = dropped_.find(read.workspace);
  if (lost == dropped_.end()) return;
  auto& rows = lost->second;
  auto stored = read.events.begin();
  for (auto row = rows.lower_bound(read.from); row != rows.end();) {
    while (stored != read.events.end() && stored->sequence < row->first) ++stored;
    if (stored == read.events.end() && !read.last) break;
    if (stored != read.events.end() && stored->sequence == row->first) {
      ++row;
      continue;
    }
    services_.ledger.finished(EventEnd::processed, row->second.bytes);
    row = rows.erase(row);
  }
  if (rows.empty()) dropped_.erase(lost);
}

std::int64_t IngressActor::room_for(const Id& workspace) {
  const bool yields = queue_.has_backlog(workspace, kFewWaiting) &&
                      neighbours_.has(workspace, services_.clock.monotonic());
  const auto capacity = yields ? kYielding : limits::kWorkspaceInFlight;
  return std::min(all_.room(limits::kEventsInFlight), share_of(workspace).room(capacity));
}

void IngressActor::dispatch() {
  if (!rows_known_) return;
  const auto room = [this](const Id& workspace) { return room_for(workspace); };
  while (all_.room(limits::kEventsInFlight) > 0) {  // otherwise no lane can send
    auto batch = queue_.take(room);
    if (batch.empty()) break;
    if (follows_dropped(batch)) continue;
    const Id workspace = batch.front().workspace;
    if (!queue_.has_backlog(workspace, kFewWaiting))
      neighbours_.served(workspace, services_.clock.monotonic());
    const Id channel = batch.front().channel;
    Share& share = share_of(workspace);
    DeliverEvents deliver;
    deliver.events.reserve(batch.size());
    const auto dropped = dropped_.find(workspace);
    for (QueuedEvent& event : batch) {
      RawEvent raw;
      raw.sequence = event.sequence;
      raw.payload = std::move(event.payload);
      raw.received = event.received;
      raw.failed_tries = event.failed_tries;
      raw.bytes = event.bytes;
      raw.from_disk = event.from_disk;
      raw.uncounted = dropped != dropped_.end() && dropped->second.erase(event.sequence) > 0;
      raw.settled = OnceReply<std::monostate>(
          [to = self(), lost = EventDropped{workspace, channel, raw.sequence, raw.bytes}](
              const Result<std::monostate>& end) {
            if (!end) caf::anon_send(to, lost);
          });
      raw.permits = {all_.enter(self()), share.enter(self())};
      deliver.events.push_back(std::move(raw));
    }
    send(parent_, ToConnection{workspace, channel, std::move(deliver)});
  }
  read_journal();
}

void IngressActor::read_journal() {
  while (auto read = queue_.next_disk_read()) {
    const bool posted = services_.read_pool.post(
        [to = self(), &reader = services_.reader, &vault = services_.vault, want = *read] {
          caf::anon_send(to, read_page(reader, vault, want.workspace, want.from));
        });
    if (!posted) return read_later(read->workspace);
  }
}

void IngressActor::read_later(const Id& workspace) {
  queue_.disk_read_failed(workspace);
  delayed_send(this, std::chrono::milliseconds(100), TickDispatch{});
}

}  // namespace aura
