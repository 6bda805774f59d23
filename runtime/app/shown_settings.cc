#include "runtime/app/shown_settings.h"

#include <optional>

#include "config/each_setting.h"

namespace aura::app {
namespace {

std::string or_not_set(std::string value) { return value.empty() ? "not set" : std::move(value); }

std::string shown(const std::string& value) { return or_not_set(value); }
std::string shown(const config::Endpoint& endpoint) {
  return endpoint.host + ":" + std::to_string(endpoint.port);
}
std::string shown(std::int64_t value) { return std::to_string(value); }
std::string shown(const std::optional<int>& value) {
  return value ? std::to_string(*value) : "not set";
}

// A visitor of each_setting().
class Listing {
 public:
  void boolean(const char* key, bool value) { add(key, value ? "true" : "false"); }
  void text(const char* key, const std::string& value) { add(key, or_not_set(value)); }
  void path(const char* key, const std::filesystem::path& value) {
    add(key, or_not_set(value.string()));
  }
  void existing_file(const char* key, const std::filesystem::path& value) { path(key, value); }
  void secret(const char* key, const config::Secret& value) {
    add(key, value.empty() ? "not set" : "set");
  }
  template <class Int, class... Bounds>
  void integer(const char* key, const Int& value, Bounds...) {
    add(key, shown(value));
  }
  template <class T>
  void parsed(const char* key, const T& value, config::Verdict (*)(std::string_view, T&)) {
    add(key, shown(value));
  }

  std::vector<std::pair<std::string, std::string>> take() { return std::move(rows_); }

 private:
  void add(const char* key, std::string value) { rows_.emplace_back(key, std::move(value)); }

  std::vector<std::pair<std::string, std::string>> rows_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> shown_settings(const config::Settings& settings) {
  Listing listing;
  config::each_setting(listing, settings);
  return listing.take();
}

}  // namespace aura::app
