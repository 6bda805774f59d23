// Web chat visitors: thousands of WebSocket clients on one loop. Each waits for its welcome and
// then idles, or sends a message and times its acknowledgement. Owned by a suite or a scenario; one
// thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/support/latency.h"
#include "bench/support/loop.h"
#include "bench/support/socket.h"

namespace aura::bench {

class Visitors {
 public:
  Visitors(Loop& loop, Endpoint where, std::string path);
  ~Visitors();

  void open(std::size_t count);  // limits the number of concurrent handshakes
  void say(std::size_t visitor, const std::string& text);  // not while is_waiting()
  bool is_waiting(std::size_t visitor) const;  // whether an acknowledgement is outstanding

  std::size_t size() const { return visitors_.size(); }
  std::size_t welcomed() const { return welcomed_; }
  std::size_t lost() const { return lost_; }  // refused, or closed by the server
  std::size_t unacknowledged() const { return unacknowledged_; }
  const LatencyHistogram& ack_latency() const { return latency_; }

 private:
  class Visitor;
  void open_more();

  static constexpr std::size_t kHandshakesAtOnce = 128;

  Loop& loop_;
  Endpoint where_;
  std::string path_;
  std::size_t wanted_ = 0;
  std::size_t welcomed_ = 0;
  std::size_t lost_ = 0;
  std::size_t unacknowledged_ = 0;
  std::uint64_t next_client_id_ = 0;
  LatencyHistogram latency_;
  std::vector<std::unique_ptr<Visitor>> visitors_;
};

// The part of RFC 6455 framing that a client needs.
//   byte 0: FIN and opcode · byte 1: MASK and 7-bit length (126: 16 bits follow, 127: 64 bits) ·
//   4 bytes mask (client to server only) · payload
std::string client_frame(unsigned opcode, std::string_view payload);
struct ServerFrame {
  unsigned opcode = 0;
  std::string_view payload;
  std::size_t size = 0;  // 0: incomplete
};
ServerFrame parse_server_frame(std::string_view bytes);

}  // namespace aura::bench
