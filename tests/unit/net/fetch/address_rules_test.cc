// The address rules: which networks are public, which addresses may be fetched.
#include "net/fetch/address_rules.h"

#include <gtest/gtest.h>

#include "tests/unit/net/fetch/blocked_urls.h"

namespace aura::net {
namespace {

AddressClass kind_of(const std::string& text) {
  return address_class(boost::asio::ip::make_address(text));
}

TEST(AddressRules, EveryNetworkHasItsKind) {
  const std::vector<std::pair<std::string, AddressClass>> table{
      {"0.0.0.0", AddressClass::unspecified},
      {"10.1.2.3", AddressClass::private_use},
      {"100.63.255.255", AddressClass::global},
      {"100.64.0.0", AddressClass::shared},
      {"100.127.255.255", AddressClass::shared},
      {"100.128.0.0", AddressClass::global},
      {"126.255.255.255", AddressClass::global},
      {"127.0.0.1", AddressClass::loopback},
      {"128.0.0.0", AddressClass::global},
      {"169.253.255.255", AddressClass::global},
      {"169.254.1.1", AddressClass::link_local},
      {"169.254.169.254", AddressClass::metadata},
      {"169.255.0.0", AddressClass::global},
      {"172.15.255.255", AddressClass::global},
      {"172.16.0.0", AddressClass::private_use},
      {"172.31.255.255", AddressClass::private_use},
      {"172.32.0.0", AddressClass::global},
      {"192.0.1.0", AddressClass::global},
      {"192.0.2.9", AddressClass::documentation},
      {"192.167.255.255", AddressClass::global},
      {"192.168.7.7", AddressClass::private_use},
      {"198.17.255.255", AddressClass::global},
      {"198.18.0.0", AddressClass::benchmarking},
      {"198.20.0.0", AddressClass::global},
      {"223.255.255.255", AddressClass::global},
      {"224.0.0.0", AddressClass::multicast},
      {"240.0.0.0", AddressClass::reserved},
      {"255.255.255.255", AddressClass::reserved},
      {"8.8.8.8", AddressClass::global},
      {"::1", AddressClass::loopback},
      {"::", AddressClass::unspecified},
      {"::ffff:8.8.8.8", AddressClass::translated},
      {"64:ff9b::808:808", AddressClass::translated},
      {"2001:4860:4860::8888", AddressClass::global},
      {"2606:4700::1111", AddressClass::global},
      {"2a03:2880:f003::1", AddressClass::global},
      {"2002:808:808::1", AddressClass::translated},
      {"2001:200::1", AddressClass::global},
      {"2001:1ff::1", AddressClass::reserved},
      {"fd00:ec2::254", AddressClass::metadata},
      {"fe80::1", AddressClass::link_local},
      {"ff02::1", AddressClass::multicast},
      {"4000::1", AddressClass::reserved},
      {"3fff:fff::1", AddressClass::documentation},
      {"3fff:1000::1", AddressClass::global},
  };
  for (const auto& [text, kind] : table)
    EXPECT_EQ(kind_of(text), kind) << text << " is " << to_string(kind_of(text));
}

TEST(AddressRules, RefusesEveryBlockedUrl) {
  const auto urls = test::blocked_urls();
  EXPECT_GE(urls.size(), 200U);
  for (const std::string& url : urls)
    EXPECT_FALSE(check_fetch_url(url, {})) << "not refused: " << url;
  for (const std::string& address : test::blocked_addresses())
    EXPECT_NE(kind_of(address), AddressClass::global) << address;
}

TEST(AddressRules, LetsPublicAddressesPass) {
  for (const std::string url :
       {"http://example.com", "https://example.com/", "HTTPS://Example.COM./a?b=c",
        "http://example.com:80/", "https://example.com:443/x", "http://93.184.216.34/",
        "https://8.8.8.8:443/", "http://[2606:4700::1111]/",
        "https://lookaside.fbsbx.com/whatsapp?a=1",
        "https://scontent.xx.fbcdn.net/v/t1.jpg?_nc_sig=a%2Fb", "http://a_b.example.com/",
        "http://xn--bcher-kva.example/", "http://7.example.com/",
        "https://api.twilio.com/2010-04-01/x"})
    EXPECT_TRUE(check_fetch_url(url, {})) << url;
  EXPECT_EQ(check_fetch_url("HTTPS://Example.COM./a?b=c", {})->host, "example.com");
}

TEST(AddressRules, OnlyTheExactConfiguredOriginIsTrusted) {
  const auto trusted = trusted_origins({"http://127.0.0.1:4010/", "https://graph.facebook.com"});
  EXPECT_TRUE(check_fetch_url("http://127.0.0.1:4010/media/1", trusted));
  EXPECT_FALSE(check_fetch_url("http://127.0.0.1:4011/media/1", trusted));
  EXPECT_FALSE(check_fetch_url("https://127.0.0.1:4010/media/1", trusted));
  EXPECT_FALSE(check_fetch_url("http://127.0.0.1/media/1", trusted));
  EXPECT_FALSE(check_fetch_url("http://localhost:4010/media/1", trusted));
  EXPECT_FALSE(check_fetch_url("http://u@127.0.0.1:4010/media/1", trusted));
  EXPECT_FALSE(check_fetch_url("http://2130706433:4010/media/1", trusted));
}

TEST(AddressRules, LocationsAreSeenFromTheirPage) {
  const Url page = *parse_url("https://a.example.com/one/two?x=1");
  const std::vector<std::pair<std::string, std::string>> table{
      {"https://b.example.com/c", "https://b.example.com/c"},
      {"//b.example.com/c", "https://b.example.com/c"},
      {"/c?d#e", "https://a.example.com:443/c?d"},
      {"c", "https://a.example.com:443/one/c"},
      {"?y=2", "https://a.example.com:443/one/two?y=2"},
      {"", "https://a.example.com:443/one/two?x=1"},
      {"file:///etc/passwd", "file:///etc/passwd"},
      {"http:c", "http:c"},
  };
  for (const auto& [location, wanted] : table)
    EXPECT_EQ(resolve_location(page, location), wanted) << location;
}

}  // namespace
}  // namespace aura::net
