// What the simulated provider has accepted, in order of acceptance: the truth that tests and the
// job suite compare the engine with. Owned by the simulator, in memory; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aura::bench {

struct AcceptedSend {
  std::uint64_t seq = 0;  // 1, 2, 3 … without gaps
  std::int64_t time_ms = 0;
  std::string page_id;
  std::string recipient;
  std::string kind;  // "message", or the sender action
  std::string text;
  std::string metadata;
  std::string message_id;  // empty for a sender action
  std::string message;     // the message object as JSON, as it was sent
  bool answered = true;    // false: accepted, then the connection was closed without an answer
};

class Ledger {
 public:
  AcceptedSend& append(AcceptedSend entry);
  void clear();
  std::size_t size() const { return entries_.size(); }
  // Entries with seq > since, at most `limit`, as {"entries":[…],"next":seq,"total":n}.
  std::string json(std::uint64_t since, std::size_t limit) const;

 private:
  std::uint64_t last_seq_ = 0;
  std::vector<AcceptedSend> entries_;
};

}  // namespace aura::bench
