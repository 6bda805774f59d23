// Opening data from before format 3: the conversion of external ids.
#include "storage/vault/external_ids.h"

#include "storage/keys.h"
#include "tests/unit/storage/fixture.h"

namespace aura::storage::test {
namespace {

class ExternalIdsTest : public StorageTest {
 protected:
  ExternalIdsTest() { open(); }
  void make_workspace(const Id& workspace) {
    Commit made;
    ASSERT_TRUE(now_.vault->create_workspace_key(workspace, made));
    ASSERT_EQ(commit(std::move(made)).code, Errc::ok);
  }
  void put(const std::string& key, const std::string& value) {
    Commit row;
    row.put(Family::external, key, value);
    ASSERT_EQ(commit(std::move(row)).code, Errc::ok);
  }
  std::string hidden(const Id& workspace, const std::string& external_id) {
    return keys::external(workspace, kChannel,
                          (*now_.vault->workspace_key(workspace))->mac(external_id));
  }
  std::size_t count() const { return now_.reader->scan(Family::external, "", "", 10'000)->size(); }
  void hide() {
    const auto done = hide_external_ids(*now_.database, *now_.vault);
    ASSERT_TRUE(done) << done.error().detail;
  }
  const Id kChannel = id(9);
};

TEST_F(ExternalIdsTest, RowsUnderTheIdsThemselvesAreGivenKeyedPlaces) {
  constexpr int kRows = 2500;  // several batches
  for (const Id& workspace : {id(1), id(2)}) make_workspace(workspace);
  for (int i = 0; i < kRows; ++i)
    put(keys::external_in_clear(id(1 + i % 2), kChannel, "wamid." + std::to_string(i)),
        std::to_string(i));
  hide();
  EXPECT_EQ(count(), kRows);
  for (int i = 0; i < kRows; ++i)
    EXPECT_EQ(get(Family::external, hidden(id(1 + i % 2), "wamid." + std::to_string(i))),
              std::to_string(i));
}

TEST_F(ExternalIdsTest, OneThatWasCutOffGoesOn) {
  make_workspace(id(1));
  put(hidden(id(1), "moved"), "a");
  put(keys::external_in_clear(id(1), kChannel, "not yet"), "b");
  hide();
  EXPECT_EQ(count(), 2u);
  EXPECT_EQ(get(Family::external, hidden(id(1), "moved")), "a");
  EXPECT_EQ(get(Family::external, hidden(id(1), "not yet")), "b");
}

TEST_F(ExternalIdsTest, WhatBelongsToNobodyGoes) {
  put(keys::external_in_clear(id(3), kChannel, "wamid.1"), "a");
  hide();
  EXPECT_EQ(count(), 0u);
}

TEST_F(ExternalIdsTest, ItIsDoneOnce) {
  hide();
  make_workspace(id(1));
  put(keys::external_in_clear(id(1), kChannel, "nobody writes this any more"), "a");
  reopen();
  hide();
  EXPECT_TRUE(get(Family::external,
                  keys::external_in_clear(id(1), kChannel, "nobody writes this any more")));
}

}  // namespace
}  // namespace aura::storage::test
