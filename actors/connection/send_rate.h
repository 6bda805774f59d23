// How fast one account may send: a token bucket at the channel's rate, or at the lower one that the
// provider's refusals teach; halved, reserved for people or paused as its usage figures ask. After
// a refusal one call probes before the rest follow. Pure: time is an argument.
#pragma once

#include "runtime/clock.h"

namespace aura {

class SendRate {
 public:
  SendRate(double per_second, Millis now);

  void set_limit(double per_second);
  bool ready(Millis now);  // one call may be made now
  void spend(Millis now);  // … and is made (a further part of a message may overdraw)
  Millis ready_at(Millis now) const;

  void accepted(Millis now);
  void refused(Millis now, Millis until);  // a rate limit: nothing before `until`
  void usage(int percent, Millis now);     // of the account's allowance, as the provider tells it
  void pause_until(Millis until);          // the provider is in trouble
  void limit_until(Millis until);          // it takes no more before then
  void resume(Millis now);

  bool paused(Millis now) const { return now < paused_until_; }
  bool probing() const { return probing_; }
  // A limit of the provider's holds, or it is not yet sure that its time was long enough.
  bool limited(Millis now) const { return now < limited_until_ || probing_; }
  Millis limited_until() const { return limited_until_; }
  bool people_only(Millis now) const;
  // When `people_only` ends if nothing more is heard.
  Millis usage_ends() const;
  double per_second(Millis now) const;  // as it stands

 private:
  void refill(Millis now);

  double limit_;    // the channel's
  double learned_;  // what refusals left of it
  double tokens_;
  Millis at_;  // when tokens_ was right
  Millis paused_until_ = 0;
  Millis limited_until_ = 0;
  bool probing_ = false;
  Millis cut_at_ = 0;     // the last refusal that was counted, 0: none
  double since_cut_ = 0;  // calls accepted since
  int usage_percent_ = 0;
  Millis usage_at_ = 0;
};

}  // namespace aura
