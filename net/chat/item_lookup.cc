#include "net/chat/item_lookup.h"

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

namespace aura::net {
namespace {

// Each result has its own slot; the callback of the last result delivers all of them.
struct Gathering {
  std::vector<std::optional<api::Item>> items;
  std::atomic<std::size_t> missing;
  std::function<void(const std::vector<api::Item>&)> found;
};

void tell(const Gathering& gathering) {
  std::vector<api::Item> items;
  for (const auto& item : gathering.items)
    if (item) items.push_back(*item);
  gathering.found(items);
}

}  // namespace

void look_up_items(Queries& queries, Id workspace, const std::vector<Id>& ids,
                   std::function<void(const std::vector<api::Item>&)> found) {
  auto gathering = std::make_shared<Gathering>();
  gathering->items.resize(ids.size());
  gathering->missing = ids.size();
  gathering->found = std::move(found);
  if (ids.empty()) return tell(*gathering);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    queries.item(workspace, ids[i], [gathering, i](Result<api::Item> item) {
      if (item) gathering->items[i] = std::move(*item);
      if (gathering->missing.fetch_sub(1) == 1) tell(*gathering);
    });
  }
}

}  // namespace aura::net
