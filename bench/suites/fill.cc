#include "bench/suites/fill.h"

#include <stdexcept>

namespace aura::bench {
namespace {

constexpr std::chrono::seconds kLook{2};
constexpr std::chrono::seconds kFillDrain{900};
constexpr int kPatience = 30;  // checks without progress before giving up

}  // namespace

Filler::Filler(Context& context, Scene& scene, std::size_t senders)
    : context_(context),
      scene_(scene),
      factory_(kAppSecret, scene.engine().public_side().text()),
      population_(scene.population(senders)),
      stream_(context.loop, scene.engine().public_side(), *this,
              {.connections = context.options.connections}) {}

void Filler::fill_to(std::uint64_t conversations) {
  wanted_ = conversations;
  int stuck = 0;
  while (stored_ < wanted_) {
    const auto before = stored_;
    stream_.start();  // resumes: refused messages are sent again
    context_.loop.run_until(steady_now() + kLook, [&] { return stored_ >= wanted_; });
    stuck = stored_ == before ? stuck + 1 : 0;
    if (stuck == kPatience) throw std::runtime_error("the engine takes no more messages");
    progress("stored " + std::to_string(stored_) + " of " + std::to_string(wanted_));
  }
  stream_.pause();
  wait_until_idle(context_.loop, scene_.engine().pid(), kFillDrain);
}

std::uint64_t Filler::next(std::string& out, TimePoint) {
  if (again_.empty() && next_ >= wanted_) return kNothing;
  auto sender = next_;
  if (again_.empty()) {
    ++next_;
  } else {
    sender = again_.back();
    again_.pop_back();
  }
  text_ = "I found you on the map, spot ";
  text_ += std::to_string(sender);
  factory_.append_message(out, population_.page_id(sender), population_.sender_id(sender), text_);
  return sender;
}

bool Filler::answered(std::uint64_t tag, int status) {
  if (status == 200) {
    ++stored_;
  } else {
    again_.push_back(tag);
  }
  return true;
}

}  // namespace aura::bench
