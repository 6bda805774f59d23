// The answer to a write that the commit log refused.
#pragma once

#include <functional>

#include "runtime/once_reply.h"

namespace aura {

inline Error not_stored(Errc code) {
  return {code, code == Errc::overloaded ? "The engine is busy; please try again."
                                         : "The change could not be stored; please try again."};
}

template <class T>
void refuse(const OnceReply<T>& reply, Errc code) {
  reply(tl::unexpected(not_stored(code)));
}
template <class T>
void refuse(const std::function<void(Result<T>)>& reply, Errc code) {
  reply(tl::unexpected(not_stored(code)));
}

}  // namespace aura
