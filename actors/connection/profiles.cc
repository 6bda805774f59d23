#include "actors/connection/profiles.h"

#include <algorithm>
#include <caf/send.hpp>
#include <chrono>
#include <utility>

namespace aura {
namespace {

constexpr std::size_t kWaiting = 256;             // contacts; further lookups are dropped
constexpr std::chrono::milliseconds kPause{200};  // between two lookups
// Between two lookups of one contact: fourfold each time.
constexpr Millis kFirstPause = 5'000;
constexpr Millis kLastPause = 24 * 3'600'000;
constexpr std::size_t kRemembered = 4096;  // contacts whose pauses are remembered

}  // namespace

void Profiles::look_up(LookUpProfile who) {
  if (account_.adapter == nullptr || waiting_.size() >= kWaiting) return;
  if (asked_lately(who.thread)) return;
  waiting_.push_back(std::move(who));
  if (!ticking_) ask_next();
}

bool Profiles::asked_lately(const std::string& thread) {
  if (asked_.size() >= kRemembered && !asked_.contains(thread)) asked_.clear();
  Asked& asked = asked_[thread];
  const Millis now = shell_.pace_now();
  if (now < asked.again_at) return true;
  asked.pause = std::clamp(4 * asked.pause, kFirstPause, kLastPause);
  asked.again_at = now + asked.pause;
  return false;
}

void Profiles::on_tick() {
  ticking_ = false;
  if (!waiting_.empty()) ask_next();
}

void Profiles::ask_next() {
  LookUpProfile who = std::move(waiting_.front());
  waiting_.pop_front();
  if (account_.deleted || !account_.usable() || shell_.stopping()) return waiting_.clear();
  ticking_ = true;
  shell_.remind(kPause, TickProfiles{});
  auto call = account_.adapter->compose_profile(who.thread, account_.credentials);
  if (!call) return;
  services_.provider.call(std::move(*call),
                          [to = shell_.self(), who = std::move(who)](ProviderReply reply) {
                            caf::anon_send(to, ProfileAnswered{who, std::move(reply)});
                          });
}

void Profiles::on_answered(const ProfileAnswered& answered) {
  if (account_.adapter == nullptr) return;
  ApplyEvent told;
  told.channel_type = account_.row.type();
  told.event.kind = ChannelEvent::Kind::name;
  told.event.external_id = "profile:" + answered.who.thread;
  told.event.thread = answered.who.thread;
  told.event.at = services_.clock.now_ms();
  told.event.contact_name = account_.adapter->read_profile(answered.reply);
  if (told.event.contact_name.empty()) return;
  asked_.erase(answered.who.thread);
  shell_.tell_conversation(answered.who.conversation, std::move(told));
}

}  // namespace aura
