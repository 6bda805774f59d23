#include "tests/unit/net/scripted_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/unit/net/raw_client.h"

namespace aura::net::test {

ScriptedPeer::ScriptedPeer(std::function<void(int, int)> script)
    : listener_(::socket(AF_INET, SOCK_STREAM, 0)), script_(std::move(script)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  ::listen(listener_, 16);
  socklen_t size = sizeof(address);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] {
    for (int n = 0;; ++n) {
      const int fd = ::accept(listener_, nullptr, nullptr);
      if (fd < 0) return;
      script_(fd, n);
      ::close(fd);
    }
  });
}

ScriptedPeer::~ScriptedPeer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

std::string ScriptedPeer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::string read_request(int fd) {
  std::string text;
  std::array<char, 4096> bytes;
  for (;;) {
    const auto head = text.find("\r\n\r\n");
    if (head != std::string::npos) {
      const std::string length = field_of(text, "Content-Length");
      if (length.empty() || text.size() >= head + 4 + std::stoul(length)) return text;
    }
    const auto n = ::recv(fd, bytes.data(), bytes.size(), 0);
    if (n <= 0) return {};
    text.append(bytes.data(), static_cast<std::size_t>(n));
  }
}

void write_all(int fd, const std::string& bytes) {
  (void)::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

}  // namespace aura::net::test
