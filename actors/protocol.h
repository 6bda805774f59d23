// Every message of the program, in one place. Commands are imperatives, facts are past tense, ticks
// are notes to self. A command that owes an answer carries a OnceReply, so it is answered even if
// its actor dies; a command that came from outside carries the permit that bounds it.
//
// Commands travel down the tree (engine → partition → workspace → child) in one of three envelopes
// that name the owner; no actor keeps a handle to another's child.
#pragma once

#include <array>
#include <caf/allowed_unsafe_message_type.hpp>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "actors/conversation/model.h"
#include "actors/media/upload_allowance.h"
#include "actors/tree/event_ledger.h"
#include "runtime/gate.h"
#include "runtime/once_reply.h"
#include "runtime/ports/engine_api.h"
#include "runtime/ports/media_library.h"
#include "runtime/ports/operations.h"
#include "storage/store.h"

namespace aura {

// ---- to a conversation --------------------------------------------------------------------------

struct EventApplied {
  EventEnd end = EventEnd::processed;
};
struct ApplyEvent {  // from the connection; the commit erases the journal row if it is named
  ChannelEvent event;
  api::ChannelType channel_type = api::CHANNEL_TYPE_UNSPECIFIED;
  std::optional<std::uint64_t> journal_sequence;
  OnceReply<EventApplied> reply;
};
struct ReceiveChat {  // from a web chat visitor: acknowledged after its own commit
  ChannelEvent event;
  OnceReply<api::Message> reply;
};
struct ReadByVisitor {
  Id message;
  Permit permit;
};
struct SendMessage {
  api::MessageInput input;
  MaybeIdempotency once;
  OnceReply<api::Message> reply;
};
struct UpdateConversation {
  api::ConversationInput input;
  OnceReply<api::Conversation> reply;
};
struct UpdateContact {
  api::ContactInput input;
  OnceReply<api::Contact> reply;
};
struct EraseContact {
  OnceReply<std::monostate> reply;
};
struct RecordSend {  // from the connection: what became of an outbox row
  conversation::SendFinished finished;
  std::uint64_t outbox_sequence = 0;
  OnceReply<std::monostate> reply;
};
struct RecordMedia {  // from the media actor: what became of an attachment's bytes
  conversation::MediaFinished finished;
  std::vector<storage::Mutation> rows;  // stored with the message …
  std::vector<storage::Mutation> gone;  // … or, if it was taken back or erased, these
  OnceReply<std::monostate> reply;
};
struct RecordAttempts {  // from the connection: calls that did not end the send
  conversation::SendFinished so_far;
};
struct RetryMessage {
  Id message;
  MaybeIdempotency once;
  OnceReply<api::Message> reply;
};
struct ReactToMessage {
  Id message;
  std::string emoji;
  OnceReply<api::Message> reply;
};
struct ProjectAgain {  // a message that could not be shown: the adapter understands more now
  Id message;
};
struct FireTimer {
  conversation::TimerKind kind = conversation::TimerKind::turn;
  Millis due = 0;
  std::uint64_t generation = 0;
};
using ConversationCommand =
    std::variant<ApplyEvent, ReceiveChat, ReadByVisitor, SendMessage, UpdateConversation,
                 UpdateContact, EraseContact, RecordSend, RecordMedia, FireTimer, RecordAttempts,
                 RetryMessage, ReactToMessage, ProjectAgain>;
const char* command_name(const ConversationCommand& command);
struct ToConversation {
  Id workspace;
  Id conversation;
  Id channel;  // of events, which may be the conversation's first; else empty
  ConversationCommand command;
};

// ---- to a channel connection --------------------------------------------------------------------

struct RawEvent {
  std::uint64_t sequence = 0;
  std::string payload;
  std::int64_t bytes = 0;         // what it counts for in the backlog
  bool from_disk = false;         // read back: it may have ended meanwhile
  bool uncounted = false;         // … and whoever had it before died without telling the ledger
  std::array<Permit, 2> permits;  // its places among the events in flight: of all, of its workspace
  // Answered when the event has ended; if its connection dies first, the ingress reads it again.
  OnceReply<std::monostate> settled;
};
struct DeliverEvents {
  std::vector<RawEvent> events;
};
struct OutboxAppended {
  std::uint64_t sequence = 0;
  record::Outbox row;
  std::shared_ptr<const OutboundMessage> message;
};
struct EchoSeen {  // an echo or a receipt proves that a message (one part of it) did arrive
  Id message;
  std::string external_id;
};
struct ShowTyping {  // the AI is about to answer
  std::string recipient;
  std::string last_inbound;  // the provider's id of what it answers
};
struct ShowRead {  // a person has read the conversation
  std::string recipient;
  std::string external_id;  // of the contact's last message
};
struct LookUpProfile {  // a new contact came without a name
  std::string thread;
  Id conversation;
};
struct SyncTemplates {};  // one of its message templates changed
struct ReloadChannel {};  // its row changed: credentials, status
struct WakeUp {};         // rows are waiting on disk
using ConnectionCommand =
    std::variant<DeliverEvents, OutboxAppended, EchoSeen, ShowTyping, ShowRead, LookUpProfile,
                 SyncTemplates, ReloadChannel, WakeUp>;
const char* command_name(const ConnectionCommand& command);
struct ToConnection {
  Id workspace;
  Id channel;
  ConnectionCommand command;
};

// ---- to a workspace -----------------------------------------------------------------------------

struct CreateWorkspace {
  api::WorkspaceInput input;
  MaybeIdempotency once;
  OnceReply<api::WorkspaceCreated> reply;
};
struct UpdateWorkspace {
  api::WorkspaceInput input;
  OnceReply<api::Workspace> reply;
};
struct CreateChannel {
  api::ChannelInput input;
  MaybeIdempotency once;
  OnceReply<api::Channel> reply;
};
struct UpdateChannel {
  Id channel;
  api::ChannelInput input;
  OnceReply<api::Channel> reply;
  std::optional<ProviderReply> probed;  // what the provider says to the new credentials
};
struct DeleteChannel {
  Id channel;
  OnceReply<std::monostate> reply;
};
struct RevokeChannel {  // whoever gave it its access took that back then
  Id channel;
  Millis at = 0;
  OnceReply<std::monostate> reply;
};
struct SetChannelStatus {  // from the connection: what the provider's answers say
  Id channel;
  api::ChannelStatus status = api::CHANNEL_STATUS_ACTIVE;
  std::string reason;
};
struct SetChannelToken {  // from the connection: the token lives, or is a new one
  Id channel;
  Millis checked_at = 0;
  std::optional<Millis> expires_at;
  std::string renewed_token;         // empty: the same as before
  std::vector<std::string> persons;  // TokenState::persons
};
struct StoreTemplates {  // from the connection: all that there are now
  Id channel;
  std::vector<api::Template> templates;
  Millis read_at = 0;
};
struct NoteAccount {  // from the connection: an event about the account itself
  Id channel;
  ChannelEvent event;
  std::optional<std::uint64_t> journal_sequence;
  OnceReply<EventApplied> reply;
};
struct MergeContacts {  // `into` empty: undoes it
  Id contact;
  Id into;
  MaybeIdempotency once;
  OnceReply<std::monostate> reply;
};
struct CreateItem {
  api::ItemInput input;
  MaybeIdempotency once;
  OnceReply<api::Item> reply;
};
struct UpdateItem {
  Id item;
  api::ItemInput input;
  OnceReply<api::Item> reply;
};
struct DeleteItem {
  Id item;
  OnceReply<std::monostate> reply;
};
struct CreateDocument {
  api::DocumentInput input;
  MaybeIdempotency once;
  OnceReply<api::Document> reply;
};
struct UpdateDocument {
  Id document;
  api::DocumentInput input;
  OnceReply<api::Document> reply;
};
struct DeleteDocument {
  Id document;
  OnceReply<std::monostate> reply;
};
using CatalogCommand = std::variant<CreateItem, UpdateItem, DeleteItem, CreateDocument,
                                    UpdateDocument, DeleteDocument>;
struct MediaWaiting {};  // a conversation stored messages whose media are to be fetched
struct StoreUpload {
  Id owner;                                  // a contact, or empty: the workspace
  bool may_make_key = false;                 // the contact may not have written yet
  std::optional<UploadSource> visitor = {};  // nobody asked who they are
  Upload upload;
  MaybeIdempotency once;
  Permit permit;  // for its bytes
  OnceReply<api::Media> reply;
};
using MediaCommand = std::variant<MediaWaiting, StoreUpload>;
struct ProposeTurn {  // a conversation asks the workspace's agent
  std::vector<agent::PastMessage> recent;
  std::string text;
  agent::Capabilities channel;
  std::stop_token stop;  // set when a newer input ends the turn
  OnceReply<agent::Proposal> reply;
};
using WorkspaceCommand =
    std::variant<CreateWorkspace, UpdateWorkspace, CreateChannel, UpdateChannel, DeleteChannel,
                 RevokeChannel, SetChannelStatus, SetChannelToken, StoreTemplates, NoteAccount,
                 MergeContacts, CatalogCommand, MediaCommand, ProposeTurn>;
struct ToWorkspace {
  Id workspace;
  WorkspaceCommand command;
};

// ---- from an operator: down the tree to the actor at `path`, or to its supervisor -----------

struct DescribeActor {
  OnceReply<api::ActorDetail> reply;  // masked
};
struct SteerActor {
  ActorAction action = ActorAction::restart;
  OnceReply<std::monostate> reply;
};
struct OperatorOrder {
  std::string path;
  std::variant<DescribeActor, SteerActor> what;

