// The wire formats of one channel. net/providers/<channel> implements this interface, the
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

#include "config/limits.h"
#include "runtime/ports/channel_event.h"
#include "runtime/result.h"

namespace aura {

// Result of normalising a raw item. An item of many parts may be understood in part: then it has
// events and becomes a dead letter too.
struct Normalised {
  std::vector<ChannelEvent> events;  // understood
  std::string ignored;               // none of it: why it needs no action (stable word), or empty
  std::string not_understood;        // all or a part of it: why it becomes a dead letter, or empty
  bool phone_app = false;            // it tells that the owner's phone app uses the account too
};

struct OutboundMessage {
  std::string recipient;   // the contact's id in this channel
  std::string number;      // the contact's phone number, if known and not the recipient itself
  std::string message_id;  // ours, formatted: sent along so that an echo can carry it
  std::string text;
  std::vector<api::Attachment> attachments;
  std::vector<api::QuickReply> quick_replies;
  std::vector<api::Button> buttons;
  std::optional<api::ListMenu> list;
  std::optional<api::ProductCards> products;
  std::optional<api::TemplateUse> template_use;
  std::string header, footer;  // a line above buttons, a list or products, and one below
  std::string reply_to_external;
  std::string comment_id;  // sends a private reply to this comment instead of to the recipient
  bool written_by_person = false;  // decides whether a human-agent tag may be used
  bool window_closed = false;      // the standard window is over: send only what is still allowed
  std::vector<api::ContactCard> contacts;
  std::string reaction_to;      // not a message but a reaction (`text` or none) to this id
  bool files_as_links = false;  // the provider could not use the files themselves
  std::string channel_id;       // ours, formatted: part of the address for the provider's callbacks
};

// Kinds of messages that some channels accept at a lower rate than others. Stored in outbox rows.
enum class SendKind { plain = 0, media = 1, private_reply = 2 };

// How fast a channel accepts sends.
struct SendLimits {
  double per_second = limits::kSendsPerSecond;  // of the account
  double beside_phone_app = 0;             // … if the owner's phone app uses it too; 0: the same
  int in_flight = limits::kSendsInFlight;  // calls at once
  Millis pair_interval = 0;  // between two messages to one contact, on average; 0: no limit
  int pair_burst = 1;        // how many messages to one contact may be sent in a burst
  // The same for all messages of the account that are of one kind.
  Millis media_interval = 0;
  int media_burst = 1;
  Millis private_reply_interval = 0;
  int private_reply_burst = 1;
  Millis echo_wait = 30'000;  // how long to wait for the echo or receipt of a cut-off call
  // The wait between two parts of one message, unless the receipt of the first comes earlier: for
  // providers that do not keep the order of sends.
  Millis part_wait = 0;
  Millis trouble = 0;  // how long to retry after temporary provider errors; 0: no special limit
};

// A call to a provider's API; `url` is complete. Headers may hold secrets: never log them.
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

// The meaning of a send's reply for the outbox.
struct SendOutcome {
  enum class Kind {
    sent,       // accepted: external_id names it
    retry,      // temporary: try again, not before retry_after_ms if given
    pause,      // a rate limit: the whole connection (or contact) waits
    reconnect,  // the token is dead: park the queue, tell the owner
    failed,     // permanent: error_code and error_detail say why
    ambiguous,  // no answer after the request was sent: wait for the echo, then resend flagged
  };
  Kind kind = Kind::failed;
  std::string external_id;
  std::optional<Millis> retry_after_ms;
  std::string error_code, error_detail, provider_code;
  // Of `pause` (and of a `sent` with retry_after_ms): the whole connection, this contact, every
  // account of our app, or marketing templates only.
  enum class Scope { account, contact, app, marketing };
  Scope pause_scope = Scope::account;
  bool file_refused = false;   // `failed` because of a file: its link may still work
  bool token_doubted = false;  // of `reconnect`: the token may be sound, so it is tried once more
  std::vector<ContactIdentity> identities{};  // of `sent`: the recipient's ids, by the provider
  bool for_owner = false;  // the account needs its owner: also report it as a notice
  bool held = false;       // of `sent`: taken, but held back (error_* say why) until a status comes
  int usage_percent = 0;   // of the account's quota, as the provider reports it
};

// State of an access token, read from the answer to a probe or renewal call.
struct TokenState {
  enum class Kind { alive, dead, unknown };
  Kind kind = Kind::unknown;
  std::optional<Millis> expires_at;
  std::string renewed_token;          // of a renewal
  std::string detail;                 // why it is dead, in plain words for a shop owner
  std::vector<std::string> accounts;  // ids of the account it belongs to, if the provider said
  std::vector<std::string> persons;   // the app's ids of the person who logged in for it

