#include "tests/unit/net/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "net/http.h"

namespace aura::net::test {

RawClient::RawClient(const std::string& address) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const auto colon = address.rfind(':');
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  const timeval wait{10, 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof(to)) != 0) {
    throw std::runtime_error("cannot connect to " + address);
  }
}

RawClient::~RawClient() { ::close(fd_); }

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void RawClient::end_sending() { ::shutdown(fd_, SHUT_WR); }

void RawClient::small_receive_buffer() {
  const int size = 4096;
  setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

bool RawClient::fill() {
  std::array<char, 65536> bytes;
  const auto n = ::recv(fd_, bytes.data(), bytes.size(), 0);
  if (n <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(n));
  return true;
}

std::string RawClient::read_until(std::string_view mark) {
  std::size_t at = 0;
  while ((at = buffer_.find(mark)) == std::string::npos) {
    if (!fill()) return {};
  }
  const std::string found = buffer_.substr(0, at + mark.size());
  buffer_.erase(0, found.size());
  return found;
}

std::string RawClient::read_bytes(std::size_t size) {
  while (buffer_.size() < size && fill()) {
  }
  std::string bytes = buffer_.substr(0, size);
  buffer_.erase(0, bytes.size());
  return bytes;
}

std::string RawClient::read_response() {
  std::string head = read_until("\r\n\r\n");
  const std::string length = field_of(head, "Content-Length");
  return length.empty() ? head : head + read_bytes(std::stoul(length));
}

bool RawClient::read_end() {
  std::array<char, 4096> bytes;
  for (;;) {
    const auto n = ::recv(fd_, bytes.data(), bytes.size(), 0);
    if (n == 0) return true;
    if (n < 0) return errno != EAGAIN && errno != EWOULDBLOCK;
  }
}

int status_of(std::string_view response) {
  return response.size() < 12 ? 0 : std::stoi(std::string(response.substr(9, 3)));
}

std::string body_of(std::string_view response) {
  const auto at = response.find("\r\n\r\n");
  return at == std::string_view::npos ? std::string() : std::string(response.substr(at + 4));
}

std::string field_of(std::string_view response, std::string_view name) {
  std::size_t at = response.find("\r\n");
  while (at != std::string_view::npos) {
    const std::string_view line = response.substr(at + 2, response.find("\r\n", at + 2) - at - 2);
    if (line.empty()) return {};
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos && equals_ignoring_case(line.substr(0, colon), name)) {
      return std::string(line.substr(colon + 2));
    }
    at = response.find("\r\n", at + 2);
  }
  return {};
}

}  // namespace aura::net::test
