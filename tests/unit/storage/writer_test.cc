#include "storage/commit/writer.h"

#include "fixture.h"
#include "storage/audit/chain.h"
#include "storage/counter.h"

namespace aura::storage::test {
namespace {

class WriterTest : public StorageTest {
 protected:
  void SetUp() override { open(); }

  Commit fenced(std::uint64_t expected, std::string text, std::uint8_t who = 2) {
    Commit c;
    c.workspace = ws_;
    const std::string key = keys::conversation(ws_, id(who));
    c.fence = Fence{Family::conversation, key, expected};
    c.put(Family::conversation, key, fenced_value(expected + 1, text));
    return c;
  }
  Commit with_usage(std::uint16_t metric, std::int64_t amount) {
    Commit c;
    c.workspace = ws_;
    c.usage.push_back({metric, amount});
    return c;
  }
  Commit with_feed(std::string value, const Id& workspace) {
    Commit c;
    c.workspace = workspace;
    c.appends.push_back({Family::feed, keys::head(workspace), std::move(value)});
    return c;
  }
  std::int64_t usage(std::uint16_t metric) {
    const auto day = static_cast<std::uint32_t>(clock_.now_ms() / 86'400'000);
    const auto row = get(Family::usage, keys::usage(ws_, day, metric));
    return row ? decode_counter(*row).value_or(-1) : 0;
  }

