// The type of a file, from its first bytes. The declared type counts only where the bytes cannot
// decide (plain text, office documents inside a zip). Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace aura {

inline constexpr std::size_t kMediaTypeBytes = 512;  // enough of a file to decide

// "image/jpeg", …; "application/octet-stream" if nothing fits. Content that a browser could execute
// (HTML, SVG, XML) is reported as such.
std::string media_type_of(std::string_view first_bytes, std::string_view declared = {});

// A WebP image that moves; channels allow such stickers more bytes.
bool is_animated_webp(std::string_view first_bytes);

// image, audio, video or file: api.Attachment.type.
std::string attachment_type_of(std::string_view media_type);

// An image type that browsers may display inline.
bool shown_in_place(std::string_view media_type);

// False if bytes of this type cannot be an attachment of `attachment_type`: for example an error
// page instead of an image.
bool fits_attachment(std::string_view media_type, std::string_view attachment_type);

}  // namespace aura
