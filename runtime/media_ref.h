// MediaRef: which bytes. They belong to a contact (and die with its key) or to the workspace, whose
// owner is the empty id. Text form: "med_" and 26 characters of the id, before them 26 of the
// contact's: opaque to clients, and enough to find the row without an index.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/ids.h"

namespace aura {

struct MediaRef {
  Id owner;
  Id id;
  auto operator<=>(const MediaRef&) const = default;
};

std::string format_media(const MediaRef& ref);
std::optional<MediaRef> parse_media(std::string_view text);

// The id of a message's n-th attachment: the message's, its last byte (of the conversation's hash)
// replaced. So unsending a message finds its media without a look at them.
Id media_id_of(const Id& message, std::size_t attachment);

}  // namespace aura
