#include "storage/commit/log_format.h"

#include <algorithm>
#include <array>

namespace aura::storage {
namespace {

constexpr std::size_t kHead = 7;

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

}  // namespace

LogPiece log_piece_at(std::string_view block, std::size_t at) {
  if (block.size() - at < kHead) return {};
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(block[at + i])};
  };
  const std::size_t length = byte(4) | byte(5) << 8;
  const auto type = static_cast<unsigned char>(byte(6));
  if (type < LogPiece::full || type > LogPiece::last || at + kHead + length > block.size())
    return {};
  const std::uint32_t crc = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
  if (crc != masked_crc32c(block.substr(at + kHead - 1, length + 1))) return {};
  return {LogPiece::Type{type}, kHead + length, block.substr(at + kHead, length)};
}

bool is_log_filling(std::string_view rest) {
  return rest.size() < kHead &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return c == '\0'; });
}

LogPiece LogRecords::next_piece() {
  if (at_ >= log_.size()) return {};
  const std::size_t begin = at_ - at_ % kLogBlock;
  const std::string_view block = log_.substr(begin, kLogBlock);
  if (block.size() == kLogBlock && is_log_filling(block.substr(at_ - begin))) {
    at_ = begin + kLogBlock;
    return next_piece();
  }
  const LogPiece piece = log_piece_at(block, at_ - begin);
  at_ += piece.size;
  return piece;
}

bool LogRecords::next(std::string& record) {
  LogPiece piece = next_piece();
  if (piece.type != LogPiece::full && piece.type != LogPiece::first) return false;
  record = piece.payload;
  while (piece.type != LogPiece::full && piece.type != LogPiece::last) {
    piece = next_piece();
    if (piece.type != LogPiece::middle && piece.type != LogPiece::last) return false;
    record += piece.payload;
  }
  return true;
}

}  // namespace aura::storage
