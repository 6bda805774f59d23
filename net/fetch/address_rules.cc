#include "net/fetch/address_rules.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace aura::net {
namespace {

namespace ip = boost::asio::ip;

struct RangeV4 {
  std::uint32_t first;
  int bits;
  AddressClass kind;
};
constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}
// IANA's special-purpose registries, and one cloud's metadata address (168.63.129.16). The first
// match counts.
constexpr std::array kV4{
    RangeV4{v4(0, 0, 0, 0), 8, AddressClass::unspecified},
    RangeV4{v4(10, 0, 0, 0), 8, AddressClass::private_use},
    RangeV4{v4(100, 100, 100, 200), 32, AddressClass::metadata},
    RangeV4{v4(100, 64, 0, 0), 10, AddressClass::shared},
    RangeV4{v4(127, 0, 0, 0), 8, AddressClass::loopback},
    RangeV4{v4(168, 63, 129, 16), 32, AddressClass::metadata},
    RangeV4{v4(169, 254, 169, 254), 32, AddressClass::metadata},
    RangeV4{v4(169, 254, 170, 2), 32, AddressClass::metadata},
    RangeV4{v4(169, 254, 0, 0), 16, AddressClass::link_local},
    RangeV4{v4(172, 16, 0, 0), 12, AddressClass::private_use},
    RangeV4{v4(192, 0, 0, 0), 24, AddressClass::reserved},
    RangeV4{v4(192, 0, 2, 0), 24, AddressClass::documentation},
    RangeV4{v4(192, 31, 196, 0), 24, AddressClass::reserved},
    RangeV4{v4(192, 52, 193, 0), 24, AddressClass::reserved},
    RangeV4{v4(192, 88, 99, 0), 24, AddressClass::translated},
    RangeV4{v4(192, 168, 0, 0), 16, AddressClass::private_use},
    RangeV4{v4(192, 175, 48, 0), 24, AddressClass::reserved},
    RangeV4{v4(198, 18, 0, 0), 15, AddressClass::benchmarking},
    RangeV4{v4(198, 51, 100, 0), 24, AddressClass::documentation},
    RangeV4{v4(203, 0, 113, 0), 24, AddressClass::documentation},
    RangeV4{v4(224, 0, 0, 0), 4, AddressClass::multicast},
    RangeV4{v4(240, 0, 0, 0), 4, AddressClass::reserved},
};

struct RangeV6 {
  std::array<std::uint8_t, 16> first;
  int bits;
  AddressClass kind;
};
constexpr std::array kV6{
    RangeV6{{}, 128, AddressClass::unspecified},
    RangeV6{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, AddressClass::loopback},
    RangeV6{{}, 80, AddressClass::translated},  // IPv4-mapped and -compatible
    RangeV6{{0, 0x64, 0xff, 0x9b}, 96, AddressClass::translated},
    RangeV6{{0, 0x64, 0xff, 0x9b, 0, 1}, 48, AddressClass::translated},
    RangeV6{{0xfd, 0, 0x0e, 0xc2}, 32, AddressClass::metadata},
    RangeV6{{0xfc}, 7, AddressClass::private_use},
    RangeV6{{0xfe, 0x80}, 10, AddressClass::link_local},
    RangeV6{{0xfe, 0xc0}, 10, AddressClass::private_use},
    RangeV6{{0xff}, 8, AddressClass::multicast},
    RangeV6{{0x20, 0x01, 0, 0}, 32, AddressClass::translated},  // Teredo
    RangeV6{{0x20, 0x01, 0, 0x02, 0, 0}, 48, AddressClass::benchmarking},
    RangeV6{{0x20, 0x01, 0, 0}, 23, AddressClass::reserved},
    RangeV6{{0x20, 0x01, 0x0d, 0xb8}, 32, AddressClass::documentation},
    RangeV6{{0x20, 0x02}, 16, AddressClass::translated},  // 6to4
    RangeV6{{0x26, 0x20, 0, 0x4f, 0x80, 0}, 48, AddressClass::reserved},
    RangeV6{{0x3f, 0xff, 0, 0}, 20, AddressClass::documentation},
    RangeV6{{0x20}, 3, AddressClass::global},
};

bool within(const std::array<std::uint8_t, 16>& address, const RangeV6& range) {
  for (int bit = 0; bit < range.bits; bit += 8) {
    const int left = std::min(8, range.bits - bit);
    const int mask = 0xff << (8 - left) & 0xff;
    const auto byte = static_cast<std::size_t>(bit / 8);
    if (((address[byte] ^ range.first[byte]) & mask) != 0) return false;
  }
  return true;
}

tl::unexpected<Error> blocked(std::string why) { return fail(Errc::invalid, std::move(why)); }