  void refuse(Errc code, std::string detail) const {
    std::visit([&](const auto& order) { order.reply.error(code, std::move(detail)); }, what);
  }
};
struct OrderExpired {  // root → itself: who was asked is stuck
  OnceReply<api::ActorDetail> reply;
};
struct Resumed {};  // parent → child: it was paused

// ---- within one actor or between parent and child -------------------------------------------

struct Committed {  // the writer's answer to this actor's commit in flight
  std::uint64_t ticket = 0;
  storage::CommitResult result;
};
struct AskPassivation {};    // parent → child
struct PassivationRefused {  // child → parent: it is busy
  Id child;
};
struct StopActor {};  // parent → child, on the way down
struct TickRestart {
  Id child;
};
struct TickSweep {};
struct TickTurn {  // the debounce is over, or a failed turn is tried again
  std::uint64_t generation = 0;
};
struct ProposalArrived {
  std::uint64_t generation = 0;
  Result<agent::Proposal> proposal = agent::Proposal{};
};
struct CatalogCounted {
  bool ok = false;
  std::size_t items = 0, documents = 0;
};
struct IndexBuilt {
  std::uint64_t version = 0;                           // of AgentIndex
  std::shared_ptr<const agent::RetrievalIndex> index;  // empty: its rows could not be read
};
struct RecentLoaded {
  std::uint64_t generation = 0;
  std::vector<agent::PastMessage> recent;
};

}  // namespace aura

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ToConversation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ToConnection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ToWorkspace)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::CatalogCommand)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::MediaWaiting)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::StoreUpload)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ProposeTurn)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::OperatorOrder)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::OrderExpired)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::Resumed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::Committed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::AskPassivation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::PassivationRefused)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::StopActor)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickRestart)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickSweep)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickTurn)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ProposalArrived)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RecentLoaded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::CatalogCounted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::IndexBuilt)
