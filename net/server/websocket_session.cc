#include "net/server/websocket_session.h"

#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <deque>

#include "runtime/log.h"

namespace aura::net {
namespace {

namespace beast = boost::beast;
namespace ws = boost::beast::websocket;

constexpr std::size_t kIdleBuffer = 512;  // kept between messages
constexpr std::chrono::seconds kHandshakeTimeout{10};
constexpr std::chrono::seconds kCloseTimeout{3};  // for the peer's close frame

// The session as seen by its peer handle; calls on the loop.
class WebSocketLink {
 public:
  virtual ~WebSocketLink() = default;
  virtual void queue(std::string&& text) = 0;
  virtual void end(std::uint16_t code, std::string&& reason) = 0;
};

// The application's handle; it may outlive the session.
class Peer final : public WebSocketPeer {
 public:
  Peer(std::shared_ptr<IoLoop> loop, std::weak_ptr<WebSocketLink> link, std::size_t max_queue)
      : loop_(std::move(loop)), link_(std::move(link)), max_queue_(max_queue) {}

  bool send_text(std::string text) override {
    if (closed_) return false;
    if (queued_.fetch_add(text.size()) + text.size() > max_queue_) {
      close(ws::close_code::try_again_later, "too slow");
      return false;
    }
    loop_->post([link = link_, text = std::move(text)]() mutable {
      if (const auto to = link.lock()) to->queue(std::move(text));
    });
    return true;
  }

  void close(std::uint16_t code, std::string reason) override {
    if (closed_.exchange(true)) return;
    loop_->post([link = link_, code, reason = std::move(reason)]() mutable {
      if (const auto to = link.lock()) to->end(code, std::move(reason));
    });
  }

  void written(std::size_t bytes) { queued_ -= bytes; }
  void mark_closed() { closed_ = true; }

 private:
  std::shared_ptr<IoLoop> loop_;
  std::weak_ptr<WebSocketLink> link_;
  std::size_t max_queue_;
  std::atomic<std::size_t> queued_{0};
  std::atomic<bool> closed_{false};
};

template <class Stream>
class WebSocketSession final : public Session,
                               public WebSocketLink,
                               public std::enable_shared_from_this<WebSocketSession<Stream>> {
 public:
  WebSocketSession(Stream&& stream, WebSocketStart&& start)
      : host_(*start.host),
        tls_context_(std::move(start.tls_context)),
        handler_(std::move(start.handler)),
        stream_(std::move(stream)) {}

  void run(Request&& request) {
    const auto self = this->shared_from_this();
    host_.admit(self);
    ws::stream_base::timeout timeout{};
    timeout.handshake_timeout = kHandshakeTimeout;
    timeout.idle_timeout = host_.limits().websocket_idle;
    timeout.keep_alive_pings = true;
    stream_.set_option(timeout);
    stream_.set_option(ws::stream_base::decorator([](ws::response_type& response) {
      response.set(beast::http::field::server, "aura");  // else the library names itself
    }));
    stream_.read_message_max(host_.limits().websocket_message_bytes);
    stream_.auto_fragment(false);
    beast::http::request<beast::http::empty_body> upgrade{beast::http::verb::get, request.target,
                                                          11};
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
      const auto [name, value] = request.headers[i];
      upgrade.insert(name, value);
    }
    stream_.async_accept(upgrade,
                         [self, request = std::move(request)](const error_code& ec) mutable {
                           self->on_accepted(ec, request);
                         });
  }

  void tick(SteadyTime now) override {
    if (closing_ && now - closing_since_ > kCloseTimeout) finish();
  }
  void drain() override { end(ws::close_code::going_away, "restarting"); }
  void abort() override { finish(); }

  void queue(std::string&& text) override {
    if (closing_ || finished_) return;
    queue_.push_back(std::move(text));
    if (queue_.size() == 1) write_front();
  }

