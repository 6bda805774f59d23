#include "bench/support/http_channel.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

namespace aura::bench {
namespace {

constexpr std::size_t kReadSize = 4096;

}  // namespace

HttpChannel::HttpChannel(Loop& loop, Endpoint where, Owner& owner, std::size_t index)
    : loop_(loop), where_(std::move(where)), owner_(owner), index_(index) {}

HttpChannel::~HttpChannel() { disconnect(); }

void HttpChannel::send(std::string_view request) {
  if (!socket_) {
    socket_ = connect_to(where_);
    connected_ = false;
    watched_ = EPOLLIN | EPOLLOUT;
    loop_.add(socket_.fd(), watched_, this);
  }
  ++in_flight_;
  output_ += request;
  if (connected_) flush();
}

void HttpChannel::abandon() {
  disconnect();
  input_.clear();
  output_.clear();
  in_flight_ = 0;
}

void HttpChannel::on_io(std::uint32_t events) {
  if ((events & EPOLLOUT) != 0) {
    connected_ = true;
    if (!flush()) return broken();
  }
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return;
  const bool open = read_some();
  take_responses();
  if (!open) broken();
}

// False if the connection is gone. A write error of send() itself is left to the read event that
// follows, so that the owner is never notified inside its own call.
bool HttpChannel::flush() {
  while (!output_.empty()) {
    const auto wrote = ::send(socket_.fd(), output_.data(), output_.size(), MSG_NOSIGNAL);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0 && errno == EAGAIN) {
      watch(EPOLLIN | EPOLLOUT);
      return true;
    }
    if (wrote < 0) return false;
    output_.erase(0, static_cast<std::size_t>(wrote));
  }
  watch(EPOLLIN);
  return true;
}

bool HttpChannel::read_some() {
  while (true) {
    const auto had = input_.size();
    input_.resize(had + kReadSize);
    const auto got = recv(socket_.fd(), input_.data() + had, kReadSize, 0);
    input_.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got == static_cast<ssize_t>(kReadSize)) continue;
    if (got > 0) return true;
    if (got < 0 && errno == EINTR) continue;
    return got < 0 && errno == EAGAIN;
  }
}

void HttpChannel::take_responses() {
  std::size_t used = 0;
  HttpMessage response;
  while (in_flight_ > 0) {
    const auto framing = parse_http(std::string_view(input_).substr(used), response);
    if (framing == Framing::incomplete) break;
    if (framing == Framing::malformed) {
      input_.clear();
      return broken();
    }
    used += response.size;
    --in_flight_;
    owner_.on_response(*this, response);
    if (!response.keep_alive()) {
      input_.clear();
      return broken();
    }
  }
  input_.erase(0, used);
}

void HttpChannel::watch(std::uint32_t events) {
  if (events == watched_) return;
  watched_ = events;
  loop_.change(socket_.fd(), events);
}

void HttpChannel::disconnect() {
  if (!socket_) return;
  loop_.remove(socket_.fd());
  socket_.reset();
}

void HttpChannel::broken() {
  if (!socket_) return;
  disconnect();
  input_.clear();
  output_.clear();
  const auto lost = in_flight_;
  in_flight_ = 0;
  owner_.on_broken(*this, lost);
}

}  // namespace aura::bench
