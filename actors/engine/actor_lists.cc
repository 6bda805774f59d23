// Lists of actors, made from their cards. Only actors in memory have a card, so the cost of a list
// does not depend on the number of stored conversations. A stored workspace, connection or
// conversation that is not in memory can be requested by its path or id; the passivated
// conversations are listed from their rows, a page at a time.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "actors/engine/engine_operations.h"
#include "actors/engine/held_for.h"
#include "actors/tree/actor_path.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

// Read once for a list, however many actors it looks at.
struct Moment {
  Millis wall;
  std::int64_t steady = steady_us();
};

namespace {

constexpr Millis kStuck = 30'000;
constexpr std::size_t kRowsRead = 500;         // at a time
constexpr std::size_t kMostRowsRead = 50'000;  // for one page
constexpr std::array<std::int64_t, 8> kMailboxBounds = {1, 2, 4, 8, 16, 64, 256, 1024};

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  const auto lower = [](unsigned char c) { return std::tolower(c); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), [&](char a, char b) {
           return lower(static_cast<unsigned char>(a)) == lower(static_cast<unsigned char>(b));
         }) != text.end();
}

// Start of the running handler or of the commit in flight, whichever is earlier; 0: neither.
Millis held_since(const ActorCard& card, const Moment& now) {
  Millis since = card.commit_since;
  if (const std::int64_t busy = card.busy_since; busy != 0) {
    const Millis handler = now.wall - (now.steady - busy) / 1000;
    since = since == 0 ? handler : std::min(since, handler);
  }
  return since;
}

bool is_stuck(const ActorCard& card, const Moment& now) {
  const Millis since = held_since(card, now);
  return since != 0 && now.wall - since > kStuck;
}

std::optional<std::string> resource_of(const ActorCard& card) {
  const auto named = actor_path::parse(card.path);
  if (!named || !named->exact) return std::nullopt;
  std::string path = "/api/v1/workspaces/" + format_id(IdType::workspace, named->workspace);
  if (!named->conversation.empty())
    return path + "/conversations/" + format_id(IdType::conversation, named->conversation);
  if (!named->channel.empty())
    return path + "/channels/" + format_id(IdType::channel, named->channel);
  return path;
}

api::Actor shown(const ActorCard& card, const Moment& now) {
  api::Actor actor;
  actor.set_path(card.path);
  actor.set_kind(card.kind);
  actor.set_id(card.id);
  actor.set_state(to_string(shown_state(card)));
  actor.set_mailbox(card.mailbox);
  actor.set_queue(card.queue);
  actor.set_processed(card.processed);
  const auto rates = card.rates(now.steady);
  actor.set_rate(rates.per_second);
  actor.set_busy_us(card.busy_us);
  actor.set_busy_share(rates.busy_share);
  actor.set_restarts(card.restarts);
  if (auto failure = card.last_failure(); !failure.empty()) actor.set_last_failure(failure);
  actor.set_activated_at(card.activated_at);
  if (const Millis timer = card.next_timer; timer != 0) actor.set_next_timer_at(timer);
  if (const Millis since = card.commit_since; since != 0) {
    actor.set_waits_on("commit");
    actor.set_waits_since_at(since);
  } else if (const char* order = waits_for_operator(card)) {
    actor.set_waits_on(order);
    if (const Millis began = waits_for_operator_since(card); began != 0)
      actor.set_waits_since_at(began);
  } else if (const char* on = card.waits_on) {
    actor.set_waits_on(on);
  }
  actor.set_stuck(is_stuck(card, now));
  actor.set_children(card.children);
  if (auto resource = resource_of(card)) actor.set_resource(*resource);
  return actor;
}

bool is_below(const std::string& path, const ActorQuery& query) {
  return path == query.path || path.starts_with(query.path + "/");
}

// Levels of the tree above this path; the engine has none.
int depth_of(const std::string& path) {
  return static_cast<int>(std::ranges::count(path, '/')) / 2;
}

int deepest_of(const ActorQuery& query) { return depth_of(query.path) + query.depth; }

