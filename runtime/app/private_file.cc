#include "runtime/app/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

namespace aura::app {

std::string read_line_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

// Creates a new file, because an existing one may be readable by others.
Result<void> write_private_line(const std::filesystem::path& file, const std::string& line) {
  const auto refused = fail(Errc::io, "The secret cannot be stored at " + file.string() + ".");
  std::error_code gone;
  std::filesystem::remove(file, gone);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return refused;
  const std::string text = line + "\n";
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(fd);
  if (!written) return refused;
  return {};
}

}  // namespace aura::app
