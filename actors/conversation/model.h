// The conversation: pure decisions over its state. Nothing here does I/O, reads a clock or knows of
// actors: decide_*() takes the state, one event, what is stored about it (Lookup) and the time, and
// returns the next state with the rows to write in one commit, or a refusal. Applying a decision
// is assigning `next`; a crash before the commit leaves no trace.
//
// The final state does not depend on the order of arrival: an edit, unsend, reaction or status that
// comes before its message waits under the message's external id; statuses only climb; edits and
// reactions are ordered by what they carry, not by when they came.
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

// What is stored beside the conversation's own row. Implementations are point reads.
class Lookup {
 public:
  virtual ~Lookup() = default;
  virtual std::optional<ExternalEntry> external(const std::string& external_id) const = 0;
  virtual std::optional<StoredMessage> message(const Id& id) const = 0;
  // A message template of the channel, as the provider tells it; one without a status if there is
  // no such template, nothing if the channel's templates are not known.
  virtual std::optional<api::Template> template_of(const api::TemplateUse&) const {
    return std::nullopt;
  }
};

// What the channel and the workspace say about this conversation.
struct Rules {
  Id conversation;
  Id channel;
  api::ChannelType channel_type = api::CHANNEL_TYPE_UNSPECIFIED;
  bool has_provider = false;                // sends are calls of a provider's API
  const ChannelAdapter* adapter = nullptr;  // says whether the channel can carry a message
  Millis debounce = 0;                      // wait for the rest of a burst before answering
  std::optional<Millis> window;             // how long after an inbound message we may write
  std::optional<Millis> human_window;       // likewise, a person (never the AI)
  Millis handover_deadline = 0;             // how long a handover may stay unclaimed
};

// What its channel's adapter says goes into `rules`.
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

// Until when a message may go, and why: within the standard window, a person's longer one, as the
// private reply to a comment, or (a template) at any time.
struct Passage {
  Millis until = 0;     // 0: no bound
  Millis standard = 0;  // end of the standard window; 0: the channel has none
  std::string comment;  // it goes as the private reply to this comment
};

// A message of a kind that its channel's adapter could not show; 0: there is nothing to read anew.
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
  bool changed = false;                 // false: nothing to commit but the event's end
  bool state_changed = true;            // false: the conversation's own row is not rewritten
  std::string ignored;                  // why the event changed nothing (stable word)
  std::vector<StoredMessage> messages;  // new or changed
  std::vector<ExternalChange> externals;
  std::vector<TimerChange> timers;
  std::vector<FeedChange> feed;
  std::vector<Metric> usage;
  std::vector<NewMedia> media;
  std::vector<UnsupportedChange> unsupported;
  bool consent_changed = false;                     // the ledger's row is written too
  std::optional<Id> send;                           // a new outbox row for this message …
  std::optional<Id> react;                          // … or for our reaction to this one
  Passage passage;                                  // of what is sent
  bool marketing = false;                           // what is sent is a marketing template
  std::shared_ptr<const OutboundMessage> outbound;  // what is sent, if it was made to be checked
  std::optional<record::Outbox> outbox;             // the outbox row as it is stored: encode()
  std::optional<Id> sent_by_echo;  // an echo or a receipt proved that this message went out …
  std::string sent_external;       // … under this id
  std::optional<Id> unsent;        // this message's content is gone, media included
  bool order_taken = false;        // the contact is still to be told: decide_notice()
  std::optional<std::string> contact_name;
  bool name_in_book = false;  // it is the owner's own: others do not replace it
  std::optional<GivenUp> given_up;
  std::vector<ContactIdentity> identities;  // of the contact, as the event names them
};

// ---- inbound: decide_inbound.cc, decide_parented.cc
Decision decide_event(const State& state, const ChannelEvent& event, const Rules& rules,
                      const Lookup& stored, Millis now);

// Whether a message that comes again is the one that was stored, and not another under its id.
bool repeats(const ChannelEvent& event, const StoredMessage& stored);

// What the contact meant: the choice that the text names by its number, else the text.
const std::string& meant(const record::MessageBody& body);
// What the item carries beside its text.
void copy_content(const ChannelEvent& event, record::MessageBody& body);
// A message that could not be shown when it came, now that the adapter understands more:
// decide_projection.cc
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
  std::vector<api::SendAttempt> attempts;  // since the last that were recorded; not yet numbered
};
Result<Decision> decide_send(const State& state, const api::MessageInput& input, const Rules& rules,
                             const Lookup& stored, Millis now);
Result<Decision> decide_proposal(const State& state, std::uint64_t generation,
                                 const agent::Proposal& proposal, const Rules& rules, Millis now);
// Tells the contact that a person was called. Nothing if nothing can be told to them now, or only
// in the one private reply to a comment, which is kept for the person.
std::optional<Decision> decide_notice(const State& state, std::string_view words,
                                      const Rules& rules, Millis now);
