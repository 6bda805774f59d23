// One seeded run: customers and a faulty provider around the whole engine, crashes and power cuts
// at random steps and at fault points, then a healthy end. Finally it compares the data on disk and
// the sends that the provider accepted with what the customers did. The same seed gives the same
// run, except for random ids.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "tests/scenario/customers.h"
#include "tests/support/sim_channel.h"

namespace aura::test {

struct Plan {
  std::uint64_t seed = 1;
  Sabotage sabotage = Sabotage::none;
  int steps = 1200;
  int crashes = 3;
  bool actor_faults = true;  // fault points make actors fail
  int provider_faults = 15;  // percentage of failing calls
};

class Simulation {
 public:
  explicit Simulation(Plan plan);
  ~Simulation();
  // Returns what was wrong; empty: nothing.
  std::vector<std::string> run();

 private:
  void begin_life();
  void set_up();
  void end_life();
  void arm_faults();
  void step();
  void finish();
  bool at_rest();
  Id some_conversation();
  void excuse_sends_in_flight();

  // simulation_check.cc
  struct Conversation;
  void check();
  void check_conversation(const Id& id, const Conversation& conversation);
  void check_inbound(const std::vector<Conversation>& all);
  void check_order(const Conversation& conversation);
  void check_sends(const std::vector<Conversation>& all);
  std::vector<Conversation> load();
  template <class... Parts>
  void wrong(const Parts&... parts) {
    std::ostringstream text;
    (text << ... << parts);
    violations_.push_back(text.str());
  }

  const Plan plan_;
  SeededRandom random_;
  FakeClock clock_;
  Disk disk_;
  SimProvider provider_{clock_, random_};
  SimChannel channel_;
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_MESSENGER, &channel_}};
  Customers customers_{clock_, random_};
  std::unique_ptr<EngineWorld> world_;
  bool killed_ = false;
  std::map<std::string, int> excused_;  // message → number of crashes that cut off its call
  std::vector<std::string> violations_;
};

}  // namespace aura::test
