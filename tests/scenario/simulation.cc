#include "tests/scenario/simulation.h"

#include "runtime/fault_points.h"
#include "runtime/log.h"
#include "storage/keys.h"

namespace aura::test {

using storage::Family;

Simulation::Simulation(Plan plan) : plan_(plan), random_(plan.seed) {
  log::set_level(log::Level::error);
}

Simulation::~Simulation() { fault::disarm(); }

void Simulation::begin_life() {
  EngineOptions options;
  options.channel_debounce = std::chrono::milliseconds(random_.chance(1, 2) ? 1500 : 0);
  options.conversation_idle = std::chrono::seconds(2);  // conversations leave memory often
  if (random_.chance(1, 2)) options.outbox_memory = 3;  // further messages wait on disk
  provider_.dead = false;
  killed_ = false;
  world_ = std::make_unique<EngineWorld>(disk_, clock_, random_, provider_, adapters_, options,
                                         plan_.sabotage);
}

// Cuts the power or kills the process; unsynced data may be lost.
void Simulation::end_life() {
  fault::disarm();
  disk_.fs->power_off_after(0);
  provider_.dead = true;
  provider_.forget_callers();
  customers_.life_ended();
  world_.reset();
  disk_.fs->power_on(random_);
}

void Simulation::set_up() {
  api::WorkspaceInput shop;
  shop.set_name("Shop");
  const auto made = world_->ask<api::WorkspaceCreated>(
      [&](auto reply) { world_->host().commands().create_workspace(shop, {}, std::move(reply)); });
  customers_.workspace = *parse_id(IdType::workspace, made.value().workspace_id());
  api::ChannelInput page;
  page.set_type(api::CHANNEL_TYPE_MESSENGER);
  page.mutable_credentials()->set_page_id(Customers::kAccount);
  const auto connected = world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().create_channel(customers_.workspace, page, {}, std::move(reply));
  });
  customers_.channel = *parse_id(IdType::channel, connected.value().id());
  api::ChannelInput widget;
  widget.set_type(api::CHANNEL_TYPE_WEBCHAT);
  const auto chat = world_->ask<api::Channel>([&](auto reply) {
    world_->host().commands().create_channel(customers_.workspace, widget, {}, std::move(reply));
  });
  customers_.widget_key = chat.value().widget_key();
  api::ItemInput cake;
  cake.set_name("Chocolate cake");
  cake.mutable_price()->set_amount_minor(450);
  cake.mutable_price()->set_currency("USD");
  (void)world_->ask<api::Item>([&](auto reply) {
    world_->host().commands().create_item(customers_.workspace, cake, {}, std::move(reply));
  });
}

// At most two failures of a kind per run: an event that fails three times becomes a dead letter by
// design.
void Simulation::arm_faults() {
  std::vector<fault::Rule> rules;
  const auto rule = [&](const char* name, fault::Action action, std::uint64_t one_in,
                        std::uint64_t at_most) {
    fault::Rule made;
    made.name = name;
    made.action = action;
    made.p_denominator = one_in;
    made.at_most = at_most;
    rules.push_back(made);
  };
  if (plan_.actor_faults) {
    rule("conversation_commit", fault::Action::error, 25, 2);
    rule("S7", fault::Action::error, 15, 2);
    rule("S9", fault::Action::error, 15, 2);
    rule("S2", fault::Action::error, 25, 3);
  }
  if (plan_.crashes > 0) {
    rule("S2", fault::Action::kill, 150, 1);
    rule("S4", fault::Action::kill, 150, 1);
    for (const char* point : {"S7", "S9", "conversation_commit"})
      rule(point, fault::Action::kill, 100, 1);
  }
  fault::Effects effects;
  effects.kill = [this] {
    killed_ = true;
    disk_.fs->power_off_after(0);
    customers_.life_ended();  // a dead process sends no acknowledgement
    provider_.dead = true;
  };
  effects.sleep = [](std::chrono::milliseconds) {};
  fault::arm(std::move(rules), random_.next(), std::move(effects));
}

Id Simulation::some_conversation() {
  return conversation::conversation_id(
      customers_.channel, "person-" + std::to_string(random_.uniform(0, Customers::kThreads - 1)));
}

