// From a handler's Responder back to its connection: the answer (or the events of a stream) travels
// to the connection's loop as a LoopWork. Answers by any thread; the connection may be gone.
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

// The connection's side; all calls on its loop.
class ExchangeTarget {
 public:
  virtual ~ExchangeTarget() = default;
  virtual void answer(std::uint64_t sequence, Response&& response) = 0;
  virtual void open_stream(std::uint64_t sequence, Response&& head,
                           std::shared_ptr<StreamState> stream) = 0;
  virtual void stream_data(std::uint64_t sequence, std::string&& text) = 0;
  virtual void end_stream(std::uint64_t sequence, bool cut_off) = 0;
};

// Where an answer goes. Copyable; the loop outlives it, the connection need not.
struct ExchangeAddress {
  std::shared_ptr<IoLoop> loop;
  std::weak_ptr<ExchangeTarget> target;
  std::uint64_t sequence = 0;
  std::size_t stream_buffer_bytes = 0;
};

// Shared between a stream's handle and its connection.
class StreamState {
 public:
  explicit StreamState(ExchangeAddress address) : address_(std::move(address)) {}

  bool send(std::string text);  // any thread
  void request_end();           // any thread
  void on_close(std::function<void()> callback);

  bool wait_for_room(std::function<void()> callback);  // any thread

  void written(std::size_t bytes);  // the connection: left the queue
  void finished();                  // the connection: it is over

 private:
  bool has_room() const { return queued_ <= address_.stream_buffer_bytes / 2; }

  ExchangeAddress address_;
  std::atomic<std::size_t> queued_{0};
  std::atomic<bool> closed_{false};
  std::mutex mutex_;
  bool over_ = false;               // under mutex_
  std::function<void()> callback_;  // under mutex_
  std::function<void()> on_room_;   // under mutex_
};

class HttpExchange final : public Exchange,
                           public LoopWork,
                           public std::enable_shared_from_this<HttpExchange> {
 public:
  explicit HttpExchange(ExchangeAddress address) : address_(std::move(address)) {}
  ~HttpExchange() override;  // unanswered: 503
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;

  void reply(Response response) override;
  std::shared_ptr<EventSink> stream(Response head) override;
  void run() override;  // on the loop: hands the answer over

 private:
  ExchangeAddress address_;
  std::atomic<bool> answered_{false};
  Response response_;
};

}  // namespace aura::net
