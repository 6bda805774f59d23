// The audit chains against an attacker who can write the database: alter, delete, move, cut off,
// sign again.
#include <gmock/gmock.h>

#include "fixture.h"
#include "storage/audit/signer.h"
#include "storage/backup/verify.h"
#include "storage/schema/records.pb.h"

namespace aura::storage::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AuditTest : public StorageTest {
 protected:
  void SetUp() override {
    open();
    Commit c;
    c.workspace = ws_;
    ASSERT_TRUE(now_.vault->create_workspace_key(ws_, c));
    c.put(Family::workspace, keys::workspace(ws_), "");
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
    for (int i = 1; i <= 5; ++i) add(i);
    sign();
    rows_ = *now_.reader->scan(Family::audit, keys::head(ws_), "", 10);
    ASSERT_EQ(rows_.size(), 5u);
    ASSERT_EQ(first_problem(), "");
  }

  void add(int n) {
    clock_.advance(std::chrono::minutes(10));
    Commit c;
    c.workspace = ws_;
    c.audit = AuditEntry{clock_.now_ms(), kOperator, "item.create", "item_" + std::to_string(n)};
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }
  void sign() {
    signer_ = std::make_unique<AuditSigner>(*now_.reader, *now_.writer, key_,
                                            [this] { return now_.writer->take_audited(); });
    signer_->every_minute(clock_.now_ms());
    now_.writer->run_group();
  }
  void change(std::vector<std::pair<Family, Row>> written, std::vector<std::string> erased = {}) {
    Commit c;
    for (auto& [family, row] : written) c.put(family, row.key, row.value);
    for (auto& key : erased) c.erase(Family::audit, key);
    ASSERT_EQ(commit(std::move(c)).code, Errc::ok);
  }
  void put(const Row& row, std::vector<std::string> erased = {}) {
    change({{Family::audit, row}}, std::move(erased));
  }
  std::string first_problem(std::vector<ChainHead> heads = {}) {
    VerifyOptions options;
    options.audit_key = key_->public_key();
    options.heads = std::move(heads);
    const auto report = verify(*now_.database, *now_.keyring, options);
    return report->good() ? std::string() : report->first_problems.front();
  }
  record::Audit entry(std::size_t index) const {
    record::Audit entry;
    EXPECT_TRUE(entry.ParseFromString(rows_[index].value));
    return entry;
  }
  record::AuditHead head() {
    record::AuditHead head;
    EXPECT_TRUE(head.ParseFromString(get(Family::meta, audit_head_row(ws_)).value_or("")));
    return head;
  }
  // Signs the chain as it stood at this entry, as an intruder would.
  void sign_at(const AuditKey& key, std::size_t index) {
    const auto old = entry(index);
    const auto forged = key.sign(ws_, {old.number(), old.hash()}, clock_.now_ms());
    change({{Family::meta, {audit_head_row(ws_), forged.SerializeAsString()}}});
  }

  const Id ws_ = id(1);
  const std::shared_ptr<const AuditKey> key_ =
      std::make_shared<const AuditKey>(std::string(kDataKeySize, 'a'));
  std::unique_ptr<AuditSigner> signer_;
  std::vector<Row> rows_;
};

// A signer that took the chain earlier would read it without the new entry, and not look again.
TEST_F(AuditTest, AChainIsReportedAsGrownWhenItsNewEntryIsDurable) {
  Group group(*now_.database, *now_.keyring, clock_);
  ASSERT_TRUE(group.recover());
  Commit commit;
  commit.workspace = ws_;
  commit.audit = AuditEntry{clock_.now_ms(), "api", "item.create", "item_6"};
  group.expect(commit);
  ASSERT_EQ(group.add(commit).code, Errc::ok);
  group.finish();
  EXPECT_THAT(group.take_audited(), IsEmpty());
  group.durable();
  EXPECT_THAT(group.take_audited(), ElementsAre(ws_));
  ASSERT_EQ(group.add(commit).code, Errc::ok);
  group.failed();
  group.durable();
  EXPECT_THAT(group.take_audited(), IsEmpty()) << "nothing was stored";
}

TEST_F(AuditTest, AHeadThatWasRefusedIsSignedTheNextTime) {
  struct RefusingOnce final : CommitLog {
    explicit RefusingOnce(CommitLog& behind) : log(behind) {}
    void submit(Commit commit, std::function<void(const CommitResult&)> done) override {
      if (!std::exchange(refused, true)) return done({Errc::overloaded, {}});
      log.submit(std::move(commit), std::move(done));
    }
    CommitLog& log;
    bool refused = false;
  } refusing(*now_.writer);
  add(6);
  signer_ = std::make_unique<AuditSigner>(*now_.reader, refusing, key_,
                                          [this] { return now_.writer->take_audited(); });
  signer_->sign(clock_.now_ms());
  now_.writer->run_group();
  EXPECT_EQ(head().number(), 5u) << "refused";
  signer_->sign(clock_.now_ms());
  now_.writer->run_group();
  EXPECT_EQ(head().number(), 6u);
}

