#include "actors/engine/engine_host.h"

#include <caf/send.hpp>
#include <set>
#include <utility>

#include "actors/access/accounts.h"
#include "actors/engine/engine_actor.h"
#include "config/limits.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

using Connections = std::set<std::pair<Id, Id>>;  // (workspace, channel)

// Reads the channels' external names. Connections of channels with a provider are awake from the
// start, because they check their tokens.
Result<void> load_channels(Services& services, Connections& awake) {
  const auto add = [&](std::string_view key, std::string_view value) {
    record::Channel row;
    const auto tail = keys::split(key);
    const auto id = keys::last_id(key);
    if (!tail || !id || !row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      return true;
    if (row.channel().type() != api::CHANNEL_TYPE_WEBCHAT) awake.emplace(tail->workspace, *id);
    if (!reachable(row.channel())) return true;
    const ChannelRoute route{tail->workspace, *id, row.channel().type()};
    services.accounts.add(route, outside_name(row.channel()));
    services.accounts.join(route, row.channel().business_account_id());
    return true;
  };
  return services.reader.for_each(Family::channel, {}, add);
}

Result<std::int64_t> count_backlog(Services& services) {
  std::int64_t events = 0, bytes = 0;
  const auto count = [&](std::string_view, std::string_view value) {
    record::Journal row;
    if (row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      bytes += static_cast<std::int64_t>(row.sealed().size());
    ++events;
    return true;
  };
  if (auto counted = services.reader.for_each(Family::journal, {}, count); !counted)
    return tl::unexpected(counted.error());
  services.ledger.found(events, bytes);
  return events;
}

Result<void> find_sends(const Services& services, Connections& awake) {
  const auto note = [&](std::string_view key, std::string_view) {
    if (const auto parsed = keys::parse_outbox(key))
      awake.emplace(parsed->workspace, parsed->channel);
    return true;
  };
  return services.reader.for_each(Family::outbox, {}, note);
}

Result<std::set<Id>> workspaces_with_media(const Services& services) {
  std::set<Id> workspaces;
  const auto note = [&](std::string_view key, std::string_view) {
    if (const auto due = keys::parse_media_due(key)) workspaces.insert(due->workspace);
    return true;
  };
  if (auto noted = services.reader.for_each(Family::media_due, {}, note); !noted)
    return tl::unexpected(noted.error());
  return workspaces;
}

}  // namespace

EngineHost::EngineHost(caf::actor_system& system, Services& services, StoredQueries& queries)
    : system_(system),
      services_(services),
      doors_{services},
      ingress_(doors_),
      commands_(doors_, queries),
      chat_(doors_, queries),
      media_(doors_),
      access_(services) {}

Result<void> EngineHost::start() {
  Connections awake;
  if (auto loaded = load_channels(services_, awake); !loaded) return loaded;
  if (auto loaded = services_.slugs.load(services_.reader); !loaded) return loaded;
  const auto events = count_backlog(services_);
  if (!events) return tl::unexpected(events.error());
  if (auto found = find_sends(services_, awake); !found) return found;
  const auto with_media = workspaces_with_media(services_);
  if (!with_media) return tl::unexpected(with_media.error());
  spawn_tree();
  for (const auto& [workspace, channel] : awake)
    doors_.send(ToConnection{workspace, channel, WakeUp{}});
  for (const auto& workspace : *with_media)
    doors_.send(ToWorkspace{workspace, MediaCommand{MediaWaiting{}}});
  if (*events > 0 || !awake.empty())
    log::info("recovered", {{"events", *events}, {"connections_with_sends", awake.size()}});
  return {};
}

void EngineHost::spawn_tree() {
  const auto card = services_.directory.open_root("engine", services_.clock.now_ms());
  doors_.root = system_.spawn<EngineActor>(services_, card);
  doors_.root->attach_functor([ended = ended_](const caf::error&) { ended->set_value(); });
  doors_.open = true;
}

void EngineHost::ask_root(std::function<void()> answered) {
  const Reply<api::ActorDetail> reply = [answered = std::move(answered)](const auto&) {
    answered();
  };
  doors_.send(OperatorOrder{"/engine", DescribeActor{OnceReply<api::ActorDetail>(reply)}});
}

bool EngineHost::stop(std::chrono::steady_clock::time_point deadline) {
  if (doors_.open.exchange(false)) doors_.send(StopActor{});
  if (!doors_.root) return true;  // it was never started
  return end_.wait_until(deadline) == std::future_status::ready;
}

}  // namespace aura
