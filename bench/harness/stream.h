// A stream of load: connections to one server, fed by a workload, either in a closed loop (the next
// operation starts when one ends) or on a schedule. The latency of a scheduled operation counts
// from when it was due, not from when a connection was free, so a stalled server cannot hide its
// stall (no coordinated omission). Owned by a suite; on the generator's loop; one thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/support/http_channel.h"
#include "bench/support/latency.h"

namespace aura::bench {

// Produces the operations of a stream.
class Workload {
 public:
  virtual ~Workload() = default;
  // Appends one complete request and returns its tag, or kNothing if there is nothing to send now.
  virtual std::uint64_t next(std::string& out, TimePoint due) = 0;
  // The server answered (status 0: the connection broke). True: the operation has ended. False: the
  // workload calls Stream::finish() later.
  virtual bool answered(std::uint64_t tag, int status) = 0;

  static constexpr std::uint64_t kNothing = ~std::uint64_t{0};
};

struct StreamOptions {
  std::size_t connections = 64;
  std::size_t pipeline = 1;    // outstanding requests per connection
  std::size_t operations = 0;  // operations in flight; 0: as many as the connections allow
  double per_second = 0;       // 0: closed loop
  std::uint64_t seed = 1;      // seeds the arrival times
};

struct StreamCounts {
  std::uint64_t answered_ok = 0;
  std::uint64_t refused = 0;  // 429 and 503
  std::uint64_t failed = 0;   // any other status, or a broken connection
};

class Stream final : public HttpChannel::Owner {
 public:
  Stream(Loop& loop, const Endpoint& where, Workload& workload, StreamOptions options);
  ~Stream() override;

  void start();
  void pause();  // sends nothing more; outstanding requests continue
  void set_rate(double per_second) { options_.per_second = per_second; }
  void finish();  // ends an operation that continued after its answer
  std::size_t outstanding() const { return outstanding_; }

  // Counts and latencies (from due time to answer) since the last reset.
  void reset_counts();
  const StreamCounts& counts() const { return counts_; }
  const LatencyHistogram& latency() const { return latency_; }

 private:
  struct Sent {
    std::uint64_t tag;
    TimePoint due;
  };

  void on_response(HttpChannel& channel, const HttpMessage& response) override;
  void on_broken(HttpChannel& channel, std::size_t unanswered) override;
  void pump();
  bool due_now(TimePoint& due);
  void arm_timer();
  void settle(const Sent& sent, int status);
  void free_channel_later(std::size_t index, std::chrono::milliseconds wait);

  Loop& loop_;
  Workload& workload_;
  StreamOptions options_;
  std::vector<std::unique_ptr<HttpChannel>> channels_;
  std::vector<std::deque<Sent>> sent_;  // per channel, oldest first
  std::deque<std::size_t> free_;        // lists a channel once per request that it may still carry
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::mt19937_64 random_;
  bool running_ = false;
  bool timer_armed_ = false;
  TimePoint next_due_;
  std::size_t outstanding_ = 0;
  std::string buffer_;
  StreamCounts counts_;
  LatencyHistogram latency_;
};

}  // namespace aura::bench