bool matches(const ActorCard& card, const ActorQuery& query) {
  if (!query.kind.empty() && card.kind != query.kind) return false;
  if (!query.state.empty() && query.state != to_string(shown_state(card))) return false;
  if (!query.workspace.empty() && card.path.find(query.workspace) == std::string::npos)
    return false;
  return query.text.empty() || contains_ignoring_case(card.path, query.text) ||
         contains_ignoring_case(card.last_failure(), query.text);
}

api::Actor passivated_actor(const std::string& path, const char* kind, const std::string& id,
                            const Moment& now) {
  api::Actor actor = shown(ActorCard(path, kind, id), now);
  actor.set_state(to_string(ActorState::passivated));
  return actor;
}

// The rows in which to look for passivated conversations: a workspace's, if the query names one.
std::string rows_of(const ActorQuery& query) {
  if (const auto workspace = parse_id(IdType::workspace, query.workspace))
    return keys::head(*workspace);
  const auto named = actor_path::parse(query.path);
  return named ? keys::head(named->workspace) : std::string();
}

// By what an actor does now: the stuck ones first.
std::int64_t busyness(bool stuck, double busy_share) {
  return std::llround(1e6 * ((stuck ? 2 : 0) + busy_share));
}

// What a list can be sorted by: the largest first.
struct SortedBy {
  std::string_view name;
  std::int64_t (*of_card)(const ActorCard&, const Moment& now);
  std::int64_t (*of_shown)(const api::Actor&);
};
constexpr std::array kSorts = {
    SortedBy{"mailbox",
             [](const ActorCard& card, const Moment&) -> std::int64_t { return card.mailbox; },
             [](const api::Actor& actor) -> std::int64_t { return actor.mailbox(); }},
    SortedBy{"busy",
             [](const ActorCard& card, const Moment& now) {
               return busyness(is_stuck(card, now), card.rates(now.steady).busy_share);
             },
             [](const api::Actor& actor) { return busyness(actor.stuck(), actor.busy_share()); }},
    SortedBy{"restarts",
             [](const ActorCard& card, const Moment&) -> std::int64_t { return card.restarts; },
             [](const api::Actor& actor) -> std::int64_t { return actor.restarts(); }},
    SortedBy{"processed",
             [](const ActorCard& card, const Moment&) -> std::int64_t { return card.processed; },
             [](const api::Actor& actor) -> std::int64_t { return actor.processed(); }},
    SortedBy{"queue",
             [](const ActorCard& card, const Moment&) -> std::int64_t { return card.queue; },
             [](const api::Actor& actor) -> std::int64_t { return actor.queue(); }},
    SortedBy{
        "age",
        [](const ActorCard& card, const Moment&) -> std::int64_t { return -card.activated_at; },
        [](const api::Actor& actor) -> std::int64_t { return -actor.activated_at(); }}};

// Null: by path.
const SortedBy* sorted_by(const std::string& name) {
  const auto found = std::ranges::find(kSorts, name, &SortedBy::name);
  return found == kSorts.end() ? nullptr : found;
}

// The shown values were read after sorting: sort again by the values shown.
void sort_shown(api::ActorList& list, const SortedBy& by) {
  std::stable_sort(list.mutable_data()->begin(), list.mutable_data()->end(),
                   [&](const auto& a, const auto& b) { return by.of_shown(a) > by.of_shown(b); });
}

bool is_under_order(ActorState state) {
  return state == ActorState::paused || state == ActorState::stopped ||
         state == ActorState::quarantined;
}

// Totals over all actors, gathered in the same pass as the list.
class Census {
 public:
  explicit Census(const Moment& now) : now_(now) {}

  void count(const ActorCard& card) {
    Kind& kind = kinds_[card.kind];
    api::ActorKind& shown = kind.shown;
    shown.set_alive(shown.alive() + 1);
    shown.set_mailbox(shown.mailbox() + card.mailbox);
    shown.set_restarts(shown.restarts() + card.restarts);
    if (is_stuck(card, now_)) shown.set_stuck(shown.stuck() + 1);
    if (is_under_order(card.state)) shown.set_under_order(shown.under_order() + 1);
    kind.totals.processed += card.processed;
    kind.totals.busy_us += card.busy_us;
    kind.totals.recent += card.recent(now_.steady);
    since_us_ = std::min(since_us_, card.born_us);
    for (std::size_t i = 0; i < kTurnBuckets; ++i) kind.totals.turns[i] += card.turns[i];
    const auto bucket = std::ranges::upper_bound(kMailboxBounds, card.mailbox.load());
    ++mailboxes_[static_cast<std::size_t>(bucket - kMailboxBounds.begin())];
  }

