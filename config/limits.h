// Every bound of the system in one place. What comes in over a bound is refused before it is stored
// (413, 429 or 503), what is kept over a bound is put off memory; nothing grows without end.
// A bound that an operator must be able to change is a setting (settings.h), not a constant here.
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
inline constexpr std::size_t kSignedRequestBytes = 16 * kKiB;  // of Meta; 413 above
inline constexpr std::size_t kApiBodyBytes = 1 * kMiB;         // 413 above
inline constexpr std::size_t kUploadBodyBytes = 25 * kMiB;     // a knowledge document
inline constexpr int kJsonDepth = 64;            // nesting; iterative parsers all the same
inline constexpr int kHttpConnections = 10'000;  // sockets open at once, then accepting waits
inline constexpr int kHttpPipelined = 32;        // requests read ahead on a connection
inline constexpr std::chrono::seconds kHttpHeaderTimeout{10};  // first byte to end of header
inline constexpr std::chrono::seconds kHttpBodyTimeout{
    30};  // a part of a body must come in each, and 64 KiB/s
inline constexpr std::chrono::seconds kHttpIdleTimeout{75};   // between requests
inline constexpr std::chrono::seconds kHttpWriteTimeout{30};  // a reader that does not read
inline constexpr std::chrono::seconds kRetryAfter{2};         // what a 429 or 503 tells the sender

// --- Web chat and live events ---
inline constexpr std::size_t kWebsocketFrameBytes = 64 * kKiB;    // a text frame from a browser
inline constexpr std::size_t kWebsocketQueueBytes = 256 * kKiB;   // unsent to one browser; then it
                                                                  // is closed and resumes by cursor
inline constexpr std::chrono::seconds kWebsocketIdleTimeout{75};  // silence before the close
inline constexpr int kWelcomeMessages = 50;                       // history sent at a resume
inline constexpr std::size_t kWelcomeBytes = 192 * kKiB;          // … of at most so many bytes
inline constexpr std::size_t kSseQueueBytes = 256 * kKiB;         // unsent to one API client
inline constexpr std::chrono::seconds kSseHeartbeat{15};
inline constexpr std::size_t kLiveQueue = 4'096;  // changes that wait to be told; more: from disk

// --- Ingress ---
inline constexpr std::int64_t kIngressMemoryEvents = 4'096;     // journalled, handed on from memory
inline constexpr std::int64_t kIngressMemoryBytes = 32 * kMiB;  // likewise; above: read from disk
inline constexpr std::int64_t kJournalBacklogBytes =
    1024 * kMiB;                                          // durable, not applied: 503 above
inline constexpr std::int64_t kCommandsInFlight = 4'096;  // of API and chat, unanswered: 503 above
// Events at actors, not yet applied: of all workspaces and of one. Few, because whoever comes next
// waits behind them at every step of its way; enough for one fsync to serve many.
inline constexpr std::int64_t kEventsInFlight = 128;
inline constexpr std::int64_t kWorkspaceInFlight = 32;
inline constexpr std::int64_t kConversationInFlight = 64;  // chat and API writes waiting at one
inline constexpr int kEventsPerBody = 10'000;              // in one webhook
inline constexpr std::chrono::seconds kEventHeld{5};       // not applied for so long: makes room
inline constexpr int kEventAttempts = 3;                   // then a dead letter
inline constexpr int kEventRestarts =
    20;  // of its conversation, over other events; then they count
inline constexpr std::chrono::hours kRawEventRetention{72};  // then its key is destroyed
inline constexpr std::size_t kLettersRetried = 1'000;  // dead, of an account that gets its channel
inline constexpr std::chrono::hours kDeadLetterRetention{30 * 24};  // then it is forgotten

