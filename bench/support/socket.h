// Non-blocking TCP sockets as descriptors, and the address type. No state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aura::bench {

struct Endpoint {
  std::string host = "127.0.0.1";  // numeric IPv4
  std::uint16_t port = 0;
  std::string text() const { return host + ":" + std::to_string(port); }
  std::string url() const { return "http://" + text(); }
};

// Parses "127.0.0.1:8080" or "http://127.0.0.1:8080/…"; throws std::invalid_argument with a
// sentence.
Endpoint parse_endpoint(std::string_view text);

class Socket {
 public:
  Socket() = default;
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() { reset(); }
  Socket(Socket&& other) noexcept : fd_(other.release()) {}
  Socket& operator=(Socket&& other) noexcept;
  int fd() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release();
  void reset();
  void reset_with_rst();  // the peer sees "connection reset"

 private:
  int fd_ = -1;
};

Socket listen_on(Endpoint& where);           // fills in the chosen port
Socket accept_from(const Socket& listener);  // empty if there is none to accept
// Connecting is in progress on return, unless blocking. `from`: a local address, or any.
Socket connect_to(const Endpoint& where, bool blocking = false, const std::string& from = {});
// Raises the limit to at least `wanted` if the system allows; children inherit it.
void raise_descriptor_limit(std::size_t wanted = 0);

}  // namespace aura::bench
