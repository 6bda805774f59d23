#include "storage/log_damage.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "storage/database.h"

namespace aura::storage {
namespace {

// RocksDB's log: blocks of 32 KiB, filled with pieces that never cross a block's end.
//   crc32c of type and payload, masked (4, little-endian) · length of the payload (2) · type (1) ·
//   payload
// A record is one FULL piece, or FIRST, MIDDLE …, LAST. What is left of a block below 7 bytes is
// zero.
constexpr std::size_t kBlock = 32 * 1024;
constexpr std::size_t kHead = 7;
constexpr unsigned char kFull = 1, kFirst = 2, kLast = 4;

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t n = 0; n < 256; ++n) {
    std::uint32_t crc = n;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82f63b78u : 0);
    table[n] = crc;
  }
  return table;
}();

std::uint32_t masked_crc32c(std::string_view bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes)
    crc = (crc >> 8) ^ kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xff];
  crc = ~crc;
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
}

struct Piece {
  std::size_t size = 0;  // 0: there is none
  unsigned char type = 0;
};

Piece piece_at(std::string_view block, std::size_t at) {
  if (block.size() - at < kHead) return {};
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(block[at + i])};
  };
  const std::size_t length = byte(4) | byte(5) << 8;
  const auto type = static_cast<unsigned char>(byte(6));
  if (type < kFull || type > kLast || at + kHead + length > block.size()) return {};
  const std::uint32_t crc = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
  if (crc != masked_crc32c(block.substr(at + kHead - 1, length + 1))) return {};
  return {kHead + length, type};
}

bool is_filling(std::string_view rest) {
  return rest.size() < kHead &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return c == '\0'; });
}

// The logs that count, oldest first: an older file may be left over from before a crash.
Result<std::vector<std::string>> living_logs(rocksdb::DB& database, const std::string& path) {
  std::uint64_t oldest = 0;
  database.GetIntProperty(rocksdb::DB::Properties::kMinLogNumberToKeep, &oldest);
  std::vector<std::string> names, logs;
  const rocksdb::Status listed = database.GetEnv()->GetChildren(path, &names);
  if (!listed.ok()) return tl::unexpected(to_error(listed, "reading " + path));
  for (const std::string& name : names)
    if (name.ends_with(".log") && std::strtoull(name.c_str(), nullptr, 10) >= oldest)
      logs.push_back(path + "/" + name);
  std::sort(logs.begin(), logs.end());
  return logs;
}

}  // namespace

LogBreak find_break(std::string_view log) {
  LogBreak found;
  for (std::size_t begin = 0; begin < log.size(); begin += kBlock) {
    const std::string_view block = log.substr(begin, kBlock);
    for (std::size_t at = 0; at < block.size();) {
      const Piece piece = piece_at(block, at);
      if (piece.size > 0) {
        if (found.at && (piece.type == kFull || piece.type == kFirst)) {
          found.goes_on = true;
          return found;
        }
        at += piece.size;
        continue;
      }
      if (is_filling(block.substr(at)) && block.size() == kBlock) break;
      if (!found.at) found.at = begin + at;
      ++at;
    }
  }
  return found;
}

Result<void> check_logs(rocksdb::DB& database, const std::string& path) {
  const auto logs = living_logs(database, path);
  if (!logs) return tl::unexpected(logs.error());
  std::string broken;
  std::uint64_t broken_at = 0;
  for (const std::string& log : *logs) {
    std::string bytes;
    const rocksdb::Status read = rocksdb::ReadFileToString(database.GetEnv(), log, &bytes);
    if (!read.ok()) return tl::unexpected(to_error(read, "reading " + log));
    const LogBreak found = find_break(bytes);
    const bool begins = !bytes.empty() && found.at != std::uint64_t{0};
    if (found.at && broken.empty()) {
      broken = log;
      broken_at = *found.at;
    }
    const bool later_file = !broken.empty() && broken != log && (begins || found.goes_on);
    if (!later_file && !(broken == log && found.goes_on)) continue;
    return fail(Errc::corrupt, "the log " + broken + " is damaged at byte " +
                                   std::to_string(broken_at) +
                                   ", in front of records that were acknowledged: nothing was "
                                   "changed; restore a backup, or a copy of this file");
  }
  return {};
}

}  // namespace aura::storage
