// All bounds of the system in one place. Input above a bound is refused before it is stored (413,
// 429 or 503); state above a bound moves from memory to disk. Nothing grows without limit. Bounds
// that operators must be able to change are settings (settings.h), not constants here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace aura::limits {

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

// --- HTTP in ---
inline constexpr std::size_t kHttpHeaderBytes = 16 * kKiB;     // request line and header fields
inline constexpr std::size_t kHttpTargetBytes = 4 * kKiB;      // path and query
inline constexpr std::size_t kWebhookBodyBytes = 8 * kMiB;     // 413 above
inline constexpr std::size_t kTwilioBodyBytes = 256 * kKiB;    // one event; 413 above
inline constexpr std::size_t kSignedRequestBytes = 16 * kKiB;  // from Meta; 413 above
inline constexpr std::size_t kApiBodyBytes = 1 * kMiB;         // 413 above
inline constexpr std::size_t kUploadBodyBytes = 25 * kMiB;     // a knowledge document
inline constexpr int kJsonDepth = 64;  // nesting, although the parsers are iterative
// Open sockets of the operator's server; above it, accept() waits.
inline constexpr int kOperatorConnections = 10'000;
inline constexpr int kHttpPipelined = 32;  // pipelined requests read ahead on one connection
inline constexpr std::chrono::seconds kHttpHeaderTimeout{10};  // first byte to end of header
// Longest wait for the next part of a body; at least 64 KiB/s.
inline constexpr std::chrono::seconds kHttpBodyTimeout{30};
inline constexpr std::chrono::seconds kHttpIdleTimeout{75};   // between requests
inline constexpr std::chrono::seconds kHttpWriteTimeout{30};  // for a client that does not read
inline constexpr std::chrono::seconds kRetryAfter{2};         // Retry-After of a 429 or 503

// --- Web chat and live events ---
inline constexpr std::size_t kWebsocketFrameBytes = 64 * kKiB;    // a text frame from a browser
inline constexpr std::size_t kWebsocketQueueBytes = 256 * kKiB;   // unsent to one browser; above it
                                                                  // closed, to resume by cursor
inline constexpr std::chrono::seconds kWebsocketIdleTimeout{75};  // silence before the close
inline constexpr int kWelcomeMessages = 50;                       // history sent at a resume
inline constexpr std::size_t kWelcomeBytes = 192 * kKiB;          // of that history
inline constexpr std::size_t kSseQueueBytes = 256 * kKiB;         // unsent to one API client
inline constexpr std::chrono::seconds kSseHeartbeat{15};
// Changes waiting to be published; above it, changes are read from disk.
inline constexpr std::size_t kLiveQueue = 4'096;

// --- Ingress ---
// Journalled events dispatched from memory.
inline constexpr std::int64_t kIngressMemoryEvents = 4'096;
// Their bytes. Above either bound, events are read from disk.
inline constexpr std::int64_t kIngressMemoryBytes = 32 * kMiB;
// Journal bytes that are durable but not applied; 503 above.
inline constexpr std::int64_t kJournalBacklogBytes = 1024 * kMiB;
// Unanswered API and chat commands; 503 above.
inline constexpr std::int64_t kCommandsInFlight = 4'096;
// Events dispatched to actors and not yet applied, in total and per workspace. Low, because every
// new event queues behind these at each actor; high enough that one fsync serves many.
inline constexpr std::int64_t kEventsInFlight = 128;
inline constexpr std::int64_t kWorkspaceInFlight = 32;
// Chat and API writes waiting at one conversation: more than the burst of a chat visitor.
inline constexpr std::int64_t kConversationInFlight = 256;
inline constexpr int kEventsPerBody = 10'000;  // in one webhook
// An event not applied after this time gives up its permits.
inline constexpr std::chrono::seconds kEventHeld{1};
inline constexpr int kEventAttempts = 3;  // then a dead letter
// Restarts of its conversation that an event survives if other events caused them; further ones
// count as attempts.
inline constexpr int kEventRestarts = 20;
inline constexpr std::chrono::hours kRawEventRetention{72};  // then its key is destroyed
// Dead letters retried when their channel is stored.
inline constexpr std::size_t kLettersRetried = 1'000;
inline constexpr std::chrono::hours kDeadLetterRetention{30 * 24};  // then it is deleted

// --- Storage ---
inline constexpr std::size_t kCommitGroupBytes = 4 * kMiB;  // one fsync
inline constexpr std::size_t kCommitGroupBatches = 512;     // one fsync
inline constexpr std::size_t kGroupOthers = 64;             // of them, commits not awaited
// After a group of at least kGroupUnderLoad commits, the next group gathers commits until
// kGatherUnderLoad after the last group's start or until kGroupWorthASync are queued.
inline constexpr std::size_t kGroupUnderLoad = 4;
inline constexpr std::chrono::microseconds kGatherUnderLoad{1500};
inline constexpr std::size_t kGroupWorthASync = 32;
// Queued at the writer; above: Errc::overloaded.
inline constexpr std::int64_t kWriterQueueBytes = 64 * kMiB;
inline constexpr std::size_t kSearchesWaiting = 64;  // each may take seconds; more are refused
inline constexpr std::size_t kWalBytes = 64 * kMiB;  // replayed at a restart

