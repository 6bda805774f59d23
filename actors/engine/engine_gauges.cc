#include "actors/engine/engine_gauges.h"

#include "actors/tree/facts.h"
#include "actors/tree/timings.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {
namespace {

constexpr Millis kEvery = 10'000;

}  // namespace

// Every series exists from the start: one that begins with its first event would show no increase.
EngineGauges::EngineGauges(const storage::Reader& reader, const Directory& directory)
    : reader_(reader),
      directory_(directory),
      outbox_(metrics::gauge("aura_outbox_queued",
                             "Messages in the channels' queues (what exceeds a queue's memory "
                             "bound waits on disk and is not counted)")) {
  for (int type = api::CHANNEL_TYPE_UNSPECIFIED + 1; type <= api::ChannelType_MAX; ++type) {
    const auto& channel = timings::channel_label(static_cast<api::ChannelType>(type));
    timings::unexplained_refusal(static_cast<api::ChannelType>(type));
    for (int status = 0; status <= api::ChannelStatus_MAX; ++status)
      channels_.emplace(
          Kind{type, status},
          metrics::gauge(
              "aura_channels", "Connected channels",
              {{"channel", channel},
               {"status", lower_name(api::ChannelStatus_Name(status), "CHANNEL_STATUS_")}}));
  }
}

void EngineGauges::tick(Millis now) {
  if (now - refreshed_at_ < kEvery) return;
  refreshed_at_ = now;
  count_channels();
  count_outboxes();
}

void EngineGauges::count_channels() {
  std::map<Kind, std::int64_t> counts;
  const auto count = [&counts](std::string_view, std::string_view value) {
    if (const auto row = storage::parse<record::Channel>(value))
      ++counts[{row->channel().type(), row->channel().status()}];
    return true;
  };
  if (!reader_.for_each(storage::Family::channel, {}, count)) return;
  for (auto& [kind, gauge] : channels_) gauge.set(static_cast<double>(counts[kind]));
}

void EngineGauges::count_outboxes() {
  std::int64_t waiting = 0;
  directory_.for_each([&](const ActorCardPtr& card) {
    if (card->kind == "connection") waiting += card->queue;
  });
  outbox_.set(static_cast<double>(waiting));
}

}  // namespace aura
