// GET /events: the workspace's changes as server-sent events. `id:` is a cursor. A client that
// reconnects with it (Last-Event-ID, or ?after=) misses no event and gets none twice.
#include <charconv>
#include <functional>
#include <memory>
#include <utility>

#include "net/api/api_routes.h"
#include "net/api/subscription_holder.h"

namespace aura::net {
namespace {

using Cursor = std::optional<std::uint64_t>;

OrAnswer<Cursor> read_cursor(const Request& request) {
  std::string text(request.headers.get("Last-Event-ID"));
  if (text.empty()) text = request.query_param("after").value_or("");
  if (text.empty()) return Cursor{};
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return tl::unexpected(
        bad_request("after (or Last-Event-ID) is not a cursor of this stream.", "?after"));
  }
  return Cursor{number};
}

Response gone() {
  return problem(410, "cursor-gone", "Changes are no longer kept",
                 "Changes after this cursor are no longer kept. Read what you need again, and "
                 "follow without a cursor.",
                 "?after");
}

// `still_allowed` is asked for each change: whose key was revoked or has expired reads no more.
void follow(LiveFeed& feed, const ApiCall& call, std::function<bool()> still_allowed) {
  auto after = read_cursor(call.request);
  if (!after) return call.refuse(std::move(after.error()));
  if (*after) {
    const auto kept = feed.keeps_after(call.workspace, **after);
    if (!kept) return call.refuse(problem(kept.error()));
    if (!*kept) return call.refuse(gone());
  }
  const EventStream stream = open_events(call.responder);
  if (!stream) return;
  auto following = std::make_shared<SubscriptionHolder>();
  stream.on_close([following] { following->end(); });
  following->hold(feed.follow(
      call.workspace, *after,
      [stream, still_allowed = std::move(still_allowed)](const Change& change) {
        if (!still_allowed()) {
          stream.close();
          return false;
        }
        return stream.send(format_event(std::to_string(change.cursor), change.event.type(),
                                        to_json(change.event)));
      },
      [stream] { stream.close(); },
      [stream](std::function<void()> go_on) { return stream.wait_for_room(std::move(go_on)); }));
}

}  // namespace

void add_event_routes(ApiRoutes& routes) {
  LiveFeed& feed = routes.ports().feed;
  Access& access = routes.ports().access;
  routes.add(Method::get, "/events", [&feed, &access](const ApiCall& call) {
    follow(feed, call, [&access, key = bearer_token(call.request)] {
      const auto grant = access.grant_of(key);
      return grant && *grant;
    });
  });
}

}  // namespace aura::net
