// The answer to a write that the commit log refused.
#pragma once

#include "runtime/once_reply.h"

namespace aura {

template <class T>
void refuse(const OnceReply<T>& reply, Errc code) {
  reply.error(code, code == Errc::overloaded ? "The engine is busy; please try again."
                                             : "Storage does not take writes now.");
}

}  // namespace aura
