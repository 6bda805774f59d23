#include "net/server/responder.h"

#include <atomic>

#include "net/server/problem.h"

namespace aura::net {
namespace {

class SinkExchange final : public Exchange {
 public:
  explicit SinkExchange(std::function<void(Response)> sink) : sink_(std::move(sink)) {}
  ~SinkExchange() override { reply(dropped_response()); }
  SinkExchange(const SinkExchange&) = delete;
  SinkExchange& operator=(const SinkExchange&) = delete;

  void reply(Response response) override {
    if (!answered_.exchange(true)) sink_(std::move(response));
  }
  std::shared_ptr<EventSink> stream(Response) override { return nullptr; }

 private:
  std::function<void(Response)> sink_;
  std::atomic<bool> answered_{false};
};

}  // namespace

void EventStream::close() const {
  if (sink_) sink_->close();
}

void EventStream::on_close(std::function<void()> callback) const {
  if (sink_) {
    sink_->on_close(std::move(callback));
  } else {
    callback();
  }
}

std::string format_event(std::string_view id, std::string_view event, std::string_view data) {
  std::string out;
  out.reserve(data.size() + id.size() + event.size() + 24);
  if (!id.empty()) out.append("id: ").append(id).append("\n");
  if (!event.empty()) out.append("event: ").append(event).append("\n");
  std::size_t start = 0;
  for (;;) {
    const auto end = data.find('\n', start);
    out.append("data: ").append(data.substr(start, end - start)).append("\n");
    if (end == std::string_view::npos) break;
    start = end + 1;
  }
  out += '\n';
  return out;
}

Responder::Responder(std::function<void(Response)> sink)
    : exchange_(std::make_shared<SinkExchange>(std::move(sink))) {}

EventStream Responder::stream(Response head) const {
  return EventStream(exchange_->stream(std::move(head)));
}

EventStream open_events(const Responder& responder) {
  Response head;
  head.headers.add("X-Accel-Buffering", "no");
  EventStream stream = responder.stream(std::move(head));
  stream.send("retry: 2000\n: connected\n\n");
  return stream;
}

Response dropped_response() {
  return problem(Error{Errc::unavailable, "The request could not be finished; try again.", {}});
}

}  // namespace aura::net
