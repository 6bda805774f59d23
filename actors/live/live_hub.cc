#include "actors/live/live_hub.h"

#include <algorithm>
#include <limits>

#include "config/limits.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::size_t kFeedPage = 256;

const char* type_of(record::Feed::Kind kind) {
  switch (kind) {
    case record::Feed::KIND_MESSAGE_CREATED:
      return "message.created";
    case record::Feed::KIND_MESSAGE_STATUS:
      return "message.status";
    case record::Feed::KIND_MESSAGE_UPDATED:
      return "message.updated";
    case record::Feed::KIND_CONVERSATION_CREATED:
      return "conversation.created";
    case record::Feed::KIND_CHANNEL_UPDATED:
      return "channel.updated";
    case record::Feed::KIND_CHANNEL_DELETED:
      return "channel.deleted";
    case record::Feed::KIND_CONTACT_UPDATED:
      return "contact.updated";
    case record::Feed::KIND_CONTACT_DELETED:
      return "contact.deleted";
    case record::Feed::KIND_ITEM_UPDATED:
      return "item.updated";
    case record::Feed::KIND_ITEM_DELETED:
      return "item.deleted";
    case record::Feed::KIND_DOCUMENT_UPDATED:
      return "document.updated";
    case record::Feed::KIND_DOCUMENT_DELETED:
      return "document.deleted";
    case record::Feed::KIND_WORKSPACE_UPDATED:
      return "workspace.updated";
    default:
      return "conversation.updated";
  }
}

// The conversation, channel or other resource that a change is about.
Id subject_of(const record::Feed& row) {
  return Id::from_view(!row.subject().empty()   ? row.subject()
                       : !row.channel().empty() ? row.channel()
                                                : row.conversation());
}

// The type of the id in a change's subject.
IdType type_of_subject(record::Feed::Kind kind) {
  switch (kind) {
    case record::Feed::KIND_CHANNEL_DELETED:
      return IdType::channel;
    case record::Feed::KIND_CONTACT_UPDATED:
    case record::Feed::KIND_CONTACT_DELETED:
      return IdType::contact;
    case record::Feed::KIND_ITEM_UPDATED:
    case record::Feed::KIND_ITEM_DELETED:
      return IdType::item;
    case record::Feed::KIND_DOCUMENT_UPDATED:
    case record::Feed::KIND_DOCUMENT_DELETED:
      return IdType::document;
    default:
      return IdType::workspace;
  }
}

}  // namespace

struct LiveHub::Follower {
  Id workspace;
  std::vector<Id> subjects;  // empty: the whole workspace
  std::uint64_t cursor = 0;  // published up to here
  bool catching_up = false;  // reads the feed from disk; live notices are skipped
  std::function<bool(const Change&)> on_change;
  std::function<void()> on_lost;
  Wait wait;  // for catching up; may be empty
  std::atomic<bool> ended{false};
};

struct LiveHub::Handle final : aura::Subscription {
  Handle(LiveHub& h, FollowerPtr f) : hub(h), follower(std::move(f)) {}
  ~Handle() override { hub.remove(follower); }
  LiveHub& hub;
  FollowerPtr follower;
};

LiveHub::LiveHub(const storage::Reader& reader, const StoredQueries& queries, const Clock& clock)
    : reader_(reader), queries_(queries), clock_(clock), thread_([this] { run(); }) {}

LiveHub::~LiveHub() { stop(); }

void LiveHub::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LiveHub::on_feed(const std::vector<storage::FeedNotice>& notices) {
  if (followers_.load(std::memory_order_relaxed) == 0) return;
  std::lock_guard lock(mutex_);
  for (const auto& notice : notices) {
    const bool wanted = by_workspace_.contains(notice.workspace);
    bool chat = false;
    if (!wanted && !by_subject_.empty()) {
      record::Feed row;
      chat = row.ParseFromString(notice.value) && by_subject_.contains(subject_of(row));
    }
    if (wanted || chat) announce(notice);
  }
}

void LiveHub::add_task(Task task) {
  tasks_.push_back(std::move(task));
  waiting_.set(static_cast<double>(tasks_.size()));
  wake_.notify_one();
}

// While changes of a workspace that did not fit the queue are pending, its later changes are not
// queued either, because they would overtake them.
void LiveHub::announce(const storage::FeedNotice& notice) {
  if (const auto behind = behind_.find(notice.workspace); behind != behind_.end()) {
    behind->second.announced = notice.sequence;
  } else if (tasks_.size() < limits::kLiveQueue) {
    add_task(notice);
  } else {
    behind_.emplace(notice.workspace, Behind{notice.sequence, notice.sequence});
    add_task(notice.workspace);
  }
}

template <class Use>
void LiveHub::for_each_list(const Follower& follower, Use use) {
  if (follower.subjects.empty()) return use(by_workspace_, follower.workspace);
  for (const Id& subject : follower.subjects) use(by_subject_, subject);
}

