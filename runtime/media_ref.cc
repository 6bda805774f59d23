#include "runtime/media_ref.h"

namespace aura {
namespace {

constexpr std::size_t kPrefixSize = 4;  // "med_"

}  // namespace

std::string format_media(const MediaRef& ref) {
  std::string text = format_id(IdType::media, ref.id);
  if (!ref.owner.empty())
    text.insert(kPrefixSize, format_id(IdType::media, ref.owner).substr(kPrefixSize));
  return text;
}

std::optional<MediaRef> parse_media(std::string_view text) {
  MediaRef ref;
  std::string own(text);
  if (text.size() == kPrefixSize + 2 * kIdText) {
    const auto owner = parse_id(IdType::media, text.substr(0, kPrefixSize + kIdText));
    if (!owner || owner->empty()) return std::nullopt;
    ref.owner = *owner;
    own.erase(kPrefixSize, kIdText);
  }
  const auto id = parse_id(IdType::media, own);
  if (!id) return std::nullopt;
  ref.id = *id;
  return ref;
}

Id media_id_of(const Id& message, std::size_t attachment) {
  Id id = message;
  id.bytes.back() = static_cast<std::uint8_t>(attachment);
  return id;
}

}  // namespace aura