void Simulation::step() {
  const auto dice = random_.uniform(0, 99);
  if (dice < 55) {
    for (auto jobs = random_.uniform(1, 12); jobs > 0 && world_->run_job(); --jobs) {
    }
  } else if (dice < 70) {
    world_->writer().run_group();
  } else if (dice < 76) {
    world_->pool().run_one();
    world_->builds().run_one();
  } else if (dice < 82) {
    provider_.answer();
  } else if (dice < 88) {
    world_->advance(static_cast<Millis>(random_.uniform(1, 600)));
  } else if (dice < 92) {
    customers_.write_something();
  } else if (dice < 96) {
    customers_.deliver(world_->host().ingress());
  } else if (dice < 97) {
    customers_.chat_something();
  } else if (dice < 99) {
    customers_.ask(world_->host());
  } else if (random_.chance(1, 3)) {
    if (const Id id = some_conversation();
        world_->rows()
            .get(Family::conversation, storage::keys::conversation(customers_.workspace, id))
            .value_or(std::nullopt))
      customers_.order_send(id);
  }
  for (const auto& sent : std::exchange(provider_.news, {})) customers_.report(sent);
}

// After a crash, a message that the provider has accepted may be sent again if its row is still
// there.
void Simulation::excuse_sends_in_flight() {
  std::set<std::string> rows;
  (void)world_->rows().for_each(Family::outbox, {}, [&](std::string_view, std::string_view value) {
    record::Outbox row;
    if (row.ParseFromArray(value.data(), static_cast<int>(value.size())))
      rows.insert(format_id(IdType::message, Id::from_view(row.message())));
    return true;
  });
  std::set<std::string> taken;
  for (const auto& sent : provider_.accepted) taken.insert(sent.message_id);
  int cut_off = 0;
  for (const auto& message : taken) {
    if (!rows.contains(message)) continue;
    ++excused_[message];
    ++cut_off;
  }
  if (cut_off > limits::kSendsInFlight) wrong("more sends cut off than may be in flight");
}

bool Simulation::at_rest() {
  return customers_.satisfied() && provider_.idle() && world_->count(Family::journal) == 0 &&
         world_->count(Family::outbox) == 0 && world_->services().ledger.in_flight() == 0;
}

// Ends all faults. A quarter of an hour must be enough for everything that was postponed.
void Simulation::finish() {
  fault::disarm();
  provider_.fault_percent = 0;
  int quiet = 0;
  for (int round = 0; round < 1800 && quiet < 20; ++round) {
    if (!customers_.satisfied()) {
      customers_.write_something();  // completes the webhook that is being collected
      for (int i = 0; i < 4; ++i) customers_.deliver(world_->host().ingress());
      for (int i = 0; i < 4; ++i) customers_.ask(world_->host());
    }
    world_->settle();
    world_->advance(500);
    provider_.answer();
    provider_.news.clear();
    world_->settle();
    quiet = at_rest() ? quiet + 1 : 0;
  }
  if (quiet == 0)
    wrong("not at rest: journal ", world_->count(Family::journal), ", outbox ",
          world_->count(Family::outbox), ", in flight ", world_->services().ledger.in_flight(),
          customers_.satisfied() ? "" : ", customers wait");
}

std::vector<std::string> Simulation::run() {
  begin_life();
  set_up();
  std::set<int> crash_at;
  for (int i = 0; i < plan_.crashes; ++i)
    crash_at.insert(
        static_cast<int>(random_.uniform(50, static_cast<std::uint64_t>(plan_.steps - 1))));
  provider_.fault_percent = plan_.provider_faults;
  arm_faults();
  for (int at = 0; at < plan_.steps; ++at) {
    step();
    const bool planned = crash_at.contains(at);
    if (planned && random_.chance(1, 2)) {  // cuts the power in the middle of a write
      disk_.fs->power_off_after(random_.uniform(1, 4));
      world_->writer().run_group();
    }
    if (!planned && !killed_ && !world_->storage_failed()) continue;
    end_life();
    clock_.advance(std::chrono::milliseconds(random_.uniform(1, 3000)));
    begin_life();
    excuse_sends_in_flight();
    arm_faults();
  }
  finish();
  check();
  return violations_;
}

}  // namespace aura::test
