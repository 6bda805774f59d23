#include "storage/store.h"

#include "storage/big_endian.h"

namespace aura::storage {

void Commit::put(Family family, std::string key, std::string value) {
  mutations.push_back({Mutation::Op::put, family, std::move(key), std::move(value)});
}

void Commit::erase(Family family, std::string key) {
  mutations.push_back({Mutation::Op::erase, family, std::move(key), {}});
}

std::size_t Commit::bytes() const {
  constexpr std::size_t kRowOverhead = 32;  // per row, in the log and in the queue
  std::size_t total = kRowOverhead;
  for (const Mutation& m : mutations) total += kRowOverhead + m.key.size() + m.value.size();
  for (const Append& a : appends) total += kRowOverhead + a.key_prefix.size() + a.value.size();
  for (const KeyringMutation& k : keyring) total += kRowOverhead + k.key.size() + k.value.size();
  total += usage.size() * kRowOverhead;
  if (audit)
    total += kRowOverhead + audit->actor.size() + audit->action.size() + audit->subject.size();
  return total;
}

std::string fenced_value(std::uint64_t version, std::string_view record) {
  std::string value;
  value.reserve(8 + record.size());
  append_big(value, version);
  value.append(record);
  return value;
}

std::optional<std::pair<std::uint64_t, std::string_view>> split_fenced(std::string_view value) {
  if (value.size() < 8) return std::nullopt;
  return std::pair{load_big<std::uint64_t>(value), value.substr(8)};
}

// [family 1][key …]
std::string aad(Family family, std::string_view key) {
  std::string data;
  data.reserve(1 + key.size());
  data.push_back(static_cast<char>(family));
  data.append(key);
  return data;
}

}  // namespace aura::storage
