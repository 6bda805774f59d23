#include "actors/engine/engine_ingress.h"

#include <memory>
#include <utility>

#include "actors/engine/raw_event.h"
#include "actors/tree/timings.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// A dead letter for an item without a connected channel. It keeps the raw item and can be retried
// once the channel exists.
record::DeadLetter letter_of(const InboundItem& item, record::Journal row, Millis now) {
  record::DeadLetter letter;
  *letter.mutable_event() = std::move(row);
  const bool named = item.channel_type != api::CHANNEL_TYPE_UNSPECIFIED && !item.account.empty();
  letter.set_reason(named ? "unknown_account" : "not_understood");
  letter.set_detail(named ? "No channel is connected for this account; connect it, then retry."
                          : "It is of an unknown kind or no account could be read; kept as it "
                            "came.");
  letter.set_failed_ms(now);
  letter.set_account(item.account);
  return letter;
}

}  // namespace

// Adds the journal row for a channel; without a route the item becomes a dead letter at once.
Result<void> EngineIngress::add_row(InboundItem& item, const ChannelRoute* route,
                                    Journal& journal) const {
  const Id workspace = route != nullptr ? route->workspace : Id{};
  const Millis now = doors_.services.clock.now_ms();
  storage::Commit& commit = journal.commit;
  record::Journal row;
  std::uint32_t hour = 0;
  auto key = doors_.services.vault.journal_key(now, hour, commit);
  if (!key) return tl::unexpected(key.error());
  row.set_channel_type(item.channel_type);
  row.set_source(item.source);
  row.set_received_ms(now);
  row.set_key_hour(hour);
  if (route != nullptr) row.set_channel(std::string(route->channel.view()));
  raw_event::seal(**key, workspace, item.payload, row);
  if (route == nullptr) {
    ++journal.unknown;
    commit.put(Family::dead_letter, keys::dead_letter(workspace, new_id(now)),
               letter_of(item, std::move(row), now).SerializeAsString());
    return {};
  }
  QueuedEvent event;
  event.workspace = workspace;
  event.channel = route->channel;
  event.bytes = static_cast<std::int64_t>(row.sealed().size());
  event.payload = std::move(item.payload);
  event.received = now;
  commit.appends.push_back({Family::journal, keys::head(workspace), row.SerializeAsString()});
  journal.events.push_back(std::move(event));
  return {};
}

// An item that names a whole business account gets a row for each of its channels.
Result<void> EngineIngress::add(InboundItem& item, Journal& journal) const {
  const auto route = doors_.services.accounts.find(item.channel_type, item.account);
  if (route) return add_row(item, &*route, journal);
  const auto members = doors_.services.accounts.of_business(item.channel_type, item.account);
  if (members.empty()) return add_row(item, nullptr, journal);
  for (const ChannelRoute& member : members) {
    InboundItem copy = item;
    if (auto added = add_row(copy, &member, journal); !added) return added;
  }
  return {};
}

void EngineIngress::accept(std::vector<InboundItem> items, std::function<void(Errc)> done) {
  Services& services = doors_.services;
  if (!doors_.open || !services.room_on_disk()) return done(Errc::unavailable);
  const std::int64_t came = steady_us();
  const auto type = items.empty() ? api::CHANNEL_TYPE_UNSPECIFIED : items.front().channel_type;
  Journal journal;
  journal.commit.awaited = true;
  journal.events.reserve(items.size());
  for (InboundItem& item : items) {
    if (auto added = add(item, journal); !added) {
      log::error("journal_failed", {{"reason", added.error().detail}});
      return done(Errc::unavailable);
    }
  }
  std::int64_t bytes = 0;
  for (const auto& event : journal.events) bytes += event.bytes;
  if (!services.ledger.admit(bytes)) return done(Errc::overloaded);
  auto events = std::make_shared<std::vector<QueuedEvent>>(std::move(journal.events));
  services.log.submit(
      std::move(journal.commit),
      [&services, root = doors_.root, events, bytes, unknown = journal.unknown, came, type,
       done = std::move(done)](const storage::CommitResult& result) {
        if (result.code != Errc::ok) {
          services.ledger.withdraw(bytes);
          return done(result.code);
        }
        timings::ack(type, static_cast<double>(steady_us() - came) / 1e6);
        services.ledger.received(static_cast<std::int64_t>(events->size()) + unknown);
        for (std::int64_t i = 0; i < unknown; ++i) services.ledger.finished(EventEnd::dead, 0);
        for (std::size_t i = 0; i < events->size(); ++i)
          (*events)[i].sequence = result.sequences[i];
        if (!events->empty()) caf::anon_send(root, EventsArrived{std::move(*events)});
        done(Errc::ok);
      });
}

}  // namespace aura
