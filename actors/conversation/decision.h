// What a decision changes: the next state and all rows that are written with it in one commit.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/conversation/outcomes.h"
#include "actors/conversation/state.h"
#include "runtime/ports/channel_event.h"

namespace aura::conversation {

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

// A message of a kind that its channel's adapter could not render; projection 0: erase the row.
struct UnsupportedChange {
  Id message;
  std::uint32_t projection = 0;
};

enum class Metric : std::uint16_t {
  messages_in = 1,
  messages_ai = 2,
  messages_member = 3,
  model_calls = 4,
  model_tokens_in = 5,
  model_tokens_out = 6,
  model_fallbacks = 7,  // turns of a model that the embedded agent answered
};

// Until when a message may be sent, and by which rule: the standard window, a person's longer
// window, as the private reply to a comment, or (templates) at any time.
struct Passage {
  Millis until = 0;     // 0: no bound
  Millis standard = 0;  // end of the standard window; 0: the channel has none
  std::string comment;  // sent as the private reply to this comment
};

// A message gets an outbox row.
struct Send {
  Id message;
  Passage passage;
  api::Priority priority = api::PRIORITY_INTERACTIVE;
  std::string trace_id;                             // Origin::trace_id of the request
  std::shared_ptr<const OutboundMessage> composed;  // for the adapter, if there already
};

// Our reaction to a message gets an outbox row.
struct React {
  Id message;
  Passage passage;
};

// An echo or a receipt proved that a message of ours was sent.
struct ProvedSend {
  Id message;
  std::string external_id;  // in that echo or receipt
};

// A number that the contact gave up for another, or lost to another person.
struct GivenUp {
  std::string number;
  Millis at = 0;
  bool lost = false;
};

// Another conversation of the contact, which goes on in this one from now on.
struct Joined {
  Id conversation;
  Id contact;  // its own contact …
  Id whole;    // … becomes a part of this one: this one's contact, or what that one is a part of
  bool newer_name = false;  // the name told of it is newer than this one's
};

struct Decision {
  State next;
  bool changed = false;       // false: at most the event's end is committed
  bool state_changed = true;  // false: the conversation's own row is not rewritten
  std::string ignored;        // why the event changed nothing (stable word)
  bool order_taken = false;   // the contact must be notified: decide_notice()

  // ---- rows
  std::vector<StoredMessage> messages;  // new or changed
  std::vector<ExternalChange> externals;
  std::vector<TimerChange> timers;
  std::vector<FeedChange> feed;
  std::vector<Metric> usage;
  std::vector<NewMedia> media;
  std::vector<UnsupportedChange> unsupported;
  bool consent_changed = false;  // the ledger's row is written too

  // ---- what the connection has to do: one send or one reaction at most
  std::optional<Send> send;
  std::optional<React> react;
  std::optional<record::Outbox> outbox;  // the stored row of it, set by encode()
  std::optional<ProvedSend> proved;

  // ---- news about the contact
  std::optional<std::string> contact_name;
  bool name_in_book = false;  // contact_name is from the owner's address book
  std::optional<GivenUp> given_up;
  std::vector<ContactIdentity> identities;  // the contact's ids in the event
  Millis identities_at = 0;                 // the event's time
  bool ids_of_recipient = false;            // … of whom a message of ours reached
  std::optional<Joined> joined;
};

// Merges two consecutive decisions into one, hence one commit. Not both may send.
void append(Decision& decision, Decision later);

}  // namespace aura::conversation
