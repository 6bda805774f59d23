#include "runtime/app/service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace aura::app::service_manager {
namespace {

// Sends one datagram to $NOTIFY_SOCKET, a path or ("@…") an abstract name. There is no answer.
void tell(std::string_view state) {
  const char* const name = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name == nullptr || std::strlen(name) >= sizeof address.sun_path) return;
  const std::size_t length = std::strlen(name);
  std::memcpy(address.sun_path, name, length);
  if (name[0] == '@') address.sun_path[0] = '\0';
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
           reinterpret_cast<const sockaddr*>(&address),
           static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
  ::close(socket);
}

}  // namespace

void ready() { tell("READY=1\nSTATUS=taking traffic"); }
void stopping() { tell("STOPPING=1\nSTATUS=draining"); }
void alive() { tell("WATCHDOG=1"); }

std::optional<std::chrono::milliseconds> watchdog_interval() {
  const char* const time = std::getenv("WATCHDOG_USEC");
  const char* const process = std::getenv("WATCHDOG_PID");
  if (time == nullptr || (process != nullptr && std::atol(process) != ::getpid()))
    return std::nullopt;
  const long long microseconds = std::atoll(time);
  if (microseconds <= 0) return std::nullopt;
  return std::chrono::milliseconds(microseconds / 3000);  // three in each period
}

}  // namespace aura::app::service_manager
