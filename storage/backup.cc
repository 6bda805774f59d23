#include "storage/backup.h"

#include <openssl/evp.h>
#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

namespace aura::storage {
namespace {

constexpr const char* kManifest = "MANIFEST.sha256";
constexpr std::size_t kChunk = std::size_t{1} << 20;
const std::vector<std::string> kParts = {"db", "keys"};

struct Entry {
  std::string name;  // relative to the backup
  std::string sha256;
  std::uint64_t size = 0;
};

tl::unexpected<Error> failed(const rocksdb::Status& status, const std::string& doing) {
  return tl::unexpected(to_error(status, doing));
}

tl::unexpected<Error> refused(const std::string& what) {
  return fail(Errc::corrupt, "the backup is not whole: " + what);
}

std::string hex(const unsigned char* bytes, unsigned size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text.push_back(kDigits[bytes[i] >> 4]);
    text.push_back(kDigits[bytes[i] & 15]);
  }
  return text;
}

// Reads a file through, into `copy` if there is one.
Result<Entry> read_through(rocksdb::Env& env, const std::string& from,
                           rocksdb::WritableFile* copy) {
  std::unique_ptr<rocksdb::SequentialFile> in;
  rocksdb::Status status = env.NewSequentialFile(from, &in, {});
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(),
                                                                     EVP_MD_CTX_free);
  EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
  Entry entry;
  std::string buffer(kChunk, '\0');
  while (status.ok()) {
    rocksdb::Slice read;
    status = in->Read(kChunk, &read, buffer.data());
    if (!status.ok() || read.empty()) break;
    EVP_DigestUpdate(hash.get(), read.data(), read.size());
    entry.size += read.size();
    if (copy != nullptr) status = copy->Append(read);
  }
  if (!status.ok()) return failed(status, "reading " + from);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(hash.get(), digest, &size);
  entry.sha256 = hex(digest, size);
  return entry;
}

