// aura verify: checks a data directory that no engine uses, or every backup of a collection.
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "runtime/app/audit_files.h"
#include "runtime/app/command_line.h"
#include "storage/backup/backup.h"
#include "storage/backup/verify.h"
#include "storage/vault/rotate_master_key.h"
#include "storage/vault/vault.h"

namespace aura::app {
namespace {

void show_family(const char* family, std::uint64_t rows, bool done) {
  std::fprintf(stderr, "%s: %llu rows%s\n", family, static_cast<unsigned long long>(rows),
               done ? "" : " …");
}

bool refuse(const Error& error) {
  print_failure(error);
  return false;
}

// Prints the problems; true if there are none.
bool verify_one(const std::string& db, const std::string& keys,
                const storage::VerifyOptions& options) {
  storage::Health health([](int code) { std::_Exit(code); });
  const auto keyring = storage::Keyring::look(keys, health);
  if (!keyring) return refuse(keyring.error());
  const auto database = storage::Database::look(db, health);
  if (!database) return refuse(database.error());
  const auto report = storage::verify(**database, **keyring, options);
  if (!report) return refuse(report.error());
  for (const std::string& problem : report->first_problems) std::printf("%s\n", problem.c_str());
  std::printf("%s: %llu rows, %llu problems\n", db.c_str(),
              static_cast<unsigned long long>(report->rows),
              static_cast<unsigned long long>(report->problems));
  return report->good();
}

bool whole(const std::string& folder) {
  const auto files = storage::check_files(*rocksdb::Env::Default(), folder, nullptr);
  return files || refuse(files.error());
}

bool verify_collection(const storage::BackupPlace& place, storage::VerifyOptions options) {
  const auto positions = storage::positions_in(place.data);
  if (!positions || positions->empty())
    return refuse({Errc::not_found,
                   "neither a data directory nor a backup: there is nothing in " + place.data,
                   {}});
  const auto keys = storage::positions_in(place.keys);
  if (!keys || keys->empty())
    return refuse({Errc::not_found, "there is no copy of the keyring in " + place.keys, {}});
  const std::string keyring = storage::copy_folder(place.keys, keys->back());
  bool good = whole(keyring);
  const auto logs = storage::positions_in(place.log);
  for (const std::uint64_t position : logs.value_or(std::vector<std::uint64_t>()))
    good = whole(storage::copy_folder(place.log, position)) && good;
  for (const std::uint64_t position : *positions) {
    if (position != positions->back())
      options.heads.clear();  // the heads apply to the newest backup only
    const std::string data = storage::copy_folder(place.data, position);
    good = whole(data) && verify_one(data, keyring, options) && good;
  }
  return good;
}

}  // namespace

int verify(const CommonOptions& options, const BackupCommand& wanted) {
  auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  const std::string& folder = wanted.folder;
  if (!std::filesystem::is_directory(folder))
    return print_failure({Errc::not_found, "there is no directory " + folder, {}});
  const bool is_data = std::filesystem::exists(folder + "/db/CURRENT");
  if (is_data && options.data.empty()) settings->storage.path = folder;
  if (is_data && engine_runs_on(folder))
    return print_failure(
        {Errc::conflict,
         "an engine runs on " + folder + ": stop it, or make a backup and verify that",
         {}});
  const auto master = storage::load_master_key(settings->master_key_path(), false);
  if (!master && master.error().code == Errc::not_found)
    std::fprintf(stderr,
                 "%s not found: checking the rows, but not whether the data keys open; to check "
                 "those too, pass --data or --config\n",
                 settings->master_key_path().c_str());
  else if (!master)
    return print_failure(master.error());
  if (is_data && storage::rotation_was_cut_off(settings->master_key_path()))
    std::fprintf(stderr,
                 "a rotation of the master key was cut off: keys that do not open may belong to "
                 "it; run aura rotate-master-key again, or start the engine, and verify then\n");
  storage::VerifyOptions check;
  check.progress = show_family;
  if (master) check.master = master->get();
  if (const auto key = storage::AuditKey::load(settings->audit_key_path(), false))
    check.audit_key = (*key)->public_key();
  if (!wanted.audit_heads.empty()) {
    auto heads = read_heads(wanted.audit_heads);
    if (!heads) return print_failure(heads.error());
    check.heads = std::move(*heads);
  }
  const bool good = is_data ? verify_one(folder + "/db", folder + "/keys", check)
                            : verify_collection(storage::backup_place(folder, wanted.keys), check);
  return good ? 0 : kExitFailed;
}

}  // namespace aura::app
