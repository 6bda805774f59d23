// RocksDB's log as it lies on disk: blocks of 32 KiB, filled with pieces that never cross a block's
// end.
//   crc32c of type and payload, masked (4, little-endian) · length of the payload (2) · type (1) ·
//   payload
// A record is one FULL piece, or FIRST, MIDDLE …, LAST. What is left of a block below 7 bytes is
// zero. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace aura::storage {

inline constexpr std::size_t kLogBlock = 32 * 1024;

struct LogPiece {
  enum Type : unsigned char { none = 0, full = 1, first = 2, middle = 3, last = 4 };
  Type type = none;
  std::size_t size = 0;  // with its head
  std::string_view payload;
};

// The piece that begins at `at` of this block; none if what is there is not whole.
LogPiece log_piece_at(std::string_view block, std::size_t at);

// The unused end of a block.
bool is_log_filling(std::string_view rest);

// The records of a log, one after the other, until one is not whole: the end was being written.
class LogRecords {
 public:
  explicit LogRecords(std::string_view log) : log_(log) {}
  bool next(std::string& record);  // false: there are no more

 private:
  LogPiece next_piece();

  const std::string_view log_;
  std::size_t at_ = 0;
};

}  // namespace aura::storage
