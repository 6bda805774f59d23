#include "storage/commit/log_damage.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "storage/commit/log_format.h"
#include "storage/database.h"

namespace aura::storage {
namespace {

// The logs still needed, oldest first; older files may be left over from before a crash.
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

// Whether the piece at `at` is whole if one bit of its length is changed.
bool only_length_is_damaged(std::string_view block, std::size_t at) {
  constexpr std::size_t kLength = 4;  // behind the checksum
  std::string piece(block.substr(at));
  if (piece.size() < kLength + 2) return false;
  for (std::size_t bit = 0; bit < 16; ++bit) {
    const auto mask = static_cast<char>(1 << bit % 8);
    char& byte = piece[kLength + bit / 8];
    byte = static_cast<char>(byte ^ mask);
    if (log_piece_at(piece, 0).size > 0) return true;
    byte = static_cast<char>(byte ^ mask);
  }
  return false;
}

tl::unexpected<Error> damaged(const std::string& what, std::uint64_t at) {
  return fail(Errc::corrupt, what + " is damaged at byte " + std::to_string(at) +
                                 ", in front of records that were acknowledged: nothing was "
                                 "changed; restore a backup, or a copy of this file");
}

}  // namespace

LogBreak find_break(std::string_view log) {
  LogBreak found;
  for (std::size_t begin = 0; begin < log.size(); begin += kLogBlock) {
    const std::string_view block = log.substr(begin, kLogBlock);
    for (std::size_t at = 0; at < block.size();) {
      const LogPiece piece = log_piece_at(block, at);
      if (piece.size > 0) {
        if (found.at && (piece.type == LogPiece::full || piece.type == LogPiece::first)) {
          found.goes_on = true;
          return found;
        }
        at += piece.size;
        continue;
      }
      if (is_log_filling(block.substr(at)) && block.size() == kLogBlock) break;
      if (!found.at) {
        found.at = begin + at;
        found.goes_on = only_length_is_damaged(block, at);
        if (found.goes_on) return found;
      }
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
    return damaged("the log " + broken, broken_at);
  }
  return {};
}

Result<void> check_manifest(rocksdb::Env& env, const std::string& path) {
  std::string name, bytes;
  rocksdb::Status read = rocksdb::ReadFileToString(&env, path + "/CURRENT", &name);
  while (name.ends_with('\n')) name.pop_back();
  if (read.ok() && name.starts_with("MANIFEST-"))
    read = rocksdb::ReadFileToString(&env, path + "/" + name, &bytes);
  if (!read.ok()) return tl::unexpected(to_error(read, "reading the MANIFEST of " + path));
  const LogBreak found = find_break(bytes);
  if (found.goes_on) return damaged(path + "/" + name, *found.at);
  return {};
}

}  // namespace aura::storage
