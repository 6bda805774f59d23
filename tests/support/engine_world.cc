#include "tests/support/engine_world.h"

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <algorithm>
#include <map>

#include "actors/engine/engine_actor.h"
#include "config/limits.h"
#include "runtime/in_ms.h"
#include "storage/keys.h"

namespace aura::test {

using storage::Family;

namespace {

storage::DataKeyPtr test_master() {
  return std::make_shared<storage::AesKey>(std::string(storage::kDataKeySize, 'm'));
}

void check(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

// The files of an empty store. Creating its many column families takes longer than a simulation, so
// this is done once and copied.
const std::map<std::string, std::string>& empty_store() {
  static const auto files = [] {
    const std::unique_ptr<rocksdb::Env> env(rocksdb::NewMemEnv(rocksdb::Env::Default()));
    const FakeClock clock;
    {
      storage::Health health([](int) {});
      auto keyring = storage::Keyring::open("/keys", *test_master(), health, env.get());
      auto database = storage::Database::open("/db", {1 << 20, 1 << 20}, health, clock, env.get());
      if (!keyring || !database) throw std::runtime_error("no empty store could be made");
    }
    std::map<std::string, std::string> found;
    for (const std::string folder : {"/keys", "/db"}) {
      std::vector<std::string> names;
      check(env->GetChildren(folder, &names));
      for (const auto& name : names) {
        const std::string path = folder + "/" + name;
        if (name != "LOCK" && env->FileExists(path).ok())
          check(rocksdb::ReadFileToString(env.get(), path, &found[path]));
      }
    }
    return found;
  }();
  return files;
}

}  // namespace

Disk::Disk()
    : memory(rocksdb::NewMemEnv(rocksdb::Env::Default())),
      fs(std::make_shared<storage::test::FaultFs>(memory->GetFileSystem())),
      env(rocksdb::NewCompositeEnv(fs)) {
  for (const std::string folder : {"/keys", "/db"}) check(memory->CreateDirIfMissing(folder));
  for (const auto& [path, content] : empty_store())
    check(rocksdb::WriteStringToFile(env.get(), content, path, true));
  for (const std::string folder : {"/keys", "/db"}) fs->directory_synced(folder);
}

// One actor system for all runs, because each has its own threads.
caf::actor_system& test_system() {
  static auto* const system = [] {
    auto* const config = new caf::actor_system_config;
    config->set("scheduler.policy", caf::atom("testing"));
    return new caf::actor_system(*config);
  }();
  return *system;
}

void TappedLog::submit(storage::Commit commit,
                       std::function<void(const storage::CommitResult&)> done) {
  if (frozen_) return;
  if (refuses) return done({*refuses, {}});
  if (sabotage_ == Sabotage::no_claim) {
    std::erase_if(commit.mutations, [](const storage::Mutation& mutation) {
      record::Outbox row;
      return mutation.family == Family::outbox && mutation.op == storage::Mutation::Op::put &&
             row.ParseFromString(mutation.value) && row.state() == record::Outbox::STATE_CLAIMED;
    });
    for (auto& append : commit.appends) {
      record::Outbox row;
      if (append.family != Family::outbox || !row.ParseFromString(append.value)) continue;
      row.set_state(record::Outbox::STATE_READY);
      append.value = row.SerializeAsString();
    }
  }
  below_.submit(std::move(commit), [this, done = std::move(done)](storage::CommitResult result) {
    if (!disk_.fs->powered()) result.code = Errc::unavailable;  // it is not on the disk
    done(result);
  });
}

Result<std::optional<std::string>> TappedReader::get(Family family, std::string_view key) const {
  if (sabotage_ == Sabotage::no_dedupe && family == Family::external)
    return std::optional<std::string>();
  const bool poisoned = family == Family::external && !poison.empty() && key == poison;
  const bool now = fails_once == family;
  if (now) fails_once.reset();
  if (poisoned || now || fails == family) return fail(Errc::io, "poison");
  return below_.get(family, key);
}

void EngineWorld::open_storage(Disk& disk, Sabotage sabotage) {
  const auto master = test_master();
  auto keyring = storage::Keyring::open("/keys", *master, health_, disk.env.get());
  if (!keyring) throw std::runtime_error(keyring.error().detail);
  keyring_ = std::move(*keyring);
  auto database =
      storage::Database::open("/db", {1 << 20, 1 << 20}, health_, clock_, disk.env.get());
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
  log_ = std::make_unique<TappedLog>(*writer_, disk, sabotage);
  tapped_reader_ = std::make_unique<TappedReader>(*reader_, sabotage);
}

void EngineWorld::poison(const Id& workspace, const Id& channel, const std::string& external_id) {
  const auto key = vault_->workspace_key(workspace);
  tapped_reader_->poison = storage::keys::external(workspace, channel, (*key)->mac(external_id));
}

EngineWorld::EngineWorld(Disk& disk, FakeClock& clock, Random& random, ProviderClient& provider,
                         const ChannelAdapters& adapters, EngineOptions options, Sabotage sabotage,
                         const MediaLinks* links)
    : disk_(disk), clock_(clock), random_(random), system_(test_system()) {
  open_storage(disk, sabotage);
  queries_ = std::make_unique<StoredQueries>(*reader_, pool_, pool_, *vault_, adapters, links);
  services_.reset(new Services{
      .log = *log_,
      .reader = *tapped_reader_,
      .read_pool = pool_,
      .index_pool = builds_,
      .vault = *vault_,
      .clock = clock,
      .random = random,
      .adapters = adapters,
      .provider = provider,
      .agent = agent_,
      .accounts = accounts_,
      .ledger = ledger_,
      .directory = directory_,
      .due_timers = [this](Millis now, std::size_t limit) { return timers_->due(now, limit); },
      .options = options});
  scheduler_ = &dynamic_cast<caf::scheduler::test_coordinator&>(system_.scheduler());
  last_of_the_dead_ = system_.latest_actor_id();
  host_ = std::make_unique<EngineHost>(system_, *services_, *queries_);
  if (auto started = host_->start(); !started) throw std::runtime_error(started.error().detail);
}

// Ends the run as a kill would: its actors never run again. CAF cannot remove an actor that waits
// for a message, so a list keeps the actors, which also tells leak checkers that they are kept on
// purpose.
EngineWorld::~EngineWorld() {
  static auto* const graveyard = new std::vector<caf::actor>;
  graveyard->push_back(host_->root());
  log_->freeze();
  // A delayed message may hold the last reference to an actor, which must be destroyed before the
  // services.
  scheduler_->clock().cancel_all();
  writer_.reset();  // answers the callers of its pending commits, which no longer exist
}

void EngineWorld::forget_the_dead() {
  std::erase_if(scheduler_->jobs, [this](caf::resumable* job) {
    const auto* actor = dynamic_cast<caf::scheduled_actor*>(job);
    return actor != nullptr && actor->id() <= last_of_the_dead_;
  });
}

bool EngineWorld::run_job() {
  forget_the_dead();
  auto& jobs = scheduler_->jobs;
  if (jobs.empty()) return false;
  const auto chosen = static_cast<std::ptrdiff_t>(random_.uniform(0, jobs.size() - 1));
  std::rotate(jobs.begin(), jobs.begin() + chosen, jobs.begin() + chosen + 1);
  scheduler_->run_once();
  return true;
}

void EngineWorld::settle() {
  while (run_job() || pool_.run_one() || builds_.run_one() || writer_->run_group() > 0) {
  }
}

void EngineWorld::advance(Millis by) {
  clock_.advance(std::chrono::milliseconds(by));
  scheduler_->advance_time(std::chrono::milliseconds(by));
}

EngineWorld::Shop EngineWorld::open_shop(const std::string& account) {
  api::WorkspaceInput shop;
  shop.set_name("Shop");
  const auto made = ask<api::WorkspaceCreated>(
      [&](auto reply) { host_->commands().create_workspace(shop, {}, std::move(reply)); });
  const Id workspace = *parse_id(IdType::workspace, made.value().workspace_id());
  api::ChannelInput page;
  page.set_type(api::CHANNEL_TYPE_MESSENGER);
  page.mutable_credentials()->set_page_id(account);
  const auto channel = ask<api::Channel>(
      [&](auto reply) { host_->commands().create_channel(workspace, page, {}, std::move(reply)); });
  return {workspace, *parse_id(IdType::channel, channel.value().id())};
}

void EngineWorld::lose_contact_key(const Id& workspace, const Id& contact) {
  check(keyring_->db().Delete({}, storage::keyring_keys::contact(workspace, contact)));
}

void EngineWorld::expire_raw_events() {
  const auto expired =
      vault_->expire_journal_keys(*reader_, clock_.now_ms(), in_ms(limits::kRawEventRetention));
  EXPECT_TRUE(expired.has_value());
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
