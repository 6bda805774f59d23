#include "actors/engine/engine_host.h"

#include <map>
#include <set>

#include "actors/access/accounts.h"
#include "actors/access/api_key.h"
#include "actors/engine/engine_actor.h"
#include "actors/tree/timings.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

EngineHost::EngineHost(caf::actor_system& system, Services& services, StoredQueries& queries)
    : system_(system),
      services_(services),
      queries_(queries),
      gate_(limits::kCommandsInFlight),
      uploads_(limits::kUploadsInFlight),
      served_(limits::kMediaReadBytes) {}

EngineHost::~EngineHost() = default;

Result<void> EngineHost::start() {
  std::set<std::pair<Id, Id>> waiting;  // connections to wake
  const auto add_channel = [this, &waiting](std::string_view key, std::string_view value) {
    record::Channel row;
    const auto tail = keys::split(key);
    const auto id = keys::last_id(key);
    if (!tail || !id || !row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      return true;
    // Wake its connection at start: it has to check its token.
    if (row.channel().type() != api::CHANNEL_TYPE_WEBCHAT) waiting.emplace(tail->workspace, *id);
    if (!reachable(row.channel())) return true;
    const ChannelRoute route{tail->workspace, *id, row.channel().type()};
    services_.accounts.add(route, outside_name(row.channel()));
    services_.accounts.join(route, row.channel().business_account_id());
    return true;
  };
  if (auto loaded = services_.reader.for_each(Family::channel, {}, add_channel); !loaded)
    return loaded;
  const auto add_workspace = [this](std::string_view, std::string_view value) {
    record::Workspace row;
    if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
    if (const auto id = parse_id(IdType::workspace, row.workspace().id()))
      services_.slugs.take(row.workspace().slug(), *id);
    return true;
  };
  if (auto loaded = services_.reader.for_each(Family::workspace, {}, add_workspace); !loaded)
    return loaded;
  std::int64_t events = 0, bytes = 0;
  const auto count = [&](std::string_view, std::string_view value) {
    record::Journal row;
    if (row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      bytes += static_cast<std::int64_t>(row.sealed().size());
    ++events;
    return true;
  };
  if (auto counted = services_.reader.for_each(Family::journal, {}, count); !counted)
    return counted;
  services_.ledger.found(events, bytes);
  const auto note = [&](std::string_view key, std::string_view) {
    if (const auto parsed = keys::parse_outbox(key))
      waiting.emplace(parsed->workspace, parsed->channel);
    return true;
  };
  if (auto noted = services_.reader.for_each(Family::outbox, {}, note); !noted) return noted;
  std::set<Id> with_media;
  const auto note_media = [&](std::string_view key, std::string_view) {
    if (const auto due = keys::parse_media_due(key)) with_media.insert(due->workspace);
    return true;
  };
  if (auto noted = services_.reader.for_each(Family::media_due, {}, note_media); !noted)
    return noted;
  const auto card = services_.directory.open_root("engine", services_.clock.now_ms());
  root_ = system_.spawn<EngineActor>(services_, card);
  root_->attach_functor([ended = ended_](const caf::error&) { ended->set_value(); });
  started_ = true;
  for (const auto& [workspace, channel] : waiting)
    caf::anon_send(root_, ToConnection{workspace, channel, WakeUp{}});
  for (const auto& workspace : with_media)
    caf::anon_send(root_, ToWorkspace{workspace, MediaCommand{MediaWaiting{}}});
  if (events > 0 || !waiting.empty())
    log::info("recovered", {{"events", events}, {"connections_with_sends", waiting.size()}});
  return {};
}

void EngineHost::close_gates() { gate_.close(); }

bool EngineHost::drained() const { return gate_.inside() == 0; }

bool EngineHost::stop(std::chrono::steady_clock::time_point deadline) {
  if (root_) caf::anon_send(root_, StopActor{});
  if (!started_) return true;
  root_ = nullptr;
  return end_.wait_until(deadline) == std::future_status::ready;
}

// ---- webhooks -----------------------------------------------------------------------------------

// An item of a known account becomes a journal row, of an unknown account at once a dead letter.
void EngineHost::journal(InboundItem& item, const ChannelRoute* route, storage::Commit& commit,
                         std::vector<QueuedEvent>& events) {
  const Id workspace = route != nullptr ? route->workspace : Id{};
  const Millis now = services_.clock.now_ms();
  record::Journal row;
  std::uint32_t hour = 0;
  auto key = services_.vault.journal_key(now, hour, commit);
  if (!key) throw std::runtime_error(key.error().detail);
  row.set_channel_type(item.channel_type);
  row.set_source(item.source);
  row.set_received_ms(now);
  row.set_key_hour(hour);
  row.set_sealed((*key)->seal(storage::aad(Family::journal, keys::head(workspace)), item.payload));
  if (route == nullptr) {
    record::DeadLetter letter;
    *letter.mutable_event() = std::move(row);
    const bool named = item.channel_type != api::CHANNEL_TYPE_UNSPECIFIED && !item.account.empty();
    letter.set_reason(named ? "unknown_account" : "not_understood");
    letter.set_detail(named ? "No channel is connected for this account; connect it, then retry."
                            : "It is of an unknown kind or no account could be read; kept as it "
                              "came.");
    letter.set_failed_ms(now);
    letter.set_account(item.account);
    commit.put(Family::dead_letter, keys::dead_letter(workspace, new_id(now)),
               letter.SerializeAsString());
    return;
  }
  row.set_channel(std::string(route->channel.view()));
  QueuedEvent event;
  event.workspace = workspace;
  event.channel = route->channel;
  event.bytes = static_cast<std::int64_t>(row.sealed().size());
  event.payload = std::move(item.payload);
  commit.appends.push_back({Family::journal, keys::head(workspace), row.SerializeAsString()});
  events.push_back(std::move(event));
}

// Events about a whole business account: one journal row for each of its channels.
bool EngineHost::journal_for_business(const InboundItem& item, storage::Commit& commit,
                                      std::vector<QueuedEvent>& events) {
  const auto members = services_.accounts.of_business(item.channel_type, item.account);
  for (const ChannelRoute& member : members) {
    InboundItem copy = item;
    journal(copy, &member, commit, events);
  }
  return !members.empty();
}

void EngineHost::accept(std::vector<InboundItem> items, std::function<void(Errc)> done) {
  if (!root_ || !services_.room_on_disk()) return done(Errc::unavailable);
  const std::int64_t came = steady_us();
  const auto type = items.empty() ? api::CHANNEL_TYPE_UNSPECIFIED : items.front().channel_type;
  storage::Commit commit;
  commit.awaited = true;
  auto events = std::make_shared<std::vector<QueuedEvent>>();
  events->reserve(items.size());
  std::int64_t unknown = 0;
  try {
    for (InboundItem& item : items) {
      const auto route = services_.accounts.find(item.channel_type, item.account);
      if (!route && journal_for_business(item, commit, *events)) continue;
      if (!route) ++unknown;
      journal(item, route ? &*route : nullptr, commit, *events);
    }
  } catch (const std::exception& e) {
    log::error("journal_failed", {{"reason", e.what()}});
    return done(Errc::unavailable);
  }
  std::int64_t bytes = 0;
  for (const auto& event : *events) bytes += event.bytes;
  if (!services_.ledger.admit(bytes)) return done(Errc::overloaded);
  services_.log.submit(
      std::move(commit), [this, root = root_, events, bytes, unknown, came, type,
                          done = std::move(done)](const storage::CommitResult& result) {
        if (result.code != Errc::ok) {
          services_.ledger.withdraw(bytes);
          return done(result.code);
        }
        timings::ack(type, static_cast<double>(steady_us() - came) / 1e6);
        services_.ledger.received(static_cast<std::int64_t>(events->size()) + unknown);
        for (std::int64_t i = 0; i < unknown; ++i) services_.ledger.finished(EventEnd::dead, 0);
        for (std::size_t i = 0; i < events->size(); ++i)
          (*events)[i].sequence = result.sequences[i];
        if (!events->empty()) caf::anon_send(root, EventsArrived{std::move(*events)});
        done(Errc::ok);
      });
}

// ---- access ----------------------------------------------------------------------------

std::optional<Id> EngineHost::workspace_of(const std::string& key) const {
  const auto workspace = api_key::workspace_of(key);
  if (!workspace) return std::nullopt;
  const std::string hash = api_key::hash(key);
  if (const auto known = known_keys_.get(hash)) return known;
  const auto row = services_.reader.get(Family::api_key, keys::api_key(*workspace, hash));
  if (!row || !*row) return std::nullopt;
  known_keys_.put(hash, *workspace);
  return workspace;
}

}  // namespace aura
