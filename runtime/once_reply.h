// OnceReply: a reply callback that runs exactly once. It travels inside a command through any
// number of mailboxes; the actor that finishes the command answers it. If the last copy is
// destroyed unanswered (the actor failed, the mailbox was dropped, a handler forgot), it answers
// Errc::restarting, so no caller ever hangs. Copies share one answer; the first one wins. Any
// thread may answer.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "runtime/result.h"

namespace aura {

template <class T>
class OnceReply {
 public:
  using Callback = std::function<void(Result<T>)>;

  OnceReply() = default;
  explicit OnceReply(Callback callback) : owed_(std::make_shared<Owed>(std::move(callback))) {}

  void operator()(Result<T> result) const {
    if (owed_) owed_->answer(std::move(result));
  }
  void ok(T value) const { (*this)(Result<T>(std::move(value))); }
  void error(Errc code, std::string detail, std::string field = {}) const {
    (*this)(fail(code, std::move(detail), std::move(field)));
  }
  explicit operator bool() const { return owed_ != nullptr; }

 private:
  struct Owed {
    explicit Owed(Callback c) : callback(std::move(c)) {}
    ~Owed() {
      answer(fail(Errc::restarting,
                  "The part of the engine that handles this does not run at the moment; "
                  "please try again."));
    }
    void answer(Result<T> result) {
      if (!answered.exchange(true)) callback(std::move(result));
    }
    Callback callback;
    std::atomic<bool> answered{false};
  };
  std::shared_ptr<Owed> owed_;
};

}  // namespace aura
