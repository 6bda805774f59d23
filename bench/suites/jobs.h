// Whole jobs: a customer asks for a price, and the job ends when the provider accepts an answer
// with the right price. Every answer is checked, not a sample. Owned by a suite; one thread.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "bench/sim/ledger.h"
#include "bench/suites/scene.h"

namespace aura::bench {

class JobWorkload final : public Workload {
 public:
  JobWorkload(const Scene& scene, const Endpoint& where, Population population,
              Channel channel = Channel::messenger);

  std::uint64_t next(std::string& out, TimePoint due) override;
  bool answered(std::uint64_t tag, int status) override;
  // The provider accepted this send; true if it was a message to one of this workload's senders.
  bool sent(const AcceptedSend& entry);
  void attach(Stream* stream) { stream_ = stream; }

  struct Counts {
    std::uint64_t done = 0;   // the first answer named the right price
    std::uint64_t wrong = 0;  // the first answer did not name it
    std::uint64_t unexpected =
        0;  // a message to somebody who had asked nothing (or had the answer)
    std::string wrong_example;
  };
  void reset_counts();
  const Counts& counts() const { return counts_; }
  const LatencyHistogram& latency() const { return latency_; }  // due time → accepted
  std::size_t waiting() const { return waiting_; }
  const WebhookFactory& factory() const { return factory_; }

 private:
  struct Job {
    bool open = false;
    std::size_t item = 0;
    TimePoint due;
  };

  const Scene& scene_;
  WebhookFactory factory_;
  Population population_;
  Stream* stream_ = nullptr;
  std::vector<Job> jobs_;           // by sender; one open question per sender
  std::deque<std::uint64_t> idle_;  // senders without an open question
  std::uint64_t asked_ = 0;
  std::size_t waiting_ = 0;
  std::string text_;
  Counts counts_;
  LatencyHistogram latency_;
};

}  // namespace aura::bench
