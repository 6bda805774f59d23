#include "runtime/app/service_manager.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

namespace aura::app {
namespace {

// systemd's end of the notification socket, with an abstract name.
class Listener {
 public:
  Listener() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name_ = "@aura-service-test-" + std::to_string(::getpid());
    std::memcpy(address.sun_path, name_.data(), name_.size());
    address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name_.size());
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), length), 0);
    ::setenv("NOTIFY_SOCKET", name_.c_str(), 1);
  }
  ~Listener() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(socket_);
  }
  std::string heard() const {
    char text[256];
    const ssize_t size = ::recv(socket_, text, sizeof text, MSG_DONTWAIT);
    return size < 0 ? std::string() : std::string(text, static_cast<std::size_t>(size));
  }

 private:
  const int socket_;
  std::string name_;
};

TEST(ServiceManager, HearsOfReadinessLifeAndTheStop) {
  const Listener systemd;
  service_manager::ready();
  EXPECT_EQ(systemd.heard().substr(0, 8), "READY=1\n");
  service_manager::alive();
  EXPECT_EQ(systemd.heard(), "WATCHDOG=1");
  service_manager::stopping();
  EXPECT_EQ(systemd.heard().substr(0, 11), "STOPPING=1\n");
}

TEST(ServiceManager, WhatNobodyHearsIsNotToldLater) {
  ::unsetenv("NOTIFY_SOCKET");
  service_manager::ready();
  ::setenv("NOTIFY_SOCKET", "/no/such/socket", 1);
  service_manager::ready();
  const Listener systemd;
  service_manager::alive();
  EXPECT_EQ(systemd.heard(), "WATCHDOG=1");
}

TEST(ServiceManager, TheWatchdogOfThisProcessCounts) {
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  EXPECT_EQ(service_manager::watchdog_interval(), std::chrono::seconds(10));
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(service_manager::watchdog_interval(), std::nullopt);
  ::unsetenv("WATCHDOG_PID");
  ::setenv("WATCHDOG_USEC", "odd", 1);
  EXPECT_EQ(service_manager::watchdog_interval(), std::nullopt);
  ::unsetenv("WATCHDOG_USEC");
  EXPECT_EQ(service_manager::watchdog_interval(), std::nullopt);
}

}  // namespace
}  // namespace aura::app
