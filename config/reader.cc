#include "config/reader.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <utility>

#include "config/limits.h"

namespace aura::config {
namespace {

constexpr std::string_view kPrefix = "AURA_";

// channels.meta.app_id → AURA_CHANNELS__META__APP_ID
std::string variable_name(const std::string& key) {
  std::string name(kPrefix);
  for (const char c : key) {
    if (c == '.') {
      name += "__";
    } else {
      name.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
  }
  return name;
}

// The inverse: AURA_CHANNELS__META__APP_ID → channels.meta.app_id
std::string key_of_variable(const std::string& name) {
  std::string key;
  for (std::size_t i = kPrefix.size(); i < name.size(); ++i) {
    if (name.compare(i, 2, "__") == 0) {
      key.push_back('.');
      ++i;
    } else {
      key.push_back(name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] - 'A' + 'a')
                                                     : name[i]);
    }
  }
  return key;
}

// A variable's name without underscores and in lower case, to compare loosely.
std::string letters_of(const std::string& variable) {
  std::string letters;
  for (const char c : variable) {
    if (c != '_') letters.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return letters;
}

std::string type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a fraction";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

Reader::Reader(std::string_view toml, std::string name, const Environment& environment)
    : name_(std::move(name)), environment_(environment) {
  // Debian's build of the library throws; no exception leaves this function.
  try {
    table_ = toml::parse(toml, name_);
  } catch (const toml::parse_error& error) {
    std::string problem(error.description());
    std::replace_if(
        problem.begin(), problem.end(),
        [](char c) {
          return has_control({&c, 1});
        },
        '?');
    report({name_, static_cast<int>(error.source().begin.line)}, "",
           {"is not TOML: " + problem, "mend the line; the format is described at toml.io"});
  }
}

std::optional<Reader::Raw> Reader::from_environment(const std::string& key) const {
  const std::string variable = variable_name(key);
  const auto found = environment_.find(variable);
  if (found == environment_.end()) return std::nullopt;
  return Raw{{variable, 0}, nullptr, found->second};
}

std::optional<Reader::Raw> Reader::from_file(const std::string& key) const {
  const toml::node* const node = table_.at_path(key).node();
  if (node == nullptr) return std::nullopt;
  return Raw{{name_, static_cast<int>(node->source().begin.line)}, node, {}};
}

std::optional<Reader::Raw> Reader::find(const std::string& key) {
  known_.push_back(key);
  if (auto raw = from_environment(key)) return raw;
  return from_file(key);
}

std::optional<Reader::Text> Reader::as_text(const std::string& key, const Raw& raw) {
  Text text{raw.source, raw.text};
  if (raw.node != nullptr) {
    const auto* const value = raw.node->as_string();
    if (value == nullptr) {
      report(raw.source, key,
             {"must be a text, not " + type_name(*raw.node), "put the value in double quotes"});
      return std::nullopt;
    }
    text.text = value->get();
  }
  if (has_control(text.text)) {
    report(raw.source, key, {"has a control character or a line break in it", "remove it"});
    return std::nullopt;
  }
  return text;
}

std::optional<Reader::Text> Reader::text_value(const std::string& key) {
  const auto raw = find(key);
  return raw ? as_text(key, *raw) : std::nullopt;
}

std::optional<std::int64_t> Reader::integer_value(const std::string& key, std::int64_t min,
                                                  std::int64_t max) {
  const auto raw = find(key);
  if (!raw) return std::nullopt;
  std::int64_t value = 0;
  bool whole = false;
  if (raw->node == nullptr) {
    const char* const end = raw->text.data() + raw->text.size();
    const auto parsed = std::from_chars(raw->text.data(), end, value);
    whole = !raw->text.empty() && parsed.ec == std::errc() && parsed.ptr == end;
  } else if (const auto* const number = raw->node->as_integer()) {
    value = number->get();
    whole = true;
  }
  if (whole && value >= min && value <= max) return value;
  const std::string range = max == std::numeric_limits<std::int64_t>::max()
                                ? "of at least " + std::to_string(min)
                                : "from " + std::to_string(min) + " to " + std::to_string(max);
  const std::string got = whole                  ? std::to_string(value)
                          : raw->node != nullptr ? type_name(*raw->node)
                                                 : "\"" + printable(raw->text) + "\"";
  report(
      raw->source, key,
      {"must be a whole number " + range + ", not " + got, "write it in digits, without quotes"});
  return std::nullopt;
}

void Reader::boolean(const std::string& key, bool& out) {
  const auto raw = find(key);
  if (!raw) return;
  if (raw->node == nullptr && (raw->text == "true" || raw->text == "false")) {
    out = raw->text == "true";
  } else if (const auto* const value = raw->node != nullptr ? raw->node->as_boolean() : nullptr) {
    out = value->get();
  } else {
    report(raw->source, key, {"must be true or false", "write true or false, without quotes"});
  }
}

void Reader::text(const std::string& key, std::string& out) {
  if (auto value = text_value(key)) out = std::move(value->text);
}

void Reader::path(const std::string& key, std::filesystem::path& out) {
  const auto value = text_value(key);
  if (!value) return;
  if (value->text.empty()) {
    report(value->source, key, {"is empty", "name a path, or leave the key out"});
    return;
  }
  out = value->text;
}

void Reader::existing_file(const std::string& key, std::filesystem::path& out) {
  const auto value = text_value(key);
  if (!value) return;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(value->text, ignored) || !std::ifstream(value->text)) {
    report(value->source, key,
           {"the file \"" + printable(value->text) + "\" cannot be read",
            "check the path (it counts from the working directory) and its permissions"});
    return;
  }
  out = value->text;
}

std::optional<std::string> Reader::read_secret_file(const std::string& key, const Text& file) {
  std::error_code ignored;
  std::ifstream in(file.text, std::ios::binary);
  std::string content(limits::kSecretFileBytes + 1, '\0');
  if (in && std::filesystem::is_regular_file(file.text, ignored))
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(in.gcount()));
  if (content.ends_with('\n')) content.pop_back();
  if (content.ends_with('\r')) content.pop_back();
  if (content.empty() || content.size() > limits::kSecretFileBytes || has_control(content)) {
    report(file.source, key,
           {"the file \"" + printable(file.text) + "\" does not hold a secret of one line",
            "check the path (it counts from the working directory), its permissions and content"});
    return std::nullopt;
  }
  return content;
}

