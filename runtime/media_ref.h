// MediaRef: identifies stored bytes. They belong to a contact (and become unreadable with its key)
// or to the workspace (empty owner). Text form: "med_", for a contact's media 26 characters of the
// contact's id, then 26 of the media id. Opaque to clients; finds the row without an index.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/ids.h"

namespace aura {

inline constexpr std::size_t kIdText = 26;  // characters after the prefix

struct MediaRef {
  Id owner;
  Id id;
  auto operator<=>(const MediaRef&) const = default;
};

std::string format_media(const MediaRef& ref);
std::optional<MediaRef> parse_media(std::string_view text);

// The id of a message's n-th attachment: the message's id with its last byte (part of the
// conversation's hash) replaced. Unsending a message thus finds its media without reading them.
Id media_id_of(const Id& message, std::size_t attachment);

}  // namespace aura
