#include "runtime/result.h"

namespace aura {

const char* to_string(Errc code) {
  switch (code) {
    case Errc::ok:
      return "ok";
    case Errc::invalid:
      return "invalid";
    case Errc::not_found:
      return "not_found";
    case Errc::conflict:
      return "conflict";
    case Errc::overloaded:
      return "overloaded";
    case Errc::restarting:
      return "restarting";
    case Errc::quarantined:
      return "quarantined";
    case Errc::unavailable:
      return "unavailable";
    case Errc::unauthorized:
      return "unauthorized";
    case Errc::window_closed:
      return "window_closed";
    case Errc::internal:
      return "internal";
    case Errc::corrupt:
      return "corrupt";
    case Errc::timeout:
      return "timeout";
    case Errc::io:
      return "io";
    case Errc::unsupported:
      return "unsupported";
    case Errc::opted_out:
      return "opted_out";
    case Errc::forbidden:
      return "forbidden";
    case Errc::rate_limited:
      return "rate_limited";
  }
  return "unknown";  // a number stored by a newer version
}

}  // namespace aura