  void show(const std::map<std::string, KindTotals>& gone, api::ActorList& list) {
    for (const auto& [name, totals] : gone) kinds_[name].totals += totals;
    for (auto& [name, kind] : kinds_) {
      api::ActorKind& shown = *list.add_kinds();
      shown = std::move(kind.shown);
      shown.set_kind(name);
      const Rates rates = kind.totals.recent.rates(now_.steady, since_us_);
      shown.set_rate(rates.per_second);
      shown.set_busy_share(rates.busy_share);
      std::int64_t below = 1;
      for (std::size_t i = 0; i < kTurnBuckets; ++i, below *= 4)
        add_bucket(*shown.mutable_turns(), i + 1 < kTurnBuckets, below, kind.totals.turns[i]);
    }
    for (std::size_t i = 0; i <= kMailboxBounds.size(); ++i) {
      const bool bounded = i < kMailboxBounds.size();
      add_bucket(*list.mutable_mailboxes(), bounded, bounded ? kMailboxBounds[i] : 0,
                 mailboxes_[i]);
    }
  }

 private:
  struct Kind {
    api::ActorKind shown;
    KindTotals totals;
  };
  template <class Buckets>
  static void add_bucket(Buckets& buckets, bool bounded, std::int64_t below, std::int64_t count) {
    api::Bucket& bucket = *buckets.Add();
    if (bounded) bucket.set_below(below);
    bucket.set_count(count);
  }
  const Moment now_;
  std::int64_t since_us_ = now_.steady;  // when the oldest actor, the engine, began
  std::map<std::string, Kind> kinds_;
  std::array<std::int64_t, kMailboxBounds.size() + 1> mailboxes_{};
};

}  // namespace

api::Actor EngineOperations::shown_fully(const ActorCard& card, const Moment& now) const {
  api::Actor actor = shown(card, now);
  const Held held = held_for(card, services_.reader);
  actor.set_held(held.counted);
  actor.set_held_more(held.more);
  add_name(actor);
  return actor;
}

api::ActorList EngineOperations::list(const ActorQuery& query) const {
  const Moment now{services_.clock.now_ms()};
  const SortedBy* by = sorted_by(query.sort);
  const int deepest = deepest_of(query);
  std::vector<std::pair<std::int64_t, ActorCardPtr>> found;
  Census census(now);
  services_.directory.for_each([&](const ActorCardPtr& card) {
    census.count(*card);
    if (!is_below(card->path, query) || card->depth > deepest || !matches(*card, query)) return;
    if (by == nullptr && card->path <= query.after) return;
    found.emplace_back(by == nullptr ? 0 : by->of_card(*card, now), card);
  });
  const auto before = [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second->path < b.second->path;
  };
  const std::size_t size = std::min(query.limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(size), found.end(),
                    before);
  api::ActorList list;
  for (std::size_t i = 0; i < size; ++i) *list.add_data() = shown_fully(*found[i].second, now);
  if (by != nullptr) sort_shown(list, *by);
  if (found.size() > size && by == nullptr) list.set_next(found[size - 1].second->path);
  census.show(services_.directory.gone(), list);
  return list;
}

