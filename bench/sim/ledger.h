// The sends that the simulated providers accepted, in order of acceptance: the truth that tests and
// scenarios compare the engine with. Owned by the simulator, in memory; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/sim/channel.h"

namespace aura::bench {

struct AcceptedSend {
  std::uint64_t seq = 0;  // 1, 2, 3 … without gaps
  std::int64_t time_ms = 0;
  Channel channel = Channel::messenger;
  std::string page_id;         // the account: page, IG account, phone number id, account sid
  std::string recipient;       // the contact's name in webhooks: id, wa_id, E.164
  std::string recipient_kind;  // empty: an id; else comment_id, user_ref, user_id …
  std::string person;          // who receives it: the author, if the recipient is a comment
  std::string kind;            // "message", "reaction", or the sender action
  std::string type;            // type of a message: text, image, interactive, template, …
  std::string text;
  std::string metadata;    // returned in echoes and statuses
  std::string callback;    // SMS: URL for statuses
  std::string sender;      // SMS: the sending number
  std::string message_id;  // empty for a sender action
  std::string message;     // the message object as sent, JSON
  bool answered = true;    // false: accepted, then the connection was closed without an answer
};

class Ledger {
 public:
  AcceptedSend& append(AcceptedSend entry);
  void clear();
  std::size_t size() const { return entries_.size(); }
  const std::vector<AcceptedSend>& entries() const { return entries_; }
  // Entries with seq > since, at most `limit`, as {"entries":[…],"next":seq,"total":n}.
  std::string json(std::uint64_t since, std::size_t limit,
                   std::optional<Channel> only = std::nullopt) const;

 private:
  std::uint64_t last_seq_ = 0;
  std::vector<AcceptedSend> entries_;
};

}  // namespace aura::bench
