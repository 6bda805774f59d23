#include "bench/sim/knobs.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace aura::bench {
namespace {

using rapidjson::Value;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

// One visit for reading and writing, so that no knob can be in one of them only.
template <class Knobs, class Visit>
void visit_fields(Knobs& k, Visit visit) {
  visit("error_rate", k.error_rate);
  visit("error_status", k.error_status);
  visit("error_code", k.error_code);
  visit("error_subcode", k.error_subcode);
  visit("error_transient", k.error_transient);
  visit("error_message", k.error_message);
  visit("latency_min_ms", k.latency_min_ms);
  visit("latency_max_ms", k.latency_max_ms);
  visit("latency_tail_rate", k.latency_tail_rate);
  visit("latency_tail_ms", k.latency_tail_ms);
  visit("rate_429", k.rate_429);
  visit("retry_after_seconds", k.retry_after_seconds);
  visit("drop_after_accept_rate", k.drop_after_accept_rate);
  visit("reset_rate", k.reset_rate);
  visit("expired_token", k.expired_token);
  visit("tokens", k.tokens);
  visit("require_appsecret_proof", k.require_appsecret_proof);
  visit("app_usage_percent", k.app_usage_percent);
  visit("business_usage_percent", k.business_usage_percent);
  visit("regain_minutes", k.regain_minutes);
  visit("echo", k.echo);
  visit("delivery", k.delivery);
  visit("read", k.read);
  visit("webhook_duplicate_rate", k.webhook_duplicate_rate);
  visit("webhook_shuffle", k.webhook_shuffle);
  visit("webhook_delay_ms", k.webhook_delay_ms);
  visit("seed", k.seed);
}

bool read(const Value& v, double& out) { return v.IsNumber() && (out = v.GetDouble(), true); }
bool read(const Value& v, int& out) { return v.IsInt() && (out = v.GetInt(), true); }
bool read(const Value& v, bool& out) { return v.IsBool() && (out = v.GetBool(), true); }
bool read(const Value& v, std::uint64_t& out) {
  return v.IsUint64() && (out = v.GetUint64(), true);
}
bool read(const Value& v, std::string& out) {
  return v.IsString() && (out = std::string(v.GetString(), v.GetStringLength()), true);
}
bool read(const Value& v, std::map<std::string, std::string>& out) {
  if (!v.IsObject()) return false;
  out.clear();
  for (const auto& member : v.GetObject()) {
    if (!read(member.value, out[member.name.GetString()])) return false;
  }
  return true;
}

void write(Writer& w, double v) { w.Double(v); }
void write(Writer& w, int v) { w.Int(v); }
void write(Writer& w, bool v) { w.Bool(v); }
void write(Writer& w, std::uint64_t v) { w.Uint64(v); }
void write(Writer& w, const std::string& v) { w.String(v); }
void write(Writer& w, const std::map<std::string, std::string>& v) {
  w.StartObject();
  for (const auto& [page, token] : v) {
    w.String(page);
    w.String(token);
  }
  w.EndObject();
}

}  // namespace

std::string to_json(const Knobs& knobs) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  visit_fields(knobs, [&](const char* name, const auto& field) {
    writer.Key(name);
    write(writer, field);
  });
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string merge_json(Knobs& knobs, std::string_view json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError() || !document.IsObject()) return "knobs must be one JSON object";
  Knobs changed = knobs;
  std::size_t known = 0;
  std::string problem;
  visit_fields(changed, [&](const char* name, auto& field) {
    const auto member = document.FindMember(name);
    if (member == document.MemberEnd()) return;
    ++known;
    if (!read(member->value, field)) problem = std::string("wrong type for knob '") + name + "'";
  });
  if (problem.empty() && known != document.MemberCount()) problem = "unknown knob in the object";
  if (problem.empty()) knobs = std::move(changed);
  return problem;
}

}  // namespace aura::bench
