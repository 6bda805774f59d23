// Session: the interface through which a server's io thread (its Shard) manages a connection, HTTP
// or WebSocket. The shard owns it from admit() to release(); everything here runs on the shard's
// loop.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "net/io_loop.h"
#include "net/server/router.h"
#include "net/server/server.h"

namespace aura::net {

class Session {
 public:
  virtual ~Session() = default;
  virtual void tick(SteadyTime now) = 0;  // checks the deadlines
  virtual void drain() = 0;               // finishes requests in flight, then ends
  virtual void abort() = 0;               // ends at once
  // Since when it has been waited for the first request; nothing: there was one.
  virtual std::optional<SteadyTime> silent_since() const { return {}; }

 private:
  friend class Shard;
  std::size_t index_ = 0;  // in the shard's list
};

// The server's services for a session.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  virtual IoLoop& loop() = 0;
  virtual const Router& router() = 0;
  virtual const ServerLimits& limits() = 0;
  virtual std::atomic<std::int64_t>& bodies_in_memory() = 0;
  virtual void admit(std::shared_ptr<Session> session) = 0;
  virtual void release(Session& session) = 0;
  // For expensive work (TLS handshakes): runs one such call per turn of the loop, so that a flood
  // of them does not block other connections.
  virtual void in_turn(std::function<void()> work) = 0;
  virtual void count_response(int status) = 0;
};

}  // namespace aura::net
