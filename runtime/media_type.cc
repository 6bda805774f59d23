#include "runtime/media_type.h"

#include <algorithm>
#include <array>

namespace aura {
namespace {

using std::string_view;
using namespace std::string_view_literals;

struct Magic {
  std::size_t at;
  string_view bytes;
  string_view type;
};

constexpr std::array kMagic{
    Magic{0, "\xff\xd8\xff"sv, "image/jpeg"},
    Magic{0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    Magic{0, "GIF87a"sv, "image/gif"},
    Magic{0, "GIF89a"sv, "image/gif"},
    Magic{0, "BM"sv, "image/bmp"},
    Magic{0, "II*\0"sv, "image/tiff"},
    Magic{0, "MM\0*"sv, "image/tiff"},
    Magic{0, "%PDF-"sv, "application/pdf"},
    Magic{0, "OggS"sv, "audio/ogg"},
    Magic{0, "fLaC"sv, "audio/flac"},
    Magic{0, "ID3"sv, "audio/mpeg"},
    Magic{0, "#!AMR"sv, "audio/amr"},
    Magic{0, "\x1a\x45\xdf\xa3"sv, "video/webm"},
    Magic{0, "\0\0\1\xba"sv, "video/mpeg"},
    Magic{0, "PK\3\4"sv, "application/zip"},
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"},
    Magic{0, "\x1f\x8b"sv, "application/gzip"},
    Magic{0, "{\\rtf"sv, "application/rtf"},
};

bool at(string_view bytes, std::size_t place, string_view wanted) {
  return bytes.size() >= place + wanted.size() && bytes.substr(place, wanted.size()) == wanted;
}

string_view riff_type(string_view bytes) {
  if (!at(bytes, 0, "RIFF")) return {};
  if (at(bytes, 8, "WEBP")) return "image/webp";
  if (at(bytes, 8, "WAVE")) return "audio/wav";
  if (at(bytes, 8, "AVI ")) return "video/x-msvideo";
  return {};
}

// ISO base media: the brand in the first box decides.
string_view iso_media_type(string_view bytes) {
  if (!at(bytes, 4, "ftyp") || bytes.size() < 12) return {};
  const string_view brand = bytes.substr(8, 4);
  if (brand == "avif" || brand == "avis") return "image/avif";
  if (brand == "heic" || brand == "heix" || brand == "hevc" || brand == "mif1" || brand == "msf1")
    return "image/heic";
  if (brand == "M4A " || brand == "M4B ") return "audio/mp4";
  if (brand == "qt  ") return "video/quicktime";
  if (brand.starts_with("3g")) return "video/3gpp";
  return "video/mp4";
}

// Frame headers without a magic number: MP3 and AAC in ADTS.
string_view frame_type(string_view bytes) {
  if (bytes.size() < 2 || bytes[0] != '\xff') return {};
  const auto second = static_cast<unsigned char>(bytes[1]);
  if (second >= 0xfe) return {};  // a byte order mark
  if ((second & 0xf6) == 0xf0) return "audio/aac";
  if ((second & 0xe0) == 0xe0 && (second & 0x06) != 0 && (second & 0x18) != 0x08)
    return "audio/mpeg";
  return {};
}

string_view lower(string_view text, std::string& into) {
  into.assign(text);
  std::transform(into.begin(), into.end(), into.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  });
  return into;
}

// Markup that a browser would execute, wherever its first tag stands.
string_view markup_type(string_view bytes) {
  std::string folded;
  string_view text = lower(bytes.substr(0, kMediaTypeBytes), folded);
  if (at(text, 0, "\xef\xbb\xbf")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f\v"), text.size()));
  if (!text.starts_with('<')) return {};
  if (text.find("<svg") != string_view::npos) return "image/svg+xml";
  for (const string_view tag : {"<!doctype html", "<html", "<head", "<body", "<script", "<iframe",
                                "<title", "<style", "<img", "<a ", "<p>", "<div", "<table", "<!--"})
    if (text.find(tag) != string_view::npos) return "text/html";
  return text.starts_with("<?xml") ? "application/xml" : string_view{};
}

bool is_text(string_view bytes) {
  return !bytes.empty() && std::all_of(bytes.begin(), bytes.end(), [](unsigned char c) {
    return c >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  });
}

// The characters of a registered type: a declared type with any other character is not kept.
bool is_type_name(string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '+' || c == '-';
  });
}

// Where the bytes are ambiguous, the declared type decides if it is on a list of harmless types.
string_view refined(string_view type, string_view declared) {
  if (type == "audio/ogg" && declared == "video/ogg") return "video/ogg";
  if (type == "video/mp4" && declared == "audio/mp4") return "audio/mp4";
  if (type == "video/webm" && declared == "audio/webm") return "audio/webm";
  if (type == "video/webm" && declared == "video/x-matroska") return declared;
  const bool office = declared.starts_with("application/vnd.openxmlformats-officedocument.") ||
                      declared.starts_with("application/vnd.oasis.opendocument.");
  if (type == "application/zip" && office && is_type_name(declared.substr(declared.find('/') + 1)))
    return declared;
  const bool old_office = declared == "application/msword" ||
                          declared == "application/vnd.ms-excel" ||
                          declared == "application/vnd.ms-powerpoint";
  if (type == "application/x-ole-storage" && old_office) return declared;
  if (type == "text/plain")
    for (const string_view text : {"text/csv", "text/vcard", "text/x-vcard", "text/calendar",
                                   "text/markdown", "application/json"})
      if (declared == text) return text;
  return type;
}

string_view told_by_bytes(string_view bytes) {
  for (const Magic& magic : kMagic)
    if (at(bytes, magic.at, magic.bytes)) return magic.type;
  for (const auto look : {riff_type, iso_media_type, frame_type, markup_type})
    if (const string_view type = look(bytes); !type.empty()) return type;
  return is_text(bytes) ? "text/plain" : "application/octet-stream";
}

}  // namespace

