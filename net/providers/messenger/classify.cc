// What a reply of the Send API means: its error codes, its usage headers, or its silence.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>

#include "net/http.h"
#include "net/providers/lenient_json.h"
#include "net/providers/messenger/messenger_adapter.h"
#include "net/providers/messenger/send_errors.h"

namespace aura::net::messenger {
namespace {

using Kind = SendOutcome::Kind;

constexpr Millis kLeastPause = 5 * 60 * 1000;
constexpr std::int64_t kUsedUp = 100;  // percent

std::string_view header(const ProviderReply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (equals_ignoring_case(key, name)) return value;
  }
  return {};
}

std::optional<std::int64_t> http_date(std::string_view text) {
  std::tm parts{};
  const std::string copy(text);
  const char* end = strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return timegm(&parts);
}

// Seconds, or a date, which is taken relative to the server's own clock.
std::optional<Millis> retry_after(const ProviderReply& reply) {
  constexpr std::int64_t kLongest = 7 * 24 * 3600;
  const std::string_view value = header(reply, "Retry-After");
  if (value.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error != std::errc() || end != value.data() + value.size()) {
    const auto then = http_date(value);
    const auto now = http_date(header(reply, "Date"));
    if (!then || !now) return std::nullopt;
    seconds = *then - *now;
  }
  return std::clamp<std::int64_t>(seconds, 0, kLongest) * 1000;
}

// The pause that the usage headers ask for: some value is at its limit, or time to regain access
// is told (in minutes).
std::optional<Millis> usage_pause(const ProviderReply& reply) {
  std::int64_t most = 0;
  std::int64_t minutes = 0;
  auto look_at = [&](JsonView usage) {
    for (const char* name : {"call_count", "total_cputime", "total_time"}) {
      most = std::max(most, usage.integer(name).value_or(0));
    }
    minutes = std::max(minutes, usage.integer("estimated_time_to_regain_access").value_or(0));
  };
  const LenientJson business(header(reply, "X-Business-Use-Case-Usage"));
  business.root().each_member([&](std::string_view, JsonView uses) {
    for (std::size_t i = 0; i < uses.size(); ++i) look_at(uses.at(i));
  });
  const LenientJson app(header(reply, "X-App-Usage"));
  look_at(app.root());
  if (most < kUsedUp && minutes <= 0) return std::nullopt;
  constexpr std::int64_t kLongestMinutes = 7 * 24 * 60;
  return std::max(std::min(minutes, kLongestMinutes) * 60'000, kLeastPause);
}

SendOutcome no_answer(const ProviderReply& reply) {
  SendOutcome out;
  if (reply.maybe_sent) {
    out.kind = Kind::ambiguous;
    out.error_code = "no_answer";
    out.error_detail = "Facebook did not answer, so the message may or may not have arrived.";
  } else {
    out.kind = Kind::retry;
    out.error_code = "not_reached";
    out.error_detail = "Facebook could not be reached; the message is tried again.";
  }
  return out;
}

SendOutcome refused(const ProviderReply& reply, JsonView error) {
  GraphError graph;
  graph.http_status = reply.status;
  graph.code = error.integer("code").value_or(0);
  graph.subcode = error.integer("error_subcode").value_or(0);
  graph.transient = error.flag("is_transient");
  const Verdict verdict = verdict_of(graph);
  SendOutcome out;
  out.kind = verdict.kind;
  out.error_code = verdict.code;
  out.error_detail = verdict.detail;
  out.provider_code =
      graph.code == 0 ? "http " + std::to_string(reply.status) : std::to_string(graph.code);
  if (graph.subcode != 0) out.provider_code += "/" + std::to_string(graph.subcode);
  if (out.kind == Kind::retry || out.kind == Kind::pause) out.retry_after_ms = retry_after(reply);
  if (out.kind == Kind::pause && !out.retry_after_ms) {
    out.retry_after_ms = usage_pause(reply).value_or(kLeastPause);
  }
  return out;
}

}  // namespace

SendOutcome MessengerAdapter::classify(const ProviderReply& reply) const {
  if (reply.status == 0) return no_answer(reply);
  const LenientJson json(reply.body);
  const JsonView error = json.root().get("error");
  if (reply.status < 200 || reply.status >= 300 || error.is_object()) {
    return refused(reply, error);
  }
  SendOutcome out;
  out.kind = Kind::sent;
  out.external_id = json.root().text("message_id");
  out.retry_after_ms = usage_pause(reply);
  return out;
}

}  // namespace aura::net::messenger
