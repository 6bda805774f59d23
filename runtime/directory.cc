#include "runtime/directory.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace aura {
namespace {

// Only one thread writes: no atomic read-modify-write is needed.
template <class T>
void bump(std::atomic<T>& counter, T by) {
  counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

bool covers(const std::string& path, bool below, const std::string& card) {
  if (card == path) return true;
  return below && card.size() > path.size() && card.starts_with(path) && card[path.size()] == '/';
}

std::string parent_of(const std::string& path) {
  // A path has a folder name between parent and child ("/engine/partitions/17"): cut both.
  const auto child = path.rfind('/');
  const auto folder = child == std::string::npos ? child : path.rfind('/', child - 1);
  return folder == std::string::npos ? std::string() : path.substr(0, folder);
}

}  // namespace

const char* to_string(ActorState state) {
  switch (state) {
    case ActorState::running:
      return "running";
    case ActorState::restarting:
      return "restarting";
    case ActorState::passivated:
      return "passivated";
    case ActorState::stopped:
      return "stopped";
    case ActorState::quarantined:
      return "quarantined";
    case ActorState::paused:
      return "paused";
  }
  return "unknown";
}

std::int64_t steady_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::size_t turn_bucket(std::int64_t microseconds) {
  const auto width =
      std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0)));
  return std::min<std::size_t>((static_cast<std::size_t>(width) + 1) / 2, kTurnBuckets - 1);
}

KindTotals& KindTotals::operator+=(const KindTotals& other) {
  processed += other.processed;
  busy_us += other.busy_us;
  for (std::size_t i = 0; i < kTurnBuckets; ++i) turns[i] += other.turns[i];
  recent += other.recent;
  return *this;
}

// ---- recent work --------------------------------------------------------------------------------

void RecentWork::add(std::int64_t processed, std::int64_t busy_us) {
  running_.processed += processed;
  running_.busy_us = std::min(running_.busy_us + busy_us, kSlotUs);
}

std::int64_t RecentWork::before_slot(std::int64_t from, std::int64_t to) const {
  return std::max<std::int64_t>(std::min(to, slot_) - from, 0);
}

void RecentWork::add_busy(std::int64_t from, std::int64_t to) {
  const std::int64_t outside = before_slot(from, to);
  add(0, to - from - outside);
  before_.busy_us = std::min(before_.busy_us + outside, kSlotUs);
}

void RecentWork::move_to(std::int64_t slot) {
  if (slot <= slot_) return;
  before_ = slot == slot_ + kSlotUs ? running_ : Work{};
  running_ = {};
  slot_ = slot;
}

RecentWork& RecentWork::operator+=(const RecentWork& other) {
  RecentWork added = other;
  added.move_to(slot_);
  move_to(added.slot_);
  for (auto [sum, more] :
       {std::pair(&running_, added.running_), std::pair(&before_, added.before_)}) {
    sum->processed += more.processed;
    sum->busy_us += more.busy_us;
  }
  return *this;
}

Rates RecentWork::rates(std::int64_t now, std::int64_t since) const {
  constexpr std::int64_t kShortestUs = 1'000'000;
  RecentWork work = *this;
  work.move_to(slot_of(now));
  const std::int64_t begin = std::max(work.slot_ - kSlotUs, since);
  const auto us = static_cast<double>(std::max(now - begin, kShortestUs));
  return {1e6 * static_cast<double>(work.running_.processed + work.before_.processed) / us,
          static_cast<double>(work.running_.busy_us + work.before_.busy_us) / us};
}

// ---- the card -----------------------------------------------------------------------------------

ActorCard::ActorCard(std::string p, std::string k, std::string i,
                     std::shared_ptr<const ActorCard> above)
    : path(std::move(p)),
      kind(std::move(k)),
      id(std::move(i)),
      parent(std::move(above)),
      depth(static_cast<int>(std::ranges::count(path, '/')) / 2),
      born_us(steady_us()) {}

