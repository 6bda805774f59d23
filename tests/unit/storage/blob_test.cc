// Large values: stored in blob files, present after a restart, deleted with their rows, unreadable
// once their key is destroyed, and never written by an actor that did not see the deletion.
#include <rocksdb/env.h>

#include <algorithm>

#include "fixture.h"
#include "storage/backup/restore.h"
#include "storage/backup/verify.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura::storage::test {
namespace {

class BlobTest : public StorageTest {
 protected:
  void SetUp() override { open(); }

  std::string part(std::uint32_t number) const { return keys::blob(ws_, owner_, media_, number); }
  // Stores a row and its parts, fenced by the row's version.
  Errc store(std::uint64_t expected, int parts, const DataKeyPtr& key) {
    Commit c;
    c.workspace = ws_;
    const std::string row = keys::media(ws_, owner_, media_);
    c.fence = Fence{Family::media, row, expected};
    c.put(Family::media, row, fenced_value(expected + 1, "record"));
    for (int i = 0; i < parts; ++i) {
      const std::string at = part(static_cast<std::uint32_t>(i));
      c.put(Family::blob, at, key->seal(aad(Family::blob, at), plain_));
    }
    return commit(std::move(c)).code;
  }
  void flush_and_compact() {
    auto& db = now_.database->db();
    auto* const family = now_.database->handle(Family::blob);
    ASSERT_TRUE(db.Flush({}, family).ok());
    rocksdb::CompactRangeOptions all;
    all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    all.blob_garbage_collection_policy = rocksdb::BlobGarbageCollectionPolicy::kForce;
    all.blob_garbage_collection_age_cutoff = 1;
    ASSERT_TRUE(db.CompactRange(all, family, nullptr, nullptr).ok());
  }
  std::size_t blob_files() {
    std::vector<std::string> names;
    EXPECT_TRUE(env_->GetChildren("/db", &names).ok());
    return static_cast<std::size_t>(
        std::count_if(names.begin(), names.end(),
                      [](const std::string& name) { return name.ends_with(".blob"); }));
  }
  DataKeyPtr contact_key() {
    Commit c;
    c.workspace = ws_;
    EXPECT_TRUE(now_.vault->create_workspace_key(ws_, c));
    auto key = now_.vault->create_contact_key(ws_, owner_, c);
    EXPECT_EQ(commit(std::move(c)).code, Errc::ok);
    return *key;
  }

