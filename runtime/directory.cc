#include "runtime/directory.h"

namespace aura {
namespace {

std::string parent_of(const std::string& path) {
  // "/engine/a/b/c" holds a folder name between a parent and its child: cut both.
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
  }
  return "unknown";
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
    card = std::make_shared<ActorCard>(path, std::string(kind), std::string(id));
    parent->children.fetch_add(1, std::memory_order_relaxed);
  }
  card->state = ActorState::running;
  card->activated_at = now;
  return card;
}

ActorCardPtr Directory::open_root(std::string_view name, Millis now) {
  std::string path = "/" + std::string(name);
  auto card = std::make_shared<ActorCard>(path, std::string(name), "");
  card->activated_at = now;
  Shard& shard = shard_of(path);
  std::lock_guard lock(shard.mutex);
  shard.cards[path] = card;
  return card;
}

void Directory::close(const ActorCard& card) {
  const std::string path = card.path;  // the card may die with its entry
  std::string parent = card.id.empty() ? path.substr(0, path.rfind('/')) : parent_of(path);
  {
    Shard& shard = shard_of(path);
    std::lock_guard lock(shard.mutex);
    if (shard.cards.erase(path) == 0) return;
  }
  if (auto above = find(parent)) above->children.fetch_sub(1, std::memory_order_relaxed);
}

ActorCardPtr Directory::find(const std::string& path) const {
  Shard& shard = shard_of(path);
  std::lock_guard lock(shard.mutex);
  const auto it = shard.cards.find(path);
  return it == shard.cards.end() ? nullptr : it->second;
}

void Directory::for_each(const std::function<void(const ActorCard&)>& visit) const {
  for (const Shard& shard : shards_) {
    std::lock_guard lock(shard.mutex);
    for (const auto& [path, card] : shard.cards) visit(*card);
  }
}

BusyScope::BusyScope(ActorCard& card, std::size_t mailbox)
    : card_(card), begin_(std::chrono::steady_clock::now()) {
  card_.mailbox.store(static_cast<std::int64_t>(mailbox), std::memory_order_relaxed);
}

BusyScope::~BusyScope() {
  const auto spent = std::chrono::steady_clock::now() - begin_;
  card_.busy_us.fetch_add(std::chrono::duration_cast<std::chrono::microseconds>(spent).count(),
                          std::memory_order_relaxed);
  card_.processed.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace aura