const ActorCard* ActorCard::paused_at() const {
  for (const ActorCard* card = this; card != nullptr; card = card->parent.get())
    if (card->state == ActorState::paused) return card;
  return nullptr;
}

void ActorCard::count_handler(std::int64_t now_us, std::int64_t spent_us) {
  if (now_us >= slot_ends_us_)
    begin_slot(now_us, spent_us);
  else
    bump(busy_us, spent_us);
  bump(processed, std::int64_t{1});
  bump(turns[turn_bucket(spent_us)], std::uint32_t{1});
}

// The handler that ended may have begun before the slot: that part counts there.
void ActorCard::begin_slot(std::int64_t now_us, std::int64_t spent_us) {
  const std::int64_t slot = RecentWork::slot_of(now_us);
  slot_ends_us_ = slot + RecentWork::kSlotUs;
  std::lock_guard lock(mutex_);
  recent_ = recent_up_to_now();
  recent_.move_to(slot);
  const std::int64_t begin_us = now_us - spent_us;
  const std::int64_t outside = recent_.before_slot(begin_us, now_us);
  recent_.add_busy(begin_us, begin_us + outside);
  recent_processed_ = processed;
  recent_busy_us_ = busy_us + outside;
  bump(busy_us, spent_us);
}

RecentWork ActorCard::recent_up_to_now() const {
  RecentWork work = recent_;
  work.add(processed - recent_processed_, busy_us - recent_busy_us_);
  return work;
}

// Includes the handler that runs, so that an actor that hangs is shown as busy.
RecentWork ActorCard::recent(std::int64_t now_us) const {
  std::lock_guard lock(mutex_);
  RecentWork work = recent_up_to_now();
  work.move_to(RecentWork::slot_of(now_us));
  const std::int64_t since = busy_since;
  if (since != 0 && since < now_us) work.add_busy(since, now_us);
  return work;
}

void ActorCard::set_failure(std::string reason) {
  std::lock_guard lock(mutex_);
  last_failure_ = std::move(reason);
}

std::string ActorCard::last_failure() const {
  std::lock_guard lock(mutex_);
  return last_failure_;
}

Directory::Shard& Directory::shard_of(const std::string& path) const {
  return shards_[std::hash<std::string>{}(path) % kShards];
}

ActorCardPtr Directory::open(const ActorCardPtr& parent, std::string_view name,
                             std::string_view kind, std::string_view id, Millis now) {
  std::string path = parent->path;
  path.append("/").append(name);
  if (!id.empty()) path.append("/").append(id);
  Shard& shard = shard_of(path);
  std::lock_guard lock(shard.mutex);
  auto& card = shard.cards[path];
  if (!card) {
    card = std::make_shared<ActorCard>(path, std::string(kind), std::string(id), parent);
    count(card->kind, 1);
    parent->children.fetch_add(1, std::memory_order_relaxed);
  }
  card->state = ActorState::running;
  card->busy_since = 0;
  card->commit_since = 0;
  card->waits_on = nullptr;
  card->next_timer = 0;
  card->activated_at = now;
  if (followed()) card->traced = followed(card->path);
  return card;
}

ActorCardPtr Directory::open_root(std::string_view name, Millis now) {
  std::string path = "/" + std::string(name);
  auto card = std::make_shared<ActorCard>(path, std::string(name), "");
  card->activated_at = now;
  Shard& shard = shard_of(path);
  std::lock_guard lock(shard.mutex);
  auto& known = shard.cards[path];
  if (!known) count(card->kind, 1);
  known = card;
  return card;
}

void Directory::close(const ActorCard& card) {
  const std::string path = card.path;  // erasing the entry may destroy the card
  std::string parent = card.id.empty() ? path.substr(0, path.rfind('/')) : parent_of(path);
  KindTotals done{card.processed, card.busy_us, {}, card.recent(steady_us())};
  for (std::size_t i = 0; i < kTurnBuckets; ++i) done.turns[i] = card.turns[i];
  const std::string kind = card.kind;
  {
    Shard& shard = shard_of(path);
    std::lock_guard lock(shard.mutex);
    if (shard.cards.erase(path) == 0) return;
  }
  {
    std::lock_guard lock(past_mutex_);
    gone_[kind] += done;
  }
  count(kind, -1);
  if (auto above = find(parent)) above->children.fetch_sub(1, std::memory_order_relaxed);
}

