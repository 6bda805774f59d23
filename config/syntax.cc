#include "config/syntax.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace aura::config {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 && is_alnum(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_ipv6(std::string_view text) {
  return text.size() >= 2 && text.size() <= 45 && text.find(':') != std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || c == ':' || c == '.' || (c >= 'a' && c <= 'f') ||
                  (c >= 'A' && c <= 'F');
         });
}

// What can be listened on. Other names would have to be looked up.
bool is_local_address(std::string_view host) {
  const std::string text(host);
  in6_addr parsed{};
  return host == "localhost" || inet_pton(AF_INET, text.c_str(), &parsed) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &parsed) == 1;
}

// This machine, or a name without a dot, which no public name server knows.
bool is_of_local_network(std::string_view host) {
  in_addr parsed{};
  const bool v4 = inet_pton(AF_INET, std::string(host).c_str(), &parsed) == 1;
  const auto first = ntohl(parsed.s_addr) >> 24;
  if (v4) return first == 127;
  return host == "::1" || (!is_ipv6(host) && host.find('.') == std::string_view::npos);
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

// host[:port]; an IPv6 address in brackets, which are not part of the host.
struct Authority {
  std::string_view host;
  std::optional<std::string_view> port;
};

std::optional<Authority> split_authority(std::string_view text) {
  std::string_view rest;
  Authority authority;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    authority.host = text.substr(1, close - 1);
    rest = text.substr(close + 1);
    if (!is_ipv6(authority.host)) return std::nullopt;
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    authority.host = text.substr(0, colon);
    rest = text.substr(colon);
    if (!is_host_name(authority.host)) return std::nullopt;
  }
  if (rest.empty()) return authority;
  if (rest.front() != ':') return std::nullopt;
  authority.port = rest.substr(1);
  return authority;
}

std::string quoted(std::string_view text) { return "\"" + printable(text) + "\""; }

// A complaint shows an address without what may be secret in it: user name, password, query.
std::string quoted_address(std::string_view text) {
  const std::size_t mark = text.find("://");
  const std::size_t host = mark == std::string_view::npos ? 0 : mark + 3;
  const std::size_t query = std::min(text.find_first_of("?#", host), text.size());
  std::string shown(text.substr(0, query));
  if (const std::size_t at = shown.rfind('@', shown.find('/', host)); at != std::string::npos)
    shown.replace(host, at - host, "…");
  if (query < text.size()) shown += "?…";
  return quoted(std::string_view(shown));
}

}  // namespace

Verdict parse_endpoint(std::string_view text, Endpoint& out) {
  const auto authority = split_authority(text);
  const auto port = authority && authority->port ? parse_port(*authority->port) : std::nullopt;
  const std::string remedy = "write for example \"127.0.0.1:8080\" or \"[::1]:8080\"";
  if (!port)
    return Complaint{quoted(text) + " is not host:port with a port from 0 to 65535", remedy};
  if (!is_local_address(authority->host))
    return Complaint{quoted(text) + " names a host; listening needs an IP address or localhost",
                     remedy};
  out = Endpoint{std::string(authority->host), *port};
  return std::nullopt;
}

Verdict parse_url(std::string_view text, std::string& out) {
  const Complaint complaint{
      quoted_address(text) + " is not the base of an http:// or https:// address",
      "write for example \"https://chat.example.com\", without user name, "
      "query or fragment"};
  std::string_view rest = text;
  for (const std::string_view scheme : {"http://", "https://"})
    if (text.starts_with(scheme)) rest = text.substr(scheme.size());
  if (rest.size() == text.size()) return complaint;
  const std::string_view path = rest.substr(std::min(rest.find('/'), rest.size()));
  const auto authority = split_authority(rest.substr(0, rest.size() - path.size()));
  if (!authority) return complaint;
  if (authority->port && parse_port(*authority->port).value_or(0) == 0) return complaint;
  const auto is_path_char = [](char c) {
    return is_alnum(c) || std::string_view("/-._~%+@:").find(c) != std::string_view::npos;
  };
  if (!std::all_of(path.begin(), path.end(), is_path_char)) return complaint;
  while (text.ends_with('/')) text.remove_suffix(1);
  out = text;
  return std::nullopt;
}

Verdict parse_api_version(std::string_view text, std::string& out) {
  const std::size_t dot = text.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() <= 3 && std::all_of(part.begin(), part.end(), is_digit);
  };
  if (!text.starts_with('v') || dot == std::string_view::npos || !digits(text.substr(1, dot - 1)) ||
      !digits(text.substr(dot + 1)))
    return Complaint{quoted(text) + " is not a version of the Graph API",
                     "write for example \"v25.0\""};
  out = text;
  return std::nullopt;
}

Verdict parse_log_level(std::string_view text, std::string& out) {
  for (const std::string_view level : {"trace", "debug", "info", "warn", "error"}) {
    if (text != level) continue;
    out = text;
    return std::nullopt;
  }
  return Complaint{quoted(text) + " is not a log level",
                   "write \"trace\", \"debug\", \"info\", \"warn\" or \"error\""};
}

Verdict parse_ai_provider(std::string_view text, std::string& out) {
  for (const std::string_view provider : {"embedded", "openai", "anthropic"}) {
    if (text != provider) continue;
    out = text;
    return std::nullopt;
  }
  return Complaint{quoted(text) + " is not a provider",
                   "write \"embedded\", \"openai\" or \"anthropic\""};
}

Verdict parse_model_url(std::string_view text, std::string& out) {
  std::string url;
  if (auto complaint = parse_url(text, url)) return complaint;
  constexpr std::string_view kPlain = "http://";
  if (url.starts_with(kPlain)) {
    const std::string_view rest = std::string_view(url).substr(kPlain.size());
    const auto host = split_authority(rest.substr(0, rest.find('/')))->host;
    if (!is_of_local_network(host))
      return Complaint{quoted(text) + " would carry customers' messages unencrypted",
                       "write https://, or the name of a machine of the local network"};
  }
  out = url;
  return std::nullopt;
}

std::string printable(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::string out;
  for (const char c : text.substr(0, kMost)) out.push_back(c >= 0x20 && c < 0x7f ? c : '?');
  if (text.size() > kMost) out += "...";
  return out;
}

}  // namespace aura::config
