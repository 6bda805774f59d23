// Restricts fetches of user-supplied addresses to the public internet. Pure; any thread.
//
//   check_fetch_url   checks the text of an address: scheme, form of the host, port
//   address_class     the kind of network that an IP address belongs to
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
  metadata,     // where clouds serve instance secrets
  multicast,
  documentation,
  benchmarking,
  translated,  // an IPv4 address inside an IPv6 one: mapped, NAT64, 6to4, Teredo
  reserved,    // everything else that is not global unicast
};
const char* to_string(AddressClass address_class);
AddressClass address_class(const boost::asio::ip::address& address);

// "http://127.0.0.1:4000": scheme, host and port.
std::string origin_of(const Url& url);

// Origins of the configured providers (possibly a simulator on this machine), which are exempt from
// the rules.
using TrustedOrigins = std::set<std::string, std::less<>>;
TrustedOrigins trusted_origins(const std::vector<std::string>& base_urls);

// The parsed address, with its host in lower case and without a trailing dot; an IP address only in
// canonical form. Errc::invalid if it may not be fetched; the reason does not repeat the address.
// The addresses that a name resolves to are checked separately (address_class).
Result<Url> check_fetch_url(std::string_view text, const TrustedOrigins& trusted);

// Resolves a Location header against the address of the response that sent it.
std::string resolve_location(const Url& from, std::string_view location);

}  // namespace aura::net
