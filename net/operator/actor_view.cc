#include "net/operator/actor_view.h"

#include <algorithm>
#include <string_view>

#include "net/api/json_mapper.h"

namespace aura::net {
namespace {

void text(std::string& out, std::string_view name, std::string_view value) {
  out.append(out.back() == '{' ? "\"" : ",\"").append(name).append("\":");
  append_json_string(out, value);
}

void number(std::string& out, std::string_view name, std::int64_t value) {
  out.append(",\"").append(name).append("\":").append(std::to_string(value));
}

// Without its closing brace.
std::string open_json(const ActorView& actor) {
  std::string out = "{";
  text(out, "path", actor.path);
  text(out, "kind", actor.kind);
  text(out, "id", actor.id);
  text(out, "state", actor.state);
  number(out, "mailbox", actor.mailbox);
  number(out, "processed", actor.processed);
  number(out, "restarts", actor.restarts);
  if (actor.last_failure.empty()) {
    out += ",\"last_failure\":null";
  } else {
    text(out, "last_failure", actor.last_failure);
  }
  number(out, "busy_us", actor.busy_us);
  if (actor.activated_at == 0) {
    out += ",\"activated_at\":null";
  } else {
    text(out, "activated_at", rfc3339(actor.activated_at));
  }
  number(out, "children", actor.children);
  return out;
}

}  // namespace

std::string actors_json(const std::vector<ActorView>& actors) {
  std::string out = "{\"data\":[";
  for (const ActorView& actor : actors) {
    if (!out.ends_with('[')) out += ',';
    out += open_json(actor) + "}";
  }
  return out + "],\"next\":null}";
}

std::string actor_json(const std::vector<ActorView>& actors, const std::string& path) {
  const auto self = std::find_if(actors.begin(), actors.end(),
                                 [&](const ActorView& actor) { return actor.path == path; });
  const ActorView& top = self == actors.end() ? actors.front() : *self;
  std::string out = open_json(top) + ",\"actors\":[";
  for (const ActorView& actor : actors) {
    if (&actor == &top) continue;
    if (!out.ends_with('[')) out += ',';
    out += open_json(actor) + "}";
  }
  return out + "]}";
}

}  // namespace aura::net
