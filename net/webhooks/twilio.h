// Twilio's webhook endpoints, two per channel: incoming messages and delivery status. Owned by the
// application, outlives the server; immutable after construction, so any io thread may call. It
// verifies the signature with the channel's own auth token and answers 200 once the event is
// durable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "net/server/router.h"
#include "runtime/clock.h"
#include "runtime/metrics.h"
#include "runtime/ports/ingress.h"
#include "runtime/ports/webhook_keys.h"

namespace aura::net {

class TwilioWebhook {
 public:
  // `public_url`: the base of the URL that Twilio calls and signs.
  TwilioWebhook(std::string public_url, const WebhookKeys& keys, Ingress& ingress,
                const Clock& clock);

  void add_routes(Router& router);  // POST /webhooks/twilio/{channel_id} and …/status
  void receive(Request&& request, const Responder& responder, const char* source);

 private:
  // The channel's key if the signature proves that the request is from its account, else nullptr.
  Result<std::shared_ptr<const WebhookKey>> proven(const Request& request,
                                                   const Params& posted) const;
  void refuse(const Request& request, const Responder& responder);

  std::string public_url_;
  std::string decoy_token_;  // used to verify requests for unknown channels
  const WebhookKeys& keys_;
  Ingress& ingress_;
  const Clock& clock_;
  metrics::Counter accepted_, forged_, malformed_, refused_;
};

}  // namespace aura::net
