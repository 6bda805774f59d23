// Stores conversations: sends one message from each sender of a population, in order, as fast as
// the engine accepts; refused messages are sent again. Owned by a suite; one thread.
#pragma once

#include <string>
#include <vector>

#include "bench/suites/scene.h"

namespace aura::bench {

class Filler final : public Workload {
 public:
  Filler(Context& context, Scene& scene, std::size_t senders);

  // Sends at this rate from now on.
  void pace(double per_second) { stream_.set_rate(per_second); }

  // Returns when this many conversations are stored and the engine is idle again.
  void fill_to(std::uint64_t conversations);

  std::uint64_t next(std::string& out, TimePoint due) override;
  bool answered(std::uint64_t tag, int status) override;

 private:
  Context& context_;
  Scene& scene_;
  WebhookFactory factory_;
  Population population_;
  Stream stream_;
  std::uint64_t next_ = 0;
  std::uint64_t wanted_ = 0;
  std::uint64_t stored_ = 0;
  std::vector<std::uint64_t> again_;
  std::string text_;
};

}  // namespace aura::bench
