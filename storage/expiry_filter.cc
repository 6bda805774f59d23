#include "storage/expiry_filter.h"

#include <chrono>

#include "config/limits.h"
#include "storage/schema/records.pb.h"

namespace aura::storage {
namespace {

using std::chrono::milliseconds;
constexpr Millis kDeadLetterRetentionMs = milliseconds(limits::kDeadLetterRetention).count();
constexpr Millis kFeedRetentionMs = milliseconds(limits::kFeedRetention).count();
constexpr Millis kIdempotencyRetentionMs = milliseconds(limits::kIdempotencyRetention).count();

Millis time_of(const record::Feed& row) { return row.at_ms(); }
Millis time_of(const record::Idempotency& row) { return row.created_ms(); }
Millis time_of(const record::DeadLetter& row) { return row.failed_ms(); }

template <class Record>
class ExpiryFilter final : public rocksdb::CompactionFilter {
 public:
  ExpiryFilter(const char* name, Millis retention, const Clock& clock)
      : name_(name), retention_(retention), clock_(clock) {}

  const char* Name() const override { return name_; }

  bool Filter(int, const rocksdb::Slice&, const rocksdb::Slice& value, std::string*,
              bool*) const override {
    Record row;
    // Unreadable rows are kept, so that verification finds them.
    if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
    return time_of(row) < clock_.now_ms() - retention_;
  }

 private:
  const char* const name_;
  const Millis retention_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<rocksdb::CompactionFilter> expiry_filter(Family family, const Clock& clock) {
  if (family == Family::idempotency)
    return std::make_unique<ExpiryFilter<record::Idempotency>>("aura.expiry.idempotency",
                                                               kIdempotencyRetentionMs, clock);
  if (family == Family::feed)
    return std::make_unique<ExpiryFilter<record::Feed>>("aura.expiry.feed", kFeedRetentionMs,
                                                        clock);
  if (family == Family::dead_letter)
    return std::make_unique<ExpiryFilter<record::DeadLetter>>("aura.expiry.dead_letter",
                                                              kDeadLetterRetentionMs, clock);
  return nullptr;
}

}  // namespace aura::storage
