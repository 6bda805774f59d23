#include "actors/connection/send_rate.h"

#include <algorithm>

#include "config/limits.h"
#include "runtime/in_ms.h"

namespace aura {
namespace {

constexpr int kHalve = 80;  // per cent of the allowance
constexpr int kPeopleOnly = 95;
constexpr int kUsedUp = 100;
constexpr double kGrowth = 0.005;  // of the limit, for each second of accepted calls
constexpr double kLeast = 0.005;   // of the limit: the learned rate never falls below
// Refusals of calls that were in flight at the same time count as one.
constexpr Millis kOneStorm = 500;
constexpr Millis kSecond = 1000;
constexpr double kMadeUp = 0.9;  // of what a pause held back: the learned rate is not exact

}  // namespace

SendRate::SendRate(double per_second, Millis now)
    : limit_(per_second), learned_(per_second), tokens_(most_tokens(per_second)), at_(now) {}

void SendRate::set_limit(double per_second, bool bursts) {
  if (per_second == limit_ && bursts == bursts_) return;
  limit_ = learned_ = per_second;
  bursts_ = bursts;
  tokens_ = most_tokens(per_second);
}

// What may go at once after a rest: a tenth of a second's calls, because a provider counts the
// calls of any second. The few calls of a slow account may go together.
double SendRate::most_tokens(double per_second) const {
  if (!bursts_) return 1;
  constexpr double kFew = 10;
  return std::max({1.0, std::min(kFew, per_second), per_second / 10});
}

double SendRate::per_second(Millis now) const {
  const bool halved = usage_percent_ >= kHalve && now < usage_ends();
  return halved ? std::min(learned_, limit_ / 2) : learned_;
}

Millis SendRate::usage_ends() const { return usage_at_ + in_ms(limits::kUsageMemory); }

bool SendRate::people_only(Millis now) const {
  return usage_percent_ >= kPeopleOnly && now < usage_ends();
}

void SendRate::refill(Millis now) {
  const double rate = per_second(now);
  if (now - limited_until_ > kSecond) held_back_ = 0;
  const double most = std::max(most_tokens(rate), held_back_);
  tokens_ = std::min(most, tokens_ + static_cast<double>(now - at_) * rate / 1000);
  at_ = now;
}

bool SendRate::ready(Millis now) {
  refill(now);
  return !paused(now) && tokens_ >= 1;
}

void SendRate::spend(Millis now) {
  refill(now);
  if (tokens_ > most_tokens(per_second(now))) made_up_at_ = now;
  tokens_ -= 1;
}

Millis SendRate::ready_at(Millis now) const {
  const double missing = 1 - tokens_;
  const Millis filled =
      missing <= 0 ? now : at_ + static_cast<Millis>(missing * 1000 / per_second(now)) + 1;
  return std::max(filled, paused_until_);
}

bool SendRate::makes_up(Millis now) const {
  return made_up_at_ != 0 && now - made_up_at_ < kSecond;
}

// Each accepted call raises the learned rate a little, up to the channel's limit.
void SendRate::accepted(Millis now) {
  probing_ = false;
  since_cut_ += 1;
  refill(now);
  if (makes_up(now)) return;  // the bucket is nearly empty: what passes says nothing of the rate
  learned_ = std::min(limit_, learned_ + kGrowth * limit_ / std::max(1.0, learned_));
}

// The learned rate becomes the average of accepted calls since the previous refusal, pauses
// included. The first refusal only shows that the rate was too high.
void SendRate::refused(Millis now, Millis until) {
  refill(now);
  limit_until(until);
  probing_ = true;
  strict_ = strict_ || makes_up(now);
  if (cut_at_ != 0 && now - cut_at_ < kOneStorm) return;
  const bool nothing_passed = cut_at_ != 0 && since_cut_ == 0;
  if (nothing_passed) {  // all calls refused: no measurement of the allowed rate
    cut_at_ = now;
    return;
  }
  const double seconds = static_cast<double>(now - cut_at_) / 1000;
  const double measured = cut_at_ == 0 ? learned_ : since_cut_ / seconds;
  const double least = std::min(limit_, std::max(1.0, kLeast * limit_));
  learned_ = std::clamp(std::min(measured, learned_ * 0.9), least, limit_);
  const double paused = static_cast<double>(std::min(until - now, kSecond)) / kSecond;
  held_back_ = cut_at_ == 0 || strict_ || !bursts_ ? 0 : kMadeUp * learned_ * paused;
  cut_at_ = now;
  since_cut_ = 0;
}

void SendRate::usage(int percent, Millis now) {
  if (percent <= 0) return;  // no usage figure
  refill(now);
  usage_percent_ = percent;
  usage_at_ = now;
  if (percent >= kUsedUp) limit_until(usage_ends());
}

void SendRate::pause_until(Millis until) { paused_until_ = std::max(paused_until_, until); }

void SendRate::limit_until(Millis until) {
  pause_until(until);
  limited_until_ = std::max(limited_until_, until);
}

void SendRate::resume(Millis now) {
  paused_until_ = limited_until_ = now;
  probing_ = false;
}

}  // namespace aura
