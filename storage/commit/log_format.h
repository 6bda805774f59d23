// RocksDB's log format on disk: blocks of 32 KiB, filled with pieces that never cross the end of a
// block.
//   crc32c of type and payload, masked (4, little-endian) · length of the payload (2) · type (1) ·
//   payload
// A record is one FULL piece, or FIRST, MIDDLE …, LAST. Fewer than 7 bytes left in a block are
// zeros. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aura::storage {

inline constexpr std::size_t kLogBlock = 32 * 1024;

struct LogPiece {
  enum Type : unsigned char { none = 0, full = 1, first = 2, middle = 3, last = 4 };
  Type type = none;
  std::size_t size = 0;  // including its header
  std::string_view payload;
};

// The piece that begins at `at` in this block; type none if it is incomplete or damaged.
LogPiece log_piece_at(std::string_view block, std::size_t at);

// Whether `rest` is the unused end of a block.
bool is_log_filling(std::string_view rest);

// Iterates over the records of a log until one is incomplete: the end of what was written.
class LogRecords {
 public:
  explicit LogRecords(std::string_view log) : log_(log) {}
  bool next(std::string& record);  // false: no more records

 private:
  LogPiece next_piece();

  const std::string_view log_;
  std::size_t at_ = 0;
};

}  // namespace aura::storage