// --- Storage ---
inline constexpr std::size_t kCommitGroupBytes = 4 * kMiB;  // one fsync
inline constexpr int kCommitGroupBatches = 512;             // one fsync
// After a group of so many commits the next one gathers, until so long after that one's start or
// until so many are queued.
inline constexpr std::size_t kGroupUnderLoad = 4;
inline constexpr std::chrono::microseconds kGatherUnderLoad{1500};
inline constexpr std::size_t kGroupWorthASync = 32;
inline constexpr std::int64_t kWriterQueueBytes = 64 * kMiB;  // before the writer; Errc::overloaded
inline constexpr std::size_t kSearchesWaiting = 64;  // each may take seconds; more are refused
inline constexpr std::size_t kWalBytes = 64 * kMiB;  // replayed at a restart

// --- Actors ---
inline constexpr int kMaxThroughput = 64;           // messages an actor handles before it yields
inline constexpr int kLiveConversations = 100'000;  // in memory at once, then the oldest leave
inline constexpr int kRestartsPerWindow = 5;        // then quarantine
inline constexpr std::chrono::seconds kRestartWindow{60};
inline constexpr int kWorkspaceLabels = 50;   // workspaces with a metric of their own
inline constexpr int kHeldForPaused = 1'024;  // commands kept for an actor that an operator paused
inline constexpr std::chrono::seconds kStopGrace{5};  // polite, then killed

// --- Conversations ---
inline constexpr std::size_t kChatTextChars = 4'096;      // code points, both ways; never split
inline constexpr std::size_t kMessageTextChars = 20'000;  // likewise, sent on any other channel
inline constexpr int kMessageAttachments = 10;
inline constexpr int kMessageReactions = 100;
inline constexpr int kUnreadTimes = 100;    // of unread messages, to tell which an echo answers
inline constexpr int kRecentOutgoing = 16;  // newest sends whose receipts clients are told about
inline constexpr std::chrono::seconds kTurnDeadline{30};  // for an answer; then a person gives it
inline constexpr std::size_t kTurnMessages = 20;          // of a burst, answered together
inline constexpr std::chrono::minutes kHandoverDeadline{15};  // unclaimed; then it escalates
inline constexpr std::chrono::minutes kProviderClockSkew{5};  // a provider time beyond is cut
inline constexpr std::chrono::minutes kTemplateListLag{10};   // behind what an event said
inline constexpr std::chrono::seconds kWindowSafety{60};      // before a messaging window closes
inline constexpr std::chrono::hours kPrivateReply{7 * 24};    // to a public comment
inline constexpr int kAnsweredComments = 100;     // of a contact, that had their private reply
inline constexpr int kConsentHistory = 50;        // newest changes of what a contact allows
inline constexpr int kMessageAttempts = 50;       // calls kept in a message's log
inline constexpr std::size_t kPendingEarly = 64;  // statuses and edits that came before their
                                                  // message; the oldest give way

// --- Media ---
inline constexpr std::int64_t kMediaBytes = 25 * std::int64_t{kMiB};      // fetched or uploaded
inline constexpr std::int64_t kDocumentBytes = 100 * std::int64_t{kMiB};  // fetched: a file
inline constexpr std::size_t kMediaPartBytes = 64 * kKiB;                 // sealed as one value
inline constexpr std::size_t kMediaCommitBytes = 512 * kKiB;              // parts in one commit
inline constexpr int kFetchedAttachments = 32;                            // of one message
inline constexpr int kMediaFetches = 4;   // of one workspace at once
inline constexpr int kMediaAttempts = 8;  // then failed
inline constexpr std::int64_t kUploadsInFlight = 128 * std::int64_t{kMiB};  // bytes; 503 above
inline constexpr std::int64_t kMediaReadBytes = 64 * std::int64_t{kMiB};    // being served at once
inline constexpr std::int64_t kMediaRangeBytes = 4 * std::int64_t{kMiB};    // answer to one range
inline constexpr std::int64_t kVisitorUploads = 100;     // of one web chat visitor in a day
inline constexpr std::int64_t kChannelUploads = 10'000;  // of all visitors of a web chat in a day
inline constexpr std::int64_t kChannelUploadBytes = 2'048 * std::int64_t{kMiB};  // likewise
inline constexpr std::int64_t kAddressUploadBytes = 1'024 * std::int64_t{kMiB};  // from an address
inline constexpr std::chrono::hours kUnusedUpload{24};  // a visitor's that no message took: erased
inline constexpr std::chrono::minutes kUploadTime{15};  // begun and not complete: dropped

