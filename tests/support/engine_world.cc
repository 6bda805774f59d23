#include "tests/support/engine_world.h"

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <algorithm>

#include "actors/engine/engine_actor.h"
#include "storage/keys.h"

namespace aura::test {

using storage::Family;

Disk::Disk()
    : memory(rocksdb::NewMemEnv(rocksdb::Env::Default())),
      fs(std::make_shared<storage::test::FaultFs>(memory->GetFileSystem())),
      env(rocksdb::NewCompositeEnv(fs)) {}

void TappedLog::submit(storage::Commit commit,
                       std::function<void(const storage::CommitResult&)> done) {
  if (frozen_) return;
  if (sabotage_ == Sabotage::no_claim) {
    std::erase_if(commit.mutations, [](const storage::Mutation& mutation) {
      record::Outbox row;
      return mutation.family == Family::outbox && mutation.op == storage::Mutation::Op::put &&
             row.ParseFromString(mutation.value) && row.state() == record::Outbox::STATE_CLAIMED;
    });
  }
  below_.submit(std::move(commit), std::move(done));
}

Result<std::optional<std::string>> TappedReader::get(Family family, std::string_view key) const {
  if (sabotage_ == Sabotage::no_dedupe && family == Family::external)
    return std::optional<std::string>();
  return below_.get(family, key);
}

void EngineWorld::open_storage(Disk& disk, Sabotage sabotage) {
  const auto master =
      std::make_shared<storage::AesKey>(std::string(storage::kDataKeySize, 'm'));
  auto keyring = storage::Keyring::open("/keys", *master, health_, disk.env.get());
  if (!keyring) throw std::runtime_error(keyring.error().detail);
  keyring_ = std::move(*keyring);
  auto database = storage::Database::open("/db", {1 << 20, 1 << 20}, health_, clock_,
                                          disk.env.get());
  if (!database) throw std::runtime_error(database.error().detail);
  database_ = std::move(*database);
  vault_ = std::make_unique<storage::KeyVault>(*keyring_, master);
  reader_ = std::make_unique<storage::DatabaseReader>(*database_);
  timers_ = std::make_unique<storage::TimerScan>(*database_, marks_);
  storage::WriterOptions options;
  options.sync = sabotage != Sabotage::no_sync;
  options.timers = &marks_;
  auto writer = storage::Writer::create(*database_, *keyring_, clock_, std::move(options));
  if (!writer) throw std::runtime_error(writer.error().detail);
  writer_ = std::move(*writer);
  log_ = std::make_unique<TappedLog>(*writer_, sabotage);
  tapped_reader_ = std::make_unique<TappedReader>(*reader_, sabotage);
}

EngineWorld::EngineWorld(Disk& disk, FakeClock& clock, Random& random, ProviderClient& provider,
                         const ChannelAdapters& adapters, EngineOptions options,
                         Sabotage sabotage)
    : clock_(clock), random_(random) {
  open_storage(disk, sabotage);
  queries_ = std::make_unique<StoredQueries>(*reader_, pool_, *vault_, adapters);
  const auto due = [this](Millis now, std::size_t limit) {
    std::vector<storage::Row> rows;
    const auto found = timers_->due(now, limit);
    if (!found) return rows;
    for (const auto& timer : *found)
      rows.push_back({storage::keys::timer(timer.key.workspace, timer.key.due, timer.key.owner,
                                           timer.key.kind),
                      timer.value});
    return rows;
  };
  services_.reset(new Services{*log_, *tapped_reader_, pool_, *vault_, clock, random, adapters,
                               provider, agent_, accounts_, ledger_, directory_, due, options});
  config_.set("scheduler.policy", caf::atom("testing"));
  system_ = std::make_unique<caf::actor_system>(config_);
  system_->await_actors_before_shutdown(false);
  scheduler_ = &dynamic_cast<caf::scheduler::test_coordinator&>(system_->scheduler());
  host_ = std::make_unique<EngineHost>(*system_, *services_, *queries_);
  if (auto started = host_->start(); !started) throw std::runtime_error(started.error().detail);
}

EngineWorld::~EngineWorld() {
  log_->freeze();
  caf::anon_send(host_->root(), StopActor{});
  while (run_job()) {
  }
  writer_.reset();  // tells the callers of what it still holds, none of whom is left
  pool_.clear();
  while (run_job()) {
  }
  host_.reset();
  system_.reset();
}

bool EngineWorld::run_job() {
  auto& jobs = scheduler_->jobs;
  if (jobs.empty()) return false;
  const auto chosen = static_cast<std::ptrdiff_t>(random_.uniform(0, jobs.size() - 1));
  std::rotate(jobs.begin(), jobs.begin() + chosen, jobs.begin() + chosen + 1);
  scheduler_->run_once();
  return true;
}

void EngineWorld::settle() {
  while (run_job() || pool_.run_one() || writer_->run_group() > 0) {
  }
}

void EngineWorld::advance(Millis by) {
  clock_.advance(std::chrono::milliseconds(by));
  scheduler_->advance_time(std::chrono::milliseconds(by));
}

std::size_t EngineWorld::count(Family family) const {
  std::size_t rows = 0;
  (void)reader_->for_each(family, {}, [&](std::string_view, std::string_view) {
    ++rows;
    return true;
  });
  return rows;
}

}  // namespace aura::test
