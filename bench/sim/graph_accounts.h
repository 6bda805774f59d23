// The Graph API's data about accounts and people: a user's pages, subscriptions, the fields of a
// page, an Instagram account, a WhatsApp number or a person. Owned by the Graph API; one thread.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "bench/sim/faults.h"
#include "bench/sim/graph_call.h"
#include "bench/sim/graph_error.h"

namespace aura::bench {

class GraphAccounts {
 public:
  GraphAccounts(Faults& faults, std::string app_id) : faults_(faults), app_id_(std::move(app_id)) {}

  // Answers reads of nodes, {node}/accounts, {node}/subscribed_apps and {app}/subscriptions.
  HttpAnswer handle(const GraphCall& call, Channel channel, const std::string& account);
  void clear() { fields_.clear(); }

 private:
  HttpAnswer subscriptions(const GraphCall& call, Channel channel, const std::string& account);
  HttpAnswer pages() const;

  Faults& faults_;
  std::string app_id_;
  std::unordered_map<std::string, std::string> fields_;  // account → subscribed fields; "-": none
};

}  // namespace aura::bench