  void end(std::uint16_t code, std::string&& reason) override {
    if (closing_ || finished_) return;
    closing_ = true;
    closing_since_ = std::chrono::steady_clock::now();
    reason_ = {static_cast<ws::close_code>(code), reason.substr(0, 123)};
    if (code == ws::close_code::try_again_later && queue_.size() > 1) queue_.resize(1);
    if (opened_ && queue_.empty()) send_close();
  }

 private:
  void on_accepted(const error_code& ec, const Request& request) {
    if (finished_) return;
    if (ec) return finish();
    opened_ = true;
    peer_ = std::make_shared<Peer>(host_.loop().shared_from_this(),
                                   std::weak_ptr<WebSocketLink>(this->shared_from_this()),
                                   host_.limits().websocket_queue_bytes);
    guarded([&] { handler_->on_open(peer_, request); });
    if (closing_ && queue_.empty()) send_close();
    read();
  }

  void read() {
    stream_.async_read(buffer_, [self = this->shared_from_this()](
                                    const error_code& ec, std::size_t) { self->on_message(ec); });
  }

  void on_message(const error_code& ec) {
    if (finished_) return;
    if (ec) return finish();
    if (!stream_.got_text()) {
      end(ws::close_code::unknown_data, "text only");
    } else if (!closing_) {
      deliver();
    }
    buffer_.consume(buffer_.size());
    if (buffer_.capacity() > kIdleBuffer) buffer_.shrink_to_fit();
    read();  // also while closing, to receive the peer's close frame
  }

  void deliver() {
    const IoLoop::Batch batch(host_.loop());
    guarded([this] {
      handler_->on_text({static_cast<const char*>(buffer_.data().data()), buffer_.size()});
    });
  }

  // A handler that throws loses its connection.
  void guarded(const auto& work) {
    try {
      work();
    } catch (const std::exception& e) {
      log::error("websocket_handler_failed", {{"what", e.what()}});
      end(ws::close_code::internal_error, "internal error");
    }
  }

  void write_front() {
    stream_.text(true);
    stream_.async_write(asio::buffer(queue_.front()),
                        [self = this->shared_from_this()](const error_code& ec, std::size_t) {
                          self->on_written(ec);
                        });
  }

  void on_written(const error_code& ec) {
    if (finished_) return;
    if (ec) return finish();
    peer_->written(queue_.front().size());
    queue_.pop_front();
    if (!queue_.empty()) return write_front();
    if (queue_.empty()) queue_.shrink_to_fit();
    if (closing_) send_close();
  }

  void send_close() {
    if (close_sent_) return;
    close_sent_ = true;
    stream_.async_close(reason_,
                        [self = this->shared_from_this()](const error_code&) { self->finish(); });
  }

  void finish() {
    if (finished_) return;
    finished_ = true;
    const auto self = this->shared_from_this();
    error_code ignored;
    beast::get_lowest_layer(stream_).close(ignored);
    if (peer_) peer_->mark_closed();
    if (opened_) handler_->on_close();
    handler_.reset();
    host_.release(*this);
  }

  SessionHost& host_;
  std::shared_ptr<TlsContext> tls_context_;
  std::unique_ptr<WebSocketHandler> handler_;
  std::shared_ptr<Peer> peer_;
  ws::stream<Stream, false> stream_;
  beast::flat_buffer buffer_;
  std::deque<std::string> queue_;  // the front is being written
  ws::close_reason reason_;
  SteadyTime closing_since_;
  bool opened_ = false;
  bool closing_ = false;
  bool close_sent_ = false;
  bool finished_ = false;
};

template <class Stream>
void start_session(Stream&& stream, WebSocketStart&& start) {
  Request request = std::move(start.request);
  std::make_shared<WebSocketSession<Stream>>(std::move(stream), std::move(start))
      ->run(std::move(request));
}

}  // namespace

void run_websocket(tcp::socket&& stream, WebSocketStart&& start) {
  start_session(std::move(stream), std::move(start));
}

void run_websocket(TlsStream&& stream, WebSocketStart&& start) {
  start_session(std::move(stream), std::move(start));
}

}  // namespace aura::net
