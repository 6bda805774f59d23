// The Error for a wrong input: names the field and says in one sentence what would be right. Pure.
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
