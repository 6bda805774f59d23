// Messenger and Instagram share a wire format; this is all in which they differ.
#pragma once

#include <cstddef>
#include <string_view>

#include "net/providers/split_text.h"

namespace aura::net::meta {

struct Product {
  std::string_view channel;   // its name, in sentences for a shop's owner
  std::string_view company;   // whose rules and logins are meant, likewise
  std::string_view account;   // what the business has there, likewise
  std::string_view site;      // where its owner looks after it
  std::string_view identity;  // kind of a contact's id (api::Identity)
  std::string_view profile;   // the fields of a contact's profile that we ask for
  std::size_t text_limit = 0;
  TextUnit text_unit = TextUnit::utf16;
  bool names_messaging_type = true;  // RESPONSE is said, not left out
  bool names_echoes = true;          // an echo of ours carries our metadata
  bool image_albums = false;         // several images in one message
  bool any_file = true;              // every kind of file, not only those of send_files.cc
  bool phone_buttons = true;
  bool reactions = false;          // of ours to the contact's messages
  bool hearts_and_shares = false;  // may be sent: a heart, a post of the account by its id
  bool shares_are_files = false;   // reels and posts come with the address of their video
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
    .phone_buttons = false,
    .reactions = true,
    .hearts_and_shares = true,
    .shares_are_files = true,
};

}  // namespace aura::net::meta