  const Id ws_ = id(1);
};

TEST_F(WriterTest, StoresWhatItAcknowledges) {
  EXPECT_EQ(commit(fenced(0, "one")).code, Errc::ok);
  reopen();
  EXPECT_EQ(get(Family::conversation, keys::conversation(ws_, id(2))), fenced_value(1, "one"));
}

TEST_F(WriterTest, AnswersOnlyAfterTheGroupIsWritten) {
  const auto result = submit(fenced(0, "one"));
  EXPECT_EQ(result->code, Errc::internal);
  EXPECT_EQ(get(Family::conversation, keys::conversation(ws_, id(2))), std::nullopt);
  EXPECT_EQ(now_.writer->run_group(), 1u);
  EXPECT_EQ(result->code, Errc::ok);
  EXPECT_EQ(now_.writer->run_group(), 0u);
}

TEST_F(WriterTest, ALaterCommitOfTheGroupSeesTheFenceOfAnEarlier) {
  const auto first = submit(fenced(0, "one"));
  const auto second = submit(fenced(1, "two"));
  const auto stale = submit(fenced(1, "stale"));
  const auto third = submit(fenced(2, "three"));
  EXPECT_EQ(now_.writer->run_group(), 4u);
  EXPECT_EQ(first->code, Errc::ok);
  EXPECT_EQ(second->code, Errc::ok);
  EXPECT_EQ(stale->code, Errc::conflict);
  EXPECT_EQ(third->code, Errc::ok);
  EXPECT_EQ(get(Family::conversation, keys::conversation(ws_, id(2))), fenced_value(3, "three"));
}

TEST_F(WriterTest, ARefusedCommitLeavesNoTrace) {
  commit(fenced(0, "one"));
  Commit stale = fenced(0, "stale");
  stale.put(Family::message, keys::message(ws_, id(2), id(3)), "text");
  stale.appends.push_back({Family::feed, keys::head(ws_), "feed"});
  stale.usage.push_back({1, 5});
  stale.audit = AuditEntry{1, "a", "b", "c"};
  now_.vault->destroy_contact_key(ws_, id(4), stale);
  EXPECT_EQ(commit(std::move(stale)).code, Errc::conflict);
  EXPECT_EQ(get(Family::message, keys::message(ws_, id(2), id(3))), std::nullopt);
  for (const Family family : {Family::feed, Family::usage, Family::audit})
    EXPECT_TRUE(now_.reader->scan(family, "", "", 10)->empty());
  EXPECT_EQ(*now_.keyring->get(keyring_keys::contact(ws_, id(4))), std::nullopt);
}

TEST_F(WriterTest, FencesHoldAcrossARestart) {
  commit(fenced(0, "one"));
  reopen();
  EXPECT_EQ(commit(fenced(0, "stale")).code, Errc::conflict);
  EXPECT_EQ(commit(fenced(1, "two")).code, Errc::ok);
}

TEST_F(WriterTest, AnUnfencedWriteOfAFencedRowCounts) {
  const std::string key = keys::conversation(ws_, id(2));
  Commit plain;
  plain.workspace = ws_;
  plain.put(Family::conversation, key, fenced_value(7, "seven"));
  const auto first = submit(std::move(plain));
  const auto second = submit(fenced(7, "eight"));
  Commit erase;
  erase.workspace = ws_;
  erase.erase(Family::conversation, key);
  submit(std::move(erase));
  const auto anew = submit(fenced(0, "anew"));
  now_.writer->run_group();
  EXPECT_EQ(second->code, Errc::ok);
  EXPECT_EQ(anew->code, Errc::ok);
}

TEST_F(WriterTest, ARangeErasesItsRowsAndTheirFences) {
  commit(fenced(0, "one"));
  Commit foreign = fenced(0, "other");
  foreign.put(Family::conversation, keys::conversation(id(9), id(2)), fenced_value(1, "stays"));
  Commit range;
  range.workspace = ws_;
  range.mutations.push_back(
      {Mutation::Op::erase_prefix, Family::conversation, keys::head(ws_), {}});
  submit(fenced(0, "two", 5));
  submit(std::move(range));
  const auto anew = submit(fenced(0, "anew", 5));
  while (now_.writer->run_group() > 0) {
  }
  EXPECT_EQ(anew->code, Errc::ok);
  EXPECT_EQ(get(Family::conversation, keys::conversation(ws_, id(2))), std::nullopt);
  EXPECT_EQ(get(Family::conversation, keys::conversation(ws_, id(5))), fenced_value(1, "anew"));
}

TEST_F(WriterTest, SequencesGrowOverTheWholeDatabaseAndAcrossRestarts) {
  std::uint64_t last = 0;
  for (int round = 0; round < 3; ++round) {
    const auto first = submit(with_feed("a", ws_));
    const auto second = submit(with_feed("b", id(7)));
    now_.writer->run_group();
    ASSERT_EQ(first->sequences.size(), 1u);
    EXPECT_GT(first->sequences[0], last);
    EXPECT_GT(second->sequences[0], first->sequences[0]);
    EXPECT_EQ(get(Family::feed, keys::feed(ws_, first->sequences[0])), "a");
    last = second->sequences[0];
    reopen();
  }
}

TEST_F(WriterTest, TheFeedIsToldInOrderAfterTheAcks) {
  std::vector<std::string> seen;
  WriterOptions options;
  options.on_feed = [&](const std::vector<FeedNotice>& notices) {
    for (const FeedNotice& notice : notices) seen.push_back(notice.value);
  };
  reopen(std::move(options));
  now_.writer->submit(with_feed("one", ws_), [&](const CommitResult&) { seen.push_back("ack"); });
  submit(with_feed("two", id(7)));
  now_.writer->run_group();
  EXPECT_EQ(seen, (std::vector<std::string>{"ack", "one", "two"}));
}

TEST_F(WriterTest, UsageAddsUp) {
  submit(with_usage(1, 5));
  submit(with_usage(1, -2));
  submit(with_usage(2, 10));
  now_.writer->run_group();
  commit(with_usage(1, 4));
  EXPECT_EQ(usage(1), 7);
  reopen();
  commit(with_usage(1, 1));
  EXPECT_EQ(usage(1), 8);
  EXPECT_EQ(usage(2), 10);
}

TEST_F(WriterTest, AuditEntriesAreChained) {
  const auto audited = [&](const char* action) {
    Commit c;
    c.workspace = ws_;
    c.audit = AuditEntry{clock_.now_ms(), "api", action, "ch_1"};
    return c;
  };
  submit(audited("channel.create"));
  submit(audited("channel.update"));
  now_.writer->run_group();
  reopen();
  commit(audited("channel.delete"));
  const auto rows = now_.reader->scan(Family::audit, keys::head(ws_), "", 10);
  ASSERT_EQ(rows->size(), 3u);
  AuditLink newest;
  for (const Row& row : *rows) {
    record::Audit entry;
    ASSERT_TRUE(entry.ParseFromString(row.value));
    EXPECT_EQ(audit_problem(ws_, newest, entry), nullptr);
    EXPECT_NE(audit_problem(id(9), newest, entry), nullptr) << "of another chain";
    newest = {entry.number(), entry.hash()};
  }
  EXPECT_EQ(newest.number, 3u);
}

TEST_F(WriterTest, WhatTheOperatorDoesIsInTheWorkspacesChainAndTheOperators) {
  Commit in_workspace;
  in_workspace.workspace = ws_;
  in_workspace.audit = AuditEntry{1, kOperator, "actor.restart", "/engine/x", "looked stuck"};
  Commit alone;
  alone.audit = AuditEntry{2, kOperator, "log_level.change", "log", "info to debug"};
  submit(std::move(in_workspace));
  submit(std::move(alone));
  now_.writer->run_group();
  const auto chain = [&](const Id& of) {
    std::vector<record::Audit> entries;
    const auto rows = now_.reader->scan(Family::audit, keys::head(of), "", 10);
    for (const Row& row : *rows) EXPECT_TRUE(entries.emplace_back().ParseFromString(row.value));
    return entries;
  };
  ASSERT_EQ(chain(ws_).size(), 1u);
  EXPECT_TRUE(chain(ws_)[0].workspace().empty());
  const auto own = chain({});
  ASSERT_EQ(own.size(), 2u);
  EXPECT_EQ(own[0].workspace(), ws_.view());
  EXPECT_EQ(own[0].detail(), "looked stuck");
  EXPECT_EQ(own[1].number(), 2u);
  EXPECT_EQ(own[1].workspace(), "");
}

TEST_F(WriterTest, RefusesAtOnceWhatItsQueueCannotHold) {
  WriterOptions options;
  options.queue_bytes = 1000;
  reopen(std::move(options));
  const auto large = submit(fenced(0, std::string(5000, 'x')));
  const auto over = submit(fenced(0, "small", 3));
  EXPECT_EQ(over->code, Errc::overloaded);
  now_.writer->run_group();
  EXPECT_EQ(large->code, Errc::ok);
  EXPECT_EQ(commit(fenced(0, "small", 3)).code, Errc::ok);
}

TEST_F(WriterTest, GroupsAreBounded) {
  WriterOptions options;
  options.group_commits = 3;
  reopen(std::move(options));
  std::vector<std::shared_ptr<CommitResult>> results;
  for (std::uint8_t i = 0; i < 7; ++i) results.push_back(submit(fenced(0, "x", i)));
  EXPECT_EQ(now_.writer->run_group(), 3u);
  EXPECT_EQ(results[3]->code, Errc::internal);
  EXPECT_EQ(now_.writer->run_group(), 3u);
  EXPECT_EQ(now_.writer->run_group(), 1u);
  EXPECT_EQ(results[6]->code, Errc::ok);
}

// An acknowledgement waits for one group at hand, however much the actors have queued before it.
TEST_F(WriterTest, WhatIsAwaitedOutsideGoesBeforeTheOthers) {
  std::vector<std::shared_ptr<CommitResult>> others;
  for (std::size_t i = 0; i < 2 * limits::kGroupOthers; ++i)
    others.push_back(submit(with_feed("other", ws_)));
  Commit event = with_feed("event", ws_);
  event.awaited = true;
  const auto awaited = submit(std::move(event));
  EXPECT_EQ(now_.writer->run_group(), limits::kGroupOthers + 1);
  EXPECT_EQ(awaited->code, Errc::ok);
  EXPECT_LT(awaited->sequences.front(), others.front()->sequences.front());
  EXPECT_EQ(others.back()->code, Errc::internal) << "it is of the next group";
  EXPECT_EQ(now_.writer->run_group(), limits::kGroupOthers);
  EXPECT_EQ(others.back()->code, Errc::ok);
}

TEST_F(WriterTest, StoppingWritesWhatIsQueuedAndRefusesTheRest) {
  now_.writer->start();
  std::atomic<int> stored{0};
  for (std::uint8_t i = 0; i < 100; ++i)
    now_.writer->submit(fenced(0, "x", i), [&](const CommitResult& r) {
      if (r.code == Errc::ok) ++stored;
    });
  now_.writer->stop();
  EXPECT_EQ(stored, 100);
  EXPECT_EQ(submit(fenced(0, "late", 200))->code, Errc::unavailable);
}

TEST_F(WriterTest, TheTwinAnswersWhatItNeverRan) {
  const auto left = submit(fenced(0, "x"));
  close();
  EXPECT_EQ(left->code, Errc::unavailable);
}

TEST_F(WriterTest, ManyThreadsKeepTheirOrder) {
  now_.writer->start();
  constexpr int kThreads = 4, kCommits = 200;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (std::uint64_t v = 0; v < kCommits; ++v)
        now_.writer->submit(fenced(v, "x", static_cast<std::uint8_t>(t)),
                            [&](const CommitResult& r) {
                              if (r.code != Errc::ok) ++wrong;
                            });
    });
  for (std::thread& thread : threads) thread.join();
  now_.writer->stop();
  EXPECT_EQ(wrong, 0);
  for (std::uint8_t t = 0; t < kThreads; ++t)
    EXPECT_EQ(get(Family::conversation, keys::conversation(ws_, id(t))),
              fenced_value(kCommits, "x"));
}

}  // namespace
}  // namespace aura::storage::test
