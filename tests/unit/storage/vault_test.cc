#include "storage/vault/vault.h"

#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "fixture.h"
#include "runtime/random.h"
#include "storage/format.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::storage::test {
namespace {

constexpr Millis kHour = 3'600'000;

TEST(DataKey, OpensOnlyWhatItSealedForThatPlace) {
  const AesKey key(std::string(kDataKeySize, 'k')), other(std::string(kDataKeySize, 'o'));
  const std::string place = aad(Family::message, "a"), elsewhere = aad(Family::message, "b");
  for (const std::size_t size : {0, 1, 15, 16, 17, 300, 100'000}) {
    const std::string plain(size, 'x');
    const std::string sealed = key.seal(place, plain);
    EXPECT_EQ(key.open(place, sealed).value_or("?"), plain);
    EXPECT_EQ(key.open(elsewhere, sealed).error().code, Errc::corrupt);
    EXPECT_EQ(other.open(place, sealed).error().code, Errc::corrupt);
    EXPECT_EQ(key.open(place, sealed).value_or("?"), plain) << "after a failure";
  }
  EXPECT_NE(key.seal(place, "x"), key.seal(place, "x"));
}

TEST(DataKey, AMacNamesATextUnderItsKeyAlone) {
  const AesKey key(std::string(kDataKeySize, 'k')), same(std::string(kDataKeySize, 'k')),
      other(std::string(kDataKeySize, 'o'));
  EXPECT_EQ(key.mac("351900000000").size(), 32u);
  EXPECT_EQ(key.mac("351900000000"), same.mac("351900000000"));
  EXPECT_NE(key.mac("351900000000"), key.mac("351900000001"));
  EXPECT_NE(key.mac("351900000000"), other.mac("351900000000"));
  EXPECT_EQ(key.mac("").size(), 32u);
}

TEST(DataKey, SwappedCiphertextsDoNotOpen) {
  const AesKey key(std::string(kDataKeySize, 'k'));
  const std::string first = keys::message(id(1), id(2), id(3));
  const std::string second = keys::message(id(1), id(2), id(4));
  const std::string sealed_first = key.seal(aad(Family::message, first), "one");
  EXPECT_FALSE(key.open(aad(Family::message, second), sealed_first));
  EXPECT_FALSE(key.open(aad(Family::external, first), sealed_first));
}

TEST(DataKey, EveryAlteredByteAndLengthIsFound) {
  const AesKey key(std::string(kDataKeySize, 'k'));
  const std::string sealed = key.seal("here", "a short text");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string altered = sealed;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    EXPECT_FALSE(key.open("here", altered));
    EXPECT_FALSE(key.open("here", sealed.substr(0, i)));
  }
}

class VaultTest : public StorageTest {
 protected:
  void SetUp() override {
    open();
    Commit c;
    ASSERT_TRUE(now_.vault->create_workspace_key(ws_, c));
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }

  // All bytes of all files below /keys.
  std::string keyring_files() {
    std::string all;
    std::vector<std::string> names;
    EXPECT_TRUE(env()->GetChildren("/keys", &names).ok());
    for (const std::string& name : names) {
      std::string content;
      if (rocksdb::ReadFileToString(env(), "/keys/" + name, &content).ok()) all += content;
    }
    return all;
  }

