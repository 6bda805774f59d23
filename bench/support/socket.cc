#include "bench/support/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace aura::bench {
namespace {

sockaddr_in address_of(const Endpoint& where) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(where.port);
  if (inet_pton(AF_INET, where.host.c_str(), &address.sin_addr) != 1) {
    throw std::invalid_argument("'" + where.host + "' is not a numeric IPv4 address");
  }
  return address;
}

void set_no_delay(int fd) {
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

[[noreturn]] void fail_with_errno(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

}  // namespace

Endpoint parse_endpoint(std::string_view text) {
  const std::string whole(text);
  if (const auto scheme = text.find("://"); scheme != text.npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find('/'));
  const auto colon = text.rfind(':');
  Endpoint out;
  if (colon == text.npos) throw std::invalid_argument("'" + whole + "' is not HOST:PORT");
  out.host = text.substr(0, colon);
  if (out.host == "localhost") out.host = "127.0.0.1";
  const auto digits = text.substr(colon + 1);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
  if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size()) {
    throw std::invalid_argument("'" + whole + "' is not HOST:PORT");
  }
  return out;
}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

int Socket::release() { return std::exchange(fd_, -1); }

void Socket::reset() {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

void Socket::reset_with_rst() {
  const linger now{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  reset();
}

Socket listen_on(Endpoint& where) {
  Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  auto address = address_of(where);
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket.fd(), raw, sizeof address) != 0) fail_with_errno("cannot bind " + where.text());
  if (listen(socket.fd(), 4096) != 0) fail_with_errno("cannot listen on " + where.text());
  socklen_t size = sizeof address;
  getsockname(socket.fd(), raw, &size);
  where.port = ntohs(address.sin_port);
  return socket;
}

Socket accept_from(const Socket& listener) {
  Socket socket(accept4(listener.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (socket) set_no_delay(socket.fd());
  return socket;
}

Socket connect_to(const Endpoint& where, bool blocking, const std::string& from) {
  Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (blocking ? 0 : SOCK_NONBLOCK), 0));
  if (!socket) fail_with_errno("cannot open a socket");
  set_no_delay(socket.fd());
  if (!from.empty()) {
    const auto source = address_of({from, 0});
    const int on = 1;  // choose the port at connect, so that ports can be shared
    setsockopt(socket.fd(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(socket.fd(), reinterpret_cast<const sockaddr*>(&source), sizeof source) != 0) {
      fail_with_errno("cannot bind " + from);
    }
  }
  const auto address = address_of(where);
  const auto* raw = reinterpret_cast<const sockaddr*>(&address);
  if (connect(socket.fd(), raw, sizeof address) != 0 && errno != EINPROGRESS) {
    fail_with_errno("cannot connect to " + where.text());
  }
  return socket;
}

void raise_descriptor_limit(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlimit more{wanted, std::max<rlim_t>(wanted, limit.rlim_max)};
  if (wanted > limit.rlim_max && setrlimit(RLIMIT_NOFILE, &more) == 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace aura::bench
