#include "storage/backup.h"

#include "fixture.h"
#include "storage/schema/records.pb.h"
#include "storage/verify.h"

namespace aura::storage::test {
namespace {

class BackupTest : public StorageTest {
 protected:
  void SetUp() override {
    open();
    Commit c;
    c.workspace = ws_;
    ASSERT_TRUE(now_.vault->create_workspace_key(ws_, c));
    const auto key = now_.vault->create_contact_key(ws_, id(2), c);
    ASSERT_TRUE(key);
    record::Contact contact;
    contact.set_sealed((*key)->seal(aad(Family::contact, contact_row_), "name"));
    c.put(Family::contact, contact_row_, contact.SerializeAsString());
    c.audit = AuditEntry{1, "operator", "contact.create", "ct_1"};
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }

  void overwrite(const std::string& name, const std::string& content) {
    ASSERT_TRUE(rocksdb::WriteStringToFile(env(), content, name).ok());
  }
  std::string read(const std::string& name) {
    std::string content;
    EXPECT_TRUE(rocksdb::ReadFileToString(env(), name, &content).ok());
    return content;
  }
  std::string table_file(const std::string& folder) {
    std::vector<std::string> names;
    EXPECT_TRUE(env()->GetChildren(folder, &names).ok());
    for (const std::string& name : names)
      if (name.ends_with(".sst")) return name;
    return "none";
  }

  const Id ws_ = id(1);
  const std::string contact_row_ = keys::contact(ws_, id(2));
};

TEST_F(BackupTest, RestoresWhatWasThere) {
  std::size_t files = 0;
  const auto count = [&](const std::string&, std::uint64_t) { ++files; };
  const auto made = make_backup(*now_.database, *now_.keyring, "/backup", count, env());
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_GT(files, 4u);
  ASSERT_TRUE(check_backup("/backup", nullptr, env()));
  const auto restored = restore_backup("/backup", "/restored", nullptr, env());
  ASSERT_TRUE(restored) << restored.error().detail;
  const auto keyring = Keyring::open("/restored/keys", *master(), *health_, env());
  const auto database = Database::open("/restored/db", {}, *health_, clock_, env());
  ASSERT_TRUE(keyring && database);
  KeyVault vault(**keyring, master());
  record::Contact contact;
  const auto row = DatabaseReader(**database).get(Family::contact, contact_row_);
  ASSERT_TRUE(row && *row && contact.ParseFromString(**row));
  EXPECT_EQ((*vault.contact_key(ws_, id(2)))
                ->open(aad(Family::contact, contact_row_), contact.sealed())
                .value_or("?"),
            "name");
  EXPECT_TRUE(verify(**database, **keyring)->good());
  EXPECT_EQ(restore_backup("/backup", "/restored", nullptr, env()).error().code, Errc::conflict);
}

TEST_F(BackupTest, AnAlteredTruncatedOrUnfinishedOneIsRefusedByName) {
  ASSERT_TRUE(make_backup(*now_.database, *now_.keyring, "/backup", nullptr, env()));
  const std::string table = table_file("/backup/keys");
  const std::string name = "/backup/keys/" + table;
  const std::string whole = read(name);
  const auto refusal = [&] {
    const auto result = restore_backup("/backup", "/restored", nullptr, env());
    EXPECT_FALSE(result);
    EXPECT_TRUE(env()->FileExists("/restored/db").IsNotFound());
    return result ? std::string() : result.error().detail;
  };
  overwrite(name, whole.substr(0, whole.size() - 1));
  EXPECT_NE(refusal().find(table), std::string::npos);
  std::string altered = whole;
  altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
  overwrite(name, altered);
  EXPECT_NE(refusal().find(table + " was altered"), std::string::npos);
  ASSERT_TRUE(env()->DeleteFile(name).ok());
  EXPECT_NE(refusal().find(table + " is missing"), std::string::npos);
  overwrite(name, whole);
  overwrite("/backup/db/stranger", "x");
  EXPECT_NE(refusal().find("stranger"), std::string::npos);
  ASSERT_TRUE(env()->DeleteFile("/backup/db/stranger").ok());
  EXPECT_TRUE(check_backup("/backup", nullptr, env()));
  ASSERT_TRUE(env()->DeleteFile("/backup/MANIFEST.sha256").ok());
  EXPECT_NE(refusal().find("MANIFEST.sha256 is missing"), std::string::npos);
}

TEST_F(BackupTest, VerificationFindsWhatDoesNotFit) {
  EXPECT_TRUE(verify(*now_.database, *now_.keyring)->good());
  Commit destroyed;
  now_.vault->destroy_contact_key(ws_, id(2), destroyed);
  ASSERT_EQ(commit(std::move(destroyed)).code, Errc::ok);
  EXPECT_TRUE(verify(*now_.database, *now_.keyring)->good()) << "destroyed is not missing";
  Commit bad;
  bad.put(Family::contact, keys::contact(ws_, id(9)), record::Contact().SerializeAsString());
  bad.put(Family::message, keys::message(ws_, id(1), id(1)), "\xff\xff\xff");
  bad.put(Family::conversation, keys::conversation(ws_, id(1)), "short");
  bad.put(Family::item, "k", "");
  record::Audit forged;
  forged.set_action("forged");
  bad.put(Family::audit, keys::audit(ws_, 1'000'000), forged.SerializeAsString());
  ASSERT_EQ(commit(std::move(bad)).code, Errc::ok);
  const auto found = verify(*now_.database, *now_.keyring);
  EXPECT_EQ(found->problems, 5u);
  EXPECT_EQ(found->first_problems.size(), 5u);
}

}  // namespace
}  // namespace aura::storage::test
