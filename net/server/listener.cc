#include "net/server/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "runtime/log.h"

namespace aura::net {
namespace {

using tcp = boost::asio::ip::tcp;
using boost::system::error_code;

constexpr int kAcceptsAtOnce = 64;

Result<tcp::endpoint> parse_address(const std::string& text) {
  const auto colon = text.rfind(':');
  const auto wrong = [&] {
    return fail(Errc::invalid, "\"" + text + "\" is not an address; write \"127.0.0.1:8080\".");
  };
  if (colon == std::string::npos) return wrong();
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (host == "localhost") host = "127.0.0.1";
  unsigned short port = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + colon + 1, end, port);
  error_code ec;
  const auto address = boost::asio::ip::make_address(host, ec);
  if (ec || parsed.ec != std::errc() || parsed.ptr != end) return wrong();
  return tcp::endpoint(address, port);
}

std::string remote_text(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  } else {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace

Listener::Listener(IoLoop& loop, Options options)
    : options_(std::move(options)), acceptor_(std::make_unique<Acceptor>(loop.context())) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  fd_limit_ = static_cast<std::size_t>(limit.rlim_cur);
}

Listener::~Listener() = default;

Result<std::string> Listener::open(const std::string& address) {
  const auto endpoint = parse_address(address);
  if (!endpoint) return tl::unexpected(endpoint.error());
  error_code ec;
  acceptor_->open(endpoint->protocol(), ec);
  if (!ec) acceptor_->set_option(Acceptor::reuse_address(true), ec);
  if (!ec) acceptor_->bind(*endpoint, ec);
  if (!ec) acceptor_->listen(4096, ec);
  if (!ec) acceptor_->non_blocking(true, ec);
  if (ec) return fail(Errc::io, "Cannot listen on " + address + ": " + ec.message() + ".");
  const auto bound = acceptor_->local_endpoint(ec);
  const std::string host = bound.address().to_string();
  return (bound.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(bound.port());
}

void Listener::start() { resume(); }

bool Listener::resume() {
  if (waiting_ || !acceptor_) return true;
  if (!has_room()) return false;
  wait();
  return true;
}

bool Listener::has_room() {
  if (fds_short(newest_fd_)) {
    // Probe the number of the next free descriptor: connections may have ended meanwhile.
    newest_fd_ = ::fcntl(acceptor_->native_handle(), F_DUPFD_CLOEXEC, 0);
    if (newest_fd_ >= 0) ::close(newest_fd_);
    if (newest_fd_ < 0) newest_fd_ = static_cast<int>(fd_limit_);
  }
  return options_.may_accept() && !fds_short(newest_fd_);
}

// The kernel gives out the lowest free descriptor, so the newest number shows how many are in use.
bool Listener::fds_short(int newest_fd) const {
  return static_cast<std::size_t>(newest_fd) + options_.reserved_fds >= fd_limit_;
}

void Listener::wait() {
  waiting_ = true;
  acceptor_->async_wait(Acceptor::wait_read, [this](const error_code& ec) {
    waiting_ = false;
    if (ec == boost::asio::error::operation_aborted) return;
    accept_some();
    resume();
  });
}

void Listener::accept_some() {
  for (int i = 0; i < kAcceptsAtOnce && options_.may_accept() && !fds_short(newest_fd_); ++i) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    const int fd = ::accept4(acceptor_->native_handle(), reinterpret_cast<sockaddr*>(&address),
                             &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      newest_fd_ = fd;
      options_.accepted(fd, remote_text(address));
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      log::warn("http_accept_paused", {{"errno", errno}});
      newest_fd_ = static_cast<int>(fd_limit_);  // pauses until descriptors are free again
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return;
    }  // any other error: only this connection is lost
  }
}

void Listener::close() { acceptor_.reset(); }

}  // namespace aura::net
