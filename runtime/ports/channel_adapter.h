// One channel's wire formats, behind a pure interface: net/providers/<channel> implements it, the
// connection actor calls it. No I/O, no clock, no state; any thread may call.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/ports/channel_event.h"
#include "runtime/result.h"

namespace aura {

// What the normaliser made of a raw item: every item ends in exactly one of these ways.
struct Normalised {
  std::vector<ChannelEvent> events;  // understood
  std::string ignored;               // else: why it needs no action (stable word), or empty
  std::string not_understood;        // else: why it becomes a dead letter
};

struct OutboundMessage {
  std::string recipient;   // the contact's id in this channel
  std::string message_id;  // ours, formatted: sent along so that an echo can name it
  std::string text;
  std::vector<api::Attachment> attachments;
  std::vector<api::QuickReply> quick_replies;
  std::string reply_to_external;
  bool written_by_person = false;  // decides whether a human-agent tag may be used
};

// A call of a provider's API; url is complete. Headers may hold secrets: never logged.
struct ProviderCall {
  std::string method = "POST";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct ProviderReply {
  int status = 0;  // 0: no answer; see `error`
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  Errc error = Errc::ok;    // timeout, io, overloaded
  bool maybe_sent = false;  // no answer, but the request may have reached the provider
};

// What a send's reply means for the outbox.
struct SendOutcome {
  enum class Kind {
    sent,       // accepted: external_id names it
    retry,      // temporary: try again, not before retry_after_ms if given
    pause,      // a rate limit: the whole connection waits
    reconnect,  // the token is dead: park the queue, tell the owner
    failed,     // will never work: error_code and error_detail say why
    ambiguous,  // no answer after the request was sent: wait for the echo, then resend flagged
  };
  Kind kind = Kind::failed;
  std::string external_id;
  std::optional<Millis> retry_after_ms;
  std::string error_code, error_detail, provider_code;
};

class ChannelAdapter {
 public:
  virtual ~ChannelAdapter() = default;
  virtual Normalised normalise(std::string_view payload) const = 0;
  // The calls that deliver one message (text is split at the channel's limit), in order.
  virtual std::vector<ProviderCall> compose(const OutboundMessage& message,
                                            const api::Credentials& credentials) const = 0;
  virtual std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                                     const api::Credentials& credentials) const = 0;
  virtual SendOutcome classify(const ProviderReply& reply) const = 0;
  // The provider's id of the account that credentials belong to: what inbound items name.
  virtual Result<std::string> account_of(const api::Credentials& credentials) const = 0;
  virtual std::optional<Millis> window_length() const = 0;  // none: the channel has no window
};

using ChannelAdapters = std::map<api::ChannelType, const ChannelAdapter*>;

}  // namespace aura