ActorCardPtr Directory::find(const std::string& path) const {
  Shard& shard = shard_of(path);
  std::lock_guard lock(shard.mutex);
  const auto it = shard.cards.find(path);
  return it == shard.cards.end() ? nullptr : it->second;
}

void Directory::for_each(const std::function<void(const ActorCardPtr&)>& visit) const {
  for (const Shard& shard : shards_) {
    std::lock_guard lock(shard.mutex);
    for (const auto& [path, card] : shard.cards) visit(card);
  }
}

metrics::Counter failures_of(const std::string& kind, const std::string& then) {
  return metrics::counter("aura_actor_failures_total",
                          "Actors that failed or were restarted, by what their supervisor did",
                          {{"kind", kind}, {"then", then}});
}

void Directory::count(const std::string& kind, int by) {
  std::lock_guard lock(past_mutex_);
  auto known = awake_.find(kind);
  if (known == awake_.end()) {
    known =
        awake_.emplace(kind, metrics::gauge("aura_actors", "Actors in memory", {{"kind", kind}}))
            .first;
    // A series that began with its first failure would show no increase.
    for (const char* then : {"restarting", "quarantined", "restarted"}) failures_of(kind, then);
  }
  known->second.add(by);
}

std::map<std::string, KindTotals> Directory::gone() const {
  std::lock_guard lock(past_mutex_);
  return gone_;
}

void Directory::note_fault(Fault fault) {
  std::lock_guard lock(past_mutex_);
  faults_.push_front(std::move(fault));
  if (faults_.size() > kFaults) faults_.pop_back();
}

std::vector<Fault> Directory::faults() const {
  std::lock_guard lock(past_mutex_);
  return {faults_.begin(), faults_.end()};
}

// ---- followers ----------------------------------------------------------------------------------

bool Directory::followed(const std::string& path) const {
  std::lock_guard lock(followers_mutex_);
  return std::ranges::any_of(followers_, [&](const auto& entry) {
    return covers(entry.second.path, entry.second.below, path);
  });
}

void Directory::mark_followed() {
  for_each([this](const ActorCardPtr& card) { card->traced = followed(card->path); });
}

std::uint64_t Directory::follow(std::string path, bool below, TraceListener listener) {
  std::uint64_t number = 0;
  {
    std::lock_guard lock(followers_mutex_);
    number = next_follower_++;
    followers_[number] = {std::move(path), below,
                          std::make_shared<const TraceListener>(std::move(listener))};
    following_ = followers_.size();
  }
  mark_followed();
  return number;
}

void Directory::unfollow(std::uint64_t number) {
  {
    std::lock_guard lock(followers_mutex_);
    followers_.erase(number);
    following_ = followers_.size();
  }
  mark_followed();
}

void Directory::trace(const ActorCard& card, const TraceStep& step) const {
  std::vector<std::shared_ptr<const TraceListener>> listeners;
  {
    std::lock_guard lock(followers_mutex_);
    for (const auto& [number, follower] : followers_)
      if (covers(follower.path, follower.below, card.path)) listeners.push_back(follower.listener);
  }
  for (const auto& listener : listeners) (*listener)(card, step);
}

// ---- counting -----------------------------------------------------------------------------------

BusyScope::BusyScope(ActorCard& card, std::size_t mailbox) : card_(card), begin_us_(steady_us()) {
  card_.mailbox.store(static_cast<std::int64_t>(mailbox), std::memory_order_relaxed);
  card_.busy_since.store(begin_us_, std::memory_order_relaxed);
}

BusyScope::~BusyScope() {
  const std::int64_t now = steady_us();
  card_.count_handler(now, now - begin_us_);
  card_.busy_since.store(0, std::memory_order_relaxed);
}

}  // namespace aura
