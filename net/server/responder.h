// Responder: the one right to answer a request. Copy it into whatever works on the answer; the
// first reply() of any copy is sent, later ones are ignored. If every copy is destroyed without a
// reply (an actor died with the request in its mailbox), the client gets 503 with Retry-After.
// Any thread may call; a reply to a connection that is gone, or a server that stopped, is dropped.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/http.h"

namespace aura::net {

// Where a stream's bytes go; the server implements it. Any thread may call.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual bool send(std::string text) = 0;  // false once closed
  virtual void close() = 0;
  virtual void on_close(std::function<void()> callback) = 0;
  // False: there is room. True: wait, `callback` runs once there is (never, if it ends before).
  virtual bool wait_for_room(std::function<void()> callback) = 0;
};

// Server-sent events. A reader that lets more than the server's stream_buffer_bytes pile up is
// cut off. Keep-alive comments are sent by the server. The stream ends with its last copy.
class EventStream {
 public:
  EventStream() = default;
  explicit EventStream(std::shared_ptr<EventSink> sink) : sink_(std::move(sink)) {}

  bool send(std::string text) const { return sink_ && sink_->send(std::move(text)); }
  void close() const;
  // Runs once when the stream has ended, whoever ended it, on an io thread (or here, if it already
  // has).
  void on_close(std::function<void()> callback) const;
  // For who can wait: true if the reader has yet to take half of what may pile up. Then `callback`
  // runs once it has, on an io thread; never, if the stream ends before.
  bool wait_for_room(std::function<void()> callback) const {
    return sink_ && sink_->wait_for_room(std::move(callback));
  }
  explicit operator bool() const { return sink_ != nullptr; }

 private:
  std::shared_ptr<EventSink> sink_;
};

// One event in wire form; a line break in `data` becomes further data lines.
std::string format_event(std::string_view id, std::string_view event, std::string_view data);

// One request waiting for its answer; the server (or a test) implements it.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void reply(Response response) = 0;
  virtual std::shared_ptr<EventSink> stream(Response head) = 0;  // null if already answered
};

class Responder {
 public:
  explicit Responder(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  // Answers into a function: for tests, and for answering one request as part of another.
  explicit Responder(std::function<void(Response)> sink);

  void reply(Response response) const { exchange_->reply(std::move(response)); }
  // Answers 200 text/event-stream and keeps it open; `head` may add headers.
  EventStream stream(Response head = {}) const;

 private:
  std::shared_ptr<Exchange> exchange_;
};

Response dropped_response();  // the 503 of a request nobody answered

}  // namespace aura::net
