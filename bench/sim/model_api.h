// The language model of the simulation, as OpenAI's chat completions and Anthropic's messages. It
// answers from the prompt's own lines ("i1 Latte | …") with the references that the engine asks
// for, or as the knob `model_answer` says. Owned by the simulator; one thread.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "bench/sim/faults.h"
#include "bench/sim/http_server.h"
#include "bench/sim/sim_clock.h"

namespace aura::bench {

class ModelApi {
 public:
  ModelApi(Faults& faults, SimClock clock) : faults_(faults), clock_(std::move(clock)) {}

  static bool is_own(std::string_view target);
  HttpAnswer handle(const HttpMessage& request);
  std::string json() const;  // the newest calls: {"calls":[{at_ms, path, request, answer, status}]}
  void clear() { calls_.clear(); }

 private:
  struct Call {
    std::int64_t at_ms = 0;
    std::string path, request, answer;
    int status = 0;
  };

  HttpAnswer answer(const HttpMessage& request, const std::string& body, bool openai);

  Faults& faults_;
  SimClock clock_;
  std::deque<Call> calls_;
  std::uint64_t next_ = 0;
};

}  // namespace aura::bench
