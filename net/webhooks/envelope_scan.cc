#include "net/webhooks/envelope_scan.h"

#include "net/json.h"

namespace aura::net {

EnvelopeScan::Name EnvelopeScan::name_of(std::string_view key) {
  if (key == "id") return Name::id;
  if (key == "time") return Name::time;
  if (key == "messaging") return Name::messaging;
  if (key == "standby") return Name::standby;
  if (key == "changes") return Name::changes;
  if (key == "changed_fields") return Name::changed_fields;
  if (key == "field") return Name::field;
  if (key == "value") return Name::value;
  if (key == "object") return Name::object;
  if (key == "entry") return Name::entry;
  if (key == "metadata") return Name::metadata;
  if (key == "phone_number_id") return Name::phone_number_id;
  return Name::other;
}

std::string_view EnvelopeScan::list_name(Name name) {
  switch (name) {
    case Name::messaging:
      return "messaging";
    case Name::standby:
      return "standby";
    case Name::changes:
      return "changes";
    case Name::changed_fields:
      return "changed_fields";
    default:
      return {};
  }
}

bool EnvelopeScan::Key(const char* text, unsigned size, bool) {
  if (depth_ <= kLevels) keys_[static_cast<std::size_t>(depth_)] = name_of({text, size});
  return true;
}

// Inside an object that is an element of the body's `entry` array.
bool EnvelopeScan::in_entry() const {
  return depth_ >= 3 && object_at_[1] && key(1) == Name::entry && !object_at_[2] && object_at_[3];
}

// Directly inside a list of an entry whose elements become separate items.
bool EnvelopeScan::in_list() const {
  return depth_ == 4 && in_entry() && !object_at_[4] && !list_name(key(3)).empty() &&
         key(3) != Name::changed_fields;
}

bool EnvelopeScan::at_phone_number_id() const {
  return depth_ == 7 && in_entry() && key(3) == Name::changes && !object_at_[4] && object_at_[5] &&
         key(5) == Name::value && object_at_[6] && key(6) == Name::metadata && object_at_[7] &&
         key(7) == Name::phone_number_id;
}

bool EnvelopeScan::open(bool is_object) {
  // The iterative reader calls this before it consumes the '{'.
  const std::size_t at = stream_.Tell();
  const bool entry_value = depth_ == 3 && in_entry();
  if (entry_value && is_object && !list_name(key(3)).empty()) entries.back().odd = true;
  if (++depth_ > max_depth_) {
    too_deep = true;
    return false;
  }
  if (depth_ > kLevels) return true;
  const auto level = static_cast<std::size_t>(depth_);
  keys_[level] = Name::other;
  object_at_[level] = is_object;
  begin_[level] = at;
  if (depth_ == 2 && object_at_[1] && key(1) == Name::entry) well_shaped = !is_object;
  if (depth_ == 3 && object_at_[1] && key(1) == Name::entry && !object_at_[2]) {
    entries.emplace_back();
    entries.back().odd = !is_object;
  }
  if (depth_ == 5) {
    --depth_;
    const bool element = in_list();
    ++depth_;
    if (element) entries.back().items.push_back({list_name(key(3)), {}, {}, {}});
  }
  return true;
}

bool EnvelopeScan::close() {
  const int level = depth_--;
  if (level > kLevels) return true;
  const std::size_t begin = begin_[static_cast<std::size_t>(level)];
  const std::string_view raw = body_.substr(begin, stream_.Tell() + 1 - begin);
  const bool was_entry =
      level == 3 && object_at_[1] && key(1) == Name::entry && !object_at_[2] && !entries.empty();
  if (was_entry) {
    entries.back().raw = raw;
  } else if (level == 4 && in_entry()) {
    if (key(3) == Name::value) entries.back().value = ScannedItem{"changes", raw, {}, {}};
    if (key(3) == Name::changed_fields) {
      entries.back().items.push_back({"changed_fields", raw, {}, {}});
    }
  } else if (level == 5 && in_list()) {
    entries.back().items.back().raw = raw;
  }
  return true;
}

// A scalar where an object is expected is kept as an item, so that it becomes a dead letter.
void EnvelopeScan::add_scalar(std::string json) {
  if (in_list()) {
    entries.back().items.push_back({list_name(key(3)), {}, std::move(json), {}});
  } else if (depth_ == 3 && in_entry()) {
    if (key(3) == Name::value) {
      entries.back().value = ScannedItem{"changes", {}, std::move(json), {}};
    } else if (!list_name(key(3)).empty()) {
      entries.back().odd = true;
    }
  } else if (depth_ == 2 && object_at_[1] && key(1) == Name::entry && !object_at_[2]) {
    ScannedEntry& entry = entries.emplace_back();
    entry.odd = true;
    entry.items.push_back({"entry", {}, std::move(json), {}});
  }
}

void EnvelopeScan::entry_text(std::string_view text, bool is_number) {
  ScannedEntry& entry = entries.back();
  if (key(3) == Name::id) entry.id = text;
  if (key(3) == Name::time && is_number) entry.time = text;
  if (key(3) == Name::field && !is_number) entry.field.emplace(text);
}

bool EnvelopeScan::scalar(std::string_view json) {
  add_scalar(std::string(json));
  return true;
}

bool EnvelopeScan::number(std::string_view literal) {
  if (depth_ == 3 && in_entry()) entry_text(literal, true);
  if (at_phone_number_id()) entries.back().items.back().phone_number_id = literal;
  add_scalar(std::string(literal));
  return true;
}

bool EnvelopeScan::text_value(std::string_view text) {
  if (depth_ == 1 && object_at_[1] && key(1) == Name::object) object = text;
  if (depth_ == 3 && in_entry()) entry_text(text, false);
  if (at_phone_number_id()) entries.back().items.back().phone_number_id = text;
  if (in_list() || (depth_ <= 3 && depth_ >= 2)) {
    std::string json;
    append_json_string(json, text);
    add_scalar(std::move(json));
  }
  return true;
}

}  // namespace aura::net
