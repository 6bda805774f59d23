// The customers of the simulated channels: turns their actions into webhooks, with unique ids and
// files that can be fetched. Owned by the simulator; one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bench/sim/inbound.h"
#include "bench/sim/media_store.h"
#include "bench/sim/twilio_api.h"

namespace aura::bench {

class Customers {
 public:
  Customers(MediaStore& media, TwilioApi& twilio, SimClock clock);

  // Fills in a missing id, time and file of `input`. `base_url`: this simulator's URL as the engine
  // reaches it.
  WebhookItem act(const InboundKind& kind, InboundInput input, const std::string& base_url);
  // Reads one JSON object of POST /_sim/inbound; the error says what is wrong with it.
  struct Asked {
    std::vector<WebhookItem> items;
    std::string error;
  };
  Asked asked(std::string_view json, const std::string& base_url);
  void clear() { files_.clear(); }

 private:
  std::string next_id(Channel channel, bool with_file);
  void attach(const InboundKind& kind, InboundInput& input, const std::string& base_url);

  MediaStore& media_;
  TwilioApi& twilio_;
  SimClock clock_;
  std::map<std::string, std::string> files_;  // kind of file → its media id
  std::uint64_t process_tag_;
  std::uint64_t next_ = 0;
};

}  // namespace aura::bench