  bool of(const std::string& account) const {
    return std::find(accounts.begin(), accounts.end(), account) != accounts.end();
  }
  bool of_another(const std::string& account) const { return !accounts.empty() && !of(account); }
};

// Where to download media. `headers` hold the token; they are sent only to one of `header_hosts` or
// its subdomains, over TLS, or (for simulators) to the configured provider's own address.
struct MediaTarget {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<std::string> header_hosts;  // "facebook.com"
  std::string sha256;                     // of the bytes in base64 or hex, or empty
  std::int64_t size = 0;                  // as announced by the provider; 0: not announced
};

struct TemplatePage {
  std::vector<api::Template> templates;
  std::string after;  // cursor of the next page, or empty
};

// One setup step at the provider when an account is connected. `ways` are alternatives, tried in
// order until one succeeds.
struct SetupStep {
  std::vector<ProviderCall> ways;
  std::string purpose;  // "register this number"
  // The field of the channel's input that requested the step: if the provider refuses the step, the
  // channel is refused. Empty: the channel is created anyway and the answer reports the failure.
  std::string field;
  // Success proves that the account belongs to the credentials.
  bool proves_account = false;
};

class ChannelAdapter {
 public:
  virtual ~ChannelAdapter() = default;
  virtual Normalised normalise(std::string_view payload) const = 0;
  // For channels where the meaning of an item depends on the receiving channel.
  virtual Normalised normalise_for(const api::Channel&, std::string_view payload) const {
    return normalise(payload);
  }
  // Increases when normalise() learns to show another kind of message: stored messages of that kind
  // are then normalised again.
  virtual std::uint32_t projection() const { return 1; }
  // The calls that deliver one message (text is split at the channel's limit), in order.
  virtual std::vector<ProviderCall> compose(const OutboundMessage& message,
                                            const api::Credentials& credentials) const = 0;
  virtual std::optional<ProviderCall> compose_typing(const std::string& recipient,
                                                     const api::Credentials& credentials) const = 0;
  virtual SendOutcome classify(const ProviderReply& reply) const = 0;
  // The provider's id of the account of the credentials, as named by inbound items.
  virtual Result<std::string> account_of(const api::Credentials& credentials) const = 0;
  virtual std::optional<Millis> window_length() const = 0;  // nothing: the channel has no window

  // Checked before a message is queued: why the channel cannot carry it (button too long, kind not
  // supported, file too large). What can be degraded visibly is not refused.
  virtual Result<void> check(const OutboundMessage&) const { return {}; }
  virtual SendLimits limits() const { return {}; }
  virtual SendKind kind_of(const OutboundMessage&) const { return SendKind::plain; }
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
  // Names the only emoji allowed for reactions; "": any emoji, or no reactions at all.
  virtual std::string_view reactions() const { return {}; }
  // For channels without echoes: asks after a cut-off send whether it arrived. The outcome is
  // `sent`, `ambiguous` (not found: send again) or `retry` (ask again). The provider may list
  // another message of ours with the same text; IsTaken tells whether an id already belongs to
  // another message.
  virtual std::optional<ProviderCall> compose_lookup(const OutboundMessage&,
                                                     const api::Credentials&) const {
    return std::nullopt;
  }
  using IsTaken = std::function<bool(const std::string& external_id)>;
  virtual SendOutcome classify_lookup(const OutboundMessage&, const ProviderReply&,
                                      const IsTaken&) const {
    return {.kind = SendOutcome::Kind::ambiguous};
  }
  // Whether an echo without our metadata matches this part of the message (Instagram). Always false
  // for channels whose echoes of our sends carry our id.
  virtual bool shows_part(const ChannelEvent& /*echo*/, const OutboundMessage&,
                          std::size_t /*part*/) const {
    return false;
  }
  // The daily check of the token, and its renewal where the channel supports one.
  virtual std::optional<ProviderCall> compose_probe(const api::Credentials&) const {
    return std::nullopt;
  }
  virtual std::optional<ProviderCall> compose_renewal(const api::Credentials&) const {
    return std::nullopt;
  }
  virtual TokenState read_token(const ProviderReply&, Millis /*now*/) const { return {}; }