void Reader::secret(const std::string& key, Secret& out) {
  const std::string file_key = key + "_file";
  known_.push_back(key);
  known_.push_back(file_key);
  auto direct = from_environment(key);
  auto in_file = from_environment(file_key);
  if (!direct && !in_file) {
    direct = from_file(key);
    in_file = from_file(file_key);
  }
  if (direct && in_file) {
    report(in_file->source, file_key, {"stands beside " + key, "keep one of the two"});
    return;
  }
  if (direct) {
    if (auto value = as_text(key, *direct)) out = Secret(std::move(value->text));
  } else if (in_file) {
    const auto file = as_text(file_key, *in_file);
    auto value = file ? read_secret_file(file_key, *file) : std::nullopt;
    if (value) out = Secret(std::move(*value));
  }
}

void Reader::both_or_neither(const std::string& one, const std::string& other) {
  for (const auto& [present, absent] : {std::pair(one, other), std::pair(other, one)}) {
    if (!from_environment(absent) && !from_file(absent))
      missing(present, absent, "set both, or neither");
  }
}

void Reader::missing(const std::string& present, const std::string& absent,
                     const std::string& remedy) {
  auto raw = from_environment(present);
  if (!raw) raw = from_file(present);
  if (raw) report(raw->source, present, {"stands without " + absent, remedy});
}

bool Reader::is_section(const std::string& key) const {
  return std::any_of(known_.begin(), known_.end(),
                     [&](const std::string& known) { return known.starts_with(key + "."); });
}

// The names allowed in a section, for the remedy.
std::string Reader::known_in(const std::string& section) const {
  const std::string prefix = section.empty() ? "" : section + ".";
  std::vector<std::string> names;
  for (const std::string& known : known_) {
    if (!known.starts_with(prefix)) continue;
    const std::string rest = known.substr(prefix.size());
    const std::string name = rest.substr(0, rest.find('.'));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return section.empty() ? "the tables are " + list : "[" + section + "] knows " + list;
}

void Reader::report_unknown_in(const toml::table& table, const std::string& section) {
  for (const auto& [name, node] : table) {
    const std::string key =
        section.empty() ? std::string(name.str()) : section + "." + std::string(name.str());
    const Source source{name_, static_cast<int>(name.source().begin.line)};
    const bool quoted = name.str().find('.') != std::string_view::npos;  // "public.url" = …
    if (!quoted && std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    if (quoted || !is_section(key)) {
      report(source, key, {"is not a known key", known_in(section)});
    } else if (const toml::table* const inner = node.as_table()) {
      report_unknown_in(*inner, key);
    } else {
      report(source, key, {"is a table", "begin it with [" + key + "]"});
    }
  }
}

// A guess at the intended name of an unknown variable in `section`, for the remedy.
std::string Reader::known_like(const std::string& variable, std::string section) const {
  const std::string meant = letters_of(variable);
  for (const std::string& known : known_) {
    if (letters_of(variable_name(known)) == meant) return "write " + variable_name(known);
  }
  while (!section.empty() && !is_section(section))
    section.resize(section.find('.') == std::string::npos ? 0 : section.rfind('.'));
  return known_in(section) + "; levels are joined by two underscores";
}

// A variable that contains "__" or begins with a table's name is meant as a setting: a typing error
// must not silently leave a default in force. Our other variables (AURA_FAILPOINT, …) do neither.
void Reader::report_unknown_variables() {
  for (const auto& [name, value] : environment_) {
    if (!name.starts_with(kPrefix)) continue;
    const std::string key = key_of_variable(name);
    const bool nested = key.find('.') != std::string::npos;
    const std::string section = key.substr(0, nested ? key.rfind('.') : key.find('_'));
    if (!nested && !is_section(section)) continue;
    if (std::find(known_.begin(), known_.end(), key) != known_.end() && variable_name(key) == name)
      continue;
    report({name, 0}, key, {"is not a known key", known_like(name, section)});
  }
}

std::vector<ConfigError> Reader::finish() {
  report_unknown_in(table_, "");
  report_unknown_variables();
  std::stable_sort(errors_.begin(), errors_.end(), [&](const auto& a, const auto& b) {
    return std::pair(a.source != name_, a.line) < std::pair(b.source != name_, b.line);
  });
  return std::move(errors_);
}

void Reader::report(const Source& source, const std::string& key, Complaint complaint) {
  errors_.push_back({source.name, source.line, printable(key), std::move(complaint.problem),
                     std::move(complaint.remedy)});
}

}  // namespace aura::config
