// The arguments of every suite: options, the loop, the report. Owned by main; one thread.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "bench/harness/report.h"
#include "bench/sim/channel.h"
#include "bench/support/loop.h"

namespace aura::bench {

struct BenchOptions {
  double seconds = 10;            // measured time for each side of a comparison
  std::filesystem::path program;  // the engine
  std::filesystem::path scratch;  // for data directories
  std::size_t connections = 64;
  std::size_t pipeline = 1;
  std::size_t rounds = 5;  // turns between engine and reference
  std::size_t pages = 64;
  std::size_t workspaces = 4;
  std::size_t items = 40;  // in each workspace's catalog
  std::size_t senders = 20'000;
  std::size_t jobs_in_flight = 128;
  std::size_t conversations = 0;         // growth, recovery: the largest population
  std::size_t sockets = 5'000;           // webchat
  Channel channel = Channel::messenger;  // ingest, job: channel of the bodies
  bool keep_data = false;

  // A population that takes time to make: the whole of it in a full run, a share in a shorter one.
  std::size_t scaled(std::size_t whole) const {
    return static_cast<std::size_t>(static_cast<double>(whole) *
                                    std::clamp(seconds / 10, 0.05, 1.0));
  }
};

// "max throughput", or "max throughput (whatsapp)" for a channel other than Messenger.
inline std::string with_channel(std::string name, Channel channel) {
  if (channel == Channel::messenger) return name;
  return name + " (" + std::string(name_of(channel)) + ")";
}

struct Context {
  const BenchOptions& options;
  Loop& loop;
  Report& report;
};

void run_ingest(Context& context);
void run_job(Context& context);
void run_actors(Context& context);
void run_webchat(Context& context);
void run_growth(Context& context);
void run_recovery(Context& context);
void run_fairness(Context& context);
void run_inspect(Context& context);

}  // namespace aura::bench