// --- Actors ---
inline constexpr int kMaxThroughput = 64;  // messages an actor handles before it yields
// Conversations in memory; above it the least recently used are passivated.
inline constexpr int kLiveConversations = 100'000;
inline constexpr int kRestartsPerWindow = 5;  // then quarantine
inline constexpr std::chrono::seconds kRestartWindow{60};
inline constexpr int kWorkspaceLabels = 50;   // workspaces with their own metric label
inline constexpr int kHeldForPaused = 1'024;  // commands held for an actor that an operator paused
inline constexpr std::chrono::seconds kStopGrace{5};  // then the process exits

// --- Conversations ---
inline constexpr std::size_t kChatTextChars = 4'096;      // code points, both ways; never split
inline constexpr std::size_t kMessageTextChars = 20'000;  // likewise, sent on any other channel
inline constexpr int kMessageAttachments = 10;
inline constexpr int kMessageReactions = 100;
// Timestamps kept, to tell which unread messages an echo answers.
inline constexpr int kUnreadTimes = 100;
inline constexpr int kRecentOutgoing = 16;  // newest sends whose receipts are published to clients
// For the AI's answer; then a person takes over.
inline constexpr std::chrono::seconds kTurnDeadline{30};
inline constexpr std::chrono::milliseconds kTypingAfter{400};  // … until then nothing is shown
inline constexpr std::size_t kTurnMessages = 20;               // of one burst, answered together
// An unanswered question that is older is not answered when the AI is called back.
inline constexpr std::chrono::hours kQuestionLife{24};
// A handover nobody claimed then escalates.
inline constexpr std::chrono::minutes kHandoverDeadline{15};
// Provider times further in the future are clamped.
inline constexpr std::chrono::minutes kProviderClockSkew{5};
// How far a template list may lag behind an event.
inline constexpr std::chrono::minutes kTemplateListLag{10};
// Safety margin before a messaging window closes.
inline constexpr std::chrono::seconds kWindowSafety{60};
// Names of an owner's address book kept for people who have not written yet, per channel.
inline constexpr std::size_t kBookNames = 20'000;
inline constexpr std::chrono::hours kPrivateReply{7 * 24};  // to a public comment
inline constexpr int kAnsweredComments = 100;               // of a contact, remembered as answered
inline constexpr int kConsentHistory = 50;        // newest consent changes kept per contact
inline constexpr int kMessageAttempts = 50;       // provider calls kept in a message's log
inline constexpr std::size_t kPendingEarly = 64;  // statuses and edits that arrived before their
                                                  // message; further ones are dropped

// --- Media ---
inline constexpr std::int64_t kMediaBytes = 25 * std::int64_t{kMiB};  // fetched or uploaded
// Fetched, if the attachment is a file.
inline constexpr std::int64_t kDocumentBytes = 100 * std::int64_t{kMiB};
inline constexpr std::size_t kMediaPartBytes = 64 * kKiB;     // sealed as one value
inline constexpr std::size_t kMediaCommitBytes = 512 * kKiB;  // parts in one commit
inline constexpr int kFetchedAttachments = 32;                // of one message
inline constexpr int kMediaFetches = 4;                       // of one workspace at once
inline constexpr int kMediaAttempts = 8;                      // then the media row is `failed`
inline constexpr std::int64_t kUploadsInFlight = 128 * std::int64_t{kMiB};  // bytes; 503 above
inline constexpr std::int64_t kMediaReadBytes = 64 * std::int64_t{kMiB};  // being served, in total
// Served for one range request.
inline constexpr std::int64_t kMediaRangeBytes = 4 * std::int64_t{kMiB};
inline constexpr std::int64_t kVisitorUploads = 100;     // of one web chat visitor in a day
inline constexpr std::int64_t kChannelUploads = 10'000;  // of all visitors of a web chat in a day
inline constexpr std::int64_t kChannelUploadBytes = 2'048 * std::int64_t{kMiB};  // likewise
inline constexpr std::int64_t kAddressUploadBytes = 1'024 * std::int64_t{kMiB};  // from an address
// An upload of a visitor that no message uses after this time is erased.
inline constexpr std::chrono::hours kUnusedUpload{24};
// An upload that is not complete after this time is dropped.
inline constexpr std::chrono::minutes kUploadTime{15};

