// Carries the answer (or the events of a stream) from a handler's Responder to the connection's
// loop, as a LoopWork. Any thread may answer; the connection may be gone.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "net/io_loop.h"
#include "net/server/responder.h"

namespace aura::net {

class StreamState;

// Implemented by the connection; all calls on its loop.
class ExchangeTarget {
 public:
  virtual ~ExchangeTarget() = default;
  virtual void answer(std::uint64_t sequence, Response&& response) = 0;
  virtual void open_stream(std::uint64_t sequence, Response&& head,
                           std::shared_ptr<StreamState> stream) = 0;
  virtual void stream_data(std::uint64_t sequence, std::string&& text) = 0;
  virtual void end_stream(std::uint64_t sequence, bool cut_off) = 0;
};

// Names the connection and the request that an answer belongs to. Copyable; the loop outlives it,
// the connection may not.
struct ExchangeAddress {
  std::shared_ptr<IoLoop> loop;
  std::weak_ptr<ExchangeTarget> target;
  std::uint64_t sequence = 0;
  std::size_t stream_buffer_bytes = 0;
};

// Shared by the handle of a stream and its connection.
class StreamState {
 public:
  explicit StreamState(ExchangeAddress address) : address_(std::move(address)) {}

  bool send(std::string text);  // any thread
  void request_end();           // any thread
  void on_close(std::function<void()> callback);

  bool wait_for_room(std::function<void()> callback);  // any thread

  void written(std::size_t bytes);  // called by the connection: these bytes have left the queue
  void finished();                  // called by the connection: the stream is over

 private:
  bool has_room() const { return queued_ <= address_.stream_buffer_bytes / 2; }

  ExchangeAddress address_;
  std::atomic<std::size_t> queued_{0};
  std::atomic<bool> closed_{false};
  std::mutex mutex_;
  bool over_ = false;               // guarded by mutex_
  std::function<void()> callback_;  // guarded by mutex_
  std::function<void()> on_room_;   // guarded by mutex_
};

class HttpExchange final : public Exchange,
                           public LoopWork,
                           public std::enable_shared_from_this<HttpExchange> {
 public:
  explicit HttpExchange(ExchangeAddress address) : address_(std::move(address)) {}
  ~HttpExchange() override;  // answers 503 if nobody answered
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;

  void reply(Response response) override;
  std::shared_ptr<EventSink> stream(Response head) override;
  void run() override;  // on the loop: passes the answer to the connection

 private:
  ExchangeAddress address_;
  std::atomic<bool> answered_{false};
  Response response_;
};

}  // namespace aura::net
