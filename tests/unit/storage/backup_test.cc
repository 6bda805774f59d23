#include "storage/backup/backup.h"

#include <gmock/gmock.h>

#include "fixture.h"
#include "storage/backup/restore.h"
#include "storage/backup/verify.h"
#include "storage/format.h"
#include "storage/schema/records.pb.h"
#include "storage/vault/erase_contact.h"

namespace aura::storage::test {
namespace {

using ::testing::HasSubstr;

class BackupTest : public StorageTest {
 protected:
  void SetUp() override {
    open();
    add_contact(2);
  }

  void add_contact(std::uint8_t n) {
    Commit c;
    c.workspace = ws_;
    ASSERT_TRUE(now_.vault->create_workspace_key(ws_, c));
    const auto key = now_.vault->create_contact_key(ws_, id(n), c);
    ASSERT_TRUE(key);
    const std::string at = keys::contact(ws_, id(n));
    record::Contact contact;
    contact.set_conversation(std::string(id(n).view()));
    contact.set_sealed((*key)->seal(aad(Family::contact, at), "name"));
    c.put(Family::contact, at, contact.SerializeAsString());
    record::Conversation conversation;
    conversation.set_contact(std::string(id(n).view()));
    conversation.set_channel(std::string(id(7).view()));
    conversation.set_inbox_ms(n);
    c.put(Family::conversation, keys::conversation(ws_, id(n)),
          fenced_value(1, conversation.SerializeAsString()));
    c.put(Family::inbox, keys::inbox(ws_, n, id(n)), "");
    c.put(Family::message, keys::message(ws_, id(n), id(n)), "");
    c.put(Family::unsupported, keys::unsupported(ws_, id(7), id(n), id(n)), "");
    record::Outbox queued;
    queued.set_conversation(std::string(id(n).view()));
    queued.set_message(std::string(id(n).view()));
    c.appends.push_back({Family::outbox, keys::outbox_of(ws_, id(7)), queued.SerializeAsString()});
    c.audit = AuditEntry{1, "api", "contact.create", "ct_1"};
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }
  void destroy(std::uint8_t n) {
    Commit c;
    c.workspace = ws_;
    now_.vault->destroy_contact_key(ws_, id(n), c);
    erase_contact_rows({ws_, id(n), id(7), id(n), n}, c);
    c.audit = AuditEntry{2, "api", "contact.erase", "ct_1"};
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }

  Result<StoredBackup> back_up() {
    // The in-memory file system keeps the name of a renamed and removed folder, so each checkpoint
    // gets a new one.
    const std::string folder = "/checkpoint" + std::to_string(++checkpoints_);
    if (auto made = make_checkpoint(*now_.database, *now_.keyring, folder, env()); !made)
      return tl::unexpected(made.error());
    return store_backup(folder, place_, 1, nullptr, env());
  }
  void must_back_up() {
    const auto stored = back_up();
    ASSERT_TRUE(stored) << stored.error().detail;
  }
  Result<Restored> restore(const std::string& path, std::optional<std::uint64_t> at = {}) {
    return restore_backup({place_, path, at}, *master(), clock_, nullptr, env());
  }
  std::string refusal(const std::string& path) {
    const auto result = restore(path);
    EXPECT_FALSE(result);
    EXPECT_TRUE(env()->FileExists(path + "/db").IsNotFound());
    return result ? std::string() : result.error().detail;
  }

  // The restored data, opened and verified.
  struct Copy {
    std::unique_ptr<Keyring> keyring;
    std::unique_ptr<Database> database;
    std::optional<std::string> row(Family family, const std::string& key) const {
      return *DatabaseReader(*database).get(family, key);
    }
  };
  Copy look(const std::string& path) {
    Copy copy;
    copy.keyring = std::move(*Keyring::look(path + "/keys", *health_, env()));
    copy.database = std::move(*Database::look(path + "/db", *health_, env()));
    const auto key = master();
    const auto report = verify(*copy.database, *copy.keyring, {key.get()});
    EXPECT_TRUE(report->good()) << report->first_problems.front();
    return copy;
  }

