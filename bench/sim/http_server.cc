#include "bench/sim/http_server.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

namespace aura::bench {
namespace {

constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kMaxRequest = 16 << 20;

void append_response(std::string& out, const HttpAnswer& answer) {
  out += "HTTP/1.1 ";
  out += std::to_string(answer.status);
  out += answer.status == 200 ? " OK\r\nContent-Type: " : " Error\r\nContent-Type: ";
  out += answer.content_type;
  out += "\r\n";
  out += answer.extra_headers;
  out += "Content-Length: ";
  out += std::to_string(answer.body.size());
  out += "\r\n\r\n";
  out += answer.body;
}

}  // namespace

class HttpServer::Connection final : public IoHandler,
                                     public std::enable_shared_from_this<Connection> {
 public:
  Connection(HttpServer& server, Socket socket) : server_(server), socket_(std::move(socket)) {
    server_.loop_.add(socket_.fd(), EPOLLIN, this);
  }
  ~Connection() override { shut(false); }

  void on_io(std::uint32_t events) override {
    const auto self = shared_from_this();
    if ((events & EPOLLOUT) != 0 && !flush()) return;
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && read_all()) answer_all();
  }

 private:
  bool read_all() {
    while (true) {
      const auto had = input_.size();
      input_.resize(had + kReadSize);
      const auto got = recv(socket_.fd(), input_.data() + had, kReadSize, 0);
      input_.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
      if (got == static_cast<ssize_t>(kReadSize) && input_.size() < kMaxRequest) continue;
      if (got > 0) return true;
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
      end(false);
      return false;
    }
  }

  void answer_all() {
    std::size_t used = 0;
    HttpMessage request;
    while (!waiting_ && socket_) {
      const auto framing = parse_http(std::string_view(input_).substr(used), request);
      if (framing == Framing::incomplete) break;
      if (framing == Framing::malformed) return end(false);
      auto answer = server_.handler_(request);
      used += request.size;
      keep_alive_ = request.keep_alive();
      if (answer.delay.count() > 0) {
        postpone(std::move(answer));
      } else if (!deliver(answer)) {
        return;
      }
    }
    input_.erase(0, used);
    if (socket_) flush();
  }

  void postpone(HttpAnswer answer) {
    waiting_ = true;
    const auto delay = answer.delay;
    server_.loop_.after(delay, [weak = weak_from_this(), kept = std::move(answer)] {
      const auto self = weak.lock();
      if (!self || !self->socket_) return;
      self->waiting_ = false;
      if (self->deliver(kept)) self->answer_all();
    });
  }

  bool deliver(const HttpAnswer& answer) {
    if (answer.fate != HttpAnswer::Fate::respond) {
      end(answer.fate == HttpAnswer::Fate::reset);
      return false;
    }
    append_response(output_, answer);
    if (!keep_alive_) closing_ = true;
    return true;
  }

  bool flush() {
    while (sent_ < output_.size()) {
      const auto wrote =
          send(socket_.fd(), output_.data() + sent_, output_.size() - sent_, MSG_NOSIGNAL);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0 && errno == EAGAIN) {
        watch(EPOLLIN | EPOLLOUT);
        return true;
      }
      if (wrote < 0) {
        end(false);
        return false;
      }
      sent_ += static_cast<std::size_t>(wrote);
    }
    output_.clear();
    sent_ = 0;
    watch(EPOLLIN);
    if (closing_) end(false);
    return !closing_;
  }

  void watch(std::uint32_t events) {
    if (events == watched_) return;
    watched_ = events;
    server_.loop_.change(socket_.fd(), events);
  }

  void shut(bool with_rst) {
    if (!socket_) return;
    server_.loop_.remove(socket_.fd());
    if (with_rst) {
      socket_.reset_with_rst();
    } else {
      socket_.reset();
    }
  }

  void end(bool with_rst) {
    const auto self = shared_from_this();
    const int fd = socket_.fd();
    server_.forget(fd);
    shut(with_rst);
  }

  HttpServer& server_;
  Socket socket_;
  std::uint32_t watched_ = EPOLLIN;
  std::string input_;
  std::string output_;
  std::size_t sent_ = 0;
  bool waiting_ = false;  // a delayed answer holds back the answers behind it
  bool keep_alive_ = true;
  bool closing_ = false;
};

HttpServer::HttpServer(Loop& loop, Endpoint where, Handler handler)
    : loop_(loop),
      where_(std::move(where)),
      handler_(std::move(handler)),
      listener_(listen_on(where_)) {
  loop_.add(listener_.fd(), EPOLLIN, this);
}

HttpServer::~HttpServer() {
  loop_.remove(listener_.fd());
  connections_.clear();
}

void HttpServer::on_io(std::uint32_t) {
  while (auto socket = accept_from(listener_)) {
    const int fd = socket.fd();
    connections_[fd] = std::make_shared<Connection>(*this, std::move(socket));
  }
}

void HttpServer::forget(int fd) { connections_.erase(fd); }

}  // namespace aura::bench