TEST_F(AuditTest, AFlippedBitIsNamed) {
  auto altered = entry(2);
  altered.set_subject("item_9");
  put({rows_[2].key, altered.SerializeAsString()});
  EXPECT_THAT(first_problem(),
              HasSubstr(format_id(IdType::workspace, ws_) + ": entry 3 was altered"));
}

TEST_F(AuditTest, AnEntryAlteredAndHashedAnewBreaksWhatFollows) {
  auto altered = entry(2);
  altered.set_subject("item_9");
  altered.set_hash(audit_hash(ws_, altered));
  put({rows_[2].key, altered.SerializeAsString()});
  EXPECT_THAT(first_problem(), HasSubstr("entry 4 does not follow the entry before it"));
}

TEST_F(AuditTest, TheWholeChainHashedAnewIsNotTheOneThatWasSigned) {
  AuditLink newest{entry(1).number(), entry(1).hash()};
  for (std::size_t i = 2; i < 5; ++i) {
    auto altered = entry(i);
    altered.set_actor("somebody");
    newest = link_audit(ws_, newest, altered);
    put({rows_[i].key, altered.SerializeAsString()});
  }
  EXPECT_THAT(first_problem(), HasSubstr("entry 5 is not the one that was signed"));
}

TEST_F(AuditTest, ADeletedEntryIsNamed) {
  change({}, {rows_[1].key});
  EXPECT_THAT(first_problem(), HasSubstr("entry 2 follows a missing entry"));
}

TEST_F(AuditTest, EntriesInAnotherOrderAreNamed) {
  change({{Family::audit, {rows_[3].key, rows_[2].value}},
          {Family::audit, {rows_[2].key, rows_[3].value}}});
  EXPECT_THAT(first_problem(), HasSubstr("entry 3 follows a missing entry"));
}

TEST_F(AuditTest, AnEntryOfAnotherChainDoesNotFit) {
  const auto own = *now_.reader->scan(Family::audit, keys::head({}), "", 10);
  ASSERT_EQ(own.size(), 5u) << "the operator's";
  put({rows_[4].key, own[4].value});
  EXPECT_THAT(first_problem(), HasSubstr("entry 5 was altered"));
}

TEST_F(AuditTest, AnEndCutOffIsMissed) {
  change({}, {rows_[3].key, rows_[4].key});
  EXPECT_THAT(first_problem(), HasSubstr("entry 4 was cut off: signed up to entry 5"));
  change({}, {rows_[0].key, rows_[1].key, rows_[2].key});
  EXPECT_THAT(first_problem(), HasSubstr("entry 1 was cut off")) << "the whole chain";
}

TEST_F(AuditTest, AnOldHeadSignedAnewByAnotherKeyIsRefused) {
  change({}, {rows_[3].key, rows_[4].key});
  sign_at(AuditKey(std::string(kDataKeySize, 'x')), 2);
  EXPECT_THAT(first_problem(),
              HasSubstr("the signed head of entry 3 is not signed by the audit key"));
}

TEST_F(AuditTest, AnOldHeadSignedAnewByTheRightKeyIsShownByAHeadKeptElsewhere) {
  const ChainHead kept{ws_, head()};
  change({}, {rows_[3].key, rows_[4].key});
  sign_at(*key_, 2);
  EXPECT_EQ(first_problem(), "")
      << "who has everything can forge everything, but for copies elsewhere";
  EXPECT_THAT(first_problem({kept}), HasSubstr("entry 4 was cut off: signed up to entry 5"));
}

TEST_F(AuditTest, AnOldHeadOfOneChainIsShownByTheOthers) {
  const Row old{audit_head_row(ws_), get(Family::meta, audit_head_row(ws_)).value_or("")};
  add(6);
  add(7);
  sign();
  EXPECT_EQ(first_problem(), "");
  change({{Family::meta, old}});
  EXPECT_THAT(first_problem(), HasSubstr("entry 6 is not signed, though later ones"));
}

TEST_F(AuditTest, WhatCouldNotBeReadAgainIsNotWritten) {
  Commit c;
  c.workspace = ws_;
  c.audit = AuditEntry{clock_.now_ms(), kOperator, "message.unmask", "msg_1",
                       "Pr\xfc"
                       "fung"};
  EXPECT_NE(commit(std::move(c)).code, Errc::ok);
  add(6);
  EXPECT_EQ(first_problem(), "");
}

TEST_F(AuditTest, WhatIsSignedOnceIsSignedAgainOnlyWhenItGrew) {
  const auto first = head();
  EXPECT_EQ(first.number(), 5u);
  clock_.advance(std::chrono::minutes(2));
  signer_->every_minute(clock_.now_ms());
  EXPECT_EQ(now_.writer->run_group(), 0u);
  add(6);
  signer_->every_minute(clock_.now_ms());
  now_.writer->run_group();
  EXPECT_EQ(head().number(), 6u);
  EXPECT_EQ(first_problem({{ws_, first}}), "") << "an older head fits the longer chain";
}

}  // namespace
}  // namespace aura::storage::test
