// Reader: typed access to the values of one configuration. Each call names one key, its destination
// and its allowed values; finish() reports every key that no call named. The environment overrides
// the file. Lives for one load; used by one thread.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/load.h"
#include "config/syntax.h"

namespace aura::config {

class Reader {
 public:
  Reader(std::string_view toml, std::string name, const Environment& environment);

  void boolean(const std::string& key, bool& out);
  void text(const std::string& key, std::string& out);
  void path(const std::string& key, std::filesystem::path& out);
  // A file that must exist and be readable.
  void existing_file(const std::string& key, std::filesystem::path& out);
  // `key` holds the secret, or `key`_file names the file that holds it; not both.
  void secret(const std::string& key, Secret& out);

  template <class Int>
  void integer(const std::string& key, Int& out, std::int64_t min,
               std::int64_t max = std::numeric_limits<std::int64_t>::max()) {
    if (const auto value = integer_value(key, min, max)) out = static_cast<Int>(*value);
  }

  // A text with its own syntax (syntax.h).
  template <class T>
  void parsed(const std::string& key, T& out, Verdict (*parse)(std::string_view, T&)) {
    const auto value = text_value(key);
    if (!value) return;
    if (const Verdict complaint = parse(value->text, out)) report(value->source, key, *complaint);
  }

  // Two keys that make sense only together.
  void both_or_neither(const std::string& one, const std::string& other);

  // `present` needs a key that is missing or empty.
  void missing(const std::string& present, const std::string& absent, const std::string& remedy);

  // Reports the keys that no call named and returns all errors, ordered by line.
  std::vector<ConfigError> finish();

 private:
  struct Source {
    std::string name;
    int line = 0;
  };
  struct Text {
    Source source;
    std::string text;
  };
  // An unconverted value: a node of the file, or the text of a variable.
  struct Raw {
    Source source;
    const toml::node* node = nullptr;
    std::string text;
  };

  std::optional<Raw> from_environment(const std::string& key) const;
  std::optional<Raw> from_file(const std::string& key) const;
  std::optional<Raw> find(const std::string& key);
  std::optional<std::int64_t> integer_value(const std::string& key, std::int64_t min,
                                            std::int64_t max);
  std::optional<Text> text_value(const std::string& key);
  std::optional<Text> as_text(const std::string& key, const Raw& raw);
  std::optional<std::string> read_secret_file(const std::string& key, const Text& file);
  bool is_section(const std::string& key) const;
  std::string known_in(const std::string& section) const;
  std::string known_like(const std::string& variable, std::string section) const;
  void report_unknown_in(const toml::table& table, const std::string& section);
  void report_unknown_variables();
  void report(const Source& source, const std::string& key, Complaint complaint);

  std::string name_;
  toml::table table_;
  const Environment& environment_;
  std::vector<std::string> known_;
  std::vector<ConfigError> errors_;
};

}  // namespace aura::config
