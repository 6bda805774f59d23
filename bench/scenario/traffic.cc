#include "bench/scenario/traffic.h"

#include <cstdio>
#include <set>

#include "bench/sim/inbound.h"

namespace aura::bench {
namespace {

constexpr std::size_t kMaxVisitors = 20'000;

// After these actions the contact need not be answered: a person or nobody is in charge, sending is
// forbidden, or the customer may have taken the question back.
const std::set<std::string> kMuting{"human_echo",    "stop",    "standby",        "pass_thread",
                                    "policy",        "comment", "number_changed", "unsend",
                                    "account_error", "revoke"};
// These kinds refer to an earlier message.
const std::set<std::string> kAbout{"reaction", "unreact", "edit", "unsend",
                                   "revoke",   "reply",   "read"};

std::string person_id(Channel channel, std::uint64_t number) {
  char text[32];
  const char* format = channel == Channel::messenger   ? "7001%012llu"
                       : channel == Channel::instagram ? "6841%012llu"
                       : channel == Channel::whatsapp  ? "4915%09llu"
                                                       : "+1415%07llu";
  std::snprintf(text, sizeof text, format, static_cast<unsigned long long>(number));
  return text;
}

Progress told_by(const std::string& kind) {
  return kind == "echo" ? Progress::sent : progress_named(kind);
}

}  // namespace

Traffic::Traffic(Loop& loop, const Scenario& scenario, const Stage& stage, Simulator& simulator)
    : scenario_(scenario), stage_(stage), simulator_(simulator), random_(scenario.seed) {
  std::vector<double> shares;
  for (const auto& plan : scenario.channels) {
    Lot lot;
    lot.plan = &plan;
    std::vector<double> weights;
    for (const auto& [kind, weight] : plan.kinds) {
      lot.kinds.push_back(kind);
      weights.push_back(weight);
    }
    lot.choose_kind = {weights.begin(), weights.end()};
    people_of(lot, lots_.size());
    if (lot.people.empty()) continue;
    if (plan.name == "webchat") {
      const auto& key = stage.accounts()[lot.people.front().account].widget_key;
      visitors_ = std::make_unique<Visitors>(loop, stage.public_side(), "/chat/" + key);
      visitors_->open(lot.people.size());
    }
    lots_.push_back(std::move(lot));
    shares.push_back(plan.share);
  }
  choose_lot_ = {shares.begin(), shares.end()};
}

// The ids contain the lot's number, so that no two channels share a person.
void Traffic::people_of(Lot& lot, std::size_t lot_number) {
  std::vector<std::size_t> accounts;
  for (std::size_t i = 0; i < stage_.accounts().size(); ++i) {
    if (stage_.accounts()[i].channel == lot.plan->name) accounts.push_back(i);
  }
  if (accounts.empty()) return;
  const auto channel = channel_named(lot.plan->name);
  const auto people =
      channel ? lot.plan->people : std::min<std::uint64_t>(lot.plan->people, kMaxVisitors);
  for (std::uint64_t n = 0; n < people; ++n) {
    Person person;
    person.account = accounts[n % accounts.size()];
    if (channel) person.id = person_id(*channel, 5'000'000 + 10 * n + lot_number % 10);
    lot.people.push_back(std::move(person));
  }
}

std::size_t Traffic::in_flight() const {
  return waiting_ + (visitors_ ? visitors_->unacknowledged() : 0);
}

bool Traffic::act() {
  auto& lot = lots_[choose_lot_(random_)];
  if (lot.plan->name == "webchat") return chat(lot);
  auto& person = lot.people[random_() % lot.people.size()];
  write(lot, person, lot.kinds[lot.choose_kind(random_)]);
  ++acted_;
  return true;
}

bool Traffic::chat(Lot& lot) {
  const auto visitor = random_() % lot.people.size();
  if (visitors_->welcomed() < lot.people.size() || visitors_->is_waiting(visitor)) return false;
  visitors_->say(visitor, question());
  ++chat_said_;
  ++acted_;
  return true;
}

std::string Traffic::question() {
  std::string text;
  append_price_question(text, stage_.items()[random_() % stage_.items().size()], asked_++);
  return text;
}

void Traffic::write(Lot& lot, Person& person, const std::string& wanted) {
  const auto channel = *channel_named(lot.plan->name);
  const auto& account = stage_.accounts()[person.account];
  const bool premature = kAbout.contains(wanted) && person.last_message.empty();
  const auto name = premature ? std::string("small_talk") : wanted;
  const bool plain = name == "question" || name == "small_talk";
  const auto& kind = *inbound_kind(channel, plain ? "text" : name);
  InboundInput input;
  input.account = account.account;
  input.from = person.id;
  input.own_number = account.own_number.empty() ? input.own_number : account.own_number;
  input.url = account.webhook;
  input.target = person.last_message;
  const auto target = person.last_message;
  input.text.clear();
  if (name == "question") {
    input.text = question();
    truth_.asked[person.id] = lot.plan->name;
  } else {
    append_small_talk(input.text, asked_++);
  }
  if (kMuting.contains(name)) truth_.muted.insert(person.id);
  ++waiting_;
  const auto seq = simulator_.act(kind, std::move(input));
  const auto* record = simulator_.webhook_log().look(seq);
  if (record == nullptr) return;
  truth_.posted.insert(record->id);
  if (kind.stores) person.last_message = record->id;
  if (name == "unsend" || name == "revoke") {
    unsending_[seq] = target;
    person.last_message.clear();
  }
  if (name == "human_echo") truth_.echoes.insert(record->id);
}

void Traffic::settled(const WebhookRecord& record) {
  const bool delivered = record.outcome == WebhookRecord::Outcome::delivered;
  const bool announced = !truth_.posted.contains(record.id);
  if (announced) {
    if (!delivered) return;
    auto& told = truth_.told[record.id];
    told = std::max(told, told_by(record.kind));
    return;
  }
  --waiting_;
  if (const auto unsent = unsending_.find(record.seq); unsent != unsending_.end()) {
    if (delivered) truth_.unsent.insert(unsent->second);
    unsending_.erase(unsent);
  }
  if (!delivered) {
    ++given_up_;
  } else if (record.stores) {
    truth_.acknowledged.emplace(record.id, std::string(name_of(record.channel)));
  }
}

ProviderTruth Traffic::truth() const {
  auto out = truth_;
  out.chat_acknowledged = visitors_ ? chat_said_ - visitors_->unacknowledged() : 0;
  return out;
}

}  // namespace aura::bench
