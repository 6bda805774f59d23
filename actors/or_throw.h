// For reads that an actor cannot do without: one that failed ends the handler, and the actor is
// restarted, so that it never takes for absent what could not be read. Any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "runtime/result.h"

namespace aura {

// `what` could not be read: "contact".
template <class T>
T or_throw(Result<T> result, const char* what) {
  if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().detail);
  return std::move(*result);
}

inline void or_throw(const Result<void>& result, const char* what) {
  if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().detail);
}

}  // namespace aura
