// The provider channels that the simulator plays, and their names in files and URLs. Pure.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace aura::bench {

enum class Channel { messenger, instagram, whatsapp, sms };

inline constexpr std::array<Channel, 4> kChannels{Channel::messenger, Channel::instagram,
                                                  Channel::whatsapp, Channel::sms};
inline constexpr std::array<std::string_view, 4> kChannelNames{"messenger", "instagram", "whatsapp",
                                                               "sms"};

constexpr std::string_view name_of(Channel channel) {
  return kChannelNames[static_cast<std::size_t>(channel)];
}

constexpr std::optional<Channel> channel_named(std::string_view name) {
  for (const auto channel : kChannels) {
    if (name_of(channel) == name) return channel;
  }
  return std::nullopt;
}

}  // namespace aura::bench
