// Echoes of our own messages that Instagram sends without our metadata: recognised by their
// content.
#include <gtest/gtest.h>

#include "net/providers/instagram/instagram_adapter.h"
#include "net/providers/messenger/messenger_adapter.h"

namespace aura::net {
namespace {

const instagram::InstagramAdapter kInstagram({});

ChannelEvent echo_of(std::string text) {
  ChannelEvent echo;
  echo.echo = true;
  echo.text = std::move(text);
  return echo;
}

OutboundMessage saying(std::string text) {
  OutboundMessage out;
  out.text = std::move(text);
  return out;
}

TEST(InstagramEcho, ShowsTheWordsOfItsPart) {
  const OutboundMessage hello = saying("Hello,\n\n how are you? ");
  EXPECT_TRUE(kInstagram.shows_part(echo_of("Hello,\n\n how are you? "), hello, 0));
  EXPECT_TRUE(kInstagram.shows_part(echo_of("Hello, how are you?"), hello, 0));
  EXPECT_FALSE(kInstagram.shows_part(echo_of("Hello, how are you"), hello, 0));
  EXPECT_FALSE(kInstagram.shows_part(echo_of("Hello"), hello, 0));
  EXPECT_FALSE(kInstagram.shows_part(echo_of(""), hello, 0));
  EXPECT_FALSE(kInstagram.shows_part(echo_of("Hello, how are you?"), hello, 1));
}

TEST(InstagramEcho, EachPieceOfALongTextIsAPartOfItsOwn) {
  const std::string first(1000, 'a');
  const OutboundMessage both = saying(first + " tail");
  EXPECT_TRUE(kInstagram.shows_part(echo_of(first), both, 0));
  EXPECT_TRUE(kInstagram.shows_part(echo_of("tail"), both, 1));
  EXPECT_FALSE(kInstagram.shows_part(echo_of("tail"), both, 0));
}

TEST(InstagramEcho, WhatHasNoWordsShowsNone) {
  OutboundMessage picture = saying("");
  auto& image = picture.attachments.emplace_back();
  image.set_type("image");
  image.set_url("https://files.example.test/a.jpg");
  EXPECT_TRUE(kInstagram.shows_part(echo_of(""), picture, 0));
  EXPECT_FALSE(kInstagram.shows_part(echo_of("a person wrote this"), picture, 0));
}

TEST(InstagramEcho, ButtonsShowTheirText) {
  OutboundMessage choice = saying("Choose");
  auto& button = choice.buttons.emplace_back();
  button.set_type("reply");
  button.set_title("Yes");
  button.set_payload("YES");
  EXPECT_TRUE(kInstagram.shows_part(echo_of("Choose"), choice, 0));
}

TEST(InstagramEcho, MessengerNamesItsEchoesSoNothingIsGuessed) {
  const messenger::MessengerAdapter adapter({});
  EXPECT_FALSE(adapter.shows_part(echo_of("Hello"), saying("Hello"), 0));
}

}  // namespace
}  // namespace aura::net
