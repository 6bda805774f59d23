#include "bench/scenario/scenario.h"

#include <toml++/toml.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "bench/sim/inbound.h"
#include "bench/sim/json_read.h"
#include "bench/sim/knobs.h"

namespace aura::bench {
namespace {

using rapidjson::Value;

// Reads the members of one object; an unknown member is an error.
class Reader {
 public:
  Reader(const Value& object, std::string path, std::string& error)
      : object_(object), path_(std::move(path)), error_(error) {
    if (!object_.IsObject()) fail("", "must be a table");
  }
  ~Reader() {
    if (!object_.IsObject() || !error_.empty()) return;
    for (const auto& one : object_.GetObject()) {
      if (!asked_.contains(one.name.GetString())) fail(one.name.GetString(), "is not a known key");
    }
  }
  const Value* take(const char* name) {
    asked_.insert(name);
    return member(object_, name);
  }
  void read(const char* name, std::string& out) {
    const auto* value = take(name);
    if (value == nullptr) return;
    value->IsString() ? void(out = text_of(value)) : fail(name, "must be a string");
  }
  void read(const char* name, double& out, double least, double most) {
    const auto* value = take(name);
    if (value == nullptr) return;
    if (!value->IsNumber() || value->GetDouble() < least || value->GetDouble() > most) {
      return fail(name, "must be a number from " + shown(least) + " to " + shown(most));
    }
    out = value->GetDouble();
  }
  void read(const char* name, bool& out) {
    const auto* value = take(name);
    if (value == nullptr) return;
    value->IsBool() ? void(out = value->GetBool()) : fail(name, "must be true or false");
  }
  template <class Whole>
  void read_whole(const char* name, Whole& out, Whole least, Whole most) {
    const auto* value = take(name);
    if (value == nullptr) return;
    if (!value->IsInt64() || value->GetInt64() < static_cast<std::int64_t>(least) ||
        value->GetInt64() > static_cast<std::int64_t>(most)) {
      return fail(name, "must be a whole number from " + std::to_string(least) + " to " +
                            std::to_string(most));
    }
    out = static_cast<Whole>(value->GetInt64());
  }
  void read_knobs(const char* name, std::string& out) {
    const auto* value = take(name);
    if (value == nullptr) return;
    out = json_text(*value);
    if (const auto wrong = KnobSet{}.merge(out); !wrong.empty()) fail(name, wrong);
  }
  void fail(const std::string& name, const std::string& what) {
    if (!error_.empty()) return;
    error_ = path_ + (path_.empty() || name.empty() ? "" : ".") + name + ": " + what;
  }
  std::string below(const std::string& name) const {
    return path_.empty() ? name : path_ + "." + name;
  }