  const Id ws_ = id(1), contact_ = id(2);
};

TEST_F(VaultTest, KeysOutliveARestart) {
  Commit c;
  const auto key = now_.vault->create_contact_key(ws_, contact_, c);
  ASSERT_TRUE(key);
  EXPECT_EQ(now_.vault->contact_key(ws_, contact_).error().code, Errc::not_found);
  const std::string sealed = (*key)->seal("here", "text");
  EXPECT_EQ(commit(std::move(c)).code, Errc::ok);
  reopen();
  EXPECT_EQ((*now_.vault->contact_key(ws_, contact_))->open("here", sealed).value_or("?"), "text");
}

TEST_F(VaultTest, AWorkspaceAndItsFirstContactFitInOneCommit) {
  Commit c;
  ASSERT_TRUE(now_.vault->create_workspace_key(id(8), c));
  const auto key = now_.vault->create_contact_key(id(8), contact_, c);
  ASSERT_TRUE(key);
  const std::string sealed = (*key)->seal("here", "text");
  EXPECT_EQ(commit(std::move(c)).code, Errc::ok);
  EXPECT_EQ((*now_.vault->contact_key(id(8), contact_))->open("here", sealed).value_or("?"),
            "text");
}

TEST_F(VaultTest, ALivingKeyIsNeverReplaced) {
  Commit first, second;
  ASSERT_TRUE(now_.vault->create_contact_key(ws_, contact_, first));
  ASSERT_TRUE(now_.vault->create_contact_key(ws_, contact_, second));
  Commit third = second;
  const auto made = submit(std::move(first));
  const auto late = submit(std::move(second));
  now_.writer->run_group();
  EXPECT_EQ(made->code, Errc::ok);
  EXPECT_EQ(late->code, Errc::conflict);
  EXPECT_EQ(commit(std::move(third)).code, Errc::conflict);
}

TEST_F(VaultTest, ADestroyedKeyLeavesTheFiles) {
  Commit c;
  ASSERT_TRUE(now_.vault->create_contact_key(ws_, contact_, c));
  const std::string wrapped = c.keyring.back().value;
  ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  reopen();  // the key is now in a table file
  EXPECT_NE(keyring_files().find(wrapped), std::string::npos);
  Commit destroy;
  now_.vault->destroy_contact_key(ws_, contact_, destroy);
  ASSERT_EQ(commit(std::move(destroy)).code, Errc::ok);
  now_.keyring->wait_until_purged();
  EXPECT_EQ(keyring_files().find(wrapped), std::string::npos);
  EXPECT_EQ(now_.vault->contact_key(ws_, contact_).error().code, Errc::not_found);
  Commit anew;
  ASSERT_TRUE(now_.vault->create_contact_key(ws_, contact_, anew));
  EXPECT_EQ(commit(std::move(anew)).code, Errc::ok);
  EXPECT_TRUE(now_.vault->contact_key(ws_, contact_));
}

TEST_F(VaultTest, TheJournalKeyJoinsCommitsUntilItIsDurable) {
  Commit lost, first, second, third;
  std::uint32_t hour = 0;
  const auto key = now_.vault->journal_key(clock_.now_ms(), hour, lost);
  ASSERT_TRUE(key);
  const std::string sealed = (*key)->seal("here", "event");
  ASSERT_TRUE(now_.vault->journal_key(clock_.now_ms(), hour, first));
  ASSERT_TRUE(now_.vault->journal_key(clock_.now_ms(), hour, second));
  EXPECT_EQ(first.keyring.size(), 1u);
  submit(std::move(first));
  EXPECT_EQ(commit(std::move(second)).code, Errc::ok);
  ASSERT_TRUE(now_.vault->journal_key(clock_.now_ms(), hour, third));
  EXPECT_TRUE(third.keyring.empty());
  reopen();
  EXPECT_EQ((*now_.vault->journal_key_of(hour))->open("here", sealed).value_or("?"), "event");
  Commit later;
  ASSERT_TRUE(now_.vault->journal_key(clock_.now_ms(), hour, later));
  EXPECT_TRUE(later.keyring.empty()) << "a restart within the hour goes on with its key";
}

TEST_F(VaultTest, JournalKeysAreDestroyedAfterTheirRetention) {
  std::vector<std::string> wrapped;
  std::uint32_t first = 0, hour = 0;
  for (int i = 0; i < 5; ++i) {
    Commit c;
    ASSERT_TRUE(now_.vault->journal_key(clock_.now_ms(), i == 0 ? first : hour, c));
    wrapped.push_back(c.keyring.back().value);
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
    clock_.advance(std::chrono::hours(1));
  }
  EXPECT_EQ(now_.vault->expire_journal_keys(*now_.reader, clock_.now_ms(), 72 * kHour).value_or(9),
            0u);
  EXPECT_EQ(now_.vault->expire_journal_keys(*now_.reader, clock_.now_ms(), 2 * kHour).value_or(9),
            3u);
  EXPECT_EQ(now_.vault->journal_key_of(first).error().code, Errc::not_found);
  EXPECT_TRUE(now_.vault->journal_key_of(hour));
  now_.keyring->wait_until_purged();
  EXPECT_EQ(keyring_files().find(wrapped[0]), std::string::npos);
  EXPECT_NE(keyring_files().find(wrapped[4]), std::string::npos);
}

// Also if the key only looks old because the clock was set forward by days.
TEST_F(VaultTest, TheKeyOfAnEventThatIsNotAppliedYetIsKept) {
  std::array<std::uint32_t, 2> hours{};
  for (std::uint32_t& hour : hours) {
    Commit event;
    ASSERT_TRUE(now_.vault->journal_key(clock_.now_ms(), hour, event));
    record::Journal row;
    row.set_key_hour(hour);
    if (&hour == &hours[1])  // the first event is processed already, so it has no row

      event.put(Family::journal, keys::journal(id(1), 1), row.SerializeAsString());
    ASSERT_EQ(commit(std::move(event)).code, Errc::ok);
    clock_.advance(std::chrono::hours(1));
  }
  const auto expire = [&] {
    return now_.vault->expire_journal_keys(*now_.reader, clock_.now_ms(), 72 * kHour).value_or(9);
  };
  clock_.advance(std::chrono::hours(1000));
  EXPECT_EQ(expire(), 1u);
  EXPECT_EQ(now_.vault->journal_key_of(hours[0]).error().code, Errc::not_found);
  EXPECT_TRUE(now_.vault->journal_key_of(hours[1]));
  Commit applied;
  applied.erase(Family::journal, keys::journal(id(1), 1));
  ASSERT_EQ(commit(std::move(applied)).code, Errc::ok);
  EXPECT_EQ(expire(), 1u);
  EXPECT_EQ(now_.vault->journal_key_of(hours[1]).error().code, Errc::not_found);
}

// Names and contents of all files, to show that nothing was changed.
std::string snapshot(rocksdb::Env* env, const std::string& folder) {
  std::vector<std::string> names;
  EXPECT_TRUE(env->GetChildren(folder, &names).ok());
  std::sort(names.begin(), names.end());
  std::string all;
  for (const std::string& name : names) {
    std::string content;
    rocksdb::ReadFileToString(env, folder + "/" + name, &content).PermitUncheckedError();
    all += name + ":" + content + "\n";
  }
  return all;
}

TEST_F(VaultTest, AnotherMasterKeyIsRefusedBeforeAnythingIsWritten) {
  close();
  const std::string before = snapshot(env(), "/keys");
  const auto refused =
      Keyring::open("/keys", AesKey(std::string(kDataKeySize, 'w')), *health_, env());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("master key"), std::string::npos);
  EXPECT_EQ(snapshot(env(), "/keys"), before);
}

