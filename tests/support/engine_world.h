// The whole engine in one thread: every actor under CAF's test coordinator, storage on a file
// system that loses power, the writer without its thread, fake time. One EngineWorld is one run of
// the process; the Disk outlives it. Seams let a test remove a safety property to prove that its
// absence is noticed.
#pragma once

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <deque>
#include <memory>
#include <utility>

#include "actors/access/accounts.h"
#include "actors/agent/embedded_agent.h"
#include "actors/engine/engine_host.h"
#include "actors/queries/stored_queries.h"
#include "actors/services.h"
#include "storage/commit/writer.h"
#include "storage/database.h"
#include "storage/database_reader.h"
#include "storage/timers/timer_scan.h"
#include "storage/vault/data_key.h"
#include "storage/vault/keyring.h"
#include "storage/vault/vault.h"
#include "tests/unit/storage/fault_fs.h"

namespace aura::test {

enum class Sabotage { none, no_sync, no_dedupe, no_claim };

struct Disk {
  Disk();
  std::unique_ptr<rocksdb::Env> memory;
  std::shared_ptr<storage::test::FaultFs> fs;
  std::unique_ptr<rocksdb::Env> env;
};

// Queues work until the test runs it.
class ManualReadPool final : public storage::ReadPool {
 public:
  bool full = false;
  std::size_t ran = 0;
  bool post(std::function<void()> work) override {
    if (full) return false;
    queue_.push_back(std::move(work));
    return true;
  }
  bool run_one() {
    if (queue_.empty()) return false;
    auto work = std::move(queue_.front());
    queue_.pop_front();
    ++ran;
    work();
    return true;
  }
  void clear() { queue_.clear(); }

 private:
  std::deque<std::function<void()>> queue_;
};

// The commit log as the actors see it.
class TappedLog final : public storage::CommitLog {
 public:
  TappedLog(storage::CommitLog& below, const Disk& disk, Sabotage sabotage)
      : below_(below), disk_(disk), sabotage_(sabotage) {}
  void submit(storage::Commit commit,
              std::function<void(const storage::CommitResult&)> done) override;
  void freeze() { frozen_ = true; }  // ignores everything that dying actors submit
  std::optional<Errc> refuses;       // refuses every commit with this code

 private:
  storage::CommitLog& below_;
  const Disk& disk_;
  const Sabotage sabotage_;
  bool frozen_ = false;
};

class TappedReader final : public storage::Reader {
 public:
  TappedReader(const storage::Reader& below, Sabotage sabotage)
      : below_(below), sabotage_(sabotage) {}
  // Simulates unreadable rows: one external id (its key), or a whole family.
  std::string poison;
  std::optional<storage::Family> fails;
  mutable std::optional<storage::Family> fails_once;  // the next point read of this family
  mutable std::function<void()> meanwhile;            // runs once, after all items have been read
  Result<std::optional<std::string>> get(storage::Family family,
                                         std::string_view key) const override;
  Result<std::vector<storage::Row>> scan(storage::Family family, std::string_view prefix,
                                         std::string_view start, std::size_t limit,
                                         Direction direction) const override {
    if (family == fails) return fail(Errc::io, "unreadable");
    return below_.scan(family, prefix, start, limit, direction);
  }
  Result<void> for_each(
      storage::Family family, std::string_view prefix,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    if (family == fails) return fail(Errc::io, "unreadable");
    const auto read = below_.for_each(family, prefix, visit);
    if (family == storage::Family::item && meanwhile) std::exchange(meanwhile, nullptr)();
    return read;
  }

 private:
  const storage::Reader& below_;
  const Sabotage sabotage_;
};

// The embedded agent, unless a test puts another in its place.
class AgentSeam final : public agent::ReplyAgent {
 public:
  agent::ReplyAgent* instead = nullptr;
  void propose(agent::TurnContext context, std::stop_token stop, Done done) override {
    agent().propose(std::move(context), std::move(stop), std::move(done));
  }
  std::optional<agent::Proposal> answer_now(const agent::TurnContext& context) const override {
    return instead != nullptr ? instead->answer_now(context) : embedded_.answer_now(context);
  }

 private:
  agent::ReplyAgent& agent() { return instead != nullptr ? *instead : embedded_; }
  agent::EmbeddedAgent embedded_;
};

caf::actor_system& test_system();

class EngineWorld {
 public:
  EngineWorld(Disk& disk, FakeClock& clock, Random& random, ProviderClient& provider,
              const ChannelAdapters& adapters, EngineOptions options = {},
              Sabotage sabotage = Sabotage::none, const MediaLinks* links = nullptr);
  ~EngineWorld();  // like a crash: nothing more is stored or sent

  bool run_job();           // delivers one message to one of the runnable actors
  void settle();            // until nothing can run without time passing
  void advance(Millis by);  // fake time, for the clock and the actors

  // A workspace with one Messenger page.
  struct Shop {
    Id workspace, channel;
  };
  Shop open_shop(const std::string& account = "page");

  const storage::Reader& rows() const { return *reader_; }
  std::size_t count(storage::Family family) const;
  storage::Writer& writer() { return *writer_; }
  ManualReadPool& pool() { return pool_; }
  ManualReadPool& builds() { return builds_; }  // builds the agents' indexes
  TappedReader& reader_seam() { return *tapped_reader_; }
  void poison(const Id& workspace, const Id& channel, const std::string& external_id);
  TappedLog& log_seam() { return *log_; }
  AgentSeam& agent_seam() { return agent_; }
  void expire_raw_events();  // those past their retention, as the engine's upkeep does
  void lose_contact_key(const Id& workspace, const Id& contact);  // lost, but not destroyed
  EngineHost& host() { return *host_; }
  Services& services() { return *services_; }
  StoredQueries& queries() { return *queries_; }
  caf::actor_system& system() { return system_; }
  bool storage_failed() const { return storage_failed_ || !disk_.fs->powered(); }

  // Runs the engine until the call made by `ask` is answered.
  template <class T, class Ask>
  Result<T> ask(Ask ask) {
    std::optional<Result<T>> answer;
    ask([&](Result<T> result) { answer = std::move(result); });
    settle();
    if (!answer) return fail(Errc::timeout, "no answer");
    return std::move(*answer);
  }

 private:
  void forget_the_dead();
  void open_storage(Disk& disk, Sabotage sabotage);

  const Disk& disk_;
  FakeClock& clock_;
  Random& random_;
  bool storage_failed_ = false;
  storage::Health health_{[this](int) { storage_failed_ = true; }};
  std::unique_ptr<storage::Keyring> keyring_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<storage::KeyVault> vault_;
  std::unique_ptr<storage::DatabaseReader> reader_;
  storage::TimerMarks marks_;
  std::unique_ptr<storage::TimerScan> timers_;
  std::unique_ptr<storage::Writer> writer_;
  std::unique_ptr<TappedLog> log_;
  std::unique_ptr<TappedReader> tapped_reader_;
  Accounts accounts_;
  EventLedger ledger_{std::int64_t{1} << 30};
  Directory directory_;
  AgentSeam agent_;
  std::unique_ptr<StoredQueries> queries_;
  std::unique_ptr<Services> services_;
  caf::actor_system& system_;
  caf::actor_id last_of_the_dead_ = 0;  // actors of earlier runs have ids up to this one
  caf::scheduler::test_coordinator* scheduler_ = nullptr;
  std::unique_ptr<EngineHost> host_;
  ManualReadPool pool_, builds_;
};

}  // namespace aura::test
