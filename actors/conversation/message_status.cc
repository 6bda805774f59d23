#include "actors/conversation/message_status.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "actors/conversation/outbound.h"

namespace aura::conversation {
namespace {

using Part = record::PartStatus;

// Statuses only advance; a receipt overrides a failure, because it proves that the message arrived.
bool climb(Part& part, api::MessageStatus to) {
  const auto from = part.status();
  const bool arrived = from == api::MESSAGE_STATUS_DELIVERED || from == api::MESSAGE_STATUS_READ;
  const bool proves = to == api::MESSAGE_STATUS_DELIVERED || to == api::MESSAGE_STATUS_READ;
  const bool higher = to == api::MESSAGE_STATUS_FAILED     ? !arrived
                      : from == api::MESSAGE_STATUS_FAILED ? proves
                                                           : to > from;
  if (higher) part.set_status(to);
  return part.status() != from;
}

// Keeps the earliest time of a repeated receipt.
bool note_time(Part& part, api::MessageStatus status, Millis at) {
  const auto note = [at](Millis known, auto set) {
    if (at <= 0 || (known != 0 && known <= at)) return false;
    set(at);
    return true;
  };
  switch (status) {
    case api::MESSAGE_STATUS_SENT:
      return note(part.sent_ms(), [&](Millis time) { part.set_sent_ms(time); });
    case api::MESSAGE_STATUS_DELIVERED:
      return note(part.delivered_ms(), [&](Millis time) { part.set_delivered_ms(time); });
    case api::MESSAGE_STATUS_READ:
      return note(part.read_ms(), [&](Millis time) { part.set_read_ms(time); });
    default:
      return false;
  }
}

auto reason_of(const Part& part) {
  return std::tie(part.provider_code(), part.error_code(), part.error_detail());
}

// Of several failure reasons the greatest is kept, so that the order of arrival does not matter.
bool explain(Part& part, const Part& reason) {
  if (reason_of(reason) <= reason_of(part)) return false;
  part.set_error_code(reason.error_code());
  part.set_error_detail(reason.error_detail());
  part.set_provider_code(reason.provider_code());
  return true;
}

const std::string& id_of(const record::Message& row, const Part& part) {
  return part.external_id().empty() ? row.external_id() : part.external_id();
}

// The number of the part, as the call tells that the provider answered with its id.
std::optional<std::uint32_t> place_of(const record::Message& row, const Part& part) {
  for (const auto& call : row.attempts())
    if (!call.reaction() && call.has_provider_id() && call.provider_id() == id_of(row, part))
      return call.part();
  return std::nullopt;
}

// Whichever copy came furthest counts: the contact has the part then, whatever becomes of the
// other.
void add_copy(Part& part, const Part& copy) {
  for (const auto& [status, at] : {std::pair(api::MESSAGE_STATUS_SENT, copy.sent_ms()),
                                   std::pair(api::MESSAGE_STATUS_DELIVERED, copy.delivered_ms()),
                                   std::pair(api::MESSAGE_STATUS_READ, copy.read_ms())})
    note_time(part, status, at);
  const bool failed = part.status() == api::MESSAGE_STATUS_FAILED;
  if (copy.status() == api::MESSAGE_STATUS_FAILED) {
    if (failed) explain(part, copy);
  } else if (failed || copy.status() > part.status()) {
    part.set_status(copy.status());
  }
}

// The provider has accepted more parts than the failed send knew of.
bool failed_send_arrived(const record::Message& row, std::size_t parts, api::MessageStatus lowest) {
  if (parts <= static_cast<std::size_t>(row.parts_sent())) return false;
  return row.send().error_code() == kUnknown || lowest >= api::MESSAGE_STATUS_DELIVERED;
}

bool derive(record::Message& row) {
  const auto shown = [&row] {
    return std::tuple(row.status(), row.error_code(), row.error_detail(), row.provider_code());
  };
  const auto before = shown();
  Part whole;
  whole.set_status(row.parts().empty() ? row.send().status() : api::MESSAGE_STATUS_READ);
  const auto lower = [&whole](api::MessageStatus to) {
    whole.set_status(std::min(whole.status(), to));
  };
  bool failed = false;
  const auto fail = [&](const Part& part) {
    failed = true;
    explain(whole, part);
  };
  const auto parts = parts_of(row);
  for (const Part& part : parts) {
    if (row.seen()) continue;
    part.status() == api::MESSAGE_STATUS_FAILED ? fail(part) : lower(part.status());
    if (part.status() == api::MESSAGE_STATUS_QUEUED) explain(whole, part);  // held back
  }
  if (row.has_send() && row.send().status() == api::MESSAGE_STATUS_QUEUED) {
    lower(api::MESSAGE_STATUS_SENT);  // parts may follow
  } else if (row.send().status() == api::MESSAGE_STATUS_FAILED &&
             !failed_send_arrived(row, parts.size(), whole.status())) {
    fail(row.send());
  }
  row.set_status(failed ? api::MESSAGE_STATUS_FAILED : whole.status());
  row.clear_error_code();
  row.clear_error_detail();
  row.clear_provider_code();
  const bool explained = failed || whole.status() == api::MESSAGE_STATUS_QUEUED;
  if (!explained || reason_of(whole) == reason_of(Part())) return shown() != before;
  row.set_error_code(whole.error_code());
  row.set_error_detail(whole.error_detail());
  if (!whole.provider_code().empty()) row.set_provider_code(whole.provider_code());
  return shown() != before;
}

Part* find_part(record::Message& row, const std::string& external_id) {
  for (Part& part : *row.mutable_parts())
    if (id_of(row, part) == external_id) return &part;
  return nullptr;
}

Part& put_part(record::Message& row, const std::string& external_id) {
  if (row.external_id().empty()) row.set_external_id(external_id);
  if (Part* known = find_part(row, external_id)) return *known;
  Part& part = *row.add_parts();
  if (row.external_id() != external_id) part.set_external_id(external_id);
  part.set_status(api::MESSAGE_STATUS_SENT);
  return part;
}

// Migrates rows of an earlier version with one status per message: it becomes the status of each
// part, or of a send that failed midway.
void read_earlier(record::Message& row) {
  if (row.has_send() || row.parts_size() > 0) return;
  Part known;
  known.set_status(std::max(row.status(), api::MESSAGE_STATUS_SENT));
  known.set_error_code(row.error_code());
  known.set_error_detail(row.error_detail());
  known.set_provider_code(row.provider_code());
  const bool failed = row.status() == api::MESSAGE_STATUS_FAILED;
  if (failed && (row.external_id().empty() || row.parts_sent() > 0)) {
    *row.mutable_send() = known;
    known.Clear();
    known.set_status(api::MESSAGE_STATUS_SENT);
  }
  if (row.external_id().empty()) return;
  *row.add_parts() = known;
  for (const auto& attempt : row.attempts()) {
    const auto& retired = row.retired_externals();
    const std::string& id = attempt.provider_id();
    if (id.empty() || std::find(retired.begin(), retired.end(), id) != retired.end()) continue;
    if (find_part(row, id) != nullptr) continue;
    *row.add_parts() = known;
    row.mutable_parts()->rbegin()->set_external_id(id);
  }
}

}  // namespace

std::vector<Part> parts_of(const record::Message& row) {
  std::vector<Part> parts;
  std::map<std::uint32_t, std::size_t> places;
  for (const Part& copy : row.parts()) {
    const auto place = row.maybe_duplicate() ? place_of(row, copy) : std::nullopt;
    const auto known = place ? places.find(*place) : places.end();
    if (known != places.end()) {
      add_copy(parts[known->second], copy);
      continue;
    }
    if (place) places.emplace(*place, parts.size());
    parts.push_back(copy);
  }
  return parts;
}

void begin_send(record::Message& row) {
  row.mutable_send()->Clear();
  row.mutable_send()->set_status(api::MESSAGE_STATUS_QUEUED);
  row.set_status(api::MESSAGE_STATUS_QUEUED);
  row.clear_error_code();
  row.clear_error_detail();
  row.clear_provider_code();
}

void end_send(record::Message& row) {
  read_earlier(row);
  row.mutable_send()->Clear();
  row.mutable_send()->set_status(api::MESSAGE_STATUS_SENT);
  derive(row);
}

void fail_send(record::Message& row, const record::PartStatus& reason) {
  read_earlier(row);
  *row.mutable_send() = reason;
  row.mutable_send()->set_status(api::MESSAGE_STATUS_FAILED);
  derive(row);
}

void add_part(record::Message& row, const std::string& external_id) {
  if (external_id.empty()) return;
  read_earlier(row);
  put_part(row, external_id);
}

void hold_part(record::Message& row, const record::PartStatus& reason) {
  for (Part& part : *row.mutable_parts()) {
    if (part.status() != api::MESSAGE_STATUS_SENT || part.sent_ms() != 0) continue;
    part.set_status(api::MESSAGE_STATUS_QUEUED);
    explain(part, reason);
  }
}

void prove_part(record::Message& row, const std::string& external_id) {
  add_part(row, external_id);
  derive(row);
}

bool take_status(record::Message& row, const std::string& external_id,
                 const record::ParentedEvent& event) {
  read_earlier(row);
  const int parts = row.parts_size();
  Part& part = put_part(row, external_id);
  bool changed = row.parts_size() != parts;
  if (part.status() == api::MESSAGE_STATUS_QUEUED) {  // held back until now
    part.clear_error_code();
    part.clear_error_detail();
  }
  changed |= climb(part, event.status());
  changed |= note_time(part, event.status(), event.at_ms());
  if (event.status() == api::MESSAGE_STATUS_FAILED) {
    Part reason;
    reason.set_error_code(event.error_code());
    reason.set_error_detail(event.error_detail());
    reason.set_provider_code(event.provider_code());
    changed |= explain(part, reason);
  }
  changed |= event.whole() && !row.seen();
  if (event.whole()) row.set_seen(true);
  return derive(row) || changed;
}

}  // namespace aura::conversation
