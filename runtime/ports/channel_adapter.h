// One channel's wire formats, behind a pure interface: net/providers/<channel> implements it, the
// connection actor calls it. No I/O, no clock, no state; any thread may call.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
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
  std::vector<api::Button> buttons;
  std::optional<api::ListMenu> list;
  std::optional<api::ProductCards> products;
  std::optional<api::TemplateUse> template_use;
  std::string reply_to_external;
  std::string comment_id;          // a private reply to this comment instead of the recipient
  bool written_by_person = false;  // decides whether a human-agent tag may be used
  bool window_closed = false;      // the standard window is over: only what may still go does
  std::vector<api::ContactCard> contacts;
  std::string reaction_to;      // our reaction (`text`, or none) to this external id: no message
  bool files_as_links = false;  // the provider could not use the files themselves
  std::string channel_id;       // ours, formatted: where the provider's callbacks are sent
};

// How fast a channel takes sends, and in what units it counts.
struct SendLimits {
  double per_second = 300;    // of the account
  int in_flight = 16;         // calls at once
  Millis pair_interval = 0;   // between two messages to one contact, on average; 0: no limit
  int pair_burst = 1;         // … of which so many may go at once
  Millis echo_wait = 30'000;  // how long an echo or receipt of a cut-off call may take
  // Between the parts of one message, unless its receipt comes before: where the provider keeps no
  // order.
  Millis part_wait = 0;
  Millis trouble = 0;  // how long an answer of passing trouble is tried again; 0: as any other
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
  // Of `pause` (and of a `sent` with retry_after_ms): the whole connection, this contact, every
  // account of our app, or what is marketing.
  enum class Scope { account, contact, app, marketing };
  Scope pause_scope = Scope::account;
  bool file_refused = false;  // `failed` because of a file: its link may still go
  bool for_owner = false;     // the account needs its owner: told beside the message
  int usage_percent = 0;      // of the account's allowance, as the provider tells it
};

// How a token lives: what to call to look at it or to renew it, and what the answer means.
struct TokenState {
  enum class Kind { alive, dead, unknown };
  Kind kind = Kind::unknown;
  std::optional<Millis> expires_at;
  std::string renewed_token;          // of a renewal
  std::string detail;                 // why it is dead, in a shop owner's words
  std::vector<std::string> accounts;  // the names of the one it belongs to, if the provider said
  std::vector<std::string> persons;   // … and the app's ids of whoever logged in for it

  bool of(const std::string& account) const {
    return std::find(accounts.begin(), accounts.end(), account) != accounts.end();
  }
  bool of_another(const std::string& account) const { return !accounts.empty() && !of(account); }
};

// Where the bytes of media are. Headers hold the token; they go only to hosts that are one of
// `header_hosts` or below it, over TLS, or (a simulator) to the configured provider's own address.
struct MediaTarget {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<std::string> header_hosts;  // "facebook.com"
  std::string sha256;                     // of the bytes in base64 or hex, or empty
  std::int64_t size = 0;                  // as the provider announced it; 0: it did not
};

struct TemplatePage {
  std::vector<api::Template> templates;
  std::string after;  // cursor of the next page, or empty
};

// One thing the provider is told when an account is connected; done in the first way it takes.
struct SetupStep {
  std::vector<ProviderCall> ways;
  std::string purpose;  // "register this number"
  // The field of the channel's input that asked for it: if it is refused, so is the channel. Empty:
  // the channel is made all the same, and whoever made it is told.
  std::string field;
  // Done with the credentials alone, it shows that the account is theirs.
  bool proves_account = false;
};

