// Signs the head of every audit chain that grew, once a minute. Each head is stored through the
// commit log and written to the log file, so that copies exist elsewhere. Owned by the application;
// called by one thread at a time, outside the scheduler.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "storage/audit/head.h"
#include "storage/store.h"

namespace aura::storage {

class AuditSigner {
 public:
  // `grown`: the chains with durable entries since the last call.
  AuditSigner(const Reader& reader, CommitLog& log, std::shared_ptr<const AuditKey> key,
              std::function<std::vector<Id>()> grown)
      : reader_(reader),
        log_(log),
        key_(std::move(key)),
        grown_(std::move(grown)),
        unsigned_(std::make_shared<Chains>()) {}

  void every_minute(Millis now);
  void sign(Millis now);  // at once; does not wait for durability

 private:
  // Chains that could not be signed: tried again the next time. Outlives the signer, because the
  // writer answers later.
  struct Chains {
    std::mutex mutex;
    std::set<Id> ids;  // guarded by mutex
    void put_back(const std::vector<Id>& chains);
    std::set<Id> take();
  };

  Result<std::vector<Id>> all_chains() const;
  void submit(Commit commit, std::vector<Id> chains);
  Result<void> add_head(const Id& chain, Millis now, Commit& commit) const;

  const Reader& reader_;
  CommitLog& log_;
  const std::shared_ptr<const AuditKey> key_;
  const std::function<std::vector<Id>()> grown_;
  const std::shared_ptr<Chains> unsigned_;
  Millis last_ = 0;
  bool first_ = true;  // also sign chains that an earlier run left unsigned
};

}  // namespace aura::storage
