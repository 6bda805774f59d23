// Takes what this process logs (its standard error) while it exists, for a test that waits for an
// event. The pipe holds 64 KiB of what nobody read.
#pragma once

#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <string_view>

namespace aura::test {

class LogPipe {
 public:
  LogPipe() : error_(dup(STDERR_FILENO)) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) std::perror("pipe");
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    lines_ = fdopen(ends[0], "r");
  }
  ~LogPipe() {
    dup2(error_, STDERR_FILENO);
    close(error_);
    std::fclose(lines_);
  }
  LogPipe(const LogPipe&) = delete;
  LogPipe& operator=(const LogPipe&) = delete;

  void wait_for(std::string_view event) {
    std::array<char, 1024> line{};
    const std::string mark = "\"event\":\"" + std::string(event) + "\"";
    while (std::fgets(line.data(), line.size(), lines_) != nullptr)
      if (std::string_view(line.data()).find(mark) != std::string_view::npos) return;
  }

 private:
  int error_;
  std::FILE* lines_ = nullptr;
};

}  // namespace aura::test
