// The setting of a scenario: a workspace of a real engine with a catalog, and a channel for every
// account of the scenario. Starts its own engine, or uses a running one. Owned by the runner; its
// calls block, so open() runs on a thread beside the loop's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/harness/engine.h"
#include "bench/harness/shop.h"
#include "bench/scenario/scenario.h"

namespace aura::bench {

struct StageOptions {
  std::filesystem::path program;  // the engine to start, unless `operator_url` names a running one
  std::filesystem::path scratch;
  std::string operator_url;
  std::string operator_token;
  std::string public_url;  // of the running engine
  bool keep_data = false;
};

struct StageAccount {
  std::string channel;      // messenger, …
  std::string account;      // page, IG account, phone number id, account sid
  std::string token;        // the token it sends with
  std::string id;           // of its channel in the engine
  std::string credentials;  // JSON
  std::string own_number;   // SMS
  std::string webhook;      // SMS: URL for its inbound messages
  std::string widget_key;   // webchat
};

class Stage {
 public:
  Stage(StageOptions options, std::string simulator_url);

  // Starts the engine, or connects to the running one. Call it on a thread that lives as long as
  // the engine should: the kernel ends the engine together with the thread that started it.
  void start();
  // Creates everything that the scenario needs. Afterwards refused() lists the channels that the
  // engine refused.
  void open(const Scenario& scenario);
  // The owner gives every channel its credentials again, as after a token has died. Blocks.
  void reconnect() const;
  const std::vector<StageAccount>& accounts() const { return accounts_; }
  const std::vector<std::string>& refused() const { return refused_; }
  const std::vector<ShopItem>& items() const { return items_; }

  const Endpoint& public_side() const { return public_; }
  RestClient api() const { return {public_, workspace_.api_key}; }
  const std::string& workspace() const { return workspace_.id; }
  RestClient operator_api() const;

 private:
  void add(const StageAccount& account);
  StageAccount account_of(const std::string& channel, std::uint64_t number) const;

  StageOptions options_;
  std::string simulator_url_;
  std::unique_ptr<Engine> engine_;
  Endpoint public_;
  Endpoint operator_;
  std::string operator_token_;
  std::string public_url_;
  Workspace workspace_;
  std::vector<StageAccount> accounts_;
  std::vector<std::string> refused_;
  std::vector<ShopItem> items_;
};

}  // namespace aura::bench
