// Twilio's webhook endpoints, one pair a channel: messages in and delivery status. Owned by the
// application, outlives the server; immutable after construction, so any io thread may call. It
// proves the caller by the channel's own auth token and answers 200 once the event is durable.
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
  // `public_url`: how Twilio calls us; what its signatures cover begins with it.
  TwilioWebhook(std::string public_url, const WebhookKeys& keys, Ingress& ingress,
                const Clock& clock);

  void add_routes(Router& router);  // POST /webhooks/twilio/{channel_id} and …/status
  void receive(Request&& request, const Responder& responder, const char* source);

 private:
  // The channel's key if the request is proven to be of its account.
  std::shared_ptr<const WebhookKey> proven(const Request& request, const Params& posted) const;
  void refuse(const Request& request, const Responder& responder);

  std::string public_url_;
  std::string decoy_token_;  // what an unknown channel's signature is computed with
  const WebhookKeys& keys_;
  Ingress& ingress_;
  const Clock& clock_;
  metrics::Counter accepted_, forged_, malformed_, refused_;
};

}  // namespace aura::net
