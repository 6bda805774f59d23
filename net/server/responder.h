// Responder: the right to answer one request. Copy it into whatever works on the answer. The first
// reply() of any copy is sent, later ones are ignored. If every copy is destroyed without a reply
// (an actor died with the request in its mailbox), the client gets 503 with Retry-After. Any thread
// may call; replies to a closed connection or a stopped server are dropped.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/http.h"

namespace aura::net {

// Receives the bytes of a stream; the server implements it. Any thread may call.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual bool send(std::string text) = 0;  // false once closed
  virtual void close() = 0;
  virtual void on_close(std::function<void()> callback) = 0;
  // False: there is room now. True: there is none; `callback` runs once there is (never, if the
  // stream ends before).
  virtual bool wait_for_room(std::function<void()> callback) = 0;
};

// Server-sent events. The server cuts off a reader that lets more than stream_buffer_bytes pile up,
// and sends keep-alive comments. The stream ends when the last copy is destroyed.
class EventStream {
 public:
  EventStream() = default;
  explicit EventStream(std::shared_ptr<EventSink> sink) : sink_(std::move(sink)) {}

  bool send(std::string text) const { return sink_ && sink_->send(std::move(text)); }
  void close() const;
  // Runs `callback` once when the stream has ended, whichever side ended it, on an io thread (or at
  // once on this thread, if the stream has already ended).
  void on_close(std::function<void()> callback) const;
  // For senders that can wait. True: more than half of the buffer is still unread; `callback` then
  // runs on an io thread when there is room (never, if the stream ends before).
  bool wait_for_room(std::function<void()> callback) const {
    return sink_ && sink_->wait_for_room(std::move(callback));
  }
  explicit operator bool() const { return sink_ != nullptr; }

 private:
  std::shared_ptr<EventSink> sink_;
};

// One event in wire format; each line of `data` becomes a data line.
std::string format_event(std::string_view id, std::string_view event, std::string_view data);

// One request waiting for its answer; implemented by the server (or a test).
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void reply(Response response) = 0;
  virtual std::shared_ptr<EventSink> stream(Response head) = 0;  // null if already answered
};

class Responder {
 public:
  explicit Responder(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  // Passes the answer to a function: for tests, and to answer one request as part of another.
  explicit Responder(std::function<void(Response)> sink);

  void reply(Response response) const { exchange_->reply(std::move(response)); }
  // Answers 200 text/event-stream and keeps the stream open; `head` may add headers.
  EventStream stream(Response head = {}) const;

 private:
  std::shared_ptr<Exchange> exchange_;
};

// Opens a stream of events, also through proxies that buffer: they are asked not to, and something
// is sent at once, so that the client knows that it is connected. Empty: already answered.
EventStream open_events(const Responder& responder);

Response dropped_response();  // the 503 for a request that nobody answered

}  // namespace aura::net
