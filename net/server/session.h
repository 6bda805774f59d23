// Session: what a server's io thread (its Shard) knows of a connection, HTTP or WebSocket. The
// shard owns it from admit() to release(); everything here runs on the shard's loop.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "net/io_loop.h"
#include "net/server/router.h"
#include "net/server/server.h"

namespace aura::net {

class Session {
 public:
  virtual ~Session() = default;
  virtual void tick(SteadyTime now) = 0;  // look at the deadlines
  virtual void drain() = 0;               // finish what is in flight, then end
  virtual void abort() = 0;               // end at once

 private:
  friend class Shard;
  std::size_t index_ = 0;  // in the shard's list
};

// What a session needs of its server.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  virtual IoLoop& loop() = 0;
  virtual const Router& router() = 0;
  virtual const ServerLimits& limits() = 0;
  virtual std::atomic<std::int64_t>& bodies_in_memory() = 0;
  virtual void admit(std::shared_ptr<Session> session) = 0;
  virtual void release(Session& session) = 0;
  // A handshake that was begun is over; the next one in the queue may begin.
  virtual void handshake_done() = 0;
  virtual void count_response(int status) = 0;
};

}  // namespace aura::net
