#include "actors/engine/dead_letters.h"

#include "actors/access/accounts.h"
#include "actors/engine/ingress_actor.h"
#include "actors/engine/raw_event.h"
#include "actors/queries/cursor.h"
#include "actors/refusal.h"
#include "config/limits.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// The connection that a letter is retried at: the event's own, or the one that its account has got
// since.
Result<ChannelRoute> route_of(const Services& services, const Id& workspace,
                              const record::DeadLetter& letter) {
  const record::Journal& event = letter.event();
  if (!event.channel().empty())
    return ChannelRoute{workspace, Id::from_view(event.channel()), event.channel_type()};
  if (auto known = services.accounts.find(event.channel_type(), letter.account())) return *known;
  const auto members = services.accounts.of_business(event.channel_type(), letter.account());
  if (!members.empty()) return members.front();
  return fail(Errc::conflict, letter.account().empty()
                                  ? "It names no account, and this version does not understand it."
                                  : "Its account is still not connected; connect it first.");
}

}  // namespace

void retry_letter(Services& services, const caf::actor& root, const std::string& who,
                  const std::string& at, Reply<std::monostate> reply) {
  constexpr const char* kMissing = "There is no such dead letter.";
  const auto tail = keys::split(at);
  const auto letter = storage::read_existing<record::DeadLetter>(services.reader,
                                                                 Family::dead_letter, at, kMissing);
  if (!letter) return reply(tl::unexpected(letter.error()));
  if (!tail) return reply(fail(Errc::not_found, kMissing));
  const record::Journal& event = letter->event();
  const auto route = route_of(services, tail->workspace, *letter);
  if (!route) return reply(tl::unexpected(route.error()));
  auto hour = services.vault.journal_key_of(event.key_hour());
  auto payload =
      hour ? raw_event::open(**hour, tail->workspace, event) : tl::unexpected(hour.error());
  if (!payload && payload.error().code != Errc::not_found)
    return reply(tl::unexpected(payload.error()));
  if (!payload)
    return reply(
        fail(Errc::conflict,
             "Its raw event was destroyed at the end of its retention: the letter can only "
             "be deleted."));
  storage::Commit commit;
  std::uint32_t key_hour = 0;
  auto key = services.vault.journal_key(services.clock.now_ms(), key_hour, commit);
  if (!key) return reply(tl::unexpected(key.error()));
  record::Journal row = event;
  row.set_channel(std::string(route->channel.view()));
  row.set_key_hour(key_hour);
  row.set_tries(letter->tries());
  raw_event::seal(**key, route->workspace, *payload, row);
  commit.workspace = route->workspace;
  commit.erase(Family::dead_letter, at);
  commit.appends.push_back(
      {Family::journal, keys::head(route->workspace), row.SerializeAsString()});
  commit.audit =
      storage::AuditEntry{services.clock.now_ms(), who, "dead_letter.retry", cursor::encode(at)};
  auto queued = std::make_shared<QueuedEvent>();
  queued->workspace = route->workspace;
  queued->channel = route->channel;
  queued->bytes = static_cast<std::int64_t>(row.sealed().size());
  queued->payload = std::move(*payload);
  queued->received = row.received_ms();
  queued->failed_tries = row.tries();
  services.log.submit(std::move(commit),
                      [&services, queued, reply, root](const storage::CommitResult& result) {
                        if (result.code != Errc::ok) return refuse(reply, result.code);
                        services.ledger.found(1, queued->bytes);
                        queued->sequence = result.sequences.front();
                        EventsArrived arrived;
                        arrived.events.push_back(std::move(*queued));
                        caf::anon_send(root, std::move(arrived));
                        reply(std::monostate{});
                      });
}

// The journal key of an hour is destroyed kRawEventRetention after the end of that hour.
Millis retry_until(const record::DeadLetter& letter) {
  return (Millis{letter.event().key_hour()} + 1) * in_ms(std::chrono::hours(1)) +
         in_ms(limits::kRawEventRetention);
}

namespace {

std::vector<std::string> letters_of(const storage::Reader& reader, const api::Channel& channel) {
  std::vector<std::string> found;
  const auto visit = [&](std::string_view key, std::string_view value) {
    record::DeadLetter letter;
    if (letter.ParseFromArray(value.data(), static_cast<int>(value.size())) &&
        letter.event().channel_type() == channel.type() && letter.account() == channel.account_id())
      found.emplace_back(key);
    return found.size() < limits::kLettersRetried;
  };
  if (auto read = reader.for_each(Family::dead_letter, keys::head(Id{}), visit); !read)
    log::warn("dead_letters_not_read", {{"reason", read.error().detail}});
  return found;
}

}  // namespace

// Oldest first, in order of arrival.
void retry_letters_of(Services& services, const caf::actor& root, const api::Channel& channel) {
  if (channel.account_id().empty()) return;  // a web chat has no provider account
  const bool posted = services.read_pool.post([&services, root, channel] {
    for (const std::string& at : letters_of(services.reader, channel))
      retry_letter(services, root, "api", at, [](const Result<std::monostate>& result) {
        if (!result) log::warn("dead_letter_not_retried", {{"reason", result.error().detail}});
      });
  });
  if (!posted) log::warn("dead_letters_not_read", {{"reason", "too many reads are waiting"}});
}

}  // namespace aura
