// The customers of a scenario: decides by weights and a seed who acts next, where and how, and
// remembers what the verdict needs. Owned by the runner; one thread.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/harness/visitors.h"
#include "bench/scenario/scenario.h"
#include "bench/scenario/stage.h"
#include "bench/scenario/verdict.h"
#include "bench/sim/simulator.h"

namespace aura::bench {

class Traffic {
 public:
  Traffic(Loop& loop, const Scenario& scenario, const Stage& stage, Simulator& simulator);

  bool act();  // one action; false: nobody can act at this moment
  std::uint64_t acted() const { return acted_; }
  std::size_t in_flight() const;
  void settled(const WebhookRecord& record);  // a webhook was delivered or given up
  ProviderTruth truth() const;
  std::uint64_t given_up() const { return given_up_; }
  std::uint64_t chat_lost() const { return visitors_ ? visitors_->lost() : 0; }

 private:
  struct Person {
    std::string id;
    std::size_t account = 0;   // index among the stage's accounts
    std::string last_message;  // a stored message, for reactions, edits and the like
  };
  struct Lot {  // a channel of the scenario
    const ScenarioChannel* plan = nullptr;
    std::vector<Person> people;
    std::vector<std::string> kinds;
    std::discrete_distribution<std::size_t> choose_kind;
  };

  void people_of(Lot& lot, std::size_t lot_number);
  bool chat(Lot& lot);
  void write(Lot& lot, Person& person, const std::string& kind);
  std::string question();

  const Scenario& scenario_;
  const Stage& stage_;
  Simulator& simulator_;
  std::mt19937_64 random_;
  std::vector<Lot> lots_;
  std::discrete_distribution<std::size_t> choose_lot_;
  std::unique_ptr<Visitors> visitors_;
  std::uint64_t chat_said_ = 0;
  std::uint64_t acted_ = 0;
  std::uint64_t asked_ = 0;
  std::uint64_t given_up_ = 0;
  std::size_t waiting_ = 0;  // inbound webhooks that are not finished
  std::unordered_map<std::uint64_t, std::string> unsending_;  // webhook → the message it takes back
  ProviderTruth truth_;
};

}  // namespace aura::bench
