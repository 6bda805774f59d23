// The loop, when work that it runs throws.
#include "net/io_loop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace aura::net {
namespace {

class IoLoopTest : public testing::Test {
 protected:
  void start() { loop_->start("io test"); }
  ~IoLoopTest() override {
    loop_->stop([] {});
  }
  // Waits until the loop has run everything posted so far.
  void pass() {
    std::promise<void> passed;
    loop_->post([&] { passed.set_value(); });
    passed.get_future().wait();
  }
  std::shared_ptr<IoLoop> loop_ = std::make_shared<IoLoop>();
};

TEST_F(IoLoopTest, WorkThatThrowsIsLostAlone) {
  std::vector<int> ran;
  for (int i = 0; i < 3; ++i) {  // posted before the start, so they run in one batch
    loop_->post([&ran, i] {
      if (i == 1) throw std::runtime_error("one");
      ran.push_back(i);
    });
  }
  start();
  pass();
  EXPECT_EQ(ran, (std::vector{0, 2}));
}

TEST_F(IoLoopTest, ATickThatThrowsComesAgain) {
  std::promise<void> again;
  int ticks = 0;
  loop_->every(std::chrono::milliseconds(1), [&] {
    if (++ticks == 2) again.set_value();
    throw std::runtime_error("tick");
  });
  start();
  EXPECT_EQ(again.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  loop_->stop([] {});  // the ticks use local variables: stop them first
}

class Flush final : public Flushable {
 public:
  explicit Flush(std::function<void()> f) : f_(std::move(f)) {}
  void flush() override { f_(); }

 private:
  std::function<void()> f_;
};

TEST_F(IoLoopTest, AFlushThatThrowsLeavesTheOthers) {
  bool flushed = false;
  loop_->post([&] {
    loop_->flush_later(std::make_shared<Flush>([] { throw std::runtime_error("flush"); }));
    loop_->flush_later(std::make_shared<Flush>([&] { flushed = true; }));
  });
  start();
  pass();
  pass();
  EXPECT_TRUE(flushed);
}

}  // namespace
}  // namespace aura::net
