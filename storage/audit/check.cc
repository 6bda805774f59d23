#include "storage/audit/check.h"

#include "storage/keys.h"

namespace aura::storage {
namespace {

// Chains are signed every minute: an entry this much older than the newest signature cannot be
// unsigned by chance.
constexpr std::int64_t kUnsignedMs = 5 * 60'000;

std::string name_of(const Id& chain) {
  return chain.empty() ? "the operator" : format_id(IdType::workspace, chain);
}

}  // namespace

AuditCheck::AuditCheck(Verification& report, std::string public_key,
                       const std::vector<ChainHead>& outside)
    : report_(report), public_key_(std::move(public_key)) {
  for (const ChainHead& one : outside) add_head(one.chain, one.head, "the head kept elsewhere");
}

void AuditCheck::stored_head(const Id& chain, std::string_view value) {
  record::AuditHead head;
  if (!head.ParseFromArray(value.data(), static_cast<int>(value.size())))
    return report_.found("audit of " + name_of(chain) + ": its signed head cannot be read");
  newest_head_ms_ = std::max(newest_head_ms_, head.at_ms());
  chains_[chain].signed_up_to = head.number();
  add_head(chain, std::move(head), "the signed head");
}

void AuditCheck::add_head(const Id& chain, record::AuditHead head, const char* where) {
  if (!is_signed(chain, head, public_key_))
    return report_.found("audit of " + name_of(chain) + ": " + where + " of entry " +
                         std::to_string(head.number()) + " is not signed by the audit key");
  chains_[chain].heads.push_back(std::move(head));
}

void AuditCheck::problem(std::uint64_t number, const std::string& what) {
  if (std::exchange(broken_, true)) return;
  report_.found("audit of " + name_of(chain_) + ": entry " + std::to_string(number) + " " + what);
}

void AuditCheck::entry(std::string_view key, std::string_view value) {
  record::Audit entry;
  const auto tail = keys::split(key);
  if (!tail || !entry.ParseFromArray(value.data(), static_cast<int>(value.size()))) return;
  if (!in_chain_ || chain_ != tail->workspace) {
    end_chain();
    chain_ = tail->workspace;
    in_chain_ = true;
    chains_[chain_].seen = true;
  }
  if (const char* const wrong = audit_problem(chain_, newest_, entry))
    problem(newest_.number + 1, wrong);
  const Chain& chain = chains_[chain_];
  for (const record::AuditHead& head : chain.heads)
    if (head.number() == entry.number() && head.hash() != entry.hash())
      problem(entry.number(), "is not the one that was signed");
  if (entry.number() > chain.signed_up_to && entry.at_ms() + kUnsignedMs < newest_head_ms_)
    problem(entry.number(), "is not signed, though later ones of other chains are");
  newest_ = {entry.number(), entry.hash()};
}

void AuditCheck::end_chain() {
  if (in_chain_)
    for (const record::AuditHead& head : chains_[chain_].heads)
      if (head.number() > newest_.number)
        problem(newest_.number + 1,
                "was cut off: signed up to entry " + std::to_string(head.number()));
  newest_ = {};
  broken_ = false;
  in_chain_ = false;
}

void AuditCheck::end() {
  end_chain();
  for (const auto& [id, chain] : chains_) {
    if (chain.seen || chain.heads.empty()) continue;
    chain_ = id;
    in_chain_ = true;
    end_chain();
  }
}

}  // namespace aura::storage
