#include "net/transport.h"

#include <sys/socket.h>

#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>

#include "net/server/websocket_session.h"

namespace aura::net {
namespace {

void wait_for_data(tcp::socket& socket, std::function<void()> then) {
  socket.async_wait(tcp::socket::wait_read,
                    [then = std::move(then)](const error_code&) { then(); });
}

bool is_quiet(tcp::socket& socket) {
  char byte;
  return ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         (errno == EAGAIN || errno == EINTR);
}

void close_socket(tcp::socket& socket) {
  error_code ignored;
  socket.close(ignored);
}

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(tcp::socket socket) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
  }

  void handshake(Owner owner, bool) override { owner->on_handshake({}); }
  void when_readable(std::function<void()> then) override {
    wait_for_data(socket_, std::move(then));
  }
  bool quiet() override { return is_quiet(socket_); }

  void read_some(char* data, std::size_t size, Owner owner) override {
    auto& target = *owner;
    socket_.async_read_some(asio::buffer(data, size),
                            [&target, owner = std::move(owner)](
                                const error_code& ec, std::size_t n) { target.on_read(ec, n); });
  }

  // Most answers fit into the socket's buffer: writing them at once saves a turn of the event loop.
  Written write(std::string_view data, Owner owner) override {
    error_code ec;
    const std::size_t n = socket_.write_some(asio::buffer(data.data(), data.size()), ec);
    if (ec && ec != asio::error::would_block) return Written::failed;
    if (n == data.size()) return Written::all;
    auto& target = *owner;
    asio::async_write(socket_, asio::buffer(data.data() + n, data.size() - n),
                      [&target, owner = std::move(owner)](const error_code& e, std::size_t) {
                        target.on_written(e);
                      });
    return Written::pending;
  }

  void end_writing(Owner) override {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void close() override { close_socket(socket_); }
  void upgrade(WebSocketStart&& start) override {
    run_websocket(std::move(socket_), std::move(start));
  }

 private:
  tcp::socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(tcp::socket socket, std::shared_ptr<TlsContext> context)
      : context_(std::move(context)), stream_(std::move(socket), *context_) {}

  TlsStream& stream() { return stream_; }

  void handshake(Owner owner, bool as_client) override {
    auto& target = *owner;
    stream_.async_handshake(
        as_client ? TlsStream::client : TlsStream::server,
        [&target, owner = std::move(owner)](const error_code& ec) { target.on_handshake(ec); });
  }

  void when_readable(std::function<void()> then) override {
    wait_for_data(stream_.next_layer(), std::move(then));
  }
  bool quiet() override { return is_quiet(stream_.next_layer()); }

  void read_some(char* data, std::size_t size, Owner owner) override {
    auto& target = *owner;
    stream_.async_read_some(asio::buffer(data, size),
                            [&target, owner = std::move(owner)](
                                const error_code& ec, std::size_t n) { target.on_read(ec, n); });
  }

  Written write(std::string_view data, Owner owner) override {
    auto& target = *owner;
    asio::async_write(stream_, asio::buffer(data.data(), data.size()),
                      [&target, owner = std::move(owner)](const error_code& ec, std::size_t) {
                        target.on_written(ec);
                      });
    return Written::pending;
  }

  void end_writing(Owner owner) override {
    stream_.async_shutdown([owner = std::move(owner)](const error_code&) {});
  }

  void close() override { close_socket(stream_.next_layer()); }
  void upgrade(WebSocketStart&& start) override {
    start.tls_context = context_;
    run_websocket(std::move(stream_), std::move(start));
  }

 private:
  std::shared_ptr<TlsContext> context_;
  TlsStream stream_;
};

}  // namespace

std::unique_ptr<Transport> plain_transport(tcp::socket socket) {
  return std::make_unique<PlainTransport>(std::move(socket));
}

std::unique_ptr<Transport> tls_transport(tcp::socket socket, std::shared_ptr<TlsContext> context,
                                         const std::string& server_name) {
  auto transport = std::make_unique<TlsTransport>(std::move(socket), std::move(context));
  if (!server_name.empty()) {
    error_code not_ip;
    asio::ip::make_address(server_name, not_ip);
    if (not_ip) SSL_set_tlsext_host_name(transport->stream().native_handle(), server_name.c_str());
    transport->stream().set_verify_mode(asio::ssl::verify_peer);
    transport->stream().set_verify_callback(asio::ssl::host_name_verification(server_name));
  }
  return transport;
}

}  // namespace aura::net
