#include "actors/connection/projection.h"

#include <caf/send.hpp>
#include <utility>

#include "config/limits.h"
#include "storage/keys.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

void Projection::look() {
  if (account_.adapter == nullptr || shell_.stopping()) return;
  const bool posted = services_.read_pool.post(
      [to = shell_.self(), &reader = services_.reader, start = cursor_,
       prefix = keys::unsupported_of(account_.workspace, account_.channel)] {
        auto rows = reader.scan(Family::unsupported, prefix, start, limits::kProjectionPage);
        if (!rows) return;  // looked for again after the next restart
        const bool complete = rows->size() < limits::kProjectionPage;
        caf::anon_send(to, UnsupportedFound{std::move(*rows), complete});
      });
  if (!posted) shell_.remind(limits::kProjectionPause, TickProjection{});
}

void Projection::on_found(const UnsupportedFound& found) {
  if (account_.adapter == nullptr || shell_.stopping()) return;
  for (const auto& stored : found.rows) {
    cursor_ = stored.key + '\0';
    const auto key = keys::parse_unsupported(stored.key);
    record::Unsupported row;
    if (!key || !row.ParseFromString(stored.value)) continue;
    if (row.projection() >= account_.adapter->projection()) continue;
    shell_.tell_conversation(key->conversation, ProjectAgain{key->message});
  }
  if (!found.complete) shell_.remind(limits::kProjectionPause, TickProjection{});
}

}  // namespace aura
