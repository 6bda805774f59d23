// config/example.toml is documentation that is run: it shows every key with its default.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "config/load.h"

namespace aura::config {
namespace {

std::string example() {
  std::ifstream in(AURA_SOURCE_DIR "/config/example.toml");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Its commented-out settings ("#key = value") put in force.
std::string uncommented() {
  static const std::regex kSetting("(^|\n)#([a-z_]+ = )");
  return std::regex_replace(example(), kSetting, "$1$2");
}

TEST(Example, LoadsAsItStands) {
  const LoadResult result = load_string(example(), "example.toml", {});
  for (const ConfigError& error : result.errors) ADD_FAILURE() << error.text();
  EXPECT_FALSE(example().empty());
}

// Every setting in it is a known key; what can be wrong are only its example files.
TEST(Example, EverySettingInItIsKnown) {
  for (const ConfigError& error : load_string(uncommented(), "example.toml", {}).errors) {
    EXPECT_TRUE(error.key == "public.tls_certificate" || error.key == "public.tls_key" ||
                error.problem.find("stands beside") != std::string::npos)
        << error.text();
  }
}

// An unknown key's remedy lists what its table knows: each of those must be in the example.
TEST(Example, EveryKnownKeyIsInIt) {
  const std::string text = example();
  const char* const tables[] = {"public",          "operator", "storage",
                                "security",        "runtime",  "channels.meta",
                                "channels.twilio", "ai",       "log"};
  for (const std::string table : tables) {
    const LoadResult result = load_string("[" + table + "]\nno_such_key = 1\n", "x", {});
    ASSERT_EQ(result.errors.size(), 1u);
    std::string names = result.errors[0].remedy;
    names.erase(0, names.find(" knows ") + 7);
    const std::size_t begin = text.find("\n[" + table + "]");
    ASSERT_NE(begin, std::string::npos) << table;
    const std::string section = text.substr(begin, text.find("\n[", begin + 1) - begin);
    static const std::regex kName("[a-z_]+");
    for (std::sregex_iterator at(names.begin(), names.end(), kName), end; at != end; ++at)
      EXPECT_TRUE(std::regex_search(section, std::regex("\n#?" + at->str() + " = ")))
          << table << "." << at->str();
  }
}

}  // namespace
}  // namespace aura::config
