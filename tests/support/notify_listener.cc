// notify_listener PATH: what a service manager hears (sd_notify): prints each datagram that arrives
// on the Unix socket PATH, in one line, until it is ended.
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

int main(int argc, char** argv) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (argc != 2 || std::strlen(argv[1]) >= sizeof address.sun_path) return 2;
  std::strcpy(address.sun_path, argv[1]);
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM, 0);
  if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    std::perror(argv[1]);
    return 1;
  }
  std::puts("listening");
  std::fflush(stdout);
  char text[4096];
  for (ssize_t size = 0; (size = ::recv(socket, text, sizeof text, 0)) >= 0;) {
    std::replace(text, text + size, '\n', ' ');
    std::printf("%.*s\n", static_cast<int>(size), text);
    std::fflush(stdout);
  }
  return 1;
}