  void overwrite(const std::string& name, const std::string& content) {
    ASSERT_TRUE(rocksdb::WriteStringToFile(env(), content, name).ok());
  }
  std::string read(const std::string& name) {
    std::string content;
    EXPECT_TRUE(rocksdb::ReadFileToString(env(), name, &content).ok());
    return content;
  }
  std::string table_in(const std::string& folder) {
    const auto names = names_in(*env(), folder);
    for (const std::string& name : *names)
      if (name.ends_with(".sst")) return folder + "/" + name;
    return "none";
  }

  void SetUpFolders() { ASSERT_TRUE(env()->CreateDirIfMissing("/backup").ok()); }

  const Id ws_ = id(1);
  int checkpoints_ = 0;
  const BackupPlace place_ = backup_place("/backup");
};

TEST_F(BackupTest, RestoresWhatWasThereAndVerifies) {
  SetUpFolders();
  const auto stored = back_up();
  ASSERT_TRUE(stored) << stored.error().detail;
  EXPECT_EQ(stored->copied_files, stored->files);
  EXPECT_EQ(stored->copied_bytes, stored->bytes) << "everything is new in the first one";
  const auto restored = restore("/restored");
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(restored->position, stored->position);
  const Copy copy = look("/restored");
  KeyVault vault(*copy.keyring, master());
  record::Contact contact;
  const std::string at = keys::contact(ws_, id(2));
  ASSERT_TRUE(contact.ParseFromString(copy.row(Family::contact, at).value_or("")));
  EXPECT_EQ(
      (*vault.contact_key(ws_, id(2)))->open(aad(Family::contact, at), contact.sealed()).value(),
      "name");
}

TEST_F(BackupTest, RestoredSendsAreFlaggedAndSequencesGoOnFarAbove) {
  SetUpFolders();
  must_back_up();
  const auto restored = restore("/restored");
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(restored->settled.unsure_sends, 1u);
  const Copy copy = look("/restored");
  const auto rows =
      DatabaseReader(*copy.database).scan(Family::outbox, keys::outbox_of(ws_, id(7)), "", 9);
  record::Outbox row;
  ASSERT_TRUE(rows->size() == 1 && row.ParseFromString(rows->front().value));
  EXPECT_TRUE(row.maybe_duplicate());
  EXPECT_GT(position_of(*env(), "/restored/db")->last_sequence, restored->position + 1'000'000);
  EXPECT_EQ(copy.database->restored_position(), restored->position);
}

TEST_F(BackupTest, AnotherBackupLinksWhatIsThereAlready) {
  SetUpFolders();
  must_back_up();
  add_contact(3);
  const auto second = back_up();
  ASSERT_TRUE(second) << second.error().detail;
  EXPECT_LT(second->copied_files, second->files);
  EXPECT_EQ(positions_in(place_.data, env())->size(), 2u);
  EXPECT_EQ(*positions_in(place_.keys, env()), std::vector{second->position})
      << "only the newest keyring is kept";
}

TEST_F(BackupTest, APositionChoosesTheBackupThatWasMadeAtIt) {
  SetUpFolders();
  const std::uint64_t first = back_up()->position;
  add_contact(3);
  const std::uint64_t second = back_up()->position;
  ASSERT_LT(first, second);
  EXPECT_EQ(restore("/a", first)->position, first);
  EXPECT_FALSE(look("/a").row(Family::contact, keys::contact(ws_, id(3))));
  EXPECT_EQ(restore("/b", second)->position, second);
  EXPECT_TRUE(look("/b").row(Family::contact, keys::contact(ws_, id(3))));
  EXPECT_EQ(restore("/c", second + 1).error().code, Errc::not_found) << "nothing later was stored";
  EXPECT_EQ(restore("/d", first - 1).error().code, Errc::not_found);
}

TEST_F(BackupTest, WhatWasErasedSinceDoesNotComeBack) {
  SetUpFolders();
  const std::uint64_t first = back_up()->position;
  destroy(2);
  must_back_up();
  const auto restored = restore("/restored", first);
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(restored->settled.erased_contacts, 1u);
  EXPECT_EQ(restored->settled.unsure_sends, 0u);
  const Copy copy = look("/restored");
  EXPECT_FALSE(copy.row(Family::contact, keys::contact(ws_, id(2))));
  EXPECT_FALSE(copy.row(Family::conversation, keys::conversation(ws_, id(2))));
  EXPECT_FALSE(copy.row(Family::message, keys::message(ws_, id(2), id(2))));
  EXPECT_FALSE(copy.row(Family::unsupported, keys::unsupported(ws_, id(7), id(2), id(2))));
  EXPECT_EQ(**copy.keyring->get(keyring_keys::contact(ws_, id(2))), "");
}

TEST_F(BackupTest, AKeyringThatIsStillThereTellsWhatWasErased) {
  SetUpFolders();
  must_back_up();
  destroy(2);
  close();  // the data is lost, but its keyring is not
  ASSERT_TRUE(env()->CreateDirIfMissing("/restored").ok());
  ASSERT_TRUE(env()->RenameFile("/keys", "/restored/keys").ok());
  const auto restored = restore("/restored");
  ASSERT_TRUE(restored) << restored.error().detail;
  EXPECT_EQ(restored->settled.erased_contacts, 1u);
  EXPECT_FALSE(look("/restored").row(Family::contact, keys::contact(ws_, id(2))));
}

// Simulates the end of the process after this many folder renames.
class CutOff final : public rocksdb::EnvWrapper {
 public:
  CutOff(rocksdb::Env* below, int renames) : rocksdb::EnvWrapper(below), left_(renames) {}
  rocksdb::Status RenameFile(const std::string& from, const std::string& to) override {
    const bool folder = from.ends_with("/keys") || to.ends_with("/keys") || to.ends_with("/db");
    if (folder && left_-- <= 0) return rocksdb::Status::IOError("cut off");
    return rocksdb::EnvWrapper::RenameFile(from, to);
  }