class ChannelAdapter {
 public:
  virtual ~ChannelAdapter() = default;
  virtual Normalised normalise(std::string_view payload) const = 0;
  // … where what an item means depends on the channel it came to.
  virtual Normalised normalise_for(const api::Channel&, std::string_view payload) const {
    return normalise(payload);
  }
  // Grows when normalise() can show a kind of message that it could not show before: those that
  // came meanwhile are read anew.
  virtual std::uint32_t projection() const { return 1; }
  // The calls that deliver one message (text is split at the channel's limit), in order.
  virtual std::vector<ProviderCall> compose(const OutboundMessage& message,
                                            const api::Credentials& credentials) const = 0;
  virtual std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                                     const api::Credentials& credentials) const = 0;
  virtual SendOutcome classify(const ProviderReply& reply) const = 0;
  // The provider's id of the account that credentials belong to: what inbound items name.
  virtual Result<std::string> account_of(const api::Credentials& credentials) const = 0;
  virtual std::optional<Millis> window_length() const = 0;  // none: the channel has no window

  // Why a message cannot go as it is (too long a button, a kind the channel lacks, too large a
  // file), before it is queued. What can be degraded visibly is not refused.
  virtual Result<void> check(const OutboundMessage&) const { return {}; }
  virtual SendLimits limits() const { return {}; }
  // How long after the contact's last message a person (never automation) may still write.
  virtual std::optional<Millis> human_window_length() const { return std::nullopt; }
  virtual std::optional<ProviderCall> compose_read(const std::string& /*recipient*/,
                                                   const std::string& /*external_id*/,
                                                   const api::Credentials&) const {
    return std::nullopt;
  }
  virtual std::optional<ProviderCall> compose_reaction(const std::string& /*recipient*/,
                                                       const std::string& /*external_id*/,
                                                       const std::string& /*emoji, or empty*/,
                                                       const api::Credentials&) const {
    return std::nullopt;
  }
  // The only emoji it can react with, in words; "": any, or none.
  virtual std::string_view reactions() const { return {}; }
  // After a cut-off send of a channel without echoes: asks whether it arrived; the outcome is
  // `sent`, `ambiguous` (not there: send again) or `retry` (ask again). What the provider lists may
  // be another message of ours with the same words: its id is taken.
  virtual std::optional<ProviderCall> compose_lookup(const OutboundMessage&,
                                                     const api::Credentials&) const {
    return std::nullopt;
  }
  using IsTaken = std::function<bool(const std::string& external_id)>;
  virtual SendOutcome classify_lookup(const OutboundMessage&, const ProviderReply&,
                                      const IsTaken&) const {
    return {.kind = SendOutcome::Kind::ambiguous};
  }
  // Whether an echo that carries nothing of ours shows this part of the message (Instagram). Never
  // where every echo of ours is named.
  virtual bool shows_part(const ChannelEvent& /*echo*/, const OutboundMessage&,
                          std::size_t /*part*/) const {
    return false;
  }
  // The daily look at the token, and its renewal where the channel has one.
  virtual std::optional<ProviderCall> compose_probe(const api::Credentials&) const {
    return std::nullopt;
  }
  virtual std::optional<ProviderCall> compose_renewal(const api::Credentials&) const {
    return std::nullopt;
  }
  virtual TokenState read_token(const ProviderReply&, Millis /*now*/) const { return {}; }

  // The business that the account is part of, if inbound items may name it instead of the account
  // (news of the whole business); "" if there is none.
  virtual std::string business_of(const api::Credentials&) const { return {}; }
  virtual bool carries_contact_cards() const { return false; }
  // Typing in a channel that shows it as the answer to a message: the contact's last one.
  virtual std::optional<ProviderCall> compose_typing_below(
      const std::string& recipient, const std::string& /*last_inbound*/,
      const api::Credentials& credentials) const {
    return compose_typing(recipient, credentials);
  }

  // Media that a contact sent. A source without an address is asked for first: the call, and what
  // its answer means (Errc::not_found: the provider has it no more). Then it is fetched.
  virtual std::optional<ProviderCall> compose_media_lookup(const MediaSource&,
                                                           const api::Credentials&) const {
    return std::nullopt;
  }
  virtual Result<MediaTarget> read_media_lookup(const MediaSource&, const ProviderReply&,
                                                const api::Credentials&) const {
    return fail(Errc::unsupported, "This channel's media have addresses of their own.");
  }
  virtual MediaTarget media_target(const MediaSource& source, const api::Credentials&) const {
    return {.url = source.url, .sha256 = source.sha256_base64};
  }
  // Connecting an account: what its provider is told before the channel is made …
  virtual std::vector<SetupStep> compose_setup(const api::Credentials&,
                                               const std::string& /*pin*/) const {
    return {};
  }
  // … and, where each channel has a webhook address of its own, after: `probed` answered the probe.
  virtual std::string webhook_url(const std::string& /*channel_id*/) const { return {}; }
  virtual std::optional<ProviderCall> compose_webhook(const api::Credentials&,
                                                      const ProviderReply& /*probed*/,
                                                      const std::string& /*channel_id*/) const {
    return std::nullopt;
  }
  // The app whose limits its accounts share with those of other channels, or "".
  virtual std::string_view app(const api::Credentials&) const { return {}; }
  // What the provider tells of a contact, asked once when it is new: a name, or nothing.
  virtual bool has_profiles() const { return false; }
  virtual std::optional<ProviderCall> compose_profile(const std::string& /*recipient*/,
                                                      const api::Credentials&) const {
    return std::nullopt;
  }
  virtual std::string read_profile(const ProviderReply&) const { return {}; }
  // Disconnecting it: its provider is told to send no more events.
  virtual std::optional<ProviderCall> compose_leave(const api::Credentials&) const {
    return std::nullopt;
  }
  // The account's message templates, a page a call; `after`: the cursor of the page before.
  virtual std::optional<ProviderCall> compose_templates(const api::Credentials&,
                                                        const std::string& /*after*/) const {
    return std::nullopt;
  }
  virtual std::optional<TemplatePage> read_templates(const ProviderReply&) const {
    return std::nullopt;
  }
  // Whether the values that are given fit the template as the provider lists it, and the words that
  // the contact reads.
  virtual Result<void> check_template(const api::Template&, const api::TemplateUse&) const {
    return {};
  }
  virtual std::string template_text(const api::Template&, const api::TemplateUse&) const {
    return {};
  }
  // The choices that stand in the message's text, numbered, for want of another form; in that
  // order. Who answers with a number means one of them.
  virtual std::vector<api::QuickReply> numbered_choices(const OutboundMessage&) const { return {}; }
  // What a message counts for where the channel counts parts (SMS segments).
  virtual std::optional<std::uint32_t> segments(const OutboundMessage&) const {
    return std::nullopt;
  }
};

using ChannelAdapters = std::map<api::ChannelType, const ChannelAdapter*>;

}  // namespace aura