// A page of the stored conversations that are not in memory, in the order of their rows; idle
// actors of other kinds stay in memory. A page whose rows match rarely may be short, or empty.
Result<api::ActorList> EngineOperations::passivated(const ActorQuery& query) const {
  const Moment now{services_.clock.now_ms()};
  api::ActorList list;
  Census census(now);
  services_.directory.for_each([&](const ActorCardPtr& card) { census.count(*card); });
  census.show(services_.directory.gone(), list);
  if (!query.kind.empty() && query.kind != "conversation") return list;
  const int deepest = deepest_of(query);
  const std::string prefix = rows_of(query);
  std::string start;
  if (const auto named = actor_path::parse(query.after))
    start = keys::conversation(named->workspace, named->conversation) + '\0';
  for (std::size_t looked = 0; looked < kMostRowsRead; looked += kRowsRead) {
    const auto rows = services_.reader.scan(Family::conversation, prefix, start, kRowsRead);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      const auto owner = keys::split(row.key);
      const auto id = keys::last_id(row.key);
      if (!owner || !id) return fail(Errc::corrupt, "a conversation's key has a wrong size");
      const std::string path = actor_path::conversation(owner->workspace, *id);
      list.set_next(path);
      if (!is_below(path, query) || depth_of(path) > deepest ||
          !contains_ignoring_case(path, query.text) || services_.directory.find(path))
        continue;
      *list.add_data() =
          passivated_actor(path, "conversation", format_id(IdType::conversation, *id), now);
      if (list.data_size() == static_cast<int>(query.limit)) return list;
    }
    if (rows->size() < kRowsRead) {
      list.clear_next();
      return list;
    }
    start = rows->back().key + '\0';
  }
  return list;
}

void EngineOperations::actors(ActorQuery query, Reply<api::ActorList> reply) {
  run<api::ActorList>(
      std::move(reply), [this, query = std::move(query)](const Reply<api::ActorList>& answer) {
        if (query.object.empty())
          return answer(query.state == to_string(ActorState::passivated) ? passivated(query)
                                                                         : list(query));
        const auto found = path_of(query.object);
        if (!found) return answer(tl::unexpected(found.error()));
        const auto& path = *found;
        api::ActorList one;
        if (!path) return answer(std::move(one));
        auto actor = actor_at(*path);
        if (!actor) return answer(tl::unexpected(actor.error()));
        if (*actor) *one.add_data() = std::move(**actor);
        answer(std::move(one));
      });
}

namespace {

// What a path stands for, and where its row is.
struct Stored {
  const char* kind;
  std::string id;
  Family family;
  std::string key;
};

std::optional<Stored> stored_at(const std::string& path) {
  const auto named = actor_path::parse(path);
  if (!named || !named->exact) return std::nullopt;
  const Id& ws = named->workspace;
  if (!named->conversation.empty())
    return Stored{"conversation", format_id(IdType::conversation, named->conversation),
                  Family::conversation, keys::conversation(ws, named->conversation)};
  if (!named->channel.empty())
    return Stored{"connection", format_id(IdType::channel, named->channel), Family::channel,
                  keys::channel(ws, named->channel)};
  return Stored{"workspace", format_id(IdType::workspace, ws), Family::workspace,
                keys::workspace(ws)};
}

}  // namespace

// An actor that is stored but not in memory is shown as passivated.
Result<std::optional<api::Actor>> EngineOperations::actor_at(const std::string& path) const {
  const Moment now{services_.clock.now_ms()};
  if (const auto card = services_.directory.find(path)) return shown_fully(*card, now);
  const auto stored = stored_at(path);
  if (!stored) return std::nullopt;
  const auto row = services_.reader.get(stored->family, stored->key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  api::Actor actor = passivated_actor(path, stored->kind, stored->id, now);
  add_name(actor);
  return actor;
}

void EngineOperations::actor(ActorQuery query, Reply<api::ActorDetail> reply) {
  const auto finish = [this, query, reply = std::move(reply)](Result<api::ActorDetail> told) {
    run<api::ActorDetail>(reply, [this, query, told](const Reply<api::ActorDetail>& answer) {
      api::ActorDetail detail = told ? *told : api::ActorDetail();
      auto self = actor_at(query.path);
      if (!self) return answer(tl::unexpected(self.error()));
      if (!*self) return answer(fail(Errc::not_found, "There is no actor with this path."));
      *detail.mutable_actor() = std::move(**self);
      add_outbox(detail);
      api::ActorList all = list(query);
      for (auto& below : *all.mutable_data())
        if (below.path() != query.path) *detail.add_actors() = std::move(below);
      answer(std::move(detail));
    });
  };
  if (!services_.directory.find(query.path) || !host_.open())
    return finish(fail(Errc::not_found, ""));
  OperatorOrder order{query.path, DescribeActor{OnceReply<api::ActorDetail>(finish)}};
  caf::anon_send<caf::message_priority::high>(host_.root(), std::move(order));
}

}  // namespace aura
