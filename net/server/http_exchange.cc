#include "net/server/http_exchange.h"

namespace aura::net {
namespace {

class StreamHandle final : public EventSink {
 public:
  explicit StreamHandle(std::shared_ptr<StreamState> state) : state_(std::move(state)) {}
  ~StreamHandle() override { state_->request_end(); }
  StreamHandle(const StreamHandle&) = delete;
  StreamHandle& operator=(const StreamHandle&) = delete;

  bool send(std::string text) override { return state_->send(std::move(text)); }
  void close() override { state_->request_end(); }
  void on_close(std::function<void()> callback) override { state_->on_close(std::move(callback)); }
  bool wait_for_room(std::function<void()> callback) override {
    return state_->wait_for_room(std::move(callback));
  }

 private:
  std::shared_ptr<StreamState> state_;
};

}  // namespace

bool StreamState::send(std::string text) {
  if (closed_) return false;
  if (text.empty()) return true;
  if (queued_.fetch_add(text.size()) + text.size() > address_.stream_buffer_bytes) {
    if (closed_.exchange(true)) return false;
    address_.loop->post([address = address_] {
      if (const auto target = address.target.lock()) target->end_stream(address.sequence, true);
    });
    return false;
  }
  address_.loop->post([address = address_, text = std::move(text)]() mutable {
    if (const auto target = address.target.lock()) {
      target->stream_data(address.sequence, std::move(text));
    }
  });
  return true;
}

void StreamState::request_end() {
  if (closed_.exchange(true)) return;
  address_.loop->post([address = address_] {
    if (const auto target = address.target.lock()) target->end_stream(address.sequence, false);
  });
}

void StreamState::on_close(std::function<void()> callback) {
  {
    const std::lock_guard lock(mutex_);
    if (!over_) {
      callback_ = std::move(callback);
      return;
    }
  }
  callback();
}

bool StreamState::wait_for_room(std::function<void()> callback) {
  const std::lock_guard lock(mutex_);
  if (over_ || has_room()) return false;
  on_room_ = std::move(callback);
  return true;
}

void StreamState::written(std::size_t bytes) {
  queued_ -= bytes;
  if (bytes == 0 || !has_room()) return;
  std::function<void()> callback;
  {
    const std::lock_guard lock(mutex_);
    callback.swap(on_room_);
  }
  if (callback) callback();
}

void StreamState::finished() {
  closed_ = true;
  std::function<void()> callback, unused;
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
    unused.swap(on_room_);
    callback.swap(callback_);
  }
  if (callback) callback();
}

HttpExchange::~HttpExchange() {
  if (answered_) return;
  address_.loop->post([address = address_] {
    if (const auto target = address.target.lock()) {
      target->answer(address.sequence, dropped_response());
    }
  });
}

void HttpExchange::reply(Response response) {
  if (answered_.exchange(true)) return;
  response_ = std::move(response);
  if (address_.loop->on_this_thread()) {
    run();
  } else {
    address_.loop->post(shared_from_this());
  }
}

void HttpExchange::run() {
  if (const auto target = address_.target.lock()) {
    target->answer(address_.sequence, std::move(response_));
  }
}

std::shared_ptr<EventSink> HttpExchange::stream(Response head) {
  if (answered_.exchange(true)) return nullptr;
  auto state = std::make_shared<StreamState>(address_);
  address_.loop->post([address = address_, head = std::move(head), state]() mutable {
    const auto target = address.target.lock();
    if (target) {
      target->open_stream(address.sequence, std::move(head), std::move(state));
    } else {
      state->finished();
    }
  });
  return std::make_shared<StreamHandle>(std::move(state));
}

}  // namespace aura::net
