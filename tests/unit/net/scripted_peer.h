// A TCP peer that a test scripts byte by byte: it listens, and passes each accepted connection to
// the script on a separate thread.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace aura::net::test {

class ScriptedPeer {
 public:
  // `script(fd, n)` serves the n-th connection and must return; the socket is then closed.
  explicit ScriptedPeer(std::function<void(int fd, int n)> script);
  ~ScriptedPeer();
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  std::string url(const std::string& path = "/") const;

 private:
  int listener_;
  int port_ = 0;
  std::function<void(int, int)> script_;
  std::thread thread_;
};

std::string read_request(int fd);  // head and body; "" at the end
void write_all(int fd, const std::string& bytes);

}  // namespace aura::net::test
