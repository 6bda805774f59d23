#include "actors/engine/engine_gauges.h"

#include <algorithm>
#include <cctype>

#include "actors/tree/timings.h"
#include "storage/schema/records.pb.h"

namespace aura {
namespace {

constexpr Millis kEvery = 10'000;
constexpr std::size_t kRowsRead = 500;  // at a time

// "token_expired" of CHANNEL_STATUS_TOKEN_EXPIRED
std::string label_of(api::ChannelStatus status) {
  std::string name = api::ChannelStatus_Name(status).substr(std::string("CHANNEL_STATUS_").size());
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

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
          metrics::gauge("aura_channels", "Connected channels",
                         {{"channel", channel},
                          {"status", label_of(static_cast<api::ChannelStatus>(status))}}));
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
  std::string start;
  for (std::size_t read = kRowsRead; read == kRowsRead;) {
    const auto rows = reader_.scan(storage::Family::channel, {}, start, kRowsRead);
    if (!rows) return;
    read = rows->size();
    if (!rows->empty()) start = rows->back().key + '\0';
    for (const auto& row : *rows)
      if (record::Channel channel; channel.ParseFromString(row.value))
        ++counts[{channel.channel().type(), channel.channel().status()}];
  }
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
