// A client for a test's server that writes exactly the given bytes. Blocking, one thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace aura::net::test {

class RawClient {
 public:
  explicit RawClient(const std::string& address);  // "127.0.0.1:41234"
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes);  // ignores a closed connection
  void end_sending();
  void small_receive_buffer();  // makes a server's answers pile up soon
  // One complete answer: status line, header and body by its Content-Length. "" at the end.
  std::string read_response();
  std::string read_until(std::string_view mark);
  std::string read_bytes(std::size_t size);
  bool read_end();  // true: the server closed the connection; false: not within the wait

 private:
  bool fill();  // false: end, error, or nothing for ten seconds
  int fd_;
  std::string buffer_;
};

int status_of(std::string_view response);
std::string body_of(std::string_view response);
std::string field_of(std::string_view response, std::string_view name);

}  // namespace aura::net::test