  // The business account that contains this account, if inbound items may name it instead (notices
  // about the whole business); "" if there is none.
  virtual std::string business_of(const api::Credentials&) const { return {}; }
  virtual bool carries_contact_cards() const { return false; }
  virtual bool carries_hearts_and_posts() const { return false; }  // attachments like_heart, post
  // A header, a footer, and a button that asks where the contact is.
  virtual bool carries_headers() const { return false; }
  // Typing indicator of channels that attach it to a message (the contact's last one).
  virtual std::optional<ProviderCall> compose_typing_below(
      const std::string& recipient, const std::string& /*last_inbound*/,
      const api::Credentials& credentials) const {
    return compose_typing(recipient, credentials);
  }

  // Media that a contact sent. For a source without a download address: the call that asks for it,
  // and how to read the answer (Errc::not_found: the provider no longer has it).
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
  // Setup calls to the provider before a channel is created …
  virtual std::vector<SetupStep> compose_setup(const api::Credentials&,
                                               const std::string& /*pin*/) const {
    return {};
  }
  // … and, where each channel has its own webhook address, the call after creation that sets it.
  // `probed` is the answer to the probe.
  virtual std::string webhook_url(const std::string& /*channel_id*/) const { return {}; }
  virtual std::optional<ProviderCall> compose_webhook(const api::Credentials&,
                                                      const ProviderReply& /*probed*/,
                                                      const std::string& /*channel_id*/) const {
    return std::nullopt;
  }
  // The app whose limits its accounts share with those of other channels, or "".
  virtual std::string_view app(const api::Credentials&) const { return {}; }
  // The contact's profile, asked for once when the contact is new: a name, or nothing.
  virtual bool has_profiles() const { return false; }
  virtual std::optional<ProviderCall> compose_profile(const std::string& /*recipient*/,
                                                      const api::Credentials&) const {
    return std::nullopt;
  }
  virtual std::string read_profile(const ProviderReply&) const { return {}; }
  // Disconnecting: tells the provider to send no more events.
  virtual std::optional<ProviderCall> compose_leave(const api::Credentials&) const {
    return std::nullopt;
  }
  // The account's message templates, one page per call; `after`: the cursor of the previous page.
  virtual std::optional<ProviderCall> compose_templates(const api::Credentials&,
                                                        const std::string& /*after*/) const {
    return std::nullopt;
  }
  virtual std::optional<TemplatePage> read_templates(const ProviderReply&) const {
    return std::nullopt;
  }
  // Whether the given values fit the template as the provider lists it, and the text that the
  // contact reads.
  virtual Result<void> check_template(const api::Template&, const api::TemplateUse&) const {
    return {};
  }
  virtual std::string template_text(const api::Template&, const api::TemplateUse&) const {
    return {};
  }
  // Choices that this channel renders as numbered lines of text, in order. A contact may answer
  // with a number.
  virtual std::vector<api::QuickReply> numbered_choices(const OutboundMessage&) const { return {}; }
  // The number of parts the message counts as, where the channel counts parts (SMS segments).
  virtual std::optional<std::uint32_t> segments(const OutboundMessage&) const {
    return std::nullopt;
  }
};

using ChannelAdapters = std::map<api::ChannelType, const ChannelAdapter*>;

}  // namespace aura
