#include "actors/engine/holds.h"

#include <algorithm>
#include <map>

#include "actors/engine/row_by_time.h"
#include "runtime/ports/operations.h"
#include "storage/schema/audit.pb.h"

namespace aura {
namespace {

namespace keys = storage::keys;
using storage::Family;

constexpr std::size_t kOrdersRead = 1024;  // the newest of those before the end of the wait
constexpr std::string_view kOrder = "actor.";

bool is_on_the_way(const Wait& wait, const std::string& path) {
  return std::ranges::any_of(wait.paths, [&](const std::string& waited_for) {
    return waited_for == path || waited_for.starts_with(path + "/");
  });
}

// The orders that concern the wait, oldest first.
Result<std::vector<record::Audit>> orders_before(const storage::Reader& reader, const Wait& wait,
                                                 Millis until) {
  const auto end = first_since<record::Audit>(reader, Family::audit, {}, until + 1);
  const auto rows = reader.scan(Family::audit, keys::head({}), keys::audit({}, end), kOrdersRead,
                                storage::Reader::Direction::backward);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<record::Audit> orders;
  for (const storage::Row& stored : *rows) {
    auto row = storage::parse<record::Audit>(stored.value);
    if (!row) return tl::unexpected(row.error());
    if (row->action().starts_with(kOrder) && is_on_the_way(wait, row->subject()))
      orders.push_back(std::move(*row));
  }
  std::ranges::reverse(orders);
  return orders;
}

}  // namespace

Result<std::vector<api::Hold>> holds_during(const storage::Reader& reader, const Wait& wait,
                                            Millis now) {
  const auto orders = orders_before(reader, wait, wait.until.value_or(now));
  if (!orders) return tl::unexpected(orders.error());
  std::vector<api::Hold> holds;
  std::map<std::string, api::Hold> lasting;  // by path
  const auto end = [&](const std::string& path, Millis at) {
    const auto open = lasting.extract(path);
    if (open.empty() || at <= wait.from) return;
    holds.push_back(open.mapped());
    holds.back().set_ended_at(at);
  };
  for (const record::Audit& order : *orders) {
    const auto action = parse_action(std::string_view(order.action()).substr(kOrder.size()));
    if (!action || *action == ActorAction::passivate) continue;
    end(order.subject(), order.at_ms());
    if (*action == ActorAction::resume || *action == ActorAction::release ||
        *action == ActorAction::restart)
      continue;
    api::Hold& hold = lasting[order.subject()];
    hold.set_path(order.subject());
    hold.set_by(std::string(to_string(*action)));
    hold.set_began_at(order.at_ms());
  }
  for (const auto& [path, hold] : lasting) {
    const Millis valid_from = wait.until ? wait.from : wait.engine_started;
    if (hold.began_at() >= valid_from) holds.push_back(hold);
  }
  std::ranges::stable_sort(holds, {}, &api::Hold::began_at);
  return holds;
}

}  // namespace aura
