// Normalised events: what a channel's adapter makes of raw items, the same for every channel.
// Plain values; created on a connection actor, consumed by a conversation actor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/clock.h"
#include "storage/schema/api.pb.h"

namespace aura {

// An id of the contact; kinds as in api::Identity.
struct ContactIdentity {
  std::string kind;
  std::string value;
};

// Where to get an attachment's bytes: an address, or an id with which to ask the provider for one.
struct MediaSource {
  std::string url;
  std::string provider_id;
  std::string sha256_base64;  // the provider's digest of the bytes, or empty
  bool authorised = false;    // the fetch needs the channel's token
};

// An event about the account itself.
struct AccountNotice {
  std::string what;     // template_status, quality, restriction, disconnected, name, limits, …
  std::string subject;  // a template's name, …
  std::string value;    // its new state
  std::string detail;   // in words a shop owner understands
  bool disconnected = false;                   // nothing can be sent until the owner reconnects
  bool restored = false;                       // a disconnected account can send again
  std::optional<api::Template> of_template{};  // its template; empty fields: unchanged
  bool restricted = false;  // `disconnected` by the provider, although our token is sound
  Millis paused_until = 0;  // no message goes out before: a limit that ends by itself
  bool phone_app = false;   // the owner's phone app uses the account too
};

struct ConsentChange {
  enum class Scope { all, marketing };
  Scope scope = Scope::all;
  bool granted = false;
  std::string word;  // the contact's word, or the provider's reason
};

// Error code when the provider restricts the account: its token is sound, and sending may go on
// when the provider, or the owner, says so.
inline constexpr const char* kRestricted = "blocked";
// Error code when carriers take nothing from the sender until its owner has registered it; as
// above.
inline constexpr const char* kUnregistered = "sender_unregistered";
inline bool restricts(std::string_view error_code) {
  return error_code == kRestricted || error_code == kUnregistered;
}
// Error code of a message that a carrier filtered as spam.
inline constexpr const char* kFiltered = "filtered";
// … that the provider did not take, and no rule of ours knows why: a mistake of ours, or news.
inline constexpr const char* kRefused = "rejected";
// … whose template the provider does not know as we do: the templates are read again.
inline constexpr const char* kTemplateInvalid = "template_invalid";
// … to a thread that another app owns.
inline constexpr const char* kThreadExternal = "thread_external";

struct ChannelEvent {
  enum class Kind {
    message,   // from the contact (or, with `echo`, from the business's side)
    edit,      // target_id, text, edit_number
    unsend,    // target_id
    reaction,  // target_id, emoji (empty: removed), actor
    read,      // the contact has read everything up to `watermark`, or target_id alone
    delivery,  // likewise delivered
    status,    // target_id reached `status` (or failed, with error_*)
    postback,  // a button: text is its title, payload its value; shown as a message
    referral,  // how the contact got here; opens the window, no text
    optin,
    handover,  // thread control changed; `thread_external`: another app owns it now
    typing,
    account,      // about the account, not a conversation; details in `account`
    identity,     // the contact's ids changed: `identities`, the old one in `target_id`
    number_lost,  // the number `target_id` is another person's now
    name,         // a name for the contact (`contact_name`); does not create a contact
    consent,      // the contact stopped or allowed messages: `consent`
    unsupported,  // shown as an unsupported message; the raw item is kept
  };
  Kind kind = Kind::message;
  std::string external_id;  // dedupe key within the channel; never empty
  // The contact's id in this channel: names the conversation. Empty for a status (and what it says
  // of the contact) that names nobody: the conversation is that of the message `target_id`.
  std::string thread;
  std::string person;          // replaces `thread` in the ids if its number has a new owner
  Millis at = 0;               // provider time
  std::uint64_t raw_hash = 0;  // first 8 bytes of the SHA-256 of its webhook item; 0: no item
  std::uint64_t journal_sequence = 0;  // of its journal row; 0: none
  Millis received = 0;                 // when its webhook item was stored
  int failed_tries = 0;                // of its item, before an operator retried it
  std::uint64_t arrival = 0;  // its place among all events; a repetition has the first one's
  std::string text;
  std::string payload;    // quick reply or postback payload
  std::string target_id;  // external id of the message an edit, reaction, … is about
  std::string reply_to;   // external id of the quoted message
  std::vector<api::Attachment> attachments;
  std::string emoji;
  std::string actor;  // who reacted (external id)
  std::uint32_t edit_number = 0;
  Millis watermark = 0;
  api::MessageStatus status = api::MESSAGE_STATUS_RECEIVED;
  std::string error_code, error_detail, provider_code;
  bool file_refused = false;  // of a failed status: caused by a file, whose link may still work
  Millis resend_after = 0;    // of a failed status: retry once after this time; 0: do not retry
  bool echo = false;          // written on the business's side
  bool own_echo = false;      // an echo of our app's message (by app id or metadata)
  bool other_app = false;     // an echo of a message that surely another app or the inbox sent
  std::string metadata;       // ours, when the echo carries it: the formatted message id
  bool standby = false;       // another app owns the thread: store, show, never answer
  bool thread_external = false;
  std::string contact_name;
  bool name_in_book = false;                // `name` is from the owner's address book
  bool name_is_handle = false;              // `name` is a username: only until a name is told
  std::vector<ContactIdentity> identities;  // all ids of the contact in the item
  std::vector<api::ContactCard> contacts;
  std::vector<api::OrderLine> order_lines;
  std::optional<api::Referral> referral;
  std::optional<api::Comment> comment;       // public; the answer is a private reply to its id
  std::optional<api::MessageSender> sender;  // the member who wrote, in a group
  std::string choice_description;            // of the list row that was chosen
  std::string form;                          // JSON form filled in by the contact
  std::string unsupported;                   // the channel's name of a kind we cannot show
  std::string raw;  // raw JSON of that kind, kept for a later version; empty: the whole item
  std::vector<MediaSource> media;  // parallel to `attachments`: where the bytes are
  std::optional<AccountNotice> account;
  std::optional<ConsentChange> consent;
  bool forwarded = false;  // the contact forwarded somebody else's message
  bool imported = false;   // from before the account was connected: shown, without other effects
  std::uint32_t segments = 0;  // of an SMS
};

}  // namespace aura
