#include "storage/audit/signer.h"

#include "runtime/hex.h"
#include "runtime/log.h"
#include "storage/keys.h"

namespace aura::storage {
namespace {

constexpr Millis kEvery = 60'000;
constexpr std::size_t kHeadsACommit = 500;

}  // namespace

void AuditSigner::every_minute(Millis now) {
  if (!first_ && now - last_ < kEvery && now >= last_) return;
  sign(now);
}

void AuditSigner::Chains::put_back(const std::vector<Id>& chains) {
  const std::lock_guard lock(mutex);
  ids.insert(chains.begin(), chains.end());
}

std::set<Id> AuditSigner::Chains::take() {
  const std::lock_guard lock(mutex);
  return std::exchange(ids, {});
}

void AuditSigner::sign(Millis now) {
  last_ = now;
  std::set<Id> chains = unsigned_->take();
  for (const Id& grown : grown_()) chains.insert(grown);
  if (first_) {
    auto all = all_chains();
    if (!all) return log::error("audit.sign_failed", {{"reason", all.error().detail}});
    chains.insert(all->begin(), all->end());
  }
  first_ = false;
  Commit commit;
  std::vector<Id> signed_now;
  for (const Id& chain : chains) {
    if (auto added = add_head(chain, now, commit); !added) {
      log::error("audit.sign_failed", {{"reason", added.error().detail}});
      unsigned_->put_back({chain});
      continue;
    }
    signed_now.push_back(chain);
    if (commit.mutations.size() >= kHeadsACommit)
      submit(std::exchange(commit, {}), std::exchange(signed_now, {}));
  }
  submit(std::move(commit), std::move(signed_now));
}

void AuditSigner::submit(Commit commit, std::vector<Id> chains) {
  if (commit.mutations.empty()) return;
  log_.submit(std::move(commit),
              [left = unsigned_, chains = std::move(chains)](const CommitResult& result) {
                if (result.code == Errc::ok) return;
                log::error("audit.sign_failed", {{"reason", to_string(result.code)}});
                left->put_back(chains);
              });
}

Result<std::vector<Id>> AuditSigner::all_chains() const {
  std::vector<Id> chains = {Id{}};
  auto read = reader_.for_each(Family::workspace, "", [&](std::string_view key, std::string_view) {
    if (const auto tail = keys::split(key)) chains.push_back(tail->workspace);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return chains;
}

Result<void> AuditSigner::add_head(const Id& chain, Millis now, Commit& commit) const {
  const auto rows =
      reader_.scan(Family::audit, keys::head(chain), "", 1, Reader::Direction::backward);
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty()) return {};
  record::Audit newest;
  if (!newest.ParseFromString(rows->front().value))
    return fail(Errc::corrupt, "the newest audit entry cannot be read");
  const auto stored = reader_.get(Family::meta, audit_head_row(chain));
  if (!stored) return tl::unexpected(stored.error());
  record::AuditHead before;
  if (*stored && before.ParseFromString(**stored) && before.number() == newest.number() &&
      before.public_key() == key_->public_key())
    return {};
  const auto head = key_->sign(chain, {newest.number(), newest.hash()}, now);
  commit.put(Family::meta, audit_head_row(chain), head.SerializeAsString());
  log::info("audit.head",
            {{"chain", chain.empty() ? "operator" : format_id(IdType::workspace, chain)},
             {"number", head.number()},
             {"hash", to_hex(head.hash())},
             {"at_ms", head.at_ms()},
             {"signature", to_hex(head.signature())}});
  return {};
}

}  // namespace aura::storage
