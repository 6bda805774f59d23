// A program that the benchmark starts and stops. Its standard output is read for the ready line,
// its standard error goes to a file. Owned by a suite; killed when its owner ends, and by the
// kernel if the benchmark dies.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace aura::bench {

class ChildProcess {
 public:
  ChildProcess() = default;
  ChildProcess(const std::vector<std::string>& command, const std::filesystem::path& error_log);
  ~ChildProcess() { kill_now(); }
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;

  pid_t pid() const { return pid_; }
  bool running() const { return pid_ > 0; }
  // The first line of output that starts with `prefix`. If the program ends or the time limit
  // passes first, throws with the end of the error log.
  std::string wait_for_line(const std::string& prefix, std::chrono::milliseconds limit);
  void kill_now();                                  // SIGKILL
  void terminate(std::chrono::milliseconds limit);  // SIGTERM, then SIGKILL at the limit

 private:
  [[noreturn]] void fail(const std::string& what) const;

  pid_t pid_ = -1;
  int output_ = -1;
  std::string name_;
  std::filesystem::path error_log_;
};

// A program in the same folder as this one; throws a sentence that says how to build it.
std::filesystem::path sibling_program(const std::string& name);

}  // namespace aura::bench