Decision decide_send_finished(const State& state, const SendFinished& finished, const Rules& rules,
                              const Lookup& stored, Millis now);
// Calls that did not end the send (their outcome is not looked at): the message's log grows.
Decision decide_attempts(const State& state, const SendFinished& so_far, const Lookup& stored);
// A person sends a failed message once more.
Result<Decision> decide_retry(const State& state, const Id& message, const Rules& rules,
                              const Lookup& stored, Millis now);
// What the provider failed to deliver goes once more, after the time that it needs: a status says
// so, a timer has it done. One message of a conversation at a time; the others are left to people.
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
  std::optional<CommentAsked> comment{};  // that is to be answered, if one is named
};
// Errc::window_closed says what can be done instead.
Result<Passage> passage_of(const State& state, const Request& request, const Rules& rules,
                           Millis now);
std::optional<Millis> window_expires_at(const record::Conversation& row, const Rules& rules);
std::optional<Millis> human_window_expires_at(const record::Conversation& row, const Rules& rules);
// Of the private reply to the newest comment; nothing if it was used.
std::optional<Millis> comment_expires_at(const State& state);

// ---- what goes out: outbound_message.cc
// A template of the category "marketing".
bool is_marketing(const record::MessageBody& body, const Lookup& stored);
OutboundMessage outbound_of(const StoredMessage& message, const State& state, const Lookup& stored);
// Our reaction to the message, as it stands now.
OutboundMessage outbound_reaction(const StoredMessage& message, const State& state);
// The outbox row of decision.send or decision.react.
record::Outbox outbox_row(const Decision& decision, const State& state, const Rules& rules,
                          Millis now);

// ---- media: decide_media.cc
// Notes on the message that its attachments' bytes will be fetched; nothing if it was taken back.
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
// Unchanged, with the reason, if there is no such attachment any more.
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
// A ledger of an earlier version holds its events' ids: here it holds marks of them.
void mark_events(record::Consent& consent);
// Whether the ledger forbids the message: one of marketing if marketing alone was stopped too.
bool forbids(const record::Consent& consent, bool marketing);
bool is_marketing(const api::Template& of);
// Errc::opted_out; of a template if `use` is one.
Result<void> check_consent(const State& state, const api::TemplateUse* use, const Lookup& stored);

// ---- control: decide_control.cc
Result<Decision> decide_update(const State& state, const api::ConversationInput& input,
                               const Rules& rules, Millis now);
Decision decide_visitor_read(const State& state, const Id& message, const Rules& rules,
                             const Lookup& stored, Millis now);
Decision decide_handover_due(const State& state, Millis now);

// ---- shared by the above: conversation.cc
// The error code of a send of which nobody knows what became; an echo still proves it.
inline constexpr const char* kUnknown = "unknown";
// A conversation comes to be with its first event, whatever that is.
void ensure_exists(Decision& decision, const ChannelEvent& event, const Rules& rules, Millis now);
// What the ids of an event's conversation and contact are derived from.
const std::string& name_of(const ChannelEvent& event);
Id conversation_id(const Id& channel, std::string_view thread);
Id contact_id(const Id& channel, std::string_view thread);
Id message_id(const Id& conversation, Millis at, std::uint64_t order);
std::uint64_t order_of(const Id& message);
// The next message id: sorts by provider time, then in the order in which the engine was told of the
// messages, even if one of them was applied late. `sequence`: the journal's, of the event that
// brings the message; 0: none does, it comes after all others.
Id take_message_id(State& next, const Id& conversation, Millis at, std::uint64_t sequence);
void cancel_turn(Decision& decision);
// When it happened: now, if the provider does not say.
Millis told_at(const ChannelEvent& event, Millis now);
// Two decisions made one after the other become one, hence one commit.
void append(Decision& decision, Decision later);
void hand_to_human(Decision& decision, const Rules& rules, Millis now, bool with_deadline);
// The message's status has changed: if an answer of the AI's failed by that, a person is called.
void call_person(Decision& decision, const StoredMessage& message, const Rules& rules, Millis now);
void remember_outgoing(record::Conversation& row, const StoredMessage& message);
void reseal(State& next);
// The newest number stays with the conversation of a contact who has another id, too.
void note_number(State& next, const ChannelEvent& event);
// The newest referral stays with the conversation, whatever the order of arrival.
void note_referral(State& next, const ChannelEvent& event);
// What the contact sees of an outgoing message: its own status or the watermark that passed it.
api::MessageStatus shown_status(const record::Message& message, const record::Conversation& row);
// True if the event changed the message; a status is of the part with this external id.
bool apply_parented(StoredMessage& message, const std::string& external_id,
                    const record::ParentedEvent& event);

}  // namespace aura::conversation
