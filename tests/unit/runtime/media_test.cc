// Names, links and types of media.
#include <gtest/gtest.h>

#include "runtime/media_link.h"
#include "runtime/media_ref.h"
#include "runtime/media_type.h"

namespace aura {
namespace {

using namespace std::string_literals;

Id id(std::uint8_t n) {
  Id made;
  made.bytes.fill(n);
  return made;
}

TEST(MediaRef, ReadsWhatItWrites) {
  for (const MediaRef& ref : {MediaRef{{}, id(7)}, MediaRef{id(255), id(1)}, MediaRef{id(3), {}}}) {
    const auto parsed = parse_media(format_media(ref));
    ASSERT_TRUE(parsed) << format_media(ref);
    EXPECT_EQ(*parsed, ref);
  }
  EXPECT_EQ(format_media({{}, id(7)}).size(), 30u);
  EXPECT_EQ(format_media({id(9), id(7)}).size(), 56u);
}

TEST(MediaRef, RefusesEverythingElse) {
  const std::string good = format_media({id(9), id(7)});
  for (const std::string& text :
       {""s, "med_"s, "med"s, good + "0", good.substr(1), "msg" + good.substr(3),
        good.substr(0, 40), format_media({{}, id(7)}) + "!", "med_" + std::string(52, '0')})
    EXPECT_FALSE(parse_media(text)) << text;
}

TEST(MediaRef, AttachmentsOfOneMessageDiffer) {
  EXPECT_NE(media_id_of(id(1), 0), media_id_of(id(1), 1));
  EXPECT_NE(media_id_of(id(1), 0), media_id_of(id(2), 0));
}

struct Parts {
  std::string id, expires, signature;
};
Parts parts_of(const std::string& url) {
  const auto query = url.find("?expires="), signature = url.find("&signature=");
  const auto begin = url.find("/media/") + 7;
  return {url.substr(begin, query - begin), url.substr(query + 9, signature - query - 9),
          url.substr(signature + 11)};
}

TEST(MediaLinks, OpenWhatTheyMade) {
  FakeClock clock;
  const MediaLinks links("secret", "https://shop.test", clock);
  const MediaRef media{id(4), id(5)};
  const std::string url = links.url(id(3), media);
  EXPECT_TRUE(url.starts_with("https://shop.test/media/"));
  const Parts parts = parts_of(url);
  const auto opened = links.open(parts.id, parts.expires, parts.signature);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->workspace, id(3));
  EXPECT_EQ(opened->media, media);
  EXPECT_GE(opened->left, MediaLinks::kShown);
  EXPECT_LE(opened->left, MediaLinks::kShown + std::chrono::hours(1));
}

TEST(MediaLinks, AreOverInTime) {
  FakeClock clock;
  const MediaLinks links("secret", "", clock);
  const Parts parts = parts_of(links.url(id(3), {id(4), id(5)}, std::chrono::hours(2)));
  clock.advance(std::chrono::hours(2));
  EXPECT_TRUE(links.open(parts.id, parts.expires, parts.signature));
  clock.advance(std::chrono::hours(1));
  EXPECT_FALSE(links.open(parts.id, parts.expires, parts.signature));
}

TEST(MediaLinks, NothingOfThemCanBeChanged) {
  FakeClock clock;
  const MediaLinks links("secret", "", clock), others("another secret", "", clock);
  const Parts good = parts_of(links.url(id(3), {id(4), id(5)}));
  const Parts other = parts_of(links.url(id(3), {id(4), id(6)}));
  EXPECT_FALSE(links.open(other.id, good.expires, good.signature));
  EXPECT_FALSE(links.open(good.id, "9" + good.expires, good.signature));
  EXPECT_FALSE(links.open(good.id, good.expires + " ", good.signature));
  EXPECT_FALSE(links.open(good.id, good.expires, ""));
  EXPECT_FALSE(links.open(good.id, good.expires, good.signature.substr(1)));
  EXPECT_FALSE(links.open(good.id, good.expires, other.signature));
  EXPECT_FALSE(others.open(good.id, good.expires, good.signature));
  for (std::size_t i = 0; i < good.signature.size(); ++i) {
    std::string wrong = good.signature;
    wrong[i] = wrong[i] == '0' ? '1' : '0';
    EXPECT_FALSE(links.open(good.id, good.expires, wrong)) << i;
  }
}

TEST(MediaType, AWebPThatMovesSaysSoInItsHeader) {
  const std::string head = "RIFF\1\2\3\4WEBP"s;
  EXPECT_TRUE(is_animated_webp(head + "VP8X\x0a\0\0\0\x12"s));
  EXPECT_FALSE(is_animated_webp(head + "VP8X\x0a\0\0\0\x10"s)) << "transparent only";
  EXPECT_FALSE(is_animated_webp(head + "VP8X"s));
  EXPECT_FALSE(is_animated_webp(head + "VP8 \x0a\0\0\0\x12"s));
  EXPECT_FALSE(is_animated_webp("GIF89a"));
}

TEST(MediaType, IsToldByTheBytes) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"\xff\xd8\xff\xe0\0\x10JFIF"s, "image/jpeg"},
      {"\x89PNG\r\n\x1a\n\0\0"s, "image/png"},
      {"GIF89a..", "image/gif"},
      {"RIFF\1\2\3\4WEBPVP8 "s, "image/webp"},
      {"RIFF\1\2\3\4WAVEfmt "s, "audio/wav"},
      {"\0\0\0\x18"
       "ftypmp42"s,
       "video/mp4"},
      {"\0\0\0\x18"
       "ftypM4A "s,
       "audio/mp4"},
      {"\0\0\0\x18"
       "ftypheic"s,
       "image/heic"},
      {"\0\0\0\x18"
       "ftypavif"s,
       "image/avif"},
      {"\0\0\0\x14"
       "ftypqt  "s,
       "video/quicktime"},
      {"\0\0\0\x18"
       "ftyp3gp4"s,
       "video/3gpp"},
      {"OggS\0\2"s, "audio/ogg"},
      {"ID3\3\0"s, "audio/mpeg"},
      {"\xff\xfb\x90\x44"s, "audio/mpeg"},
      {"\xff\xf1\x50\x80"s, "audio/aac"},
      {"#!AMR\n", "audio/amr"},
      {"\x1a\x45\xdf\xa3"s, "video/webm"},
      {"%PDF-1.7", "application/pdf"},
      {"PK\3\4"s, "application/zip"},
      {"<!DOCTYPE html><html>", "text/html"},
      {"  \n<script>alert(1)</script>", "text/html"},
      {"\xef\xbb\xbf<html>", "text/html"},
      {"<?xml version=\"1.0\"?><svg xmlns=\"x\">", "image/svg+xml"},
      {"<svg onload=alert(1)>", "image/svg+xml"},
      {"Hello, world\n", "text/plain"},
      {"\xff\xfeh\0"s, "application/octet-stream"},
      {"\0\1\2\3"s, "application/octet-stream"},
      {"", "application/octet-stream"},
  };
  for (const auto& [bytes, type] : table) EXPECT_EQ(media_type_of(bytes), type) << bytes;
}

