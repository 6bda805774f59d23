// Classifies replies of the Send API: by error codes, usage headers, or a missing answer.
#include "net/providers/graph_usage.h"
#include "net/providers/lenient_json.h"
#include "net/providers/meta/graph_adapter.h"
#include "net/providers/meta/graph_errors.h"
#include "net/providers/reply_headers.h"

namespace aura::net::meta {
namespace {

using Kind = SendOutcome::Kind;

constexpr Millis kLeastPause = 5 * 60 * 1000;

SendOutcome no_answer(const ProviderReply& reply, const Product& product) {
  SendOutcome out;
  if (reply.maybe_sent) {
    out.kind = Kind::ambiguous;
    out.error_code = "no_answer";
    out.error_detail =
        worded("{company} did not answer, so the message may or may not have arrived.", product);
  } else {
    out.kind = Kind::retry;
    out.error_code = "not_reached";
    out.error_detail =
        worded("{company} could not be reached; the message is tried again.", product);
  }
  return out;
}

SendOutcome refused(const ProviderReply& reply, JsonView error, const Product& product) {
  const GraphError graph = read_error(error, reply.status);
  const Verdict verdict = verdict_of(graph);
  const GraphUsage usage = graph_usage(reply);
  SendOutcome out;
  out.kind = verdict.kind;
  out.error_code = verdict.code;
  out.error_detail = worded(verdict.detail, product);
  out.file_refused = out.error_code == "attachment_rejected";
  constexpr std::int64_t kTokenRefused = 190;
  out.token_doubted = graph.code == kTokenRefused;
  out.for_owner = verdict.of_owner;
  out.usage_percent = usage.percent_for_outcome();
  out.provider_code =
      graph.code == 0 ? "http " + std::to_string(reply.status) : std::to_string(graph.code);
  if (graph.subcode != 0) out.provider_code += "/" + std::to_string(graph.subcode);
  if (out.kind == Kind::retry || out.kind == Kind::pause) out.retry_after_ms = retry_after(reply);
  if (out.kind == Kind::pause && !out.retry_after_ms) {
    out.retry_after_ms = usage.pause(kLeastPause).value_or(kLeastPause);
  }
  if (out.kind == Kind::pause && (verdict.of_app || usage.of_app)) {
    out.pause_scope = SendOutcome::Scope::app;
  }
  return out;
}

}  // namespace

SendOutcome GraphAdapter::classify(const ProviderReply& reply) const {
  if (reply.status == 0) return no_answer(reply, product_);
  const LenientJson json(reply.body);
  const JsonView error = json.root().get("error");
  if (reply.status < 200 || reply.status >= 300 || error.is_object()) {
    return refused(reply, error, product_);
  }
  const GraphUsage usage = graph_usage(reply);
  SendOutcome out;
  out.kind = Kind::sent;
  out.external_id = json.root().text("message_id");
  out.retry_after_ms = usage.pause(kLeastPause);
  out.usage_percent = usage.percent_for_outcome();
  if (usage.of_app) out.pause_scope = SendOutcome::Scope::app;
  return out;
}

}  // namespace aura::net::meta
