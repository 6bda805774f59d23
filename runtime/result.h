// Result<T>: a value or an Error. Errors are values everywhere below the application: no exception
// crosses an actor, a callback or a layer.
#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace aura {

// Every kind of failure the engine reports. Numbers are stable (they are stored and counted); add
// new ones at the end.
enum class Errc {
  ok = 0,
  invalid = 1,        // the input is wrong; `field` says where
  not_found = 2,      // no such thing in this workspace
  conflict = 3,       // idempotency key reused with another body, or a stale version
  overloaded = 4,     // a bound is reached; nothing was stored; retry later
  restarting = 5,     // the owning actor is backing off after a failure
  quarantined = 6,    // the owning actor failed too often; an operator must act
  unavailable = 7,    // storage or engine cannot accept work (shutdown, disk full)
  unauthorized = 8,   // missing or wrong credentials or signature
  window_closed = 9,  // the channel's messaging window does not allow this send
  internal = 10,      // an invariant is broken; the actor restarts
  corrupt = 11,       // stored data fails its checksum, AAD or key
  timeout = 12,       // an external party did not answer in time
  io = 13,            // an external connection or a file failed
  unsupported = 14,   // this channel cannot do that
  opted_out = 15,     // the contact asked to get no more messages
  forbidden = 16,     // the caller is known but not allowed to do that
  rate_limited = 17,  // the caller's quota is used up; nothing was stored; see `retry_after`
};

const char* to_string(Errc code);

struct Error {
  Errc code = Errc::internal;
  std::string detail;  // one sentence for a person: what is wrong, how to fix it; no secrets
  std::string field;   // JSON pointer or configuration key of the wrong input, or empty
  std::chrono::seconds retry_after{0};  // when to retry, if known
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Errc code, std::string detail, std::string field = {}) {
  return tl::unexpected<Error>(Error{code, std::move(detail), std::move(field)});
}

}  // namespace aura
