// Builds signed webhook requests, each different: many senders on many pages, unique message ids,
// distinct texts. Owned by a workload; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/sim/channel.h"
#include "bench/support/signer.h"

namespace aura::bench {

// The senders and their accounts: maps sender numbers to the channel's ids and spreads them over
// the accounts.
struct Population {
  std::uint64_t first_page = 0;
  std::uint64_t pages = 1;
  std::uint64_t first_sender = 0;
  std::uint64_t senders = 1;

  std::uint64_t page_id(std::uint64_t sender) const { return first_page + sender % pages; }
  std::uint64_t sender_id(std::uint64_t sender) const { return first_sender + sender; }
};

class WebhookFactory {
 public:
  WebhookFactory(std::string_view app_secret, std::string_view host,
                 Channel channel = Channel::messenger);

  // Appends a complete POST /webhooks/meta with one text message in the channel's format.
  void append_message(std::string& out, std::uint64_t page, std::uint64_t sender,
                      std::string_view text);
  std::uint64_t made() const { return made_; }
  std::uint64_t body_bytes() const { return body_bytes_; }

 private:
  void append_messaging(std::uint64_t page, std::uint64_t sender, std::string_view text);
  void append_whatsapp(std::uint64_t number, std::uint64_t sender, std::string_view text);

  Channel channel_;
  Signer signer_;
  std::string head_;     // request line and fixed headers, up to the signature
  std::string run_tag_;  // keeps message ids of two runs distinct
  std::string body_;
  std::uint64_t made_ = 0;
  std::uint64_t body_bytes_ = 0;
};

}  // namespace aura::bench
