// One connection of the HTTP client. It connects for its first call and then serves one call after
// the other. It always reads, so that it notices a peer's close while idle. Owned by its HostPool
// until it closes; runs on its shard's loop.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>

#include "net/client/pool.h"
#include "net/server/http_parser.h"

namespace aura::net {

class ClientConnection final : public TransportOwner,
                               public std::enable_shared_from_this<ClientConnection> {
 public:
  ClientConnection(ClientShard& shard, HostPool& pool) : shard_(shard), pool_(pool) {}

  void connect(std::shared_ptr<ClientCall> call);
  void start(std::shared_ptr<ClientCall> call);
  bool usable() const;  // idle, not for too long, and its peer has not ended it
  void tick(SteadyTime now);
  void close();
  void fail(Errc code, const std::string& detail);  // fails the call and closes
  HostPool& pool() { return pool_; }

  void on_handshake(const error_code& ec) override;
  void on_read(const error_code& ec, std::size_t size) override;
  void on_written(const error_code& ec) override;

 private:
  enum class Phase { connecting, idle, busy, closed };

  void resolve();
  void connect_to_endpoints();
  void connect_next();
  void on_connected(const error_code& ec);
  void write_request();
  void read();
  void parse();
  void on_broken(const error_code& ec);
  void complete();

  ClientShard& shard_;
  HostPool& pool_;
  Phase phase_ = Phase::connecting;
  std::optional<tcp::socket> socket_;  // while connecting
  std::optional<tcp::resolver> resolver_;
  std::vector<tcp::endpoint> endpoints_;  // not tried yet; the next one is last
  std::size_t attempt_ = 0;
  SteadyTime attempt_until_;
  std::unique_ptr<Transport> transport_;
  std::shared_ptr<ClientCall> call_;
  std::optional<ReplyParser> parser_;
  std::string out_;
  std::unique_ptr<char[]> in_;
  std::size_t in_end_ = 0;
  bool reused_ = false;  // has served an earlier call
  bool sent_ = false;    // a byte of this call may have left
  bool writing_ = false;
  bool got_bytes_ = false;  // of the reply
  SteadyTime since_;        // start of connecting, or of being idle
};

}  // namespace aura::net
