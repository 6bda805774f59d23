// Checks audit chains entry by entry, for consistency and against their signed heads. Names the
// first entry of each chain that was altered, deleted, moved or cut off. Fed by verify() (or by the
// reader of exported files) on its thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "storage/audit/head.h"
#include "storage/backup/verification.h"
#include "storage/store.h"

namespace aura::storage {

struct ChainHead {
  Id chain;
  record::AuditHead head;
};

class AuditCheck {
 public:
  // `public_key` must have signed every head (empty: the key that each head names); `outside`:
  // heads kept elsewhere.
  AuditCheck(Verification& report, std::string public_key, const std::vector<ChainHead>& outside);

  void stored_head(const Id& chain, std::string_view value);  // all heads first
  void entry(std::string_view key, std::string_view value);   // then all entries, in order
  void end();

 private:
  struct Chain {
    std::vector<record::AuditHead> heads;
    std::uint64_t signed_up_to = 0;
    bool seen = false;
  };
  void add_head(const Id& chain, record::AuditHead head, const char* where);
  void end_chain();
  void problem(std::uint64_t number, const std::string& what);

  Verification& report_;
  const std::string public_key_;
  std::map<Id, Chain> chains_;
  std::int64_t newest_head_ms_ = 0;
  Id chain_;
  bool in_chain_ = false;
  bool broken_ = false;  // only the first problem of a chain is meaningful
  AuditLink newest_;
};

}  // namespace aura::storage
