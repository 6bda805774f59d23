#include "storage/commit/writer.h"

#include <algorithm>

#include "runtime/fault_points.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "runtime/thread_turns.h"

namespace aura::storage {
namespace {

// The interval of write attempts while the disk is full.
constexpr std::chrono::milliseconds kRetryFullDisk{250};
// After a group that took longer, the next one takes all that waits: on a slow disk syncs are what
// costs.
constexpr std::chrono::milliseconds kSlowGroup{500};

metrics::Counter refused_counter(const char* reason) {
  return metrics::counter("aura_storage_commits_refused_total", "Commits refused, by reason",
                          {{"reason", reason}});
}

bool closes_group(const Commit& commit) {
  return std::any_of(commit.mutations.begin(), commit.mutations.end(),
                     [](const Mutation& m) { return m.op == Mutation::Op::erase_prefix; });
}

}  // namespace

struct Writer::Metrics {
  metrics::Counter groups =
      metrics::counter("aura_storage_groups_total", "Groups of commits written");
  metrics::Counter commits = metrics::counter("aura_storage_commits_total", "Commits made durable");
  // A conflict concerns the actor only; the other reasons concern the operator.
  metrics::Counter stale = refused_counter("conflict");
  metrics::Counter overloaded = refused_counter("overloaded");
  metrics::Counter unavailable = refused_counter("unavailable");
  metrics::Counter& refused(Errc code) {
    return code == Errc::conflict ? stale : code == Errc::overloaded ? overloaded : unavailable;
  }
  metrics::Counter bytes =
      metrics::counter("aura_storage_commit_bytes_total", "Bytes of the groups written");
  metrics::Counter fsyncs = metrics::counter("aura_storage_fsyncs_total", "Logs synced to disk");
  metrics::Histogram write = metrics::histogram("aura_storage_group_write_seconds",
                                                "Writing and syncing one group of commits");
  metrics::Gauge position =
      metrics::gauge("aura_storage_position",
                     "What `aura restore --position` takes: the last sequence given to a row");
  metrics::Gauge queued =
      metrics::gauge("aura_storage_queued_bytes", "Bytes of commits waiting for the writer");