TEST(MediaType, ADeclaredTypeOnlyRefines) {
  EXPECT_EQ(media_type_of("GIF89a", "text/html"), "image/gif");
  EXPECT_EQ(media_type_of("<html>", "image/png"), "text/html");
  EXPECT_EQ(media_type_of("a,b\n", "text/csv; charset=utf-8"), "text/csv");
  EXPECT_EQ(media_type_of("alert(1)", "text/javascript"), "text/plain");
  const std::string docx =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  EXPECT_EQ(media_type_of("PK\3\4", docx), docx);
  EXPECT_EQ(media_type_of("%PDF-1", docx), "application/pdf");
  EXPECT_EQ(media_type_of("PK\3\4", "application/vnd.oasis.opendocument.\xff"), "application/zip");
  EXPECT_EQ(media_type_of("\0\0\0\x18"
                          "ftypmp42"s,
                          "audio/mp4"),
            "audio/mp4");
}

TEST(MediaType, OnlyHarmlessPicturesAreShownInPlace) {
  EXPECT_TRUE(shown_in_place("image/jpeg"));
  for (const char* type : {"image/svg+xml", "text/html", "application/pdf", "image/heic", ""})
    EXPECT_FALSE(shown_in_place(type)) << type;
  EXPECT_EQ(attachment_type_of("image/svg+xml"), "file");
  EXPECT_EQ(attachment_type_of("audio/ogg"), "audio");
  EXPECT_EQ(attachment_type_of("imagex/a"), "file");
  EXPECT_FALSE(fits_attachment("text/html", "image"));
  EXPECT_TRUE(fits_attachment("image/webp", "sticker"));
  EXPECT_TRUE(fits_attachment("video/mp4", "audio"));
  EXPECT_TRUE(fits_attachment("application/pdf", "file"));
  EXPECT_TRUE(fits_attachment("video/mp4", "story"));
  EXPECT_FALSE(fits_attachment("text/html", "story"));
}

}  // namespace
}  // namespace aura
