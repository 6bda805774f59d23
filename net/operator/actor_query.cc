#include "net/operator/actor_query.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "net/server/problem.h"

namespace aura::net {
namespace {

constexpr int kDeepest = 32;
constexpr int kMostActors = 10'000;
constexpr std::size_t kLongestText = 200;
constexpr std::array<std::string_view, 6> kSorts = {"mailbox",   "busy",  "restarts",
                                                    "processed", "queue", "age"};
constexpr std::array<std::string_view, 6> kStates = {"running", "restarting",  "passivated",
                                                     "stopped", "quarantined", "paused"};
constexpr std::array<std::string_view, 10> kKinds = {
    "engine",     "ingress", "timers",  "partition", "workspace",
    "connection", "agent",   "catalog", "media",     "conversation"};
struct QueryObject {
  const char* parameter;
  IdType type;
};
constexpr std::array<QueryObject, 4> kObjects = {{{"conversation", IdType::conversation},
                                                  {"channel", IdType::channel},
                                                  {"contact", IdType::contact},
                                                  {"message", IdType::message}}};

tl::unexpected<Response> refused(const std::string& parameter, const std::string& what) {
  return tl::unexpected(bad_request(parameter + " must be " + what + ".", "?" + parameter));
}

OrAnswer<int> read_number(const Params& query, const char* name, int least, int most,
                          int otherwise) {
  const std::string* text = query.find(name);
  if (text == nullptr) return otherwise;
  int number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end || number < least || number > most)
    return refused(name, "from " + std::to_string(least) + " to " + std::to_string(most));
  return number;
}

template <std::size_t N>
OrAnswer<std::string> read_word(const Params& query, const char* name,
                                const std::array<std::string_view, N>& words) {
  const std::string* text = query.find(name);
  if (text == nullptr || text->empty()) return std::string();
  if (std::ranges::find(words, *text) != words.end()) return *text;
  std::string list;
  for (std::size_t i = 0; i < N; ++i)
    list += (i == 0 ? "" : i + 1 == N ? " or " : ", ") + std::string(words[i]);
  return refused(name, list);
}

OrAnswer<std::string> read_id(const Params& query, const char* name, IdType type) {
  const std::string* text = query.find(name);
  if (text == nullptr || text->empty()) return std::string();
  if (const auto id = parse_id(type, *text); id && !id->empty()) return *text;
  return refused(name, "an id of that kind (" + std::string(prefix(type)) + "_…)");
}

OrAnswer<std::string> read_text(const Params& query, const char* name) {
  const std::string* text = query.find(name);
  if (text == nullptr) return std::string();
  if (text->size() > kLongestText)
    return refused(name, "at most " + std::to_string(kLongestText) + " bytes long");
  return *text;
}

}  // namespace

OrAnswer<ActorQuery> read_actor_query(const Request& request) {
  ActorQuery out;
  const Params query = request.query();
  if (auto refused = refuse_unknown(
          query, {"path", "depth", "kind", "workspace", "state", "q", "sort", "limit", "after",
                  "conversation", "channel", "contact", "message"}))
    return tl::unexpected(std::move(*refused));
  const auto depth = read_number(query, "depth", 0, kDeepest, out.depth);
  if (!depth) return tl::unexpected(depth.error());
  const auto limit = read_number(query, "limit", 1, kMostActors, static_cast<int>(out.limit));
  if (!limit) return tl::unexpected(limit.error());
  out.depth = *depth;
  out.limit = static_cast<std::size_t>(*limit);
  const auto take = [](OrAnswer<std::string> read, std::string& into, std::optional<Response>& no) {
    if (read)
      into = std::move(*read);
    else if (!no)
      no = std::move(read.error());
  };
  std::optional<Response> no;
  take(read_word(query, "sort", kSorts), out.sort, no);
  take(read_word(query, "state", kStates), out.state, no);
  take(read_id(query, "workspace", IdType::workspace), out.workspace, no);
  take(read_word(query, "kind", kKinds), out.kind, no);
  take(read_text(query, "q"), out.text, no);
  if (const std::string* path = query.find("path"); path && !path->empty()) out.path = *path;
  while (out.path.size() > 1 && out.path.ends_with('/')) out.path.pop_back();
  if (const std::string* after = query.find("after"); after && !after->empty()) {
    if (!after->starts_with(out.path))
      return refused("after", "the path that ended the page before");
    out.after = *after;
  }
  for (const QueryObject& object : kObjects) {
    std::string id;
    take(read_id(query, object.parameter, object.type), id, no);
    if (id.empty()) continue;
    if (!out.object.empty()) return refused(object.parameter, "the only object that is asked for");
    out.object = std::move(id);
  }
  if (no) return tl::unexpected(std::move(*no));
  return out;
}

OrAnswer<std::optional<Id>> read_workspace(const Request& request) {
  auto text = read_id(request.query(), "workspace", IdType::workspace);
  if (!text) return tl::unexpected(std::move(text.error()));
  return parse_id(IdType::workspace, *text);
}

std::string read_actor_path(const Request& request) {
  std::string_view path = request.param("path");
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return "/" + std::string(path);
}

OrAnswer<Unmasking> read_unmasking(const Request& request) {
  const Params query = request.query();
  const std::string* wanted = query.find("unmask");
  auto reason = read_text(query, "reason");
  if (!reason) return tl::unexpected(std::move(reason.error()));
  if (wanted == nullptr || *wanted == "false") return Unmasking{};
  if (*wanted != "true") return refused("unmask", "true or false");
  if (reason->find_first_not_of(" \t\r\n") == std::string::npos)
    return refused("reason", "given to see personal data; it goes into the audit log");
  return Unmasking{std::move(*reason)};
}

bool wants_html(const Request& request) {
  return request.headers.get("Accept").find("text/html") != std::string_view::npos;
}

}  // namespace aura::net
