// config/example.toml is tested documentation: it shows every key with its default.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "config/load.h"

namespace aura::config {
namespace {

std::string example() {
  std::ifstream in(AURA_SOURCE_DIR "/config/example.toml");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The setting's name in "name = …" or "#name = …"; else empty.
std::string setting_name(std::string_view line) {
  if (line.starts_with('#')) line.remove_prefix(1);
  const std::size_t end = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  if (end == std::string_view::npos || end == 0 || !line.substr(end).starts_with(" = ")) return {};
  return std::string(line.substr(0, end));
}

// The example with its commented-out settings enabled.
std::string uncommented() {
  std::istringstream in(example());
  std::string out;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#') && !setting_name(line).empty()) line.erase(0, 1);
    out += line + "\n";
  }
  return out;
}

TEST(Example, LoadsAsItStands) {
  const LoadResult result = load_string(example(), "example.toml", {});
  for (const ConfigError& error : result.errors) ADD_FAILURE() << error.text();
  EXPECT_FALSE(example().empty());
}

// Every setting in the example is a known key. The allowed errors are about its example files: a
// missing TLS file, or a secret given both directly and by a file.
TEST(Example, EverySettingInItIsKnown) {
  for (const ConfigError& error : load_string(uncommented(), "example.toml", {}).errors) {
    EXPECT_TRUE(error.key == "public.tls_certificate" || error.key == "public.tls_key" ||
                error.problem.find("stands beside") != std::string::npos)
        << error.text();
  }
}

// The remedy for an unknown key lists the keys of its table: the example must have each of them.
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
    std::istringstream section(text.substr(begin, text.find("\n[", begin + 1) - begin));
    std::set<std::string> shown;
    for (std::string line; std::getline(section, line);) shown.insert(setting_name(line));
    std::istringstream list(names);
    for (std::string name; std::getline(list, name, ',');) {
      if (name.starts_with(' ')) name.erase(0, 1);
      EXPECT_TRUE(shown.contains(name)) << table << "." << name;
    }
  }
}

}  // namespace
}  // namespace aura::config