  const Id ws_ = id(1), owner_ = id(2), media_ = id(3);
  const std::string plain_ = std::string(64 * 1024, 'p');
};

TEST_F(BlobTest, PartsLieInFilesOfTheirOwnAndComeBack) {
  const auto key = contact_key();
  ASSERT_EQ(store(0, 20, key), Errc::ok);
  EXPECT_EQ(blob_files(), 0u) << "in the log and in memory first";
  reopen();
  flush_and_compact();
  EXPECT_GT(blob_files(), 0u);
  reopen();
  for (std::uint32_t i = 0; i < 20; ++i) {
    const auto sealed = get(Family::blob, part(i));
    ASSERT_TRUE(sealed) << i;
    EXPECT_EQ(*key->open(aad(Family::blob, part(i)), *sealed), plain_);
    EXPECT_FALSE(key->open(aad(Family::blob, part(i + 1)), *sealed)) << "each has its place";
  }
}

TEST_F(BlobTest, ErasedPartsLeaveTheDisk) {
  const auto key = contact_key();
  ASSERT_EQ(store(0, 20, key), Errc::ok);
  flush_and_compact();
  Commit c;
  c.workspace = ws_;
  c.mutations.push_back(
      {Mutation::Op::erase_prefix, Family::blob, keys::media_of(ws_, owner_), {}});
  ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  EXPECT_FALSE(get(Family::blob, part(0)));
  flush_and_compact();
  reopen();
  EXPECT_EQ(blob_files(), 0u);
  EXPECT_FALSE(get(Family::blob, part(19)));
}

TEST_F(BlobTest, WithoutItsKeyAPartIsNoise) {
  ASSERT_EQ(store(0, 1, contact_key()), Errc::ok);
  Commit c;
  c.workspace = ws_;
  now_.vault->destroy_contact_key(ws_, owner_, c);
  ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  EXPECT_EQ(now_.vault->contact_key(ws_, owner_).error().code, Errc::not_found);
  reopen();
  EXPECT_EQ(now_.vault->contact_key(ws_, owner_).error().code, Errc::not_found);
  const auto sealed = get(Family::blob, part(0));
  ASSERT_TRUE(sealed) << "the bytes may lie there for a while …";
  EXPECT_FALSE((*now_.vault->workspace_key(ws_))->open(aad(Family::blob, part(0)), *sealed));
  EXPECT_EQ(sealed->find(plain_.substr(0, 32)), std::string::npos) << "… and say nothing";
}

TEST_F(BlobTest, ABackupHoldsThemAndAVerificationReadsTheirRows) {
  const auto key = contact_key();
  record::Media row;
  row.set_due_ms(5);
  Commit c;
  c.workspace = ws_;
  c.put(Family::media, keys::media(ws_, owner_, media_), fenced_value(1, row.SerializeAsString()));
  c.put(Family::media_due, keys::media_due(ws_, 5, owner_, media_), {});
  c.put(Family::blob, part(0), key->seal(aad(Family::blob, part(0)), plain_));
  ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  flush_and_compact();
  ASSERT_GT(blob_files(), 0u);
  ASSERT_TRUE(make_checkpoint(*now_.database, *now_.keyring, "/checkpoint", env()));
  ASSERT_TRUE(env()->CreateDirIfMissing("/backup").ok());
  const auto place = backup_place("/backup");
  ASSERT_TRUE(store_backup("/checkpoint", place, 1, nullptr, env()));
  ASSERT_TRUE(restore_backup({place, "/restored", {}}, *master(), clock_, nullptr, env()));
  const auto keyring = Keyring::open("/restored/keys", *master(), *health_, env());
  const auto database = Database::open("/restored/db", {}, *health_, clock_, env());
  ASSERT_TRUE(keyring && database);
  const auto sealed = DatabaseReader(**database).get(Family::blob, part(0));
  ASSERT_TRUE(sealed && *sealed);
  EXPECT_EQ(*key->open(aad(Family::blob, part(0)), **sealed), plain_);
  EXPECT_TRUE(verify(**database, **keyring)->good());
  Commit bad;
  bad.workspace = ws_;
  bad.put(Family::media, keys::media(ws_, owner_, id(9)), "no version");
  ASSERT_EQ(commit(std::move(bad)).code, Errc::ok);
  EXPECT_FALSE(verify(*now_.database, *now_.keyring)->good());
}

TEST_F(BlobTest, WhoDidNotSeeTheRowGoCannotWrite) {
  const auto key = contact_key();
  ASSERT_EQ(store(0, 1, key), Errc::ok);
  ASSERT_EQ(store(1, 1, key), Errc::ok);
  EXPECT_EQ(store(1, 1, key), Errc::conflict) << "a stale version";
  Commit c;
  c.workspace = ws_;
  c.erase(Family::media, keys::media(ws_, owner_, media_));
  ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  EXPECT_EQ(store(2, 1, key), Errc::conflict);
  reopen();
  EXPECT_EQ(store(2, 1, key), Errc::conflict);
  EXPECT_EQ(store(0, 1, key), Errc::ok) << "a new one may have the same name";
}

TEST_F(BlobTest, SecretsMadeFromTheMasterKeyStayTheSame) {
  const std::string secret = now_.vault->secret_for("links");
  EXPECT_EQ(secret.size(), 32u);
  EXPECT_NE(secret, now_.vault->secret_for("other"));
  reopen();
  EXPECT_EQ(secret, now_.vault->secret_for("links"));
}

}  // namespace
}  // namespace aura::storage::test
