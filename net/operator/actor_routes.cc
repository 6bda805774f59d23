// The supervision tree: lists, one actor, orders to an actor, its live trace.
#include <memory>
#include <mutex>

#include "net/api/api_routes.h"
#include "net/api/subscription_holder.h"
#include "net/operator/actor_query.h"
#include "net/operator/operator_api.h"
#include "net/operator/operator_page.h"

namespace aura::net {
namespace {

Response no_such_actor() {
  return problem(Error{Errc::not_found, "There is no actor with this path.", {}});
}

// Removes and returns the last segment: "/engine/a/restart" → "restart".
std::string take_last(std::string& path) {
  const std::size_t slash = path.rfind('/');
  std::string last = path.substr(slash + 1);
  path.resize(slash);
  return last;
}

bool is_order(const std::string& path) {
  return parse_action(path.substr(path.rfind('/') + 1)).has_value();
}

Response orders_are_posted() {
  Response refusal = problem(405, "method-not-allowed", "Method not allowed",
                             "This address takes other methods: POST.");
  refusal.headers.add("Allow", "POST");
  return refusal;
}

// The fields of the actor as in the list, followed by the detail. `actor` contains the list fields
// a second time, for clients that want them as one object.
Reply<api::ActorDetail> answer_detail(const Responder& responder) {
  return [responder](const Result<api::ActorDetail>& found) {
    if (!found) return responder.reply(problem(found.error()));
    std::string json = to_json(found->actor());
    json.back() = ',';
    responder.reply(Response::json(200, json + to_json(*found).substr(1)));
  };
}

// The live trace of one actor. Drops steps that happen before the response stream is open.
class TraceLine {
 public:
  void open(EventStream stream) {
    const std::lock_guard lock(mutex_);
    stream_ = std::move(stream);
  }
  bool send(std::string text) {
    const std::lock_guard lock(mutex_);
    return !stream_ || stream_.send(std::move(text));
  }

 private:
  std::mutex mutex_;
  EventStream stream_;
};

void follow(Operations& operations, const std::string& path, const Responder& responder) {
  auto following = std::make_shared<SubscriptionHolder>();
  auto line = std::make_shared<TraceLine>();
  auto subscription = operations.trace(path, [line](const api::TraceEvent& event) {
    return line->send(format_event({}, event.step(), to_json(event)));
  });
  if (!subscription) return responder.reply(no_such_actor());
  const EventStream stream = open_events(responder);
  if (!stream) return;
  stream.on_close([following] { following->end(); });
  line->open(stream);
  following->hold(std::move(subscription));
}

}  // namespace

void OperatorApi::add_actor_routes(Router& router) {
  // The page itself contains no data and needs no token: it asks for the token and then for the
  // JSON.
  const auto page_or = [this](Guarded handler) {
    return [this, handler = std::move(handler)](Request&& request, const Responder& responder) {
      if (wants_html(request)) return responder.reply(operator_page(page_));
      if (!allowed(request)) return responder.reply(unauthorized(request));
      handler(request, responder);
    };
  };
  router.add(Method::get, "/", [this](Request&&, const Responder& responder) {
    responder.reply(operator_page(page_));
  });
  router.add(Method::get, "/actors",
             page_or([this](const Request& request, const Responder& responder) {
               auto query = read_actor_query(request);
               if (!query) return responder.reply(std::move(query.error()));
               operations_.actors(std::move(*query), answer_with<api::ActorList>(responder));
             }));
  router.add(Method::get, "/actors/{path*}",
             page_or([this](const Request& request, const Responder& responder) {
               auto query = read_actor_query(request);
               if (!query) return responder.reply(std::move(query.error()));
               query->path = read_actor_path(request);
               if (is_order(query->path)) return responder.reply(orders_are_posted());
               if (query->path.ends_with("/trace")) {
                 take_last(query->path);
                 return follow(operations_, query->path, responder);
               }
               operations_.actor(std::move(*query), answer_detail(responder));
             }));
  add(router, Method::post, "/actors/{path*}",
      [this](const Request& request, const Responder& responder) {
        std::string path = read_actor_path(request);
        const auto action = parse_action(take_last(path));
        if (!action || path.empty()) {
          return responder.reply(problem(Error{
              Errc::not_found,
              "An actor can be told to restart, passivate, pause, resume, drain, quarantine or "
              "release: POST /actors/{path}/{action}.",
              {}}));
        }
        operations_.control(
            {std::move(path), *action}, [responder](const Result<std::monostate>& done) {
              responder.reply(done ? Response::json(202, "{\"status\":\"accepted\"}")
                                   : problem(done.error()));
            });
      });
}

}  // namespace aura::net
