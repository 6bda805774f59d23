#include "bench/harness/stream.h"

namespace aura::bench {
namespace {

// A connection that was refused or broke pauses before it is used again, like a sender that backs
// off.
constexpr std::chrono::milliseconds kRest{50};

}  // namespace

Stream::Stream(Loop& loop, const Endpoint& where, Workload& workload, StreamOptions options)
    : loop_(loop),
      workload_(workload),
      options_(options),
      sent_(options.connections),
      random_(options.seed) {
  if (options_.operations == 0) options_.operations = options_.connections * options_.pipeline;
  for (std::size_t i = 0; i < options_.connections; ++i) {
    channels_.push_back(std::make_unique<HttpChannel>(loop_, where, *this, i));
  }
  for (std::size_t round = 0; round < options_.pipeline; ++round) {
    for (std::size_t i = 0; i < options_.connections; ++i) free_.push_back(i);
  }
}

Stream::~Stream() { *alive_ = false; }

void Stream::start() {
  running_ = true;
  next_due_ = steady_now();
  pump();
}

void Stream::pause() { running_ = false; }

void Stream::finish() {
  --outstanding_;
  pump();
}

void Stream::reset_counts() {
  counts_ = {};
  latency_.clear();
}

// Whether an operation may be sent now; sets when it was due.
bool Stream::due_now(TimePoint& due) {
  if (options_.per_second <= 0) {
    due = steady_now();
    return outstanding_ < options_.operations;
  }
  due = next_due_;
  return due <= steady_now();
}

void Stream::pump() {
  while (running_ && !free_.empty()) {
    TimePoint due;
    if (!due_now(due)) {
      if (options_.per_second > 0) arm_timer();
      return;
    }
    buffer_.clear();
    const auto tag = workload_.next(buffer_, due);
    if (tag == Workload::kNothing) return;
    if (options_.per_second > 0) {
      std::exponential_distribution<double> gap(options_.per_second);
      next_due_ += std::chrono::nanoseconds(static_cast<std::int64_t>(gap(random_) * 1e9));
    }
    const auto index = free_.front();
    free_.pop_front();
    ++outstanding_;
    sent_[index].push_back({tag, due});
    channels_[index]->send(buffer_);
  }
}

void Stream::arm_timer() {
  if (timer_armed_) return;
  timer_armed_ = true;
  loop_.at(next_due_, [this, alive = alive_] {
    if (!*alive) return;
    timer_armed_ = false;
    pump();
  });
}

void Stream::settle(const Sent& sent, int status) {
  if (status == 200) {
    ++counts_.answered_ok;
    latency_.record(steady_now() - sent.due);
  } else if (status == 429 || status == 503) {
    ++counts_.refused;
  } else {
    ++counts_.failed;
  }
  if (workload_.answered(sent.tag, status)) --outstanding_;
}

void Stream::on_response(HttpChannel& channel, const HttpMessage& response) {
  const auto index = channel.index();
  const auto sent = sent_[index].front();
  sent_[index].pop_front();
  const int status = response.status();
  settle(sent, status);
  if (status == 200) {
    free_.push_back(index);
    pump();
  } else {
    free_channel_later(index, kRest);
  }
}

void Stream::on_broken(HttpChannel& channel, std::size_t) {
  const auto index = channel.index();
  while (!sent_[index].empty()) {
    const auto sent = sent_[index].front();
    sent_[index].pop_front();
    settle(sent, 0);
    free_channel_later(index, kRest);
  }
}

void Stream::free_channel_later(std::size_t index, std::chrono::milliseconds wait) {
  loop_.after(wait, [this, index, alive = alive_] {
    if (!*alive) return;
    free_.push_back(index);
    pump();
  });
}

}  // namespace aura::bench
