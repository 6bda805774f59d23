#include "storage/rocksdb_log.h"

#include <cstdarg>
#include <cstdio>
#include <string_view>

#include "runtime/log.h"

namespace aura::storage {
namespace {

class Forwarder final : public rocksdb::Logger {
 public:
  Forwarder() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}

  void Logv(const char* format, va_list arguments) override {
    char line[512];
    std::vsnprintf(line, sizeof line, format, arguments);
    std::string_view text(line);
    while (text.ends_with('\n')) text.remove_suffix(1);
    // Harmless: a checkpoint disables file deletions although they are already disabled.
    if (text.find("File Deletions Disabled, but already disabled") != text.npos) return;
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