bool digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// As in browsers: a host whose last label is a number is an IPv4 address, in whatever form.
bool ends_in_number(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (digits(last)) return true;
  return last.starts_with("0x") &&
         last.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

// Four decimal numbers without leading zeros, which every parser reads the same way.
std::optional<ip::address> canonical_v4(std::string_view host) {
  std::string text(host);
  boost::system::error_code ec;
  const auto address = ip::make_address_v4(text, ec);
  if (ec || address.to_string() != text) return std::nullopt;
  return address;
}

bool is_name(std::string_view host) {
  constexpr std::size_t kLongestName = 253;
  constexpr std::size_t kLongestLabel = 63;
  if (host.size() > kLongestName || host.find('.') == std::string_view::npos) return false;
  while (true) {
    const auto dot = host.find('.');
    const std::string_view label = host.substr(0, dot);
    if (label.empty() || label.size() > kLongestLabel || label.starts_with('-')) return false;
    for (const char c : label)
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

// Names that resolve to the local machine or network.
bool is_local_name(std::string_view host) {
  for (const std::string_view suffix :
       {".localhost", ".local", ".internal", ".localdomain", ".home.arpa", ".lan", ".intranet",
        ".corp", ".home", ".private"})
    if (host.ends_with(suffix)) return true;
  return false;
}

// "[" must begin an IPv6 address and "]" must end it. Needed because the parsed host no longer has
// the brackets.
bool brackets_fit(std::string_view url, const std::string& host) {
  const std::string_view authority = url.substr(url.find("://") + 3);
  if (!authority.starts_with('[')) return host.find(':') == std::string::npos;
  const std::string_view rest = authority.substr(host.size() + 2);
  return host.find(':') != std::string::npos && (rest.empty() || rest.find_first_of(":/?") == 0);
}

Result<void> check_host(const std::string& host) {
  if (host.find(':') != std::string::npos) {
    boost::system::error_code ec;
    const auto address = ip::make_address_v6(host, ec);
    if (ec || address.scope_id() != 0 || host.find('%') != std::string::npos)
      return blocked("The address's host is not valid.");
    if (const auto kind = address_class(address); kind != AddressClass::global)
      return blocked(std::string("The address is not public: ") + to_string(kind) + ".");
    return {};
  }
  if (ends_in_number(host)) {
    const auto address = canonical_v4(host);
    if (!address) return blocked("The address's host is no plain IPv4 address.");
    if (const auto kind = address_class(*address); kind != AddressClass::global)
      return blocked(std::string("The address is not public: ") + to_string(kind) + ".");
    return {};
  }
  if (!is_name(host)) return blocked("The address's host is no public name.");
  if (is_local_name(host)) return blocked("The address's host is a local name.");
  return {};
}

}  // namespace

const char* to_string(AddressClass kind) {
  constexpr std::array kNames{"public",         "unspecified",  "loopback",   "private",
                              "shared (CGNAT)", "link-local",   "metadata",   "multicast",
                              "documentation",  "benchmarking", "translated", "reserved"};
  return kNames[static_cast<std::size_t>(kind)];
}

AddressClass address_class(const ip::address& address) {
  if (address.is_v4()) {
    const std::uint32_t value = address.to_v4().to_uint();
    for (const RangeV4& range : kV4)
      if (((value ^ range.first) >> (32 - range.bits)) == 0) return range.kind;
    return AddressClass::global;
  }
  const auto bytes = address.to_v6().to_bytes();
  std::array<std::uint8_t, 16> value;
  std::memcpy(value.data(), bytes.data(), value.size());
  for (const RangeV6& range : kV6)
    if (within(value, range)) return range.kind;
  return AddressClass::reserved;
}

std::string origin_of(const Url& url) {
  const bool v6 = url.host.find(':') != std::string::npos;
  return (url.tls ? "https://" : "http://") + (v6 ? "[" + url.host + "]" : url.host) + ":" +
         url.port;
}

TrustedOrigins trusted_origins(const std::vector<std::string>& base_urls) {
  TrustedOrigins origins;
  for (const std::string& text : base_urls)
    if (const auto url = parse_url(text)) origins.insert(origin_of(*url));
  return origins;
}

Result<Url> check_fetch_url(std::string_view text, const TrustedOrigins& trusted) {
  constexpr std::size_t kLongest = 4096;
  if (text.size() > kLongest) return blocked("The address is too long.");
  std::string lowered(text.substr(0, text.find(':')));
  std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  lowered.append(text.substr(lowered.size()));
  auto url = parse_url(lowered);
  if (!url) return blocked("The address must be a plain http:// or https:// one.");
  for (char& c : url->host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  if (!brackets_fit(lowered, url->host)) return blocked("The address's host is not valid.");
  if (url->host.ends_with('.') && url->host.size() > 1) {
    url->host.pop_back();
    if (ends_in_number(url->host)) return blocked("The address's host is no plain IPv4 address.");
  }
  if (trusted.contains(origin_of(*url))) return url;
  if (url->port != "80" && url->port != "443")
    return blocked("The address's port is not a web port.");
  if (const auto checked = check_host(url->host); !checked) return tl::unexpected(checked.error());
  return url;
}

std::string resolve_location(const Url& from, std::string_view location) {
  location = location.substr(0, location.find('#'));
  const auto colon = location.find(':');
  const auto stop = location.find_first_of("/?");
  if (colon != std::string_view::npos && colon < stop) return std::string(location);
  if (location.starts_with("//")) return (from.tls ? "https:" : "http:") + std::string(location);
  const std::string base = origin_of(from);
  if (location.starts_with('/')) return base + std::string(location);
  const std::string path = from.target.substr(0, from.target.find('?'));
  if (location.empty()) return base + from.target;
  if (location.starts_with('?')) return base + path + std::string(location);
  return base + path.substr(0, path.rfind('/') + 1) + std::string(location);
}

}  // namespace aura::net
