// All differences between Messenger and Instagram, which share a wire format.
#pragma once

#include <cstddef>
#include <string_view>

#include "net/providers/split_text.h"

namespace aura::net::meta {

struct Product {
  std::string_view channel;   // its name, in texts for the shop's owner
  std::string_view company;   // whose rules and logins apply, likewise
  std::string_view account;   // what the business owns there, likewise
  std::string_view site;      // where the owner manages it, likewise
  std::string_view identity;  // kind of a contact's id (api::Identity)
  std::string_view profile;   // fields of a contact's profile to request
  std::size_t text_limit = 0;
  TextUnit text_unit = TextUnit::utf16;
  bool names_messaging_type = true;  // sends carry messaging_type RESPONSE
  bool names_echoes = true;          // echoes of our messages carry our metadata
  bool image_albums = false;         // several images in one message
  bool any_file = true;              // all file formats, not only those in send_files.cc
  bool all_media_slow = false;       // images and files have the lower rate of audio and video
  bool phone_buttons = true;
  bool reactions = false;          // reactions to the contact's messages can be sent
  bool hearts_and_shares = false;  // a heart, or a post of the account by its id, can be sent
  bool shares_are_files = false;   // reels and posts contain the URL of their video
};

inline constexpr Product kMessenger{
    .channel = "Messenger",
    .company = "Facebook",
    .account = "page",
    .site = "facebook.com",
    .identity = "psid",
    .profile = "first_name,last_name",
    .text_limit = 2000,
};

inline constexpr Product kInstagram{
    .channel = "Instagram",
    .company = "Instagram",
    .account = "account",
    .site = "instagram.com",
    .identity = "igsid",
    .profile = "name,username",
    .text_limit = 1000,
    .text_unit = TextUnit::byte,
    .names_messaging_type = false,
    .names_echoes = false,
    .image_albums = true,
    .any_file = false,
    .all_media_slow = true,
    .phone_buttons = false,
    .reactions = true,
    .hearts_and_shares = true,
    .shares_are_files = true,
};

}  // namespace aura::net::meta
