// Resource usage of a process, and a description of the machine: read from /proc. Any thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace aura::bench {

struct ProcessUsage {
  double cpu_seconds = 0;
  std::uint64_t resident_bytes = 0;
  std::uint64_t device_bytes = 0;  // bytes passed to the block layer for writing
};

ProcessUsage usage_of(pid_t pid);
double thread_cpu_seconds();  // of the calling thread

struct Machine {
  unsigned cores = 0;
  std::string processor;
  std::string kernel;
  double load_1m = 0;
};

Machine this_machine();
std::string file_system_of(const std::filesystem::path& path);  // "ext4", "tmpfs", …
std::uint64_t bytes_below(const std::filesystem::path& directory);

}  // namespace aura::bench
