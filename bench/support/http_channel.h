// One client connection to an HTTP/1.1 server: requests are written as given, responses arrive in
// order. Owned by its user, ends with it; after a break it reconnects at the next send. Only the
// loop's thread may call; it must not be destroyed inside its own callbacks.
#pragma once

#include <string>
#include <string_view>

#include "bench/support/http_framing.h"
#include "bench/support/loop.h"
#include "bench/support/socket.h"

namespace aura::bench {

class HttpChannel final : private IoHandler {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void on_response(HttpChannel& channel, const HttpMessage& response) = 0;
    // The connection broke with `unanswered` requests outstanding, which may or may not have
    // arrived.
    virtual void on_broken(HttpChannel& channel, std::size_t unanswered) = 0;
  };

  HttpChannel(Loop& loop, Endpoint where, Owner& owner, std::size_t index);
  ~HttpChannel() override;

  void send(std::string_view request);
  void abandon();  // closes the connection; drops outstanding requests without a callback
  std::size_t in_flight() const { return in_flight_; }
  std::size_t index() const { return index_; }  // the owner's number for it

 private:
  void on_io(std::uint32_t events) override;
  bool flush();
  bool read_some();
  void take_responses();
  void watch(std::uint32_t events);
  void disconnect();
  void broken();

  Loop& loop_;
  Endpoint where_;
  Owner& owner_;
  std::size_t index_;
  Socket socket_;
  bool connected_ = false;
  std::uint32_t watched_ = 0;
  std::size_t in_flight_ = 0;
  std::string input_;
  std::string output_;
};

}  // namespace aura::bench
