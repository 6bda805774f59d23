#include "bench/harness/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>
#include <utility>

namespace aura::bench {
namespace {

using std::chrono::steady_clock;

[[noreturn]] void become(const std::vector<std::string>& command, int output, int errors) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  std::vector<char*> arguments;
  for (const auto& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

std::string end_of_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return text.size() > 2000 ? text.substr(text.size() - 2000) : text;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command,
                           const std::filesystem::path& error_log)
    : name_(std::filesystem::path(command.front()).filename()), error_log_(error_log) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for " + name_);
  const int errors = open(error_log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  pid_ = fork();
  if (pid_ == 0) become(command, pipe_ends[1], errors);
  close(pipe_ends[1]);
  close(errors);
  output_ = pipe_ends[0];
  if (pid_ < 0) throw std::runtime_error("cannot start " + name_);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept { *this = std::move(other); }

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  if (this != &other) {
    kill_now();
    pid_ = std::exchange(other.pid_, -1);
    output_ = std::exchange(other.output_, -1);
    name_ = std::move(other.name_);
    error_log_ = std::move(other.error_log_);
  }
  return *this;
}

void ChildProcess::fail(const std::string& what) const {
  throw std::runtime_error(name_ + " " + what + "; the end of its log:\n" +
                           end_of_file(error_log_));
}

std::string ChildProcess::wait_for_line(const std::string& prefix,
                                        std::chrono::milliseconds limit) {
  const auto deadline = steady_clock::now() + limit;
  std::string line;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
    pollfd readable{output_, POLLIN, 0};
    if (left.count() <= 0 || poll(&readable, 1, static_cast<int>(left.count())) == 0) {
      fail("was not ready within " + std::to_string(limit.count()) + " ms");
    }
    char c = 0;
    if (read(output_, &c, 1) != 1) fail("ended before it was ready");
    if (c != '\n') {
      line += c;
    } else if (line.starts_with(prefix)) {
      return line;
    } else {
      line.clear();
    }
  }
}

void ChildProcess::kill_now() {
  if (output_ >= 0) close(std::exchange(output_, -1));
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void ChildProcess::terminate(std::chrono::milliseconds limit) {
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  const auto deadline = steady_clock::now() + limit;
  while (steady_clock::now() < deadline) {
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = -1;
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  kill_now();
}

std::filesystem::path sibling_program(const std::string& name) {
  const auto path = std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
  if (!std::filesystem::exists(path)) {
    throw std::runtime_error(path.string() + " is missing: build the target '" + name + "' first");
  }
  return path;
}

}  // namespace aura::bench
