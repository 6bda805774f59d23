// What an agent is asked for a turn and what it proposes. The conversation decides whether the
// proposal still counts. An implementation may answer at once (EmbeddedAgent) or later, from
// another thread (a model); `done` is called exactly once, a stopped turn included.
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

// What was said before the question, oldest first. A conversation that has just come back to memory
// has not read it yet: an answer that looked at it then is no answer.
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

// What the channel can carry; the reply is made to fit.
struct Capabilities {
  std::size_t max_text_bytes = 2000;
  std::size_t max_quick_replies = 0;  // 0: the channel has none
  std::size_t max_quick_reply_chars = 20;
};

struct TurnContext {
  std::shared_ptr<const RetrievalIndex> index;  // the snapshot: profile, catalog, documents
  History history;                              // without `text`
  std::string text;                             // the customer's burst, joined by newlines
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
  question,  // anything else answered from documents
  order,
  discount,
  thanks,
  goodbye,
  person,  // wants to talk to a person
};

const char* to_string(Intent intent);

enum class Action { reply, handover, none };

struct Proposal {
  Action action = Action::none;  // none: there is nothing to answer (an empty message)
  std::string text;
  std::vector<Claim> claims;  // by place in the text
  std::vector<std::string> quick_replies;
  Intent intent = Intent::unknown;
  double confidence = 0;  // 0 … 1
  Language language = Language::en;
};

class ReplyAgent {
 public:
  using Done = std::function<void(Result<Proposal>)>;

  virtual ~ReplyAgent() = default;
  virtual void propose(TurnContext context, std::stop_token stop, Done done) = 0;
  // An agent that neither waits nor blocks answers within its caller's step; any thread may call.
  // Nothing: it must be asked by propose(), with the history read. What is answered has passed
  // enforce_claims().
  virtual std::optional<Proposal> answer_now(const TurnContext&) const { return std::nullopt; }
};

// Replaces a proposal that fails check_claims() by a reply that claims nothing and offers a person.
// Every proposal passes here last, whoever made it. True if it was replaced.
bool enforce_claims(Proposal& proposal, const RetrievalIndex& snapshot);

}  // namespace aura::agent
