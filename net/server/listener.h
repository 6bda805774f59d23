// Listener: accepts connections on one address and hands the sockets out. It pauses at the server's
// connection limit and when file descriptors run short; resume() looks whether there is room again.
// Owned by the server; runs on one loop.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>

#include "net/io_loop.h"
#include "runtime/result.h"

namespace aura::net {

class Listener {
 public:
  struct Options {
    std::size_t reserved_fds;
    std::function<bool()> may_accept;                          // below the connection limit
    std::function<void(int fd, std::string remote)> accepted;  // the receiver owns the socket
  };

  Listener(IoLoop& loop, Options options);
  ~Listener();
  Result<std::string> open(const std::string& address);  // before the loop starts
  void start();                                          // on the loop
  bool resume();  // on the loop: checks again whether to accept; false: no room
  void close();   // on the loop, before it ends

 private:
  using Acceptor = boost::asio::ip::tcp::acceptor;
  void wait();
  void accept_some();
  bool has_room();
  bool fds_short(int newest_fd) const;

  Options options_;
  std::unique_ptr<Acceptor> acceptor_;
  bool waiting_ = false;
  std::size_t fd_limit_ = 0;
  int newest_fd_ = 0;
};

}  // namespace aura::net
