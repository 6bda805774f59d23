// Meta's webhook endpoint (Messenger, Instagram and WhatsApp of one Meta app): the verification
// handshake and signed events. Owned by the application, outlives the server; immutable after
// construction, so any io thread may call. It verifies the signature, splits the body into events
// and answers 200 once the ingress has made all of them durable; it parses nothing before the
// signature is verified.
#pragma once

#include <optional>
#include <string>

#include "net/server/router.h"
#include "net/signature.h"
#include "runtime/metrics.h"
#include "runtime/ports/ingress.h"

namespace aura::net {

struct MetaWebhookOptions {
  std::string verify_token;         // empty: the handshake is refused
  std::string app_secret;           // empty: every event is refused
  std::string previous_app_secret;  // still accepted while the secret is being changed
};

class MetaWebhook {
 public:
  MetaWebhook(const MetaWebhookOptions& options, Ingress& ingress);

  void add_routes(Router& router);  // GET and POST /webhooks/meta
  Response handshake(const Request& request) const;
  void receive(Request&& request, const Responder& responder);

 private:
  bool genuine(const Request& request) const;

  std::string verify_token_;
  std::optional<HmacSha256> secret_, previous_secret_;
  Ingress& ingress_;
  metrics::Counter accepted_, forged_, malformed_, refused_;
};

}  // namespace aura::net
