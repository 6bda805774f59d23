// The agent's interface: the input of a turn and the proposed reply. The conversation decides
// whether the proposal is still valid. An implementation may answer at once (EmbeddedAgent) or
// later from another thread (a model); `done` is called exactly once, even for a stopped turn.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "actors/agent/claims.h"
#include "actors/agent/retrieval.h"
#include "runtime/result.h"

namespace aura::agent {

enum class Author { contact, ai, member };

struct PastMessage {
  Author author = Author::contact;
  std::string text;
};

// The messages before the question, oldest first. A conversation that has just returned to memory
// has not read them yet: then an answer that used messages() is invalid (missed()).
class History {
 public:
  History() = default;
  explicit History(std::vector<PastMessage> messages) : messages_(std::move(messages)) {}
  static History unread() {
    History history;
    history.read_ = false;
    return history;
  }

  const std::vector<PastMessage>& messages() const {
    missed_ = missed_ || !read_;
    return messages_;
  }
  bool missed() const { return missed_; }

 private:
  std::vector<PastMessage> messages_;
  bool read_ = true;
  mutable bool missed_ = false;
};

// The channel's limits, which the reply must fit.
struct Capabilities {
  std::size_t max_text_bytes = 2000;
  std::size_t max_quick_replies = 0;  // 0: not supported
  std::size_t max_quick_reply_chars = 20;
};

struct TurnContext {
  std::shared_ptr<const RetrievalIndex> index;  // the snapshot: profile, catalog, documents
  History history;                              // without `text`
  std::string text;  // the customer's burst, joined by newlines; empty: it has no words
  Capabilities channel;
  std::int64_t now_ms = 0;  // of the caller's clock, for "are you open now?"; 0: not known
};

enum class Intent {
  unknown,
  greeting,
  price,
  availability,
  listing,
  opening_hours,
  contact,  // address, telephone, mail
  delivery,
  payment,
  question,  // any other question answered from documents
  order,
  discount,
  thanks,
  goodbye,
  person,  // wants to talk to a person
};

const char* to_string(Intent intent);

enum class Action { reply, handover, none };

// What a language model did for a proposal; without a model, nothing.
struct ModelUse {
  int calls = 0;  // that reached a model
  std::int64_t tokens_in = 0, tokens_out = 0;
  bool fell_back = false;  // the embedded agent answered although the model was to
};

struct Proposal {
  Action action = Action::none;
  std::string text;
  std::vector<Claim> claims;  // by position in the text
  std::vector<std::string> quick_replies;
  Intent intent = Intent::unknown;
  double confidence = 0;  // 0 … 1
  Language language = Language::en;
  ModelUse model;
};

// Whether the answer says something that the business's own data say, rather than that there is
// none, or a courtesy.
bool knows(const Proposal& proposal);

class ReplyAgent {
 public:
  using Done = std::function<void(Result<Proposal>)>;

  virtual ~ReplyAgent() = default;
  virtual void propose(TurnContext context, std::stop_token stop, Done done) = 0;
  // For agents that neither wait nor block: answers within the caller's step; any thread may call.
  // The answer has passed enforce_claims(). Nothing: use propose(), with the history read.
  virtual std::optional<Proposal> answer_now(const TurnContext&) const { return std::nullopt; }
};

// Replaces a proposal that fails check_claims() with a reply that has no claims and offers a
// person. The last step for every proposal, whichever agent made it. True if it was replaced.
bool enforce_claims(Proposal& proposal, const RetrievalIndex& snapshot);

}  // namespace aura::agent