std::unique_ptr<aura::Subscription> LiveHub::add(FollowerPtr follower) {
  std::lock_guard lock(mutex_);
  for_each_list(*follower, [&](auto& lists, const Id& id) { lists[id].push_back(follower); });
  followers_.fetch_add(1);
  if (follower->catching_up) add_task(follower);
  return std::make_unique<Handle>(*this, std::move(follower));
}

void LiveHub::remove(const FollowerPtr& follower) {
  follower->ended = true;
  std::lock_guard lock(mutex_);
  bool there = false;
  for_each_list(*follower, [&](auto& lists, const Id& id) {
    const auto it = lists.find(id);
    if (it == lists.end()) return;
    there |= it->second.remove(follower) > 0;
    if (it->second.empty()) lists.erase(it);
  });
  if (there) followers_.fetch_sub(1);
}

std::unique_ptr<aura::Subscription> LiveHub::follow(Id ws, std::optional<std::uint64_t> after,
                                                    std::function<bool(const Change&)> on_change,
                                                    std::function<void()> on_lost, Wait wait) {
  auto follower = std::make_shared<Follower>();
  follower->workspace = ws;
  constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max() - 1;
  follower->wait = std::move(wait);
  follower->cursor = std::min(after.value_or(0), kLast);
  follower->catching_up = after.has_value();
  follower->on_change = std::move(on_change);
  follower->on_lost = std::move(on_lost);
  return add(std::move(follower));
}

std::unique_ptr<aura::Subscription> LiveHub::follow_chat(
    const ChatVisitor& visitor, std::function<bool(const Change&)> on_change,
    std::function<void()> on_lost) {
  auto follower = std::make_shared<Follower>();
  follower->workspace = visitor.workspace;
  follower->subjects = {visitor.conversation, visitor.contact, visitor.channel};
  follower->on_change = std::move(on_change);
  follower->on_lost = std::move(on_lost);
  return add(std::move(follower));
}

// Rows that are past their time may be gone or not, so only the time counts. Behind the newest
// change there is nothing to miss; a cursor beyond it is from before a restore.
Result<bool> LiveHub::keeps_after(const Id& ws, std::uint64_t cursor) const {
  if (cursor == 0) return true;
  const std::uint64_t last = newest(ws);
  if (last != 0 && cursor >= last) return cursor == last;
  const auto before = reader_.scan(Family::feed, keys::head(ws), keys::feed(ws, cursor), 1,
                                   storage::Reader::Direction::backward);
  if (!before) return tl::unexpected(before.error());
  record::Feed row;
  if (before->empty() || !row.ParseFromString(before->front().value)) return false;
  return row.at_ms() >= clock_.now_ms() - in_ms(limits::kFeedRetention);
}

void LiveHub::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (stopping_) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    waiting_.set(static_cast<double>(tasks_.size()));
    lock.unlock();
    work_guarded(task);
    lock.lock();
  }
}

// An exception costs the followers concerned their stream, not the process.
void LiveHub::work_guarded(const Task& task) {
  try {
    std::visit([this](const auto& it) { work_on(it); }, task);
  } catch (const std::exception& error) {
    const Error reason{Errc::internal, error.what(), {}};
    if (const auto* one = std::get_if<FollowerPtr>(&task)) return lose(**one, reason);
    const auto* notice = std::get_if<storage::FeedNotice>(&task);
    const Id workspace = notice != nullptr ? notice->workspace : std::get<Id>(task);
    if (notice == nullptr) {  // those who come back read from disk
      const std::lock_guard lock(mutex_);
      behind_.erase(workspace);
    }
    for (const auto& follower : followers_in(workspace)) lose(*follower, reason);
  }
}

std::vector<LiveHub::FollowerPtr> LiveHub::followers_of(const Id& ws, const record::Feed& row) {
  std::lock_guard lock(mutex_);
  std::vector<FollowerPtr> found;
  if (const auto it = by_workspace_.find(ws); it != by_workspace_.end())
    found.insert(found.end(), it->second.begin(), it->second.end());
  if (const auto it = by_subject_.find(subject_of(row)); it != by_subject_.end())
    found.insert(found.end(), it->second.begin(), it->second.end());
  return found;
}

std::vector<LiveHub::FollowerPtr> LiveHub::followers_in(const Id& workspace) {
  std::lock_guard lock(mutex_);
  std::vector<FollowerPtr> found;
  for (const auto* lists : {&by_workspace_, &by_subject_})
    for (const auto& [id, followers] : *lists)
      for (const auto& follower : followers)
        if (follower->workspace == workspace) found.push_back(follower);
  return found;
}

bool LiveHub::tell(Follower& follower, const Change& change) {
  if (follower.ended) return false;
  follower.cursor = change.cursor;
  if (follower.on_change(change)) return true;
  follower.ended = true;
  return false;
}

// Silence would look as if nothing happened: the client has to come back with its cursor.
void LiveHub::lose(Follower& follower, const Error& error) {
  if (follower.ended.exchange(true)) return;
  log::error("live_feed_unreadable", {{"detail", error.detail}});
  follower.on_lost();
}

