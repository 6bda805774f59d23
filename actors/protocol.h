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

#include "actors/agent/agent.h"
#include "actors/conversation/outcomes.h"
#include "actors/media/upload_allowance.h"
#include "actors/tree/event_ledger.h"
#include "runtime/gate.h"
#include "runtime/once_reply.h"
#include "runtime/ports/channel_event.h"
#include "runtime/ports/engine_api.h"
#include "runtime/ports/media_library.h"
#include "runtime/ports/operations.h"
#include "storage/schema/records.pb.h"
#include "storage/store.h"

namespace aura {

// ---- to a conversation --------------------------------------------------------------------------

struct EventApplied {
  EventEnd end = EventEnd::processed;
};
struct ApplyEvent {  // from the connection
  ChannelEvent event;
  api::ChannelType channel_type = api::CHANNEL_TYPE_UNSPECIFIED;
  bool alone = false;  // its journal row holds nothing else: the commit erases it
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
  Origin origin;
  OnceReply<api::Message> reply;
};
struct UpdateConversation {
  api::ConversationInput input;
  OnceReply<std::monostate> reply;
};
struct UpdateContact {
  api::ContactInput input;
  OnceReply<api::Contact> reply;
};
struct EraseContact {
  OnceReply<std::monostate> reply;
};
struct RecordSend {  // from the connection: the result of an outbox row
  conversation::SendFinished finished;
  std::uint64_t outbox_sequence = 0;
  OnceReply<std::monostate> reply;
};
struct RecordMedia {  // from the media actor: the outcome of fetching an attachment
  conversation::MediaFinished finished;
  std::vector<storage::Mutation> rows;  // stored together with the message …
  std::vector<storage::Mutation> gone;  // … or these, if the message was unsent or erased
  OnceReply<std::monostate> reply;
};
struct RecordAttempts {  // from the connection: calls that did not finish the send
  conversation::SendFinished so_far;
};
struct RetryMessage {
  Id message;
  Origin origin;
  OnceReply<api::Message> reply;
};
struct ReactToMessage {
  Id message;
  std::string emoji;
  OnceReply<api::Message> reply;
};
struct ProjectAgain {  // normalises a stored unsupported message again with a newer adapter
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
  Id channel;  // for events (may be the conversation's first); else empty
  ConversationCommand command;
};

// ---- to a channel connection --------------------------------------------------------------------

struct RawEvent {
  std::uint64_t sequence = 0;
  std::string payload;
  Millis received = 0;            // when it was stored
  int failed_tries = 0;           // before an operator retried it as a dead letter
  std::int64_t bytes = 0;         // its share of the backlog bound
  bool from_disk = false;         // read from disk: may have ended meanwhile
  bool uncounted = false;         // … and its previous owner failed without telling the ledger
  std::array<Permit, 2> permits;  // bounds on events in flight: all, per workspace
  // Answered when the event has ended. If its connection fails first, the ingress reads it again.
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
struct EchoSeen {  // an echo or receipt proves that a part of a message arrived
  Id message;
  std::string external_id;
};
struct ShowTyping {  // the AI is about to answer
  std::string recipient;
  std::string last_inbound;  // external id of the message being answered
};
struct ShowRead {  // a person has read the conversation
  std::string recipient;
  std::string external_id;  // the contact's last message
};
struct LookUpProfile {  // a contact has no name yet
  std::string thread;
  Id conversation;
};
struct SyncTemplates {};  // a message template changed
struct ReloadChannel {};  // the channel's row changed: credentials, status
struct WakeUp {};         // outbox rows are waiting on disk
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
  std::optional<ProviderReply> probed;  // the provider's answer about the new credentials
};
struct DeleteChannel {
  Id channel;
  OnceReply<std::monostate> reply;
};
struct RevokeChannel {  // the person who granted the access revoked it
  Id channel;
  Millis at = 0;
  OnceReply<std::monostate> reply;
};
struct SetChannelStatus {  // from the connection: status derived from provider answers
  Id channel;
  api::ChannelStatus status = api::CHANNEL_STATUS_ACTIVE;
  std::string reason;
};
struct SetChannelToken {  // from the connection: the token is valid or was renewed
  Id channel;
  Millis checked_at = 0;
  std::optional<Millis> expires_at;
  std::string renewed_token;         // empty: unchanged
  std::vector<std::string> persons;  // TokenState::persons
};
struct StoreTemplates {  // from the connection: the complete current list
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
struct MergeContacts {
  Id contact;
  std::optional<Id> into;  // nothing: unmerges
  MaybeIdempotency once;
  OnceReply<api::Contact> reply;  // the answer to an earlier request; empty: read it
};
struct RememberAnswer {  // the answer as it was completed after the write
  Idempotency once;
  std::variant<api::Channel, api::Contact> answer;
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
struct MediaWaiting {};  // a conversation stored messages with media to fetch
struct StoreUpload {
  Id owner;                                  // a contact; empty: the workspace
  bool may_make_key = false;                 // the contact may not exist yet
  std::optional<UploadSource> visitor = {};  // set for anonymous web chat visitors
  Upload upload;
  MaybeIdempotency once;
  Permit permit;  // for the bytes in memory
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
                 MergeContacts, RememberAnswer, CatalogCommand, MediaCommand, ProposeTurn>;
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
struct OrderExpired {  // root → itself: the actor did not answer in time
  OnceReply<api::ActorDetail> reply;
};
struct Resumed {};  // parent → child: the pause is over

// ---- within one actor or between parent and child -------------------------------------------

struct Committed {  // the writer's answer to this actor's commit in flight
  std::uint64_t ticket = 0;
  storage::CommitResult result;
};
struct AskPassivation {};    // parent → child
struct PassivationRefused {  // child → parent: it is busy
  Id child;
};
struct StopActor {};  // parent → child: stop (shutdown, restart, drain, quarantine)
struct TickRestart {
  Id child;
};
struct TickSweep {};
struct TickTurn {  // the debounce is over, or a failed turn is retried
  std::uint64_t generation = 0;
};
struct TickTyping {  // the answer of a turn takes long enough to show that it is coming
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
  std::uint64_t version = 0;                           // AgentIndex::version() of the rows read
  std::shared_ptr<const agent::RetrievalIndex> index;  // null: the rows could not be read
};
struct RecentLoaded {
  std::uint64_t generation = 0;
  Result<std::vector<agent::PastMessage>> recent;
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
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::TickTyping)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::ProposalArrived)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::RecentLoaded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::CatalogCounted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(aura::IndexBuilt)
