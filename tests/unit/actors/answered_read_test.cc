#include "actors/answered_read.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include "storage/read_pool.h"

namespace aura {
namespace {

Errc answer_of(storage::ReadPool& pool, std::function<void(const Reply<int>&)> work) {
  std::promise<Errc> answered;
  const Reply<int> reply = [&](Result<int> result) {
    answered.set_value(result ? Errc::ok : result.error().code);
  };
  answered_read<int>(pool, reply, std::move(work));
  auto answer = answered.get_future();
  if (answer.wait_for(std::chrono::seconds(60)) != std::future_status::ready) return Errc::timeout;
  return answer.get();
}

TEST(AnsweredRead, OneThatThrowsOrForgetsToAnswerIsAnsweredAnyway) {
  storage::ThreadReadPool pool;
  EXPECT_EQ(answer_of(pool, [](const Reply<int>& reply) { reply(1); }), Errc::ok);
  EXPECT_EQ(answer_of(pool, [](const Reply<int>&) { throw std::runtime_error("broken"); }),
            Errc::restarting);
  EXPECT_EQ(answer_of(pool, [](const Reply<int>&) {}), Errc::restarting);
  EXPECT_EQ(answer_of(pool, [](const Reply<int>& reply) { reply(2); }), Errc::ok);
}

TEST(AnsweredRead, AFullPoolIsSaidAtOnce) {
  storage::ThreadReadPool none(0, 0);
  EXPECT_EQ(answer_of(none, [](const Reply<int>& reply) { reply(1); }), Errc::overloaded);
}

}  // namespace
}  // namespace aura