 private:
  int left_;
};

TEST_F(BackupTest, ARestoreThatWasCutOffForgetsNobodysErasure) {
  SetUpFolders();
  must_back_up();
  destroy(2);
  close();
  for (int renames = 0; renames < 3; ++renames) {
    const std::string path = "/restored-" + std::to_string(renames);
    ASSERT_TRUE(env()->CreateDirIfMissing(path).ok());
    ASSERT_TRUE(
        env()->RenameFile(renames == 0 ? "/keys" : "/restored-0/kept", path + "/keys").ok());
    CutOff cut(env(), renames);
    EXPECT_FALSE(restore_backup({place_, path, {}}, *master(), clock_, nullptr, &cut));
    const auto again = restore(path);
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(again->settled.erased_contacts, 1u) << renames << " folders were renamed before";
    EXPECT_FALSE(env()->FileExists(path + "/keys.replaced.restoring").ok());
    ASSERT_TRUE(env()->RenameFile(path + "/keys", "/restored-0/kept").ok());
  }
}

TEST_F(BackupTest, AnAlteredTruncatedOrUnfinishedOneIsRefusedByName) {
  SetUpFolders();
  const std::uint64_t position = back_up()->position;
  const std::string folder = copy_folder(place_.data, position);
  const std::string table = table_in(folder);
  const std::string whole = read(table);
  overwrite(table, whole.substr(0, whole.size() - 1));
  EXPECT_THAT(refusal("/restored"), HasSubstr(table + " has"));
  std::string altered = whole;
  altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
  overwrite(table, altered);
  EXPECT_THAT(refusal("/restored"), HasSubstr(table + " was altered"));
  ASSERT_TRUE(env()->DeleteFile(table).ok());
  EXPECT_THAT(refusal("/restored"), HasSubstr(table + " is missing"));
  overwrite(table, whole);
  overwrite(folder + "/stranger", "x");
  EXPECT_THAT(refusal("/restored"), HasSubstr("stranger"));
  ASSERT_TRUE(env()->DeleteFile(folder + "/stranger").ok());
  const std::string manifest = folder + "/" + kBackupManifest;
  const std::string lines = read(manifest);
  overwrite(manifest, lines.substr(0, lines.size() / 2));
  EXPECT_THAT(refusal("/restored"), HasSubstr(manifest + " is truncated or was altered"));
  ASSERT_TRUE(env()->DeleteFile(manifest).ok());
  EXPECT_THAT(refusal("/restored"), HasSubstr(manifest + " is missing"));
}

TEST_F(BackupTest, ACopyInTheFolderOfAnotherPositionIsRefused) {
  SetUpFolders();
  const std::string first = copy_folder(place_.data, back_up()->position);
  add_contact(3);
  const std::string second = copy_folder(place_.data, back_up()->position);
  ASSERT_TRUE(remove_folder(*env(), second));
  ASSERT_TRUE(env()->RenameFile(first, second).ok());
  EXPECT_THAT(refusal("/restored"), HasSubstr(second + " holds the copy of position"));
  EXPECT_FALSE(check_files(*env(), second, nullptr)) << "verify refuses it, too";
}

TEST_F(BackupTest, IsRefusedBeforeAnythingIsWritten) {
  SetUpFolders();
  must_back_up();
  const auto wrong = std::make_shared<AesKey>(std::string(kDataKeySize, 'w'));
  const auto refused = restore_backup({place_, "/restored", {}}, *wrong, clock_, nullptr, env());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("master key"));
  EXPECT_TRUE(env()->FileExists("/restored").IsNotFound());
  ASSERT_TRUE(restore("/restored"));
  EXPECT_EQ(restore("/restored").error().code, Errc::conflict);
  const auto elsewhere = restore_backup({backup_place("/backup", "/no_keys"), "/other", {}},
                                        *master(), clock_, nullptr, env());
  EXPECT_THAT(elsewhere.error().detail, HasSubstr("--keys"));
}

TEST_F(BackupTest, VerificationFindsWhatDoesNotFit) {
  const auto key = master();
  const auto report = [&] { return *verify(*now_.database, *now_.keyring, {key.get()}); };
  EXPECT_TRUE(report().good()) << report().first_problems.front();
  Commit bad;
  bad.put(Family::contact, keys::contact(ws_, id(9)), record::Contact().SerializeAsString());
  bad.put(Family::message, keys::message(ws_, id(8), id(1)), "");
  bad.put(Family::conversation, keys::conversation(ws_, id(8)), "short");
  bad.put(Family::item, "k", "");
  bad.put(Family::inbox, keys::inbox(ws_, 77, id(2)), "");
  const auto with_time = [](std::string row, char byte) { return row.replace(17, 8, 8, byte); };
  bad.put(Family::inbox, with_time(keys::inbox(ws_, 1, id(2)), '\0'), "");
  bad.put(Family::media_due, with_time(keys::media_due(ws_, 1, id(2), id(5)), '\xff'), "");
  bad.put(Family::blob, keys::blob(ws_, id(2), id(5), 0), "bytes");
  bad.put(Family::merge, keys::merged(ws_, id(2), id(3)), "");
  bad.put(Family::document, keys::document(ws_, id(4)), "");  // its workspace row is missing
  bad.erase(Family::inbox, keys::inbox(ws_, 2, id(2)));
  const KeyringMutation forged{KeyringMutation::Op::put, keyring_keys::contact(ws_, id(4)), "x"};
  bad.keyring.push_back(forged);
  ASSERT_EQ(commit(std::move(bad)).code, Errc::ok);
  const auto found = report();
  const auto names = [&](const std::string& what) {
    return std::ranges::count_if(found.first_problems, [&](const std::string& problem) {
      return problem.find(what) != std::string::npos;
    });
  };
  EXPECT_EQ(names("its data key is missing and was not destroyed"), 1);
  EXPECT_EQ(names("its record cannot be read"), 1) << "the conversation";
  EXPECT_EQ(names("it is not in the inbox index"), 1);
  EXPECT_EQ(names("item 6b: its key cannot be read"), 1);
  EXPECT_EQ(names("its key cannot be read"), 3) << "two times are negative";
  EXPECT_EQ(names("its conversation stands elsewhere"), 1);
  EXPECT_EQ(names("its media row is missing"), 1);
  EXPECT_EQ(names("its merge is missing"), 1);
  EXPECT_EQ(names("its workspace is missing"), 1);
  EXPECT_EQ(names("it does not open"), 1);
  EXPECT_EQ(found.problems, 11u);
}

}  // namespace
}  // namespace aura::storage::test
