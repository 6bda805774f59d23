// Classifies replies of the Cloud API: accepted, an error by its code, or no answer. Delivery is
// reported later by a status.
#include "net/providers/graph_usage.h"
#include "net/providers/lenient_json.h"
#include "net/providers/reply_headers.h"
#include "net/providers/whatsapp/delivery_errors.h"
#include "net/providers/whatsapp/person.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"

namespace aura::net::whatsapp {
namespace {

using Kind = SendOutcome::Kind;

constexpr Millis kLeastPause = 60 * 1000;

SendOutcome no_answer(const ProviderReply& reply) {
  SendOutcome out;
  if (reply.maybe_sent) {
    out.kind = Kind::ambiguous;
    out.error_code = "no_answer";
    out.error_detail = "WhatsApp did not answer, so the message may or may not have arrived.";
  } else {
    out.kind = Kind::retry;
    out.error_code = "not_reached";
    out.error_detail = "WhatsApp could not be reached; the message is tried again.";
  }
  return out;
}

SendOutcome refused(const ProviderReply& reply, JsonView error) {
  const std::int64_t code = error.integer("code").value_or(0);
  const Verdict verdict =
      verdict_of(code, error.integer("error_subcode").value_or(0), reply.status);
  const GraphUsage usage = graph_usage(reply);
  SendOutcome out;
  out.usage_percent = usage.percent_for_outcome();
  out.kind = verdict.kind;
  out.error_code = verdict.code;
  out.error_detail = verdict.detail;
  out.file_refused = verdict.of_file;
  out.for_owner = verdict.of_owner;
  out.provider_code =
      error.has("code") ? std::to_string(code) : "http " + std::to_string(reply.status);
  if (out.kind != Kind::retry && out.kind != Kind::pause) return out;
  out.retry_after_ms = retry_after(reply);
  if (!out.retry_after_ms && verdict.retry_after_ms > 0) {
    out.retry_after_ms = verdict.retry_after_ms;
  }
  constexpr std::int64_t kAppLimit = 4;
  if (verdict.of_contact) {
    out.pause_scope = SendOutcome::Scope::contact;  // default pause: 4^n seconds
  } else if (verdict.of_marketing) {
    out.pause_scope = SendOutcome::Scope::marketing;
  } else if (out.kind == Kind::pause && (code == kAppLimit || usage.of_app)) {
    out.pause_scope = SendOutcome::Scope::app;
  }
  if (out.pause_scope == SendOutcome::Scope::contact) return out;
  if (out.kind == Kind::pause && !out.retry_after_ms) {
    out.retry_after_ms = usage.pause(kLeastPause).value_or(kLeastPause);
  }
  return out;
}

// Templates that WhatsApp does not know well yet go to some people first; the others wait for their
// verdict.
void read_hold(std::string_view status, SendOutcome& out) {
  out.held = status == "held_for_quality_assessment" || status == "paused";
  if (!out.held) return;
  out.error_code = "held";
  out.error_detail =
      status == "paused"
          ? "WhatsApp has taken the message, but has paused its template: it is not sent for now."
          : "WhatsApp has taken the message, but holds it back until it has seen how others like "
            "its template. WhatsApp sends it by itself, or says that it failed.";
}

}  // namespace

SendOutcome WhatsAppAdapter::classify(const ProviderReply& reply) const {
  if (reply.status == 0) return no_answer(reply);
  const LenientJson json(reply.body);
  const JsonView error = json.root().get("error");
  if (reply.status < 200 || reply.status >= 300 || error.is_object()) {
    return refused(reply, error);
  }
  SendOutcome out;
  out.kind = Kind::sent;
  const JsonView taken = json.root().get("messages").at(0);
  out.external_id = taken.text("id");
  read_hold(taken.text("message_status"), out);
  out.identities = recipient_of(json.root().get("contacts").at(0));
  const GraphUsage usage = graph_usage(reply);
  out.usage_percent = usage.percent_for_outcome();
  out.retry_after_ms = usage.pause(kLeastPause);
  if (usage.of_app) out.pause_scope = SendOutcome::Scope::app;
  return out;
}

}  // namespace aura::net::whatsapp
