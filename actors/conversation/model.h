// The conversation: pure decisions over its state. Nothing here does I/O, reads a clock or knows
// actors: decide_*() takes the state, one event, the stored data it refers to (Lookup) and the
// time, and returns the next state with the rows to write in one commit, or a refusal. A decision
// is applied by assigning `next`; a crash before the commit leaves no trace.
//
// The final state does not depend on the order of arrival: an edit, unsend, reaction or status that
// arrives before its message waits under the message's external id; statuses only advance; edits
// and reactions are ordered by their content (time, number), not by their arrival.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/agent/agent.h"
#include "runtime/ids.h"
#include "runtime/ports/channel_adapter.h"
#include "runtime/ports/channel_event.h"
#include "runtime/result.h"
#include "storage/schema/records.pb.h"

namespace aura::conversation {

struct StoredMessage {
  Id id;
  record::Message row;
  record::MessageBody body;
};

struct ExternalEntry {
  Id message;  // empty: not seen yet
  std::vector<record::ParentedEvent> waiting;
};

// Access to stored rows other than the conversation's own. Implementations are point reads.
class Lookup {
 public:
  virtual ~Lookup() = default;
  virtual std::optional<ExternalEntry> external(const std::string& external_id) const = 0;
  virtual std::optional<StoredMessage> message(const Id& id) const = 0;
  // A message template of the channel as reported by the provider; without a status if there is no
  // such template, nullopt if the channel's templates are not known.
  virtual std::optional<api::Template> template_of(const api::TemplateUse&) const {
    return std::nullopt;
  }
};

// Settings of the channel and the workspace that apply to this conversation.
struct Rules {
  Id conversation;
  Id channel;
  api::ChannelType channel_type = api::CHANNEL_TYPE_UNSPECIFIED;
  bool has_provider = false;                // sends are calls of a provider's API
  const ChannelAdapter* adapter = nullptr;  // checks whether the channel can carry a message
  Millis debounce = 0;                      // wait for the rest of a burst before answering
  std::optional<Millis> window;             // how long after an inbound message sends are allowed
  std::optional<Millis> human_window;       // the same for a person (never the AI)
  Millis handover_deadline = 0;             // how long a handover may stay unclaimed
};

// Copies the channel adapter's properties into `rules`.
void add_channel(Rules& rules, const ChannelAdapter* adapter);

struct State {
  bool exists = false;
  std::uint64_t version = 0;
  std::string thread;  // the contact's id in this channel
  record::Conversation row;
  record::ConversationBody body;  // sealed; whoever changes it calls reseal()
};

enum class TimerKind : std::uint8_t { turn = 1, handover = 2, resend = 3 };
struct TimerChange {
  TimerKind kind = TimerKind::turn;
  Millis due = 0;
  bool set = true;  // else: erase
  std::uint64_t generation = 0;
};

struct ExternalChange {
  std::string external_id;
  ExternalEntry entry;
};

struct FeedChange {
  record::Feed::Kind kind = record::Feed::KIND_MESSAGE_CREATED;
  Id message;
  api::MessageStatus status = api::MESSAGE_STATUS_RECEIVED;
};

// An attachment whose bytes have to be fetched: becomes a pending media row with the message.
struct NewMedia {
  Id message;
  std::uint32_t attachment = 0;
  MediaSource source;
};

enum class Metric : std::uint16_t { messages_in = 1, messages_ai = 2, messages_member = 3 };

// Until when a message may be sent, and by which rule: the standard window, a person's longer
// window, as the private reply to a comment, or (templates) at any time.
struct Passage {
  Millis until = 0;     // 0: no bound
  Millis standard = 0;  // end of the standard window; 0: the channel has none
  std::string comment;  // sent as the private reply to this comment
};

// A message of a kind that its channel's adapter could not render; projection 0: erase the row.
struct UnsupportedChange {
  Id message;
  std::uint32_t projection = 0;
};

// A number that the contact gave up for another.
struct GivenUp {
  std::string number;
  Millis at = 0;
};

struct Decision {
  State next;
  bool changed = false;                 // false: at most the event's end is committed
  bool state_changed = true;            // false: the conversation's own row is not rewritten
  std::string ignored;                  // why the event changed nothing (stable word)
  std::vector<StoredMessage> messages;  // new or changed
  std::vector<ExternalChange> externals;
  std::vector<TimerChange> timers;
  std::vector<FeedChange> feed;
  std::vector<Metric> usage;
  std::vector<NewMedia> media;
  std::vector<UnsupportedChange> unsupported;
  bool consent_changed = false;  // the ledger's row is written too
  std::optional<Id> send;        // write an outbox row for this message
  std::optional<Id> react;       // write an outbox row for our reaction to this message
  Passage passage;               // for `send` or `react`
  bool marketing = false;        // `send` is a marketing template
  std::string trace_id;          // Origin::trace_id of the request
  std::shared_ptr<const OutboundMessage> outbound;  // `send` for the adapter, if composed
  std::optional<record::Outbox> outbox;             // the stored outbox row, set by encode()
  std::optional<Id> sent_by_echo;  // an echo or a receipt proved that this message was sent
  std::string sent_external;       // the external id in that echo or receipt
  std::optional<Id> unsent;        // this message's content is gone, media included
  bool order_taken = false;        // the contact must be notified: decide_notice()
  std::optional<std::string> contact_name;
  bool name_in_book = false;  // contact_name is from the owner's address book
  std::optional<GivenUp> given_up;
  std::vector<ContactIdentity> identities;  // the contact's ids in the event
  bool ids_of_recipient = false;            // … of whom a message of ours reached
};

// ---- inbound: decide_inbound.cc, decide_parented.cc
Decision decide_event(const State& state, const ChannelEvent& event, const Rules& rules,
                      const Lookup& stored, Millis now);

// Whether a message that comes again is the one that was stored, and not another under its id.
bool repeats(const ChannelEvent& event, const StoredMessage& stored);

// The contact's answer: the choice whose number the text gives, otherwise the text.
const std::string& meant(const record::MessageBody& body);
// Copies the content besides the text.
void copy_content(const ChannelEvent& event, record::MessageBody& body);
// Renders a message of a formerly unknown kind with the current adapter: decide_projection.cc
Decision decide_projection(const State& state, const Id& message, const Rules& rules,
                           const Lookup& stored);

Decision decide_parented(const State& state, const ChannelEvent& event, const Rules& rules,
                         const Lookup& stored, Millis now);
Decision decide_watermark(const State& state, const ChannelEvent& event, const Rules& rules,
                          const Lookup& stored, Millis now);

// ---- outbound: decide_outbound.cc, decide_sent.cc
struct SendFinished {
  Id message;
  SendOutcome outcome;
  std::vector<std::string> external_ids;  // of the parts the provider accepted
  bool maybe_duplicate = false;
  bool reaction = false;                   // our reaction to the message, not the message
  int parts_sent = 0;                      // how many of all parts the provider has accepted
  std::vector<api::SendAttempt> attempts;  // not yet recorded or numbered
};
Result<Decision> decide_send(const State& state, const api::MessageInput& input, const Rules& rules,
                             const Lookup& stored, Millis now);
Result<Decision> decide_proposal(const State& state, std::uint64_t generation,
                                 const agent::Proposal& proposal, const Rules& rules, Millis now);
// Notifies the contact that a person was called. nullopt if no message may be sent now, or only the
// one private reply to a comment, which is kept for the person.
std::optional<Decision> decide_notice(const State& state, std::string_view words,
                                      const Rules& rules, Millis now);
Decision decide_send_finished(const State& state, const SendFinished& finished, const Rules& rules,
                              const Lookup& stored, Millis now);
// Logs calls that did not end the send; `outcome` is not used.
Decision decide_attempts(const State& state, const SendFinished& so_far, const Lookup& stored);
// A person sends a failed message once more.
Result<Decision> decide_retry(const State& state, const Id& message, const Rules& rules,
                              const Lookup& stored, Millis now);
// Resends a message once that the provider failed to deliver, after the delay named by its status;
// a timer triggers it. One message per conversation at a time; others are left to people.
void plan_resend(Decision& decision, StoredMessage& message, const ChannelEvent& event, Millis now);
Decision decide_resend_due(const State& state, const Rules& rules, const Lookup& stored,
                           Millis now);
// A person reacts to a message; an empty emoji takes the reaction back.
Result<Decision> decide_react(const State& state, const Id& message, const std::string& emoji,
                              const Rules& rules, const Lookup& stored, Millis now);

// ---- windows: windows.cc
struct CommentAsked {
  std::string id;
  Millis at = 0;
};
struct Request {
  bool person = false;  // else: automation
  bool template_use = false;
  std::optional<CommentAsked> comment{};  // the comment to answer, if one is named
};
// The detail of Errc::window_closed says what can be done instead.
Result<Passage> passage_of(const State& state, const Request& request, const Rules& rules,
                           Millis now);
std::optional<Millis> window_expires_at(const record::Conversation& row, const Rules& rules);
std::optional<Millis> human_window_expires_at(const record::Conversation& row, const Rules& rules);
// Until when the newest comment may get its private reply; nullopt if it has had one.
std::optional<Millis> comment_expires_at(const State& state);

// ---- outbound messages: outbound_message.cc
// A template of the category "marketing".
bool is_marketing(const record::MessageBody& body, const Lookup& stored);
OutboundMessage outbound_of(const StoredMessage& message, const State& state, const Lookup& stored);
// The business's current reaction to the message.
OutboundMessage outbound_reaction(const StoredMessage& message, const State& state);
// The outbox row of decision.send or decision.react.
record::Outbox outbox_row(const Decision& decision, const State& state, const Rules& rules,
                          Millis now);

// ---- media: decide_media.cc
// Marks the message's attachments as to be fetched; does nothing if the message was unsent.
void expect_media(Decision& decision, const ChannelEvent& event);
struct MediaFinished {
  Id message;
  std::uint32_t attachment = 0;
  std::string media_id;
  api::MediaState state = api::MEDIA_STATE_PENDING;
  std::string mime_type;
  std::int64_t size_bytes = 0;
  std::string error;
};
// Unchanged, with `ignored` set, if the attachment does not exist any more.
Decision decide_media_finished(const State& state, const MediaFinished& finished,
                               const Lookup& stored);

// ---- consent: decide_consent.cc
// The error code of a send to a contact who has stopped messages.
inline constexpr const char* kOptedOut = "opted_out";
Decision decide_consent(const State& state, const ChannelEvent& event, const Rules& rules,
                        Millis now);
void note_consent(Decision& decision, const ChannelEvent& event, Millis now);
// The provider refused a send because of an opt-out that we did not know of.
void note_refused_send(Decision& decision, const SendFinished& finished, Millis now);
bool opted_out(const record::Conversation& row);
// A message of the contact's ends an opt-out that is only a carrier's block.
void end_block(Decision& decision, const ChannelEvent& event, Millis now);
// Replaces the event ids in a ledger of an earlier version by their hashes.
void mark_events(record::Consent& consent);
// Whether the ledger forbids the message; a marketing message also if only marketing was stopped.
bool forbids(const record::Consent& consent, bool marketing);
bool is_marketing(const api::Template& of);
// Errc::opted_out if sending is not allowed; `use`: the template to send, or null.
Result<void> check_consent(const State& state, const api::TemplateUse* use, const Lookup& stored);

// ---- control: decide_control.cc
Result<Decision> decide_update(const State& state, const api::ConversationInput& input,
                               const Rules& rules, Millis now);
Decision decide_visitor_read(const State& state, const Id& message, const Rules& rules,
                             const Lookup& stored, Millis now);
Decision decide_handover_due(const State& state, Millis now);

// ---- shared by the above: conversation.cc
// The error code of a send whose outcome is unknown; a later echo can still prove that it arrived.
inline constexpr const char* kUnknown = "unknown";
// Creates the conversation with its first event, of whatever kind.
void ensure_exists(Decision& decision, const ChannelEvent& event, const Rules& rules, Millis now);
// The name from which the ids of the event's conversation and contact are derived.
const std::string& name_of(const ChannelEvent& event);
Id conversation_id(const Id& channel, std::string_view thread);
Id contact_id(const Id& channel, std::string_view thread);
Id message_id(const Id& conversation, Millis at, std::uint32_t order);
std::uint32_t order_of(const Id& message);
// The next message id: sorts by provider time, then by the order in which the engine received the
// messages, even if one was applied late. `sequence`: journal sequence of the message's event; 0:
// no event, the message sorts after all others.
Id take_message_id(State& next, const Id& conversation, Millis at, std::uint64_t sequence);
void cancel_turn(Decision& decision);
// The event's provider time, or `now` if it has none.
Millis told_at(const ChannelEvent& event, Millis now);
// Merges two consecutive decisions into one, hence one commit.
void append(Decision& decision, Decision later);
void hand_to_human(Decision& decision, const Rules& rules, Millis now, bool with_deadline);
// Hands the conversation to a person if the changed status means that the AI's answer failed.
void call_person(Decision& decision, const StoredMessage& message, const Rules& rules, Millis now);
void remember_outgoing(record::Conversation& row, const StoredMessage& message);
void reseal(State& next);
// Stores the newest phone number of a contact whose thread is named by another id.
void note_number(State& next, const ChannelEvent& event);
// Stores the newest referral, whatever the order of arrival.
void note_referral(State& next, const ChannelEvent& event);
// The status to show: the message's own, or a higher one by the conversation's watermarks.
api::MessageStatus shown_status(const record::Message& message, const record::Conversation& row);
// Marks the contact if the error code of a failed message means that none reaches them, …
void note_unreachable(Decision& decision, const std::string& error_code, Millis at);
// … and ends that: they wrote or received a message at this time.
void note_reached(Decision& decision, Millis at);
// True if the event changed the message. A status applies to the part with `external_id`.
bool apply_parented(StoredMessage& message, const std::string& external_id,
                    const record::ParentedEvent& event);

}  // namespace aura::conversation
