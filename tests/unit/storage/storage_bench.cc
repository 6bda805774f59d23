// The cost of a commit, an encryption and a read on this machine: prints, asserts nothing.
//   storage_bench [folder]      on the folder's file system, synced
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <latch>
#include <vector>

#include "storage/commit/writer.h"
#include "storage/keys.h"
#include "storage/storage.h"
#include "storage/timers/timer_scan.h"
#include "storage/vault/data_key.h"
#include "storage/vault/vault.h"

namespace aura::storage {
namespace {

using Steady = std::chrono::steady_clock;

double micros_since(Steady::time_point began) {
  return std::chrono::duration<double, std::micro>(Steady::now() - began).count();
}

Id numbered(std::uint64_t n) { return time_ordered_id(1'790'000'000'000, 1, n); }

// A typical decision: fenced state, a message, its external id, an outbox row, a feed row, the
// journal row erased, two counters.
Commit decision(const Id& ws, std::uint64_t n, std::uint64_t version) {
  const std::string text(250, 'x');
  const Id conversation = numbered(n);
  Commit c;
  c.workspace = ws;
  const std::string key = keys::conversation(ws, conversation);
  c.fence = Fence{Family::conversation, key, version};
  c.put(Family::conversation, key, fenced_value(version + 1, text));
  c.put(Family::message, keys::message(ws, conversation, numbered(version)), text);
  c.put(Family::external, keys::external(ws, ws, "m_" + std::to_string(n * 1'000'000 + version)),
        text.substr(0, 40));
  c.appends.push_back({Family::outbox, keys::outbox_of(ws, ws), text});
  c.appends.push_back({Family::feed, keys::head(ws), text.substr(0, 60)});
  c.erase(Family::journal, keys::journal(ws, n));
  c.usage = {{1, 1}, {2, 1}};
  return c;
}

void commits(Storage& storage, std::uint64_t group, std::uint64_t groups) {
  const Id ws = numbered(0);
  const auto began = Steady::now();
  double building = 0;
  for (std::uint64_t g = 0; g < groups; ++g) {
    const auto build = Steady::now();
    std::vector<Commit> ready;
    for (std::uint64_t n = 0; n < group; ++n) ready.push_back(decision(ws, n, g));
    building += micros_since(build);
    std::latch all(static_cast<std::ptrdiff_t>(group));
    for (Commit& c : ready)
      storage.writer().submit(std::move(c), [&](const CommitResult& r) {
        if (r.code != Errc::ok) std::printf("refused: %s\n", to_string(r.code));
        all.count_down();
      });
    all.wait();
  }
  const double total = micros_since(began) - building;
  std::printf("commits waiting together %4llu: %8.2f us a commit, %8.1f us a round\n",
              static_cast<unsigned long long>(group), total / static_cast<double>(group * groups),
              total / static_cast<double>(groups));
}

void seals() {
  constexpr int kRounds = 200'000;
  const AesKey key(random_key_bytes()), other(random_key_bytes());
  const std::string place(50, 'a'), text(300, 't');
  auto began = Steady::now();
  std::string sealed;
  for (int i = 0; i < kRounds; ++i) sealed = key.seal(place, text);
  std::printf("seal 300 bytes, same key: %6.0f ns\n", micros_since(began) * 1000 / kRounds);
  began = Steady::now();
  for (int i = 0; i < kRounds; ++i) (i % 2 == 0 ? key : other).seal(place, text);
  std::printf("seal 300 bytes, changing keys: %6.0f ns\n", micros_since(began) * 1000 / kRounds);
  began = Steady::now();
  std::size_t opened = 0;
  for (int i = 0; i < kRounds; ++i) opened += key.open(place, sealed)->size();
  std::printf("open 300 bytes, same key: %6.0f ns (%zu)\n", micros_since(began) * 1000 / kRounds,
              opened / kRounds);
}

void reads(Storage& storage) {
  constexpr int kRounds = 100'000;
  const std::string there = keys::conversation(numbered(0), numbered(1));
  const std::string missing = keys::external(numbered(0), numbered(0), "never seen");
  auto began = Steady::now();
  for (int i = 0; i < kRounds; ++i) (void)storage.reader().get(Family::conversation, there);
  std::printf("get, in memory: %6.0f ns\n", micros_since(began) * 1000 / kRounds);
  began = Steady::now();
  for (int i = 0; i < kRounds; ++i) (void)storage.reader().get(Family::external, missing);
  std::printf("get, missing: %6.0f ns\n", micros_since(began) * 1000 / kRounds);
}

int run(const std::string& folder) {
  const SystemClock clock;
  seals();
  struct Size {
    std::uint64_t group, groups;
  };
  for (const Size size : {Size{1, 1000}, Size{32, 500}, Size{256, 200}}) {
    std::filesystem::remove_all(folder);
    auto storage = Storage::open({folder, folder + "/master.key"}, clock);
    if (!storage) {
      std::printf("%s\n", storage.error().detail.c_str());
      return 1;
    }
    (*storage)->start();
    commits(**storage, size.group, size.groups);
    if (size.group == 256) reads(**storage);
    storage->reset();
    const auto began = Steady::now();
    storage = Storage::open({folder, folder + "/master.key"}, clock);
    std::printf("opening it again: %.1f ms\n", micros_since(began) / 1000);
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace aura::storage

int main(int argc, char** argv) {
  return aura::storage::run(argc > 1 ? argv[1] : "storage_bench_data");
}
