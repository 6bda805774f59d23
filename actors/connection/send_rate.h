// How fast one account may send: a token bucket at the channel's rate, or at a lower rate learned
// from the provider's refusals. High usage figures halve the rate, reserve it for people or pause
// sending. After a refusal one call probes before the rest follow. Pure: time is an argument.
#pragma once

#include "runtime/clock.h"

namespace aura {

class SendRate {
 public:
  SendRate(double per_second, Millis now);

  // Without bursts, no second carries more than `per_second`.
  void set_limit(double per_second, bool bursts);
  bool ready(Millis now);  // one call may be made now
  void spend(Millis now);  // a call is made (a further part of a message may overdraw)
  Millis ready_at(Millis now) const;

  void accepted(Millis now);
  void refused(Millis now, Millis until);  // rate limit: no calls before `until`
  void usage(int percent, Millis now);     // used share of the account's allowance, as reported
  void pause_until(Millis until);          // the circuit breaker opened
  void limit_until(Millis until);          // the provider accepts no calls before
  void resume(Millis now);

  bool paused(Millis now) const { return now < paused_until_; }
  bool probing() const { return probing_; }
  // A provider limit is active, or a probe checks whether it is over.
  bool limited(Millis now) const { return now < limited_until_ || probing_; }
  Millis limited_until() const { return limited_until_; }
  bool people_only(Millis now) const;
  // When the last usage figure expires.
  Millis usage_ends() const;
  double per_second(Millis now) const;  // current rate

 private:
  void refill(Millis now);
  double most_tokens(double per_second) const;
  bool makes_up(Millis now) const;  // for a pause, or has just done so

  double limit_;    // the channel's
  double learned_;  // learned from refusals, at most limit_
  bool bursts_ = true;
  double tokens_;
  Millis at_;  // when tokens_ was last updated
  Millis paused_until_ = 0;
  Millis limited_until_ = 0;
  bool probing_ = false;
  // After a pause that the provider asked for, what the pause held back may go at once, unless it
  // was refused before: then the provider counts the calls of any second.
  double held_back_ = 0;
  Millis made_up_at_ = 0;  // when such a call was made last
  bool strict_ = false;
  Millis cut_at_ = 0;     // the last refusal that was counted, 0: none
  double since_cut_ = 0;  // calls accepted since
  int usage_percent_ = 0;
  Millis usage_at_ = 0;
};

}  // namespace aura
