#include "storage/rocksdb_log.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <string_view>

#include "runtime/log.h"

namespace aura::storage {
namespace {

// Checkpoints disable and enable file deletions within each other; why a database cannot be opened
// is told by whoever opens it, in plain words.
constexpr std::array<std::string_view, 3> kNoNews = {
    "File Deletions Disabled, but already disabled",
    "File Deletions Enable, but not really enabled", "DB::Open() failed"};

class Forwarder final : public rocksdb::Logger {
 public:
  Forwarder() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}

  void Logv(const char* format, va_list arguments) override {
    char line[512];
    std::vsnprintf(line, sizeof line, format, arguments);
    std::string_view text(line);
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (std::ranges::any_of(kNoNews, [&](auto one) { return text.find(one) != text.npos; })) return;
    log::warn("rocksdb", {{"text", text}});
  }
  void LogHeader(const char*, va_list) override {}  // RocksDB's options: known from our source
};

}  // namespace

std::shared_ptr<rocksdb::Logger> rocksdb_log() {
  static const auto log = std::make_shared<Forwarder>();
  return log;
}

}  // namespace aura::storage
