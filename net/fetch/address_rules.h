// Where a fetch of somebody else's address may go: only the public internet. Pure; any thread.
//
//   check_fetch_url   what the text of an address alone tells: scheme, host form, port
//   address_class     what kind of network an IP address belongs to
#pragma once

#include <boost/asio/ip/address.hpp>
#include <set>
#include <string>
#include <string_view>

#include "net/client/http_client.h"

namespace aura::net {

enum class AddressClass {
  global,
  unspecified,  // 0.0.0.0/8, ::
  loopback,     // 127/8, ::1
  private_use,  // RFC 1918, unique local and site local IPv6
  shared,       // carrier-grade NAT
  link_local,   // 169.254/16, fe80::/10
  metadata,     // where clouds tell an instance its secrets
  multicast,
  documentation,
  benchmarking,
  translated,  // an IPv4 address in an IPv6 one: mapped, NAT64, 6to4, Teredo
  reserved,    // everything else that is not global unicast
};
const char* to_string(AddressClass address_class);
AddressClass address_class(const boost::asio::ip::address& address);

// "http://127.0.0.1:4000": what tells one server from another.
std::string origin_of(const Url& url);

// The configured providers themselves (a simulator on this machine): none of the rules is for them.
using TrustedOrigins = std::set<std::string, std::less<>>;
TrustedOrigins trusted_origins(const std::vector<std::string>& base_urls);

// The parsed address, its host in lower case without a dot at the end; an IP address only in its
// canonical form. Errc::invalid, with a reason that does not repeat the address, if it may not be
// fetched. A name is judged again by what it resolves to.
Result<Url> check_fetch_url(std::string_view text, const TrustedOrigins& trusted);

// The address that a Location header means, seen from the page that sent it.
std::string resolve_location(const Url& from, std::string_view location);

}  // namespace aura::net
