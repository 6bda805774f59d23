// aura backup, aura restore: the commands and their output.
#include <rapidjson/document.h>

#include <cstdio>
#include <filesystem>

#include "runtime/app/backup_lock.h"
#include "runtime/app/command_line.h"
#include "storage/backup/restore.h"
#include "storage/storage.h"
#include "storage/vault/vault.h"

namespace aura::app {
namespace {

// Asks a running engine for a checkpoint; Errc::io if none answers.
Result<std::string> ask_for_checkpoint(const config::Settings& settings, const std::string& url) {
  const auto answer = call_operator(settings, url, net::Method::post, "/checkpoint");
  if (!answer) return tl::unexpected(answer.error());
  rapidjson::Document json;
  json.Parse(answer->body.c_str(), answer->body.size());
  const bool named = json.IsObject() && json.HasMember("folder") && json["folder"].IsString();
  if (answer->status == 401)
    return fail(Errc::not_found, "the engine at that address has a different operator token");
  if (answer->status == 201 && named) {
    std::string folder = json["folder"].GetString();
    std::error_code failed;
    const auto data = std::filesystem::path(folder).parent_path();
    if (std::filesystem::equivalent(data, settings.storage.path, failed)) return folder;
    return fail(Errc::conflict, "the engine that answered uses the data directory " +
                                    data.string() + ": name the right engine with --operator URL");
  }
  return fail(Errc::unavailable, "the engine did not make a checkpoint: " + answer->body);
}

// Makes a checkpoint of data that no engine uses.
Result<std::string> own_checkpoint(const config::Settings& settings, const std::string& not_asked) {
  storage::StorageOptions options;
  options.path = settings.storage.path;
  options.master_key_path = settings.master_key_path();
  options.keep_log_bytes = static_cast<std::uint64_t>(settings.storage.keep_log_mb) << 20;
  static const SystemClock clock;
  const auto store = storage::Storage::open(std::move(options), clock);
  if (!store && store.error().code == Errc::conflict)
    return fail(Errc::conflict, "an engine runs on " + settings.storage.path.string() +
                                    " and cannot be asked for its data (pass its --config, or "
                                    "--operator URL): " +
                                    not_asked);
  if (!store) return tl::unexpected(store.error());
  const std::string folder = std::filesystem::absolute(settings.storage.path) / "checkpoint";
  if (auto made = (*store)->checkpoint(folder); !made) return tl::unexpected(made.error());
  return folder;
}

Result<std::string> take_checkpoint(const config::Settings& settings, const std::string& url) {
  auto asked = ask_for_checkpoint(settings, url);
  const bool nobody =
      !asked && (asked.error().code == Errc::io ||  // no token: no engine ever ran here
                 asked.error().code == Errc::not_found);
  return nobody ? own_checkpoint(settings, asked.error().detail) : asked;
}

std::string megabytes(std::uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  return text;
}

void show_progress(const std::string& file, std::uint64_t bytes) {
  std::fprintf(stderr, "%s %s\n", file.c_str(), megabytes(bytes).c_str());
}

// True if the folders are the same or one contains the other.
bool overlap(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code unknown;
  const auto one = std::filesystem::weakly_canonical(a, unknown);
  const auto other = std::filesystem::weakly_canonical(b, unknown);
  const auto [in_one, in_other] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  return in_one == one.end() || in_other == other.end();
}

}  // namespace

int backup(const CommonOptions& options, const BackupCommand& wanted) {
  const auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  const std::string data = settings->storage.path;
  if (!std::filesystem::exists(data + "/db/CURRENT"))
    return print_failure(
        {Errc::not_found, "there is no data in " + data + ": pass --data DIR", {}});
  const auto place = storage::backup_place(wanted.folder, wanted.keys);
  for (const std::string& folder : {wanted.folder, place.keys})
    if (overlap(folder, data))
      return print_failure({Errc::invalid,
                            folder + " and the data directory " + data +
                                " lie within each other: choose a separate folder",
                            {}});
  const BackupLock lock(data);
  if (!lock.held())
    return print_failure({Errc::conflict, "another backup of " + data + " is running", {}});
  std::error_code failed;
  std::filesystem::create_directories(wanted.folder, failed);
  if (failed)
    return print_failure({Errc::io, wanted.folder + " cannot be created: " + failed.message(), {}});
  const auto checkpoint = take_checkpoint(*settings, wanted.operator_url);
  if (!checkpoint) return print_failure(checkpoint.error());
  const auto stored =
      storage::store_backup(*checkpoint, place, SystemClock().now_ms(), show_progress);
  std::filesystem::remove_all(*checkpoint, failed);
  if (!stored) return print_failure(stored.error());
  std::printf("backup of position %llu: %llu files, %s; new among them: %llu files, %s\n",
              static_cast<unsigned long long>(stored->position),
              static_cast<unsigned long long>(stored->files), megabytes(stored->bytes).c_str(),
              static_cast<unsigned long long>(stored->copied_files),
              megabytes(stored->copied_bytes).c_str());
  std::printf(
      "data in %s; keyring in %s: anyone with both and the master key can read everything\n",
      place.data.c_str(), place.keys.c_str());
  std::printf("not in the backup: the master key %s; without a copy of it the backup is useless\n",
              settings->master_key_path().c_str());
  return 0;
}

int restore(const CommonOptions& options, const BackupCommand& wanted) {
  const auto settings = load_settings(options);
  if (!settings) return kExitBadConfig;
  const auto master = storage::load_master_key(settings->master_key_path(), false);
  if (!master) {
    if (master.error().code != Errc::not_found) return print_failure(master.error());
    return print_failure({Errc::not_found,
                          "a backup never holds the master key: first copy the one of the engine "
                          "that made the backup to " +
                              settings->master_key_path().string() +
                              ", or set security.master_key_file",
                          {}});
  }
  const storage::RestoreWish wish{storage::backup_place(wanted.folder, wanted.keys),
                                  settings->storage.path, wanted.position};
  const auto restored = storage::restore_backup(wish, **master, SystemClock(), show_progress);
  if (!restored) return print_failure(restored.error());
  std::printf("restored position %llu into %s: %llu files\n",
              static_cast<unsigned long long>(restored->position), wish.path.c_str(),
              static_cast<unsigned long long>(restored->files));
  std::printf(
      "contacts erased since the backup, erased again: %llu; queued sends flagged as possibly "
      "sent: %llu\n",
      static_cast<unsigned long long>(restored->settled.erased_contacts),
      static_cast<unsigned long long>(restored->settled.unsure_sends));
  return 0;
}

}  // namespace aura::app
