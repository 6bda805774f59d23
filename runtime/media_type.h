// What a file is, by its first bytes; what a name or a header says of it counts only where the
// bytes cannot tell (plain text, office documents inside a zip). Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace aura {

inline constexpr std::size_t kMediaTypeBytes = 512;  // enough of a file to tell

// "image/jpeg", …; "application/octet-stream" if nothing fits. What a browser could run (HTML, SVG,
// XML) is named as that.
std::string media_type_of(std::string_view first_bytes, std::string_view declared = {});

// image, audio, video or file: api.Attachment.type.
std::string attachment_type_of(std::string_view media_type);

// A picture that a browser may show in its place.
bool shown_in_place(std::string_view media_type);

// False if bytes of this type cannot be what an attachment of `attachment_type` holds: an error
// page instead of a picture.
bool fits_attachment(std::string_view media_type, std::string_view attachment_type);

}  // namespace aura