// --- REST API ---
inline constexpr int kPageDefault = 50;
inline constexpr int kPageMax = 200;
inline constexpr std::size_t kCursorBytes = 512;
inline constexpr std::size_t kIdempotencyKeyBytes = 255;
inline constexpr std::chrono::hours kIdempotencyRetention{24};
inline constexpr std::chrono::hours kFeedRetention{7 * 24};  // older changes cannot be caught up on
inline constexpr std::size_t kNameChars = 200;               // names and titles
inline constexpr int kApiKeyDays = 3650;                     // until an API key expires
inline constexpr std::size_t kDescriptionChars = 5'000;      // of an item
inline constexpr std::size_t kDocumentChars = 200'000;       // of a knowledge document
inline constexpr int kCatalogItems = 10'000;                 // of a workspace
inline constexpr int kKnowledgeDocuments = 1'000;            // of a workspace
inline constexpr int kItemImages = 10;
inline constexpr unsigned kItemOptions = 100;
inline constexpr std::int64_t kAmountMinor = 1'000'000'000'000;  // largest price, in minor units

// --- HTTP out ---
inline constexpr int kConnectionsPerHost = 32;
inline constexpr int kCallsQueuedPerHost = 1'024;  // waiting for a connection
inline constexpr std::size_t kResponseBodyBytes = 4 * kMiB;
inline constexpr std::chrono::seconds kConnectTimeout{5};
inline constexpr std::chrono::seconds kCallTimeout{20};  // request written to response read

// --- Language models ---
inline constexpr std::int64_t kModelCalls = 32;  // at once; beyond it the embedded agent answers
inline constexpr int kModelRetries = 2;          // of one answer, within the turn's time
inline constexpr std::size_t kModelReplyBytes = 256 * kKiB;
inline constexpr int kModelAnswerTokens = 2'048;  // a model that thinks first needs most of them
inline constexpr std::chrono::seconds kModelRest{30};     // after kBreakerFailures; then one probe
inline constexpr std::chrono::minutes kModelRestMost{5};  // that a provider may ask for
// Of one prompt. Together they stay within 4,096 tokens, at which some local servers cut silently.
inline constexpr std::size_t kPromptItems = 20;
inline constexpr std::size_t kPromptOptions = 8;               // of an item
inline constexpr std::size_t kPromptSentences = 20;            // of documents
inline constexpr std::size_t kPromptDescriptionBytes = 160;    // of an item
inline constexpr std::size_t kPromptShopBytes = 5 * kKiB;      // items and sentences
inline constexpr std::size_t kPromptMessageBytes = 400;        // of one earlier message
inline constexpr std::size_t kPromptQuestionBytes = 2 * kKiB;  // of the burst

// --- Outbox ---
inline constexpr int kSendsInFlight = 16;            // in flight for one account
inline constexpr std::size_t kOutboxMemory = 4'096;  // rows of one account in memory; younger
                                                     // rows wait on disk, and the API gets 503
inline constexpr double kSendsPerSecond = 300;       // of one account; Meta's limit for text
// Between an echo's provider time and our call, at most.
inline constexpr std::chrono::seconds kEchoApart{60};
inline constexpr std::chrono::seconds kSendPause{60};   // after a rate limit that names no time
inline constexpr std::chrono::minutes kUsageMemory{5};  // how long a usage figure counts
// Share of a day's messages taken for spam that is reported.
inline constexpr double kFilteredShare = 0.02;
inline constexpr int kFilteredLeast = 3;                   // fewer are not reported
inline constexpr std::size_t kUnsupportedRaw = 64 * 1024;  // bytes kept of an item we cannot show
// Messages projected again at once by one connection.
inline constexpr std::size_t kProjectionPage = 64;
inline constexpr std::chrono::milliseconds kProjectionPause{500};  // between two such pages
inline constexpr std::chrono::hours kTokenProbe{24};  // between two successful checks of a token
// When a token that can be renewed, but whose end nobody told, is renewed: Instagram renews those
// that are a day old, and tells the end of the new one.
inline constexpr std::chrono::hours kTokenFirstRenewal{25};
inline constexpr std::chrono::hours kTokenEndsSoon{10 * 24};  // … and its owner is told
// Period of the token timer: it repeats a failed check and, after this long without an event,
// subscribes the webhook again.
inline constexpr std::chrono::hours kTokenTick{1};
inline constexpr std::size_t kChannelLogins = 16;             // open logins of one workspace
inline constexpr std::chrono::minutes kChannelLoginLife{30};  // then a login expires
inline constexpr std::chrono::minutes kTemplateRetry{5};  // after a read of templates that failed
inline constexpr std::size_t kTemplates = 2'000;          // message templates kept per channel
inline constexpr std::size_t kChannelNotices = 20;        // kept with a channel
inline constexpr std::chrono::seconds kSendBackoffMin{1};
inline constexpr std::chrono::minutes kSendBackoffMax{15};  // between two tries
// How long a message that did not arrive is retried.
inline constexpr std::chrono::hours kSendLife{24};
inline constexpr int kBreakerFailures = 5;  // in a row; then one probe at a time

// --- Configuration ---
inline constexpr std::size_t kConfigFileBytes = 32 * kKiB;  // also keeps nesting shallow
inline constexpr std::size_t kSecretFileBytes = 64 * kKiB;

}  // namespace aura::limits