void LiveHub::work_on(const storage::FeedNotice& notice) {
  record::Feed row;
  if (!row.ParseFromString(notice.value)) return;
  const auto followers = followers_of(notice.workspace, row);
  if (followers.empty()) return;
  const auto change = render(notice.workspace, notice.sequence, notice.value);
  for (const auto& follower : followers) {
    if (follower->catching_up || follower->cursor >= notice.sequence) continue;
    if (!change)
      lose(*follower, change.error());
    else if (*change)
      tell(*follower, **change);
  }
}

// Sends one page of the feed to a follower that is behind, or as much as its reader takes. The next
// page queues behind live changes for others.
void LiveHub::work_on(const FollowerPtr& follower) {
  auto rows = reader_.scan(Family::feed, keys::head(follower->workspace),
                           keys::feed(follower->workspace, follower->cursor + 1), kFeedPage);
  if (!rows) return lose(*follower, rows.error());
  if (rows->empty()) follower->cursor = std::min(follower->cursor, newest(follower->workspace));
  for (const auto& stored : *rows) {
    const auto key = keys::parse_sequence(stored.key);
    if (!key) continue;
    const auto change = render(follower->workspace, key->sequence, stored.value);
    if (!change) return lose(*follower, change.error());
    if (*change && !tell(*follower, **change)) return;
    follower->cursor = key->sequence;
    if (must_wait(follower)) return;  // go_on continues from the cursor
  }
  // The end of the feed: rows that became durable after the scan began are still queued as notices.
  if (rows->size() < kFeedPage) {
    follower->catching_up = false;
    return;
  }
  read_on_later(follower);
}

// Publishes one page of the changes that did not fit the queue, as if they arrived now.
void LiveHub::work_on(const Id& workspace) {
  std::unique_lock lock(mutex_);
  const Behind before = behind_.at(workspace);
  lock.unlock();
  const auto rows = reader_.scan(Family::feed, keys::head(workspace),
                                 keys::feed(workspace, before.next), kFeedPage);
  if (!rows)
    for (const auto& follower : followers_in(workspace)) lose(*follower, rows.error());
  std::uint64_t next = before.announced + 1;
  if (rows) {
    for (const auto& stored : *rows) {
      const auto key = keys::parse_sequence(stored.key);
      if (!key) continue;
      work_on(storage::FeedNotice{workspace, key->sequence, stored.value});
      next = key->sequence + 1;
    }
  }
  lock.lock();
  Behind& behind = behind_.at(workspace);
  behind.next = next;
  if (next > behind.announced)
    behind_.erase(workspace);
  else
    add_task(workspace);
}

void LiveHub::read_on_later(const FollowerPtr& follower) {
  std::lock_guard lock(mutex_);
  add_task(follower);
}

// The hub outlives all readers, so capturing `this` is safe.
bool LiveHub::must_wait(const FollowerPtr& follower) {
  return follower->wait && follower->wait([this, weak = std::weak_ptr(follower)] {
    if (const auto still = weak.lock(); still && !still->ended) read_on_later(still);
  });
}

// The newest sequence of the feed: a cursor beyond it (from other data) must not suppress new
// changes.
std::uint64_t LiveHub::newest(const Id& ws) const {
  const auto last =
      reader_.scan(Family::feed, keys::head(ws), {}, 1, storage::Reader::Direction::backward);
  const auto key = last && !last->empty() ? keys::parse_sequence(last->front().key) : std::nullopt;
  return key ? key->sequence : 0;
}

// Nothing: what changed was erased meanwhile.
Result<std::optional<Change>> LiveHub::render(const Id& ws, std::uint64_t sequence,
                                              const std::string& value) const {
  record::Feed row;
  if (!row.ParseFromString(value)) return std::nullopt;
  Change change;
  change.cursor = sequence;
  change.event.set_type(type_of(row.kind()));
  const Id conversation = Id::from_view(row.conversation());
  std::optional<Error> unread;
  const auto show = [&unread](auto resource, auto* shown) {
    if (!resource)
      unread = resource.error();
    else
      *shown = std::move(*resource);
  };
  if (!row.subject().empty()) {
    change.event.set_id(format_id(type_of_subject(row.kind()), Id::from_view(row.subject())));
  } else if (!row.message().empty()) {
    show(queries_.read_message(ws, conversation, Id::from_view(row.message())),
         change.event.mutable_message());
    // A status event carries its own status, even if the message has advanced since.
    if (row.kind() == record::Feed::KIND_MESSAGE_STATUS)
      change.event.mutable_message()->set_status(row.status());
  } else if (!row.channel().empty()) {
    show(queries_.read_channel(ws, Id::from_view(row.channel())), change.event.mutable_channel());
  } else {
    show(queries_.read_conversation(ws, conversation), change.event.mutable_conversation());
  }
  if (!unread) return change;
  if (unread->code == Errc::not_found) return std::nullopt;
  return tl::unexpected(std::move(*unread));
}

}  // namespace aura
