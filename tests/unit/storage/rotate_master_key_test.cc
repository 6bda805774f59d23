// Rotation of the master key (S5): whatever moment it is cut off at, all keys open, and the command
// or the next start finishes it.
#include "storage/vault/rotate_master_key.h"

#include <filesystem>
#include <fstream>

#include "fixture.h"

namespace aura::storage::test {
namespace {

namespace fs = std::filesystem;

class RotateMasterKeyTest : public StorageTest {
 protected:
  RotateMasterKeyTest() {
    fs::create_directories(folder_);
    for (int i = 0; i < 20; ++i) workspaces_.push_back(id(static_cast<std::uint8_t>(i + 1)));
    with_vault([this](KeyVault& vault, Keyring& keyring) {
      Commit commit;
      for (const Id& workspace : workspaces_) {
        ASSERT_TRUE(vault.create_workspace_key(workspace, commit));
        sealed_.push_back(
            vault.create_contact_key(workspace, id(99), commit).value()->seal("here", "a secret"));
      }
      std::uint32_t hour = 0;
      journal_ = vault.journal_key(7'200'000, hour, commit).value()->seal("here", "an event");
      std::vector<const KeyringMutation*> mutations;
      for (const auto& mutation : commit.keyring) mutations.push_back(&mutation);
      ASSERT_TRUE(keyring.apply(mutations));
    });
  }
  ~RotateMasterKeyTest() override { fs::remove_all(folder_); }

  void with_vault(const std::function<void(KeyVault&, Keyring&)>& use) {
    const auto master = load_master_key(file_, true);
    ASSERT_TRUE(master) << master.error().detail;
    const auto keyring = Keyring::open("/keys", **master, *health_, env());
    ASSERT_TRUE(keyring) << keyring.error().detail;
    KeyVault vault(**keyring, *master);
    use(vault, **keyring);
  }
  void expect_all_open() {
    with_vault([this](KeyVault& vault, Keyring&) {
      for (std::size_t i = 0; i < workspaces_.size(); ++i) {
        const auto key = vault.contact_key(workspaces_[i], id(99));
        ASSERT_TRUE(key) << key.error().detail;
        EXPECT_EQ((*key)->open("here", sealed_[i]).value_or("?"), "a secret");
      }
      EXPECT_EQ(vault.journal_key_of(2).value()->open("here", journal_).value_or("?"), "an event");
    });
  }
  // A rotation that is killed right after the keyring was wrapped anew.
  void rotate_up_to_the_files() {
    const auto master = load_master_key(file_, false);
    const auto keyring = Keyring::open("/keys", **master, *health_, env());
    ASSERT_TRUE(keyring);
    ASSERT_TRUE((*keyring)->wrap_anew(**master, **load_master_key(file_ + ".next", true)));
  }
  std::string bytes(const std::string& suffix = {}) const {
    std::ifstream in(file_ + suffix, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("aura-rotate-" + std::to_string(::getpid()));
  const std::string file_ = folder_ / "master.key";
  std::vector<Id> workspaces_;
  std::vector<std::string> sealed_;
  std::string journal_;
};

TEST_F(RotateMasterKeyTest, EveryKeyOpensUnderTheNewOneAndNoneUnderTheOld) {
  const std::string first = bytes();
  ASSERT_TRUE(rotate_master_key("/keys", file_, env()));
  EXPECT_NE(bytes(), first);
  EXPECT_EQ(bytes(".old"), first);
  EXPECT_FALSE(fs::exists(file_ + ".next"));
  expect_all_open();
  EXPECT_FALSE(Keyring::check("/keys", AesKey(first), env()));
}

TEST_F(RotateMasterKeyTest, OneThatWasCutOffBeforeTheKeyringChangedStartsAgain) {
  const std::string first = bytes();
  ASSERT_TRUE(load_master_key(file_ + ".next", true));
  const std::string next = bytes(".next");
  ASSERT_TRUE(finish_rotation("/keys", file_, env()));
  EXPECT_EQ(bytes(), first) << "a start takes the key that opens the keyring";
  expect_all_open();
  ASSERT_TRUE(rotate_master_key("/keys", file_, env()));
  EXPECT_EQ(bytes(), next);
  expect_all_open();
}

TEST_F(RotateMasterKeyTest, OneThatWasCutOffAfterTheKeyringChangedIsFinished) {
  for (const bool by_start : {true, false}) {
    const std::string before = bytes();
    fs::remove(file_ + ".old");
    rotate_up_to_the_files();
    if (!by_start) fs::create_hard_link(file_, file_ + ".old");  // killed one step later
    const std::string next = bytes(".next");
    ASSERT_TRUE(by_start ? finish_rotation("/keys", file_, env())
                         : rotate_master_key("/keys", file_, env()));
    EXPECT_EQ(bytes(), next);
    EXPECT_EQ(bytes(".old"), before);
    EXPECT_FALSE(fs::exists(file_ + ".next"));
    expect_all_open();
  }
}

TEST_F(RotateMasterKeyTest, TheKeyOfAnEarlierRotationIsNotOverwritten) {
  ASSERT_TRUE(rotate_master_key("/keys", file_, env()));
  const std::string now = bytes(), old = bytes(".old");
  EXPECT_EQ(rotate_master_key("/keys", file_, env()).error().code, Errc::conflict);
  EXPECT_EQ(bytes(), now);
  EXPECT_EQ(bytes(".old"), old);
  fs::remove(file_ + ".old");
  EXPECT_TRUE(rotate_master_key("/keys", file_, env()));
  expect_all_open();
}

TEST_F(RotateMasterKeyTest, AWrongKeyChangesNothing) {
  const std::string right = bytes();
  std::ofstream(file_, std::ios::binary) << std::string(kDataKeySize, 'w');
  EXPECT_FALSE(rotate_master_key("/keys", file_, env()));
  EXPECT_FALSE(fs::exists(file_ + ".next"));
  std::ofstream(file_, std::ios::binary) << right;
  expect_all_open();
}

}  // namespace
}  // namespace aura::storage::test
