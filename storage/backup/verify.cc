#include "storage/backup/verify.h"

#include <cstring>

#include "runtime/hex.h"
#include "storage/backup/row_rules.h"
#include "storage/database_reader.h"
#include "storage/schema/records.pb.h"
#include "storage/vault/data_key.h"

namespace aura::storage {
namespace {

constexpr std::size_t kReported = 20;
constexpr std::uint64_t kProgressRows = 100'000;

// Wrapped keys: 'W' and 'J' under the master key, 'C' under the key of their workspace.
class KeyCheck {
 public:
  KeyCheck(const Keyring& keyring, const DataKey& master) : keyring_(keyring), master_(master) {}

  bool opens(std::string_view key, std::string_view value) {
    if (key.starts_with('C') && key.size() == 33) return value.empty() || opens_contact(key, value);
    if (key.starts_with('W') || key.starts_with('J')) return unwrap(master_, key, value) != nullptr;
    return true;
  }

 private:
  static DataKeyPtr unwrap(const DataKey& with, std::string_view key, std::string_view value) {
    const auto bytes = with.open(keyring_keys::wrap_aad(key), value);
    if (!bytes || bytes->size() != kDataKeySize) return nullptr;
    return std::make_shared<AesKey>(*bytes);
  }

  bool opens_contact(std::string_view key, std::string_view value) {
    const Id workspace = Id::from_view(key.substr(1, 16));
    if (!workspace_key_ || workspace != workspace_) {
      const std::string above = keyring_keys::workspace(workspace);
      const auto wrapped = keyring_.get(above);
      if (!wrapped || !*wrapped) return false;
      workspace_key_ = unwrap(master_, above, **wrapped);
      workspace_ = workspace;
    }
    return workspace_key_ && unwrap(*workspace_key_, key, value) != nullptr;
  }

  const Keyring& keyring_;
  const DataKey& master_;
  Id workspace_;
  DataKeyPtr workspace_key_;
};

Result<void> check_keys(const Keyring& keyring, const DataKey& master, Verification& report,
                        const VerifyProgress& progress) {
  KeyCheck check(keyring, master);
  std::uint64_t rows = 0;
  auto read = keyring.for_each([&](std::string_view key, std::string_view value) {
    ++rows;
    if (!check.opens(key, value)) report.found("keyring " + to_hex(key) + ": it does not open");
    return true;
  });
  report.rows += rows;
  if (read && progress) progress("keyring", rows, true);
  return read;
}

}  // namespace

void Verification::found(std::string problem) {
  ++problems;
  if (first_problems.size() < kReported) first_problems.push_back(std::move(problem));
}

Result<Verification> verify(const Database& database, const Keyring& keyring,
                            const VerifyOptions& options) {
  Verification report;
  const DatabaseReader reader(database);
  const Surroundings around(reader, keyring);
  const VerifyProgress& progress = options.progress;
  if (options.master != nullptr)
    if (auto read = check_keys(keyring, *options.master, report, progress); !read)
      return tl::unexpected(read.error());
  AuditCheck chains(report, options.audit_key, options.heads);
  for (int i = 0; i < kFamilyCount; ++i) {
    const Family family{static_cast<std::uint8_t>(i)};
    if (database.handle(family) == nullptr) continue;  // missing in an earlier format
    const char* const name = family_name(family);
    std::uint64_t rows = 0;
    auto read = reader.for_each(family, "", [&](std::string_view key, std::string_view value) {
      if (const char* const wrong = row_problem(family, key, value, around))
        report.found(std::string(name) + " " + to_hex(key) + ": " + wrong);
      if (family == Family::meta && key.starts_with(kAuditHeadRows))
        chains.stored_head(Id::from_view(key.substr(std::strlen(kAuditHeadRows))), value);
      if (family == Family::audit) chains.entry(key, value);
      if (++rows % kProgressRows == 0 && progress) progress(name, rows, false);
      return true;
    });
    report.rows += rows;
    if (!read)
      report.found(std::string(name) + " cannot be read on: " + read.error().detail);
    else if (progress)
      progress(name, rows, true);
  }
  chains.end();
  return report;
}

}  // namespace aura::storage
