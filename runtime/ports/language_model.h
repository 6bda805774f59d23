// A language model that answers one dialogue. net implements it over its HTTP client, the model
// agent calls it. Any thread may call.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "config/limits.h"

namespace aura {

struct ModelMessage {
  enum class Role { user, assistant };
  Role role = Role::user;
  std::string text;
};

struct ModelRequest {
  std::string system;
  std::vector<ModelMessage> messages;  // begins and ends with the user's; the roles alternate
  int max_tokens = limits::kModelAnswerTokens;
};

struct ModelUsage {
  std::int64_t input_tokens = 0, output_tokens = 0;
  bool estimated = false;  // the server did not tell them
};

struct ModelAnswer {
  enum class Stop { complete, truncated, refused };
  std::string text;
  Stop stop = Stop::complete;
  ModelUsage usage;
  std::string request_id;  // the provider's, or empty
};

struct ModelError {
  enum class Kind {
    temporary,  // the next try may succeed
    busy,       // … later
    broken,     // key, money or configuration: no try succeeds until somebody acts
    refused,    // this request, by its size or its content; others may succeed
    timeout,    // no answer in time
    stopped,    // by the caller
    resting,    // not asked at all: it failed too often, or too many calls are running
  };
  Kind kind = Kind::temporary;
  std::string reason;  // a stable word of ours or the provider's; never its message
  std::string request_id = {};
  bool retry = false;
  std::optional<std::chrono::milliseconds> retry_after = {};
};

using ModelResult = tl::expected<ModelAnswer, ModelError>;

class LanguageModel {
 public:
  virtual ~LanguageModel() = default;
  // `done` runs exactly once: on a network thread within the model's time limit, or at once on the
  // caller's thread (`resting`). When `stop` is requested the call is dropped.
  virtual void ask(ModelRequest request, std::stop_token stop,
                   std::function<void(ModelResult)> done) = 0;
};

inline const char* to_string(ModelError::Kind kind) {
  constexpr const char* kNames[] = {"temporary", "busy",    "broken", "refused",
                                    "timeout",   "stopped", "resting"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace aura
