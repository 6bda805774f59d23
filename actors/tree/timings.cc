#include "actors/tree/timings.h"

#include <array>
#include <functional>
#include <mutex>
#include <set>
#include <vector>

#include "config/limits.h"

namespace aura::timings {
namespace {

// One histogram per channel type.
class ByChannel {
 public:
  ByChannel(const char* name, const char* help, metrics::Labels labels = {}) {
    for (int type = 0; type <= api::ChannelType_MAX; ++type) {
      labels["channel"] = channel_label(static_cast<api::ChannelType>(type));
      histograms_.push_back(metrics::histogram(name, help, labels));
    }
  }
  void observe(api::ChannelType type, double seconds) {
    const auto known = type >= 0 && type <= api::ChannelType_MAX;
    histograms_[known ? static_cast<std::size_t>(type) : 0].observe(seconds);
  }

 private:
  std::vector<metrics::Histogram> histograms_;
};

}  // namespace

const std::string& channel_label(api::ChannelType type) {
  static const std::array<std::string, 6> names = {"unknown",   "webchat",  "messenger",
                                                   "instagram", "whatsapp", "sms"};
  static_assert(names.size() == api::ChannelType_ARRAYSIZE);
  return names[type >= 0 && type <= api::ChannelType_MAX ? static_cast<std::size_t>(type) : 0];
}

void ack(api::ChannelType type, double seconds) {
  static ByChannel histogram("aura_ack_seconds",
                             "From a channel event's arrival until it is durable and acknowledged");
  histogram.observe(type, seconds);
}

void commit(double seconds) {
  static auto histogram = metrics::histogram(
      "aura_commit_seconds", "From an actor's decision until it is durable and back at the actor");
  histogram.observe(seconds);
}

void turn(api::ChannelType type, double seconds) {
  static ByChannel histogram("aura_turn_seconds",
                             "From the start of the AI's turn until its answer is decided");
  histogram.observe(type, seconds);
}

void send(api::ChannelType type, bool accepted, double seconds) {
  static ByChannel good("aura_send_seconds", "Calls of a provider's API for one part of a message",
                        {{"outcome", "accepted"}});
  static ByChannel bad("aura_send_seconds", "Calls of a provider's API for one part of a message",
                       {{"outcome", "not_accepted"}});
  (accepted ? good : bad).observe(type, seconds);
}

metrics::Counter unexplained_refusal(api::ChannelType type) {
  return metrics::counter("aura_unexplained_refusals_total",
                          "Messages that a provider refused with a code that no rule explains",
                          {{"channel", channel_label(type)}});
}

metrics::Counter workspace_events(const std::string& workspace) {
  static std::mutex mutex;
  static std::set<std::string> named;
  const std::lock_guard lock(mutex);
  const bool room = named.size() < static_cast<std::size_t>(limits::kWorkspaceLabels);
  const bool own = named.contains(workspace) || (room && named.insert(workspace).second);
  return metrics::counter(
      "aura_workspace_events_total",
      "Channel events that ended, by workspace (the first ones; then \"other\")",
      {{"workspace", own ? workspace : "other"}});
}

}  // namespace aura::timings