TEST_F(VaultTest, ANewerFormatIsRefusedBeforeAnythingIsWritten) {
  rocksdb::WriteOptions synced;
  synced.sync = true;
  ASSERT_TRUE(now_.database->db().Put(synced, kFormatRow, encode_format(kDataFormat + 1)).ok());
  close();
  const std::string before = snapshot(env(), "/db");
  const auto refused = Database::open("/db", {}, *health_, clock_, env());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::unsupported);
  EXPECT_NE(refused.error().detail.find("format " + std::to_string(kDataFormat + 1)),
            std::string::npos);
  EXPECT_EQ(snapshot(env(), "/db"), before);
}

TEST(MasterKey, IsMadeOnceForItsOwnerOnlyAndNeverGuessed) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / ("master_key_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string path = folder / "master.key";
  EXPECT_EQ(load_master_key(path, false).error().code, Errc::not_found);
  const auto made = load_master_key(path, true);
  ASSERT_TRUE(made) << made.error().detail;
  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_EQ(about.st_size, 32);
  const auto again = load_master_key(path, true);
  EXPECT_EQ((*again)->open("a", (*made)->seal("a", "text")).value_or("?"), "text");
  std::ofstream(path) << "short";
  EXPECT_EQ(load_master_key(path, true).error().code, Errc::invalid);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace aura::storage::test
