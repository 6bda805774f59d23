// The error of an input that is wrong: the field and how it should be, in one sentence. Pure.
#pragma once

#include <string>
#include <string_view>

#include "runtime/result.h"

namespace aura::net {

inline tl::unexpected<Error> wrong(std::string_view pointer, std::string_view what) {
  std::string detail(pointer);
  detail.append(" ").append(what).append(".");
  return fail(Errc::invalid, std::move(detail), std::string(pointer));
}

}  // namespace aura::net