Result<std::vector<std::string>> files_of(rocksdb::Env& env, const std::string& folder) {
  std::vector<std::string> names;
  for (const std::string& part : kParts) {
    std::vector<std::string> found;
    const rocksdb::Status status = env.GetChildren(folder + "/" + part, &found);
    if (status.IsNotFound()) return refused(part + " is missing");
    if (!status.ok()) return failed(status, "reading " + folder);
    for (const std::string& name : found)
      if (name != "." && name != "..") names.push_back(part + "/" + name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<Entry>> read_manifest(rocksdb::Env& env, const std::string& folder) {
  std::string text;
  const rocksdb::Status status = rocksdb::ReadFileToString(&env, folder + "/" + kManifest, &text);
  if (!status.ok()) return refused(std::string(kManifest) + " is missing");
  std::vector<Entry> entries;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::size_t first = text.find("  ", at);
    const std::size_t second = first == std::string::npos ? first : text.find("  ", first + 2);
    if (end == std::string::npos || second == std::string::npos || second > end)
      return refused(std::string(kManifest) + " is truncated");
    Entry entry{text.substr(second + 2, end - second - 2), text.substr(at, first - at), 0};
    std::from_chars(text.data() + first + 2, text.data() + second, entry.size);
    entries.push_back(std::move(entry));
    at = end + 1;
  }
  if (entries.empty()) return refused(std::string(kManifest) + " is empty");
  return entries;
}

Result<void> write_manifest(rocksdb::Env& env, const std::string& folder,
                            const std::vector<Entry>& entries) {
  std::string text;
  for (const Entry& entry : entries)
    text += entry.sha256 + "  " + std::to_string(entry.size) + "  " + entry.name + "\n";
  const std::string name = folder + "/" + kManifest;
  rocksdb::Status status = rocksdb::WriteStringToFile(&env, text, name + ".new", true);
  if (status.ok()) status = env.RenameFile(name + ".new", name);
  std::unique_ptr<rocksdb::Directory> directory;
  if (status.ok()) status = env.NewDirectory(folder, &directory);
  if (status.ok()) status = directory->Fsync();
  if (!status.ok()) return failed(status, "writing " + name);
  return {};
}

Result<void> checkpoint(rocksdb::DB& db, const std::string& folder) {
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(&db, &made);
  const std::unique_ptr<rocksdb::Checkpoint> owner(made);
  if (status.ok()) status = made->CreateCheckpoint(folder);
  if (!status.ok()) return failed(status, "copying to " + folder);
  return {};
}

Result<void> copy_file(rocksdb::Env& env, const std::string& from, const std::string& to,
                       const Entry& expected) {
  std::unique_ptr<rocksdb::WritableFile> out;
  rocksdb::Status status = env.NewWritableFile(to, &out, {});
  if (!status.ok()) return failed(status, "writing " + to);
  const auto copied = read_through(env, from, out.get());
  if (!copied) return tl::unexpected(copied.error());
  status = out->Sync();
  if (status.ok()) status = out->Close();
  if (!status.ok()) return failed(status, "writing " + to);
  if (copied->sha256 != expected.sha256)
    return refused(expected.name + " changed while it was read");
  return {};
}

Result<void> sync_folder(rocksdb::Env& env, const std::string& folder) {
  std::unique_ptr<rocksdb::Directory> directory;
  rocksdb::Status status = env.NewDirectory(folder, &directory);
  if (status.ok()) status = directory->Fsync();
  if (!status.ok()) return failed(status, "writing " + folder);
  return {};
}

Result<void> make_empty(rocksdb::Env& env, const std::string& path) {
  std::vector<std::string> there;
  const rocksdb::Status status = env.GetChildren(path, &there);
  if (!status.ok() && !status.IsNotFound()) return failed(status, "reading " + path);
  std::erase_if(there, [](const std::string& name) { return name == "." || name == ".."; });
  if (!there.empty())
    return fail(Errc::conflict, path + " is not empty: restore into an empty directory");
  for (const std::string& folder : {path, path + "/db", path + "/keys"})
    if (const auto made = env.CreateDirIfMissing(folder); !made.ok())
      return failed(made, "creating " + folder);
  return {};
}

}  // namespace

Result<void> make_backup(Database& database, Keyring& keyring, const std::string& folder,
                         const BackupProgress& progress, rocksdb::Env* given) {
  rocksdb::Env& env = given == nullptr ? *rocksdb::Env::Default() : *given;
  if (const auto made = env.CreateDir(folder); !made.ok())
    return failed(made, "creating " + folder);
  if (auto copied = checkpoint(database.db(), folder + "/db"); !copied) return copied;
  if (auto copied = checkpoint(keyring.db(), folder + "/keys"); !copied) return copied;
  const auto names = files_of(env, folder);
  if (!names) return tl::unexpected(names.error());
  std::vector<Entry> entries;
  for (const std::string& name : *names) {
    auto entry = read_through(env, folder + "/" + name, nullptr);
    if (!entry) return tl::unexpected(entry.error());
    entry->name = name;
    if (progress) progress(name, entry->size);
    entries.push_back(std::move(*entry));
  }
  return write_manifest(env, folder, entries);
}

Result<void> check_backup(const std::string& folder, const BackupProgress& progress,
                          rocksdb::Env* given) {
  rocksdb::Env& env = given == nullptr ? *rocksdb::Env::Default() : *given;
  const auto entries = read_manifest(env, folder);
  if (!entries) return tl::unexpected(entries.error());
  const auto names = files_of(env, folder);
  if (!names) return tl::unexpected(names.error());
  std::set<std::string> there(names->begin(), names->end());
  for (const Entry& expected : *entries) {
    if (there.erase(expected.name) == 0) return refused(expected.name + " is missing");
    const auto found = read_through(env, folder + "/" + expected.name, nullptr);
    if (!found) return tl::unexpected(found.error());
    if (found->size != expected.size)
      return refused(expected.name + " has " + std::to_string(found->size) + " bytes instead of " +
                     std::to_string(expected.size));
    if (found->sha256 != expected.sha256) return refused(expected.name + " was altered");
    if (progress) progress(expected.name, expected.size);
  }
  if (!there.empty()) return refused(*there.begin() + " does not belong to it");
  return {};
}

Result<void> restore_backup(const std::string& folder, const std::string& path,
                            const BackupProgress& progress, rocksdb::Env* given) {
  rocksdb::Env& env = given == nullptr ? *rocksdb::Env::Default() : *given;
  if (auto checked = check_backup(folder, nullptr, &env); !checked) return checked;
  const auto entries = read_manifest(env, folder);
  if (!entries) return tl::unexpected(entries.error());
  if (auto made = make_empty(env, path); !made) return made;
  for (const Entry& entry : *entries) {
    auto copied = copy_file(env, folder + "/" + entry.name, path + "/" + entry.name, entry);
    if (!copied) return copied;
    if (progress) progress(entry.name, entry.size);
  }
  for (const std::string& written : {path + "/db", path + "/keys", path})
    if (auto synced = sync_folder(env, written); !synced) return synced;
  return {};
}

}  // namespace aura::storage
