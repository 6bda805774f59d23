#include "storage/backup/manifest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "runtime/hex.h"
#include "storage/backup/backup.h"
#include "storage/database.h"

namespace aura::storage {
namespace {

constexpr const char* kFirstLine = "aura-backup 1";
constexpr std::size_t kChunk = std::size_t{1} << 20;

tl::unexpected<Error> refused(const std::string& what) {
  return fail(Errc::corrupt, "the backup is not whole: " + what);
}

class Sha256 {
 public:
  Sha256() : state_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr);
  }
  void add(std::string_view bytes) { EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size()); }
  std::string end() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(state_.get(), digest, &size);
    return to_hex({reinterpret_cast<const char*>(digest), size});
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state_;
};

std::string sha256_of(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.end();
}

}  // namespace

const BackupFile* BackupManifest::find(const std::string& name) const {
  const auto at = std::ranges::find(files, name, &BackupFile::name);
  return at == files.end() ? nullptr : &*at;
}

Result<void> write_manifest(rocksdb::Env& env, const std::string& folder,
                            const BackupManifest& manifest) {
  std::ostringstream lines;
  lines << kFirstLine << "\nposition " << manifest.position << "\nmade " << manifest.made_ms
        << '\n';
  for (const BackupFile& file : manifest.files)
    lines << "file " << file.sha256 << ' ' << file.size << ' ' << file.name << '\n';
  const std::string text = lines.str();
  const std::string name = folder + "/" + kBackupManifest;
  const rocksdb::Status status = rocksdb::WriteStringToFile(
      &env, text + "end " + sha256_of(text) + "\n", name, /*should_sync=*/true);
  if (!status.ok()) return failed(status, "writing " + name);
  return sync_folder(env, folder);
}

Result<BackupManifest> read_manifest(rocksdb::Env& env, const std::string& folder) {
  const std::string name = folder + "/" + kBackupManifest;
  std::string text;
  if (!rocksdb::ReadFileToString(&env, name, &text).ok()) return refused(name + " is missing");
  const std::size_t end = text.rfind("end ");
  if (end == std::string::npos ||
      text.substr(end) != "end " + sha256_of(text.substr(0, end)) + "\n")
    return refused(name + " is truncated or was altered");
  BackupManifest manifest;
  std::istringstream lines(text.substr(0, end));
  std::string first, word;
  if (!std::getline(lines, first) || first != kFirstLine)
    return fail(Errc::unsupported, name + " is of another version of aura");
  while (lines >> word) {
    if (word == "position") lines >> manifest.position;
    if (word == "made") lines >> manifest.made_ms;
    if (word != "file") continue;
    BackupFile& file = manifest.files.emplace_back();
    lines >> file.sha256 >> file.size >> file.name;
  }
  return manifest;
}

Result<BackupFile> read_through(rocksdb::Env& env, const std::string& from,
                                rocksdb::WritableFile* copy) {
  std::unique_ptr<rocksdb::SequentialFile> in;
  rocksdb::Status status = env.NewSequentialFile(from, &in, {});
  Sha256 hash;
  BackupFile file;
  std::string buffer(kChunk, '\0');
  while (status.ok()) {
    rocksdb::Slice read;
    status = in->Read(kChunk, &read, buffer.data());
    if (!status.ok() || read.empty()) break;
    hash.add(read.ToStringView());
    file.size += read.size();
    if (copy != nullptr) status = copy->Append(read);
  }
  if (!status.ok()) return failed(status, "reading " + from);
  file.sha256 = hash.end();
  return file;
}

Result<BackupManifest> check_files(rocksdb::Env& env, const std::string& folder,
                                   const BackupProgress& progress) {
  auto manifest = read_manifest(env, folder);
  if (!manifest) return manifest;
  if (!folder.ends_with(copy_folder("", manifest->position)))
    return refused(folder + " holds the copy of position " + std::to_string(manifest->position));
  const auto names = names_in(env, folder);
  if (!names) return tl::unexpected(names.error());
  std::set<std::string> there(names->begin(), names->end());
  there.erase(kBackupManifest);
  for (const BackupFile& expected : manifest->files) {
    const std::string name = folder + "/" + expected.name;
    if (there.erase(expected.name) == 0) return refused(name + " is missing");
    const auto found = read_through(env, name, nullptr);
    if (!found) return tl::unexpected(found.error());
    if (found->size != expected.size)
      return refused(name + " has " + std::to_string(found->size) + " bytes instead of " +
                     std::to_string(expected.size));
    if (found->sha256 != expected.sha256) return refused(name + " was altered");
    if (progress) progress(expected.name, expected.size);
  }
  if (!there.empty()) return refused(folder + "/" + *there.begin() + " does not belong to it");
  return manifest;
}

Result<std::vector<std::string>> names_in(rocksdb::Env& env, const std::string& folder) {
  std::vector<std::string> names;
  const rocksdb::Status status = env.GetChildren(folder, &names);
  if (status.IsNotFound()) return fail(Errc::not_found, "there is no folder " + folder);
  if (!status.ok()) return failed(status, "reading " + folder);
  std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> sync_folder(rocksdb::Env& env, const std::string& folder) {
  std::unique_ptr<rocksdb::Directory> directory;
  rocksdb::Status status = env.NewDirectory(folder, &directory);
  if (status.ok()) status = directory->Fsync();
  if (!status.ok()) return failed(status, "writing " + folder);
  return {};
}

Result<void> remove_folder(rocksdb::Env& env, const std::string& folder) {
  const auto names = names_in(env, folder);
  if (!names && names.error().code == Errc::not_found) return {};
  if (!names) return tl::unexpected(names.error());
  for (const std::string& name : *names) {
    const std::string path = folder + "/" + name;
    bool is_folder = false;
    if (env.IsDirectory(path, &is_folder).ok() && is_folder) {
      if (auto removed = remove_folder(env, path); !removed) return removed;
    } else if (const auto status = env.DeleteFile(path); !status.ok()) {
      return failed(status, "removing " + path);
    }
  }
  if (const auto status = env.DeleteDir(folder); !status.ok())
    return failed(status, "removing " + folder);
  return {};
}

}  // namespace aura::storage
