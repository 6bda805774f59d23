#include "bench/sim/knobs.h"

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

using rapidjson::Value;
using Writer = JsonWriter;

// One visitor for reading and writing, so that both know the same knobs.
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
  visit("account_per_second", k.account_per_second);
  visit("pair_interval_seconds", k.pair_interval_seconds);
  visit("pair_burst", k.pair_burst);
  visit("drop_after_accept_rate", k.drop_after_accept_rate);
  visit("reset_rate", k.reset_rate);
  visit("expired_token", k.expired_token);
  visit("tokens", k.tokens);
  visit("recipient_errors", k.recipient_errors);
  visit("closed_windows", k.closed_windows);
  visit("require_appsecret_proof", k.require_appsecret_proof);
  visit("media_expired", k.media_expired);
  visit("media_url_seconds", k.media_url_seconds);
  visit("app_usage_percent", k.app_usage_percent);
  visit("business_usage_percent", k.business_usage_percent);
  visit("regain_minutes", k.regain_minutes);
  visit("echo", k.echo);
  visit("sent", k.sent);
  visit("delivery", k.delivery);
  visit("read", k.read);
  visit("failed_rate", k.failed_rate);
  visit("failed_code", k.failed_code);
  visit("webhook_duplicate_rate", k.webhook_duplicate_rate);
  visit("webhook_shuffle", k.webhook_shuffle);
  visit("webhook_delay_ms", k.webhook_delay_ms);
  visit("webhook_jitter_ms", k.webhook_jitter_ms);
  visit("webhook_batch", k.webhook_batch);
  visit("webhook_wrong_signature_rate", k.webhook_wrong_signature_rate);
  visit("webhook_retries", k.webhook_retries);
  visit("webhook_retry_ms", k.webhook_retry_ms);
  visit("model_answer", k.model_answer);
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

bool read(const Value& v, std::set<std::string>& out) {
  if (!v.IsArray()) return false;
  out.clear();
  for (const auto& element : v.GetArray()) {
    if (!element.IsString()) return false;
    out.insert(element.GetString());
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

void write(Writer& w, const std::set<std::string>& v) {
  w.StartArray();
  for (const auto& text : v) w.String(text);
  w.EndArray();
}

// Overlays the members of `changes` on the JSON object `base`, which may be empty.
std::string put_over(const std::string& base, const Value& changes) {
  rapidjson::Document out;
  if (base.empty() || !parse_json(out, base)) out.SetObject();
  for (const auto& change : changes.GetObject()) {
    out.RemoveMember(change.name);
    out.AddMember(Value(change.name, out.GetAllocator()), Value(change.value, out.GetAllocator()),
                  out.GetAllocator());
  }
  return json_text(out);
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
  std::set<std::string_view> known;
  std::string problem;
  visit_fields(changed, [&](const char* name, auto& field) {
    known.insert(name);
    const auto member = document.FindMember(name);
    if (member == document.MemberEnd()) return;
    if (!read(member->value, field)) problem = std::string("wrong type for knob '") + name + "'";
  });
  for (const auto& one : document.GetObject()) {
    const std::string_view name = one.name.GetString();
    if (problem.empty() && !known.contains(name)) {
      problem = "unknown knob '" + std::string(name) + "'";
    }
  }
  if (problem.empty()) knobs = std::move(changed);
  return problem;
}

KnobSet::KnobSet(Knobs all) : all_(std::move(all)) { effective_.fill(all_); }

std::string KnobSet::merge(std::string_view json) {
  rapidjson::Document document;
  if (!parse_json(document, json)) return "knobs must be one JSON object";
  auto overrides = overrides_;
  for (std::size_t at = 0; at < kKnobOwners.size(); ++at) {
    const std::string name(kKnobOwners[at]);
    const auto found = document.FindMember(name.c_str());
    if (found == document.MemberEnd()) continue;
    auto& mine = overrides[at];
    if (found->value.IsNull()) {
      mine.clear();
    } else if (found->value.IsObject()) {
      mine = put_over(mine, found->value);
    } else {
      return "the knobs of '" + name + "' must be an object or null";
    }
    document.RemoveMember(found);
  }
  auto all = all_;
  if (auto wrong = merge_json(all, json_text(document)); !wrong.empty()) return wrong;
  return recompute(all, overrides);
}

std::string KnobSet::recompute(const Knobs& all, const Overrides& overrides) {
  std::array<Knobs, kKnobOwners.size()> effective;
  effective.fill(all);
  for (std::size_t at = 0; at < kKnobOwners.size(); ++at) {
    if (overrides[at].empty()) continue;
    const auto wrong = merge_json(effective[at], overrides[at]);
    if (!wrong.empty()) return wrong + " (of " + std::string(kKnobOwners[at]) + ")";
  }
  all_ = all;
  overrides_ = overrides;
  effective_ = std::move(effective);
  return {};
}

std::string KnobSet::json() const {
  auto text = to_json(all_);
  for (std::size_t at = 0; at < kKnobOwners.size(); ++at) {
    const auto& mine = overrides_[at];
    if (mine.empty()) continue;
    text.pop_back();
    text += ",\"" + std::string(kKnobOwners[at]) + "\":" + mine + "}";
  }
  return text;
}

}  // namespace aura::bench