std::string media_type_of(string_view first_bytes, string_view declared) {
  std::string folded;
  declared = lower(declared.substr(0, declared.find(';')), folded);
  while (declared.ends_with(' ')) declared.remove_suffix(1);
  return std::string(refined(told_by_bytes(first_bytes.substr(0, kMediaTypeBytes)), declared));
}

// The extended header has a bit for it.
bool is_animated_webp(string_view first_bytes) {
  constexpr std::size_t kFlags = 20;
  constexpr unsigned char kAnimation = 0x02;
  return riff_type(first_bytes) == "image/webp" && at(first_bytes, 12, "VP8X") &&
         first_bytes.size() > kFlags &&
         (static_cast<unsigned char>(first_bytes[kFlags]) & kAnimation) != 0;
}

std::string attachment_type_of(string_view media_type) {
  if (media_type == "image/svg+xml") return "file";
  for (const string_view kind : {"image", "audio", "video"})
    if (media_type.starts_with(kind) && media_type.substr(kind.size()).starts_with('/'))
      return std::string(kind);
  return "file";
}

bool shown_in_place(string_view media_type) {
  for (const string_view shown :
       {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp"})
    if (media_type == shown) return true;
  return false;
}

bool fits_attachment(string_view media_type, string_view attachment_type) {
  if (media_type == "application/octet-stream") return true;
  const std::string kind = attachment_type_of(media_type);
  if (attachment_type == "image" || attachment_type == "sticker") return kind == "image";
  if (attachment_type == "file" || attachment_type.empty()) return true;
  // The same containers hold audio and video: a voice message may be declared as video.
  if (attachment_type == "audio" || attachment_type == "video")
    return kind == "audio" || kind == "video";
  return kind != "file";  // a story, a reel, …: must be an image, audio or video
}

}  // namespace aura