  static Metrics& instance() {
    static Metrics metrics;
    return metrics;
  }
};

Writer::Writer(Database& database, Keyring& keyring, const Clock& clock, WriterOptions options)
    : database_(database),
      keyring_(keyring),
      clock_(clock),
      options_(std::move(options)),
      metrics_(Metrics::instance()),
      group_(database, keyring, clock) {}

Result<std::unique_ptr<Writer>> Writer::create(Database& database, Keyring& keyring,
                                               const Clock& clock, WriterOptions options) {
  std::unique_ptr<Writer> writer(new Writer(database, keyring, clock, std::move(options)));
  if (auto recovered = writer->group_.recover(); !recovered)
    return tl::unexpected(recovered.error());
  return writer;
}

Writer::~Writer() {
  stop();
  // A writer that was never started may still hold commits: tell their callers that nothing was
  // stored.
  while (form_group(false))
    for (Item& item : std::exchange(forming_, {})) item.done({Errc::unavailable, {}});
}

void Writer::submit(Commit commit, std::function<void(const CommitResult&)> done) {
  const auto bytes = static_cast<std::int64_t>(commit.bytes());
  Errc refused = Errc::ok;
  if (stopping_.load(std::memory_order_relaxed)) {
    refused = Errc::unavailable;
  } else {
    const std::int64_t before = queued_bytes_.fetch_add(bytes, std::memory_order_relaxed);
    if (before > 0 && before + bytes > options_.queue_bytes) {
      queued_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
      refused = Errc::overloaded;
    }
  }
  bool wake = false;
  if (refused == Errc::ok) {
    const std::lock_guard lock(mutex_);
    if (stopping_) {  // stop() may already have written the last group
      queued_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
      refused = Errc::unavailable;
    } else {
      auto& queue = commit.awaited ? awaited_ : queue_;
      queue.push_back({std::move(commit), std::move(done), bytes});
      wake = wake_at_ != 0 && queued() >= wake_at_;
      if (wake) wake_at_ = 0;
    }
  }
  if (wake) wake_.notify_one();
  if (refused == Errc::ok) return;
  metrics_.refused(refused).add();
  done({refused, {}});
}

void Writer::start() {
  thread_ = std::thread([this] { run(); });
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::run() {
  take_short_turns();
  while (form_group(true)) {
    const auto next_group = std::chrono::steady_clock::now() + limits::kGatherUnderLoad;
    if (write_formed() >= limits::kGroupUnderLoad) gather(next_group);
  }
}

// Under load, waits a little until the next group is larger: small groups written as fast as the
// disk allows would each cost a sync and a wake-up of all waiting threads. Without load there is no
// wait.
void Writer::gather(std::chrono::steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  wake_at_ = limits::kGroupWorthASync;
  wake_.wait_until(lock, until,
                   [this] { return queued() >= limits::kGroupWorthASync || stopping_; });
  wake_at_ = 0;
}

// Forms the next group: awaited commits first, then others in order. Only few others per group,
// because commits awaited next have to wait for the whole group. False: nothing is queued and, if
// `wait`, the writer is stopping.
bool Writer::form_group(bool wait) {
  std::unique_lock lock(mutex_);
  while (wait && queued() == 0 && !stopping_) {
    wake_at_ = 1;
    wake_.wait(lock);
  }
  wake_at_ = 0;
  take_some(awaited_, options_.group_commits);
  take_some(queue_, std::min(options_.group_commits, limits::kGroupOthers));
  return !forming_.empty();
}

// Moves commits from the front of `from` into the group, up to its limits. Requires mutex_.
void Writer::take_some(std::deque<Item>& from, std::size_t commits) {
  const auto most = slow_ ? options_.queue_bytes : static_cast<std::int64_t>(options_.group_bytes);
  std::int64_t bytes = 0;
  while (!from.empty() && commits > 0 && bytes < most &&
         (forming_.empty() || !closes_group(forming_.back().commit))) {
    bytes += from.front().bytes;
    --commits;
    forming_.push_back(std::move(from.front()));
    from.pop_front();
  }
}

std::size_t Writer::run_group() { return form_group(false) ? write_formed() : 0; }

std::size_t Writer::write_formed() {
  results_.clear();
  if (may_write())
    store_group();
  else
    results_.resize(forming_.size(), CommitResult{Errc::unavailable, {}});
  database_.health().set_full(no_space_);
  return answer_group();
}

// While the disk is full, commits are refused at once, except for one attempt per kRetryFullDisk.
bool Writer::may_write() {
  if (!database_.health().writable()) return false;
  if (!no_space_) return true;
  if (clock_.monotonic() < retry_at_) return false;
  retry_at_ = clock_.monotonic() + kRetryFullDisk;
  const rocksdb::Status resumed = database_.db().Resume();
  no_space_ = !resumed.ok() || !keyring_.db().Resume().ok();
  if (!no_space_) log::info("storage.space_is_back");
  return !no_space_;
}

void Writer::store_group() {
  for (const Item& item : forming_) group_.expect(item.commit);
  for (Item& item : forming_) results_.push_back(group_.add(item.commit));
  group_.finish();
  if (write_group()) return;
  group_.failed();
  for (CommitResult& result : results_)
    if (result.code == Errc::ok) result = {Errc::unavailable, {}};
}

bool Writer::write_group() {
  if (fault::point("S2_before_write")) return false;
  const auto began = std::chrono::steady_clock::now();
  if (!group_.keyring_mutations().empty() && !keyring_.apply(group_.keyring_mutations())) {
    no_space_ = true;
    return false;
  }
  rocksdb::WriteBatch& batch = group_.batch();
  if (batch.Count() == 0) return true;
  rocksdb::WriteOptions options;
  options.sync = options_.sync;
  const rocksdb::Status status = database_.db().Write(options, &batch);
  if (!status.ok()) {
    database_.health().failed("commit", status);
    no_space_ = status.IsNoSpace();
    return false;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  slow_ = took > kSlowGroup;
  metrics_.write.observe(took.count());
  metrics_.bytes.add(static_cast<double>(batch.GetDataSize()));
  metrics_.groups.add();
  metrics_.position.set(static_cast<double>(group_.position()));
  if (options_.sync) metrics_.fsyncs.add();
  fault::point("S4_synced");
  // A sync that failed elsewhere meanwhile ends the process: nothing is acknowledged after it.
  return database_.health().writable();
}

std::size_t Writer::answer_group() {
  std::int64_t bytes = 0;
  std::size_t stored = 0;
  if (options_.timers != nullptr)
    for (const std::string_view key : group_.timers()) options_.timers->stored(key);
  for (std::size_t i = 0; i < forming_.size(); ++i) {
    const Item item = std::move(forming_[i]);  // releases what `done` holds at once
    bytes += item.bytes;
    if (results_[i].code == Errc::ok)
      ++stored;
    else
      metrics_.refused(results_[i].code).add();
    item.done(results_[i]);
  }
  if (options_.on_feed && !group_.feed().empty()) options_.on_feed(group_.feed());
  group_.durable();
  const std::int64_t left = queued_bytes_.fetch_sub(bytes, std::memory_order_relaxed) - bytes;
  metrics_.queued.set(static_cast<double>(left));
  metrics_.commits.add(static_cast<double>(stored));
  return std::exchange(forming_, {}).size();
}

}  // namespace aura::storage