// --- REST API ---
inline constexpr int kPageDefault = 50;
inline constexpr int kPageMax = 200;
inline constexpr std::size_t kCursorBytes = 512;
inline constexpr std::size_t kIdempotencyKeyBytes = 255;
inline constexpr std::chrono::hours kIdempotencyRetention{24};
inline constexpr std::size_t kNameChars = 200;           // names and titles
inline constexpr std::size_t kDescriptionChars = 5'000;  // of an item
inline constexpr std::size_t kDocumentChars = 200'000;   // of a knowledge document
inline constexpr int kCatalogItems = 10'000;             // of a workspace
inline constexpr int kKnowledgeDocuments = 1'000;        // of a workspace
inline constexpr int kItemImages = 10;
inline constexpr std::int64_t kAmountMinor = 1'000'000'000'000;  // largest price, minor units

// --- HTTP out ---
inline constexpr int kConnectionsPerHost = 32;
inline constexpr int kCallsQueuedPerHost = 1'024;  // waiting for a connection
inline constexpr std::size_t kResponseBodyBytes = 4 * kMiB;
inline constexpr std::chrono::seconds kConnectTimeout{5};
inline constexpr std::chrono::seconds kCallTimeout{20};  // request written to response read

// --- Outbox ---
inline constexpr int kSendsInFlight = 16;               // claimed at once by one account
inline constexpr std::size_t kOutboxMemory = 4'096;     // waiting at one account, in memory; what
                                                        // is younger waits on disk: API gets 503
inline constexpr double kSendsPerSecond = 300;          // of one account; Meta's limit for text
inline constexpr std::chrono::seconds kEchoApart{60};   // its provider time and our call's, at most
inline constexpr std::chrono::seconds kSendPause{60};   // after a rate limit that names no time
inline constexpr std::chrono::minutes kUsageMemory{5};  // a usage figure counts so long
inline constexpr double kFilteredShare = 0.02;  // of a day's messages: more for spam is told
inline constexpr int kFilteredLeast = 3;        // … if there are so many
inline constexpr std::size_t kUnsupportedRaw = 64 * 1024;  // kept of an item we cannot show
inline constexpr std::size_t kProjectionPage = 64;  // messages read anew at once by one connection
inline constexpr std::chrono::milliseconds kProjectionPause{500};  // … and the wait between pages
inline constexpr std::chrono::hours kTokenProbe{24};               // a token is looked at once in
// … or, if that failed, once in; a provider of which nothing is heard is told of us as often
inline constexpr std::chrono::hours kTokenTick{1};
inline constexpr std::size_t kChannelLogins = 16;  // of a workspace, accounts being chosen
inline constexpr std::chrono::minutes kChannelLoginLife{30};  // … for so long
inline constexpr std::chrono::minutes kTemplateRetry{5};  // after a read of templates that failed
inline constexpr std::size_t kTemplates = 2'000;          // of a channel that are known
inline constexpr std::size_t kChannelNotices = 20;        // kept with a channel
inline constexpr std::chrono::seconds kSendBackoffMin{1};
inline constexpr std::chrono::minutes kSendBackoffMax{15};  // between two tries
inline constexpr std::chrono::hours kSendLife{24};  // what surely did not arrive is tried so long
inline constexpr int kBreakerFailures = 5;          // in a row; then one probe at a time

// --- Configuration ---
inline constexpr std::size_t kConfigFileBytes = 32 * kKiB;  // also what keeps nesting shallow
inline constexpr std::size_t kSecretFileBytes = 64 * kKiB;

}  // namespace aura::limits
