// Keeps the `capacity` most recently used values. Any thread may call.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace aura::storage {

template <class Key, class Value>
class LruCache {
 public:
  explicit LruCache(std::size_t capacity) : capacity_(capacity) {}

  std::optional<Value> get(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(key);
    if (found == places_.end()) return std::nullopt;
    newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
    return found->second->second;
  }

  void put(const Key& key, Value value) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(key);
    if (found != places_.end()) newest_first_.erase(found->second);
    newest_first_.emplace_front(key, std::move(value));
    places_[key] = newest_first_.begin();
    if (places_.size() <= capacity_) return;
    places_.erase(newest_first_.back().first);
    newest_first_.pop_back();
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    places_.clear();
    newest_first_.clear();
  }

 private:
  using List = std::list<std::pair<Key, Value>>;

  const std::size_t capacity_;
  std::mutex mutex_;
  List newest_first_;
  std::unordered_map<Key, typename List::iterator> places_;
};

}  // namespace aura::storage
