// Transport: the byte stream of a connection, plain TCP or TLS. Owned by its connection, used only
// on its loop's thread. A running operation keeps the owner alive.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <functional>
#include <memory>
#include <string_view>

#include "net/io_loop.h"

namespace aura::net {

using boost::system::error_code;
using tcp = asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;
using TlsContext = asio::ssl::context;
struct WebSocketStart;

class TransportOwner {
 public:
  virtual ~TransportOwner() = default;
  virtual void on_handshake(const error_code& ec) = 0;
  virtual void on_read(const error_code& ec, std::size_t size) = 0;
  virtual void on_written(const error_code& ec) = 0;
};

class Transport {
 public:
  using Owner = std::shared_ptr<TransportOwner>;
  enum class Written { all, pending, failed };

  virtual ~Transport() = default;
  virtual void handshake(Owner owner, bool as_client) = 0;  // TLS only
  // Calls once the peer has sent something, or the connection has ended.
  virtual void when_readable(std::function<void()> then) = 0;
  // Nothing has arrived that was not read yet: neither bytes nor the end of the stream.
  virtual bool quiet() = 0;
  virtual void read_some(char* data, std::size_t size, Owner owner) = 0;
  // Tries to write at once. `pending`: on_written() follows, and `data` must stay valid until then.
  virtual Written write(std::string_view data, Owner owner) = 0;
  virtual void end_writing(Owner owner) = 0;  // the peer then reads an end of stream
  virtual void close() = 0;
  // Moves the stream into a new WebSocket session; the transport is empty afterwards.
  virtual void upgrade(WebSocketStart&& start) = 0;
};

std::unique_ptr<Transport> plain_transport(tcp::socket socket);
// The socket must be connected; the stream keeps the context alive.
std::unique_ptr<Transport> tls_transport(tcp::socket socket, std::shared_ptr<TlsContext> context,
                                         const std::string& server_name);

}  // namespace aura::net