 private:
  static std::string shown(double value) {
    std::ostringstream out;
    out << value;
    return out.str();
  }
  const Value& object_;
  std::string path_;
  std::string& error_;
  std::set<std::string> asked_;
};

bool is_kind(const std::string& channel, const std::string& kind) {
  if (kind == "question" || kind == "small_talk") return true;
  const auto known = channel_named(channel);
  return known && inbound_kind(*known, kind) != nullptr;
}

void read_kinds(Reader& in, const Value& kinds, ScenarioChannel& out) {
  if (!kinds.IsObject()) return in.fail("kinds", "must be a table of weights");
  for (const auto& kind : kinds.GetObject()) {
    const std::string name = kind.name.GetString();
    if (!is_kind(out.name, name)) {
      return in.fail("kinds." + name, "is not a kind of message of " + out.name);
    }
    if (!kind.value.IsNumber() || kind.value.GetDouble() < 0) {
      return in.fail("kinds." + name, "must be a weight of 0 or more");
    }
    out.kinds[name] = kind.value.GetDouble();
  }
}

ScenarioChannel read_channel(const std::string& name, const Value& value, std::string& error) {
  Reader in(value, "channels." + name, error);
  ScenarioChannel out;
  out.name = name;
  if (name != "webchat" && !channel_named(name)) {
    in.fail("", "is not one of messenger, instagram, whatsapp, sms, webchat");
  }
  in.read("share", out.share, 0, 1e6);
  in.read_whole<std::uint64_t>("accounts", out.accounts, 1, 10'000);
  in.read_whole<std::uint64_t>("people", out.people, 1, 1'000'000);
  if (const auto* kinds = in.take("kinds")) read_kinds(in, *kinds, out);
  double weight = 0;
  for (const auto& [kind, one] : out.kinds) weight += one;
  if (weight <= 0) out.kinds = {{"question", 1}};
  return out;
}

void read_faults(Reader& in, Scenario& out, std::string& error) {
  const auto* faults = in.take("faults");
  if (faults == nullptr) return;
  if (!faults->IsArray()) return in.fail("faults", "must be an array of tables");
  for (const auto& one : faults->GetArray()) {
    Reader fault_in(one, "faults[" + std::to_string(out.faults.size()) + "]", error);
    ScenarioFault fault;
    fault_in.read("from", fault.from, 0, 1);
    fault_in.read("until", fault.until, fault.from, 1);
    fault_in.read("reconnect", fault.reconnect);
    fault_in.read_knobs("knobs", fault.knobs);
    if (fault.knobs.empty()) fault_in.fail("knobs", "is required");
    out.faults.push_back(std::move(fault));
  }
}

std::string read_all(const Value& document, Scenario& out) {
  std::string error;
  {
    Reader in(document, "", error);
    in.read("name", out.name);
    in.read("about", out.about);
    in.read_whole<std::uint64_t>("seed", out.seed, 0, 1'000'000'000);
    in.read_whole<std::uint64_t>("count", out.count, 1, 10'000'000);
    in.read("per_second", out.per_second, 0, 1e6);
    in.read_whole<std::uint64_t>("in_flight", out.in_flight, 1, 10'000);
    in.read("limit_seconds", out.limit_seconds, 1, 86'400);
    in.read("drain_seconds", out.drain_seconds, 1, 86'400);
    in.read_knobs("knobs", out.knobs);
    read_faults(in, out, error);
    if (const auto* channels = in.take("channels"); channels && channels->IsObject()) {
      for (const auto& one : channels->GetObject()) {
        out.channels.push_back(read_channel(one.name.GetString(), one.value, error));
      }
    }
    if (out.channels.empty()) in.fail("channels", "at least one is required");
    if (const auto* expect = in.take("expect")) {
      Reader limits(*expect, "expect", error);
      constexpr std::int64_t kAny = 1'000'000'000;
      limits.read_whole<std::int64_t>("failed_sends", out.failed_sends, -1, kAny);
      limits.read_whole<std::int64_t>("unanswered", out.unanswered, -1, kAny);
      limits.read_whole<std::int64_t>("dead_letters", out.dead_letters, -1, kAny);
      limits.read("extra_calls", out.extra_calls, -1, 1'000);
      limits.read("goodput", out.goodput, 0, 1);
    }
  }
  return error;
}

}  // namespace

tl::expected<Scenario, std::string> parse_scenario(std::string_view text, bool is_toml) {
  std::string json(text);
  if (is_toml) {
    try {
      std::ostringstream out;
      const auto table = toml::parse(text);
      out << toml::json_formatter{table};
      json = out.str();
    } catch (const toml::parse_error& error) {
      std::ostringstream where;
      where << error.description() << " (line " << error.source().begin.line << ")";
      return tl::unexpected(where.str());
    }
  }
  rapidjson::Document document;
  if (!parse_json(document, json)) return tl::unexpected(std::string("this is not a JSON object"));
  Scenario out;
  if (auto error = read_all(document, out); !error.empty()) return tl::unexpected(error);
  return out;
}

tl::expected<Scenario, std::string> load_scenario(const std::string& path) {
  std::ifstream file(path);
  if (!file) return tl::unexpected(path + " cannot be read");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto out = parse_scenario(text, path.ends_with(".toml"));
  if (!out) return tl::unexpected(path + ": " + out.error());
  if (out->name.empty()) out->name = path.substr(path.rfind('/') + 1);
  return out;
}

}  // namespace aura::bench
