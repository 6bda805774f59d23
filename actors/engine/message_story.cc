// The story of one message, from stored rows: its origin, deduplication, what it waits for, the
// source of its amounts, all provider calls and status changes.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "actors/catalog/snapshot.h"
#include "actors/conversation/message_owner.h"
#include "actors/conversation/rows.h"
#include "actors/engine/engine_operations.h"
#include "actors/engine/holds.h"
#include "actors/engine/outbox_scan.h"
#include "actors/engine/row_by_time.h"
#include "actors/tree/actor_path.h"
#include "actors/tree/facts.h"
#include "config/limits.h"
#include "runtime/in_ms.h"
#include "storage/keys.h"
#include "storage/read.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

class Story {
 public:
  Story(const Services& services, const Id& workspace, const Id& conversation, const Id& message)
      : services_(services), ws_(workspace), cv_(conversation), message_(message) {}

  Result<api::MessageTrace> tell(bool unmasked, Millis engine_started) {
    if (auto loaded = load(); !loaded) return tl::unexpected(loaded.error());
    told_.set_message_id(format_id(IdType::message, message_));
    told_.set_workspace_id(format_id(IdType::workspace, ws_));
    told_.set_conversation_id(format_id(IdType::conversation, cv_));
    told_.set_channel_id(format_id(IdType::channel, channel_));
    told_.set_conversation_path(actor_path::conversation(ws_, cv_));
    told_.set_direction(row().direction());
    told_.set_author(row().author());
    told_.set_text(unmasked ? stored_.body.text() : Facts::masked(stored_.body.text()));
    told_.set_masked(!unmasked);
    told_.set_provider_time_at(row().created_ms());
    told_.set_status(conversation::shown_status(row(), state_.row));
    if (row().has_error_code()) told_.set_error_code(row().error_code());
    if (row().has_error_detail()) told_.set_error_detail(row().error_detail());
    *told_.mutable_attempts() = row().attempts();
    if (!unmasked)
      for (auto& attempt : *told_.mutable_attempts())
        if (attempt.has_provider_id())
          attempt.set_provider_id(Facts::masked(attempt.provider_id()));
    tell_origin(unmasked);
    tell_waits();
    tell_holds(engine_started);
    for (const api::Claim& claim : stored_.body.claims()) tell_claim(claim, unmasked);
    tell_changes();
    tell_kept_statuses();
    told_.set_complete(complete_ && (!cut_short_ || tells_all_of_row()));
    return std::move(told_);
  }

 private:
  const record::Message& row() const { return stored_.row; }

  Result<void> load() {
    conversation::Place place{ws_, {}, cv_};
    auto bare = conversation::load_state(services_.reader, place);
    if (!bare) return tl::unexpected(bare.error());
    if (!bare->exists) return fail(Errc::not_found, "There is no such message.");
    state_ = std::move(*bare);
    channel_ = Id::from_view(state_.row.channel());
    auto keys = conversation::row_keys(services_.vault, ws_, Id::from_view(state_.row.contact()));
    if (!keys && keys.error().code == Errc::not_found)
      return fail(Errc::not_found, "Its contact was erased; nothing can be told of it.");
    if (!keys) return tl::unexpected(keys.error());
    place.channel = channel_;
    const conversation::StoredRows rows(services_.reader, services_.vault, place, std::move(*keys));
    auto message = rows.message(message_);
    if (rows.broken()) return tl::unexpected(*rows.broken());
    if (!message) return fail(Errc::not_found, "There is no such message.");
    stored_ = std::move(*message);
    if (!row().external_id().empty()) external_ = rows.external(row().external_id());
    if (rows.broken()) return tl::unexpected(*rows.broken());
    return {};
  }

  // The provider's id may contain the customer's number, so it is masked.
  void tell_origin(bool unmasked) {
    auto& raw = *told_.mutable_raw();
    if (row().raw_hash() != 0) {
      char hex[17];
      std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(row().raw_hash()));
      raw.set_sha256_prefix(hex);
      raw.set_taken_at(row().taken_ms());
      if (row().has_waited_ms()) raw.set_received_at(row().taken_ms() - row().waited_ms());
      raw.set_failed_tries(row().failed_tries());
    }
    auto& dedupe = *told_.mutable_dedupe();
    dedupe.set_decision(row().direction() == api::DIRECTION_OUT ? "own" : "first");
    if (row().external_id().empty()) return;
    dedupe.set_key(unmasked ? row().external_id() : Facts::masked(row().external_id()));
    if (!external_) return dedupe.set_decision("none");
    told_.mutable_waits()->set_early_events(static_cast<int>(external_->waiting.size()));
  }

  void tell_waits() {
    auto& waits = *told_.mutable_waits();
    const auto& turn = state_.row.turn().messages();
    waits.set_turn_pending(std::ranges::find(turn, message_.view()) != turn.end());
    if (row().status() != api::MESSAGE_STATUS_QUEUED) return;
    const auto find_own = [&](const record::Outbox& out) {
      if (out.message() != message_.view()) return true;
      waits.set_in_outbox(true);
      if (out.not_before_ms() != 0) waits.set_not_before_at(out.not_before_ms());
      return false;
    };
    if (!each_outbox_row(services_.reader, keys::outbox_of(ws_, channel_), find_own))
      complete_ = false;
  }

  void tell_holds(Millis engine_started) {
    Wait wait;
    wait.engine_started = engine_started;
    wait.paths = {actor_path::connection(ws_, channel_)};
    if (row().direction() == api::DIRECTION_OUT) {
      wait.from = row().created_ms();
      if (!row().attempts().empty())
        wait.until = row().attempts(0).started_at();
      else if (!told_.waits().in_outbox())
        return;
    } else {
      if (!row().has_waited_ms()) return;
      wait.paths.insert(wait.paths.end(), {actor_path::conversation(ws_, cv_), "/engine/ingress"});
      wait.from = row().taken_ms() - row().waited_ms();
      wait.until = row().taken_ms();
    }
    const auto holds = holds_during(services_.reader, wait, services_.clock.now_ms());
    if (!holds) complete_ = false;
    if (holds) told_.mutable_waits()->mutable_holds()->Assign(holds->begin(), holds->end());
  }

  void tell_claim(const api::Claim& claim, bool unmasked) {
    auto& fact = *told_.add_claims();
    const std::string& text = stored_.body.text();
    std::string_view said;
    if (claim.begin() <= claim.end() && claim.end() <= text.size())
      said = std::string_view(text).substr(claim.begin(), claim.end() - claim.begin());
    if (unmasked) fact.set_text(std::string(said));
    if (claim.has_amount()) *fact.mutable_amount() = claim.amount();
    fact.set_holds("gone");
    if (claim.has_document_id()) return tell_document(claim, fact);
    if (claim.has_item_id()) return tell_item(claim, fact);
    tell_business(said, fact);
  }

  void tell_item(const api::Claim& claim, api::ClaimFacts& fact) {
    fact.set_item_id(claim.item_id());
    fact.set_item_revision(claim.item_revision());
    const auto id = parse_id(IdType::item, claim.item_id());
    const auto row =
        id ? source<record::Item>(Family::item, keys::item(ws_, *id), fact) : std::nullopt;
    if (!row) return;
    const api::Money& now = row->item().price();
    *fact.mutable_price_now() = now;
    fact.set_revision_now(row->item().revision());
    const bool same_price = now.amount_minor() == claim.amount().amount_minor() &&
                            now.currency() == claim.amount().currency();
    const bool same_item = row->item().revision() == claim.item_revision();
    fact.set_holds(same_price || same_item ? "yes" : "changed");
  }

  void tell_document(const api::Claim& claim, api::ClaimFacts& fact) {
    fact.set_document_id(claim.document_id());
    fact.set_document_revision(claim.document_revision());
    const auto id = parse_id(IdType::document, claim.document_id());
    const auto row = id ? source<record::Document>(Family::document, keys::document(ws_, *id), fact)
                        : std::nullopt;
    if (!row) return;
    fact.set_revision_now(row->document().revision());
    fact.set_holds(row->document().revision() == claim.document_revision() ? "yes" : "changed");
  }

  // The business's own name and details have no revision: they are compared.
  void tell_business(std::string_view said, api::ClaimFacts& fact) {
    const auto row = source<record::Workspace>(Family::workspace, keys::workspace(ws_), fact);
    if (!row) return;
    const agent::BusinessProfile now = catalog::to_agent(row->workspace());
    const bool same = said == now.name || now.details.find(said) != std::string::npos;
    fact.set_holds(same ? "yes" : "changed");
  }

  // The row that the claim is compared with; nullopt if it is gone or cannot be read.
  template <class Row>
  std::optional<Row> source(Family family, const std::string& key, api::ClaimFacts& fact) {
    auto row = storage::read<Row>(services_.reader, family, key);
    if (row) return std::move(*row);
    fact.set_holds("unknown");
    complete_ = false;
    return std::nullopt;
  }

  // Changes of the message itself: those that follow its arrival, and those around each time that
  // is known, which in a busy workspace may be many changes of others later.
  void tell_changes() {
    constexpr std::size_t kAfterArrival = 4096;
    constexpr std::size_t kAroundTime = 1024;
    const Millis from = row().taken_ms() != 0 ? row().taken_ms() : row().created_ms();
    cut_short_ = look_for_changes(from, kAfterArrival) == kAfterArrival;
    const bool expired = from <= services_.clock.now_ms() - in_ms(limits::kFeedRetention);
    if (expired) complete_ = false;
    if (cut_short_)
      for (const Millis at : times_of_changes()) look_for_changes(at, kAroundTime);
    for (const auto& [sequence, feed] : changes_) {
      const bool status = feed.kind() == record::Feed::KIND_MESSAGE_STATUS;
      auto& change = status ? *told_.add_statuses() : *told_.add_events();
      change.set_happened_at(feed.at_ms());
      change.set_what(status ? lower_name(api::MessageStatus_Name(feed.status()), "MESSAGE_STATUS_")
                             : lower_name(record::Feed::Kind_Name(feed.kind()), "KIND_"));
    }
  }

  // When the row or its conversation changed, as far as they keep it.
  std::set<Millis> times_of_changes() const {
    std::set<Millis> times;
    for (const api::SendAttempt& attempt : row().attempts()) times.insert(attempt.finished_at());
    for (const record::PartStatus& part : row().parts())
      times.insert({part.sent_ms(), part.delivered_ms(), part.read_ms()});
    if (row().direction() == api::DIRECTION_OUT)
      times.insert({state_.row.contact_delivered_ms(), state_.row.contact_read_ms()});
    times.erase(0);
    return times;
  }

  // Whether what the row shows is all told, so that none of the changes not looked at can matter.
  bool tells_all_of_row() const {
    if (row().edit_number() != 0 || row().deleted() || !stored_.body.reactions().empty())
      return false;
    if (row().direction() != api::DIRECTION_OUT || told_.status() == api::MESSAGE_STATUS_QUEUED)
      return true;
    const std::string shown =
        lower_name(api::MessageStatus_Name(told_.status()), "MESSAGE_STATUS_");
    return std::ranges::any_of(told_.statuses(),
                               [&](const auto& status) { return status.what() == shown; });
  }

  // Returns how many changes of the workspace it looked at.
  std::size_t look_for_changes(Millis from, std::size_t limit) {
    constexpr Millis kBefore = 50;  // a commit's time is taken before the commit is made
    const auto start =
        first_since<record::Feed>(services_.reader, Family::feed, ws_, from - kBefore);
    const auto rows =
        services_.reader.scan(Family::feed, keys::head(ws_), keys::feed(ws_, start), limit);
    if (!rows) complete_ = false;
    if (!rows) return 0;
    for (const auto& stored : *rows) {
      const auto key = keys::parse_sequence(stored.key);
      record::Feed feed;
      if (key && feed.ParseFromString(stored.value) && feed.message() == message_.view())
        changes_.emplace(key->sequence, std::move(feed));
    }
    return rows->size();
  }

  // Statuses of which the feed says nothing (any more), by the times that the row itself keeps.
  void tell_kept_statuses() {
    std::set<std::string> in_feed;
    for (const auto& status : told_.statuses()) in_feed.insert(status.what());
    const auto add = [&](Millis at, const std::string& what) {
      if (at == 0 || in_feed.contains(what)) return;
      auto& status = *told_.add_statuses();
      status.set_happened_at(at);
      status.set_what(what);
    };
    bool called = false;
    for (const api::SendAttempt& attempt : row().attempts()) {
      if (attempt.outcome() != "sent" || attempt.reaction()) continue;
      called = true;
      add(attempt.finished_at(), "sent");
    }
    for (const record::PartStatus& part : row().parts()) {
      if (!called) add(part.sent_ms(), "sent");
      add(part.delivered_ms(), "delivered");
      add(part.read_ms(), "read");
    }
    std::stable_sort(
        told_.mutable_statuses()->begin(), told_.mutable_statuses()->end(),
        [](const auto& a, const auto& b) { return a.happened_at() < b.happened_at(); });
  }

  const Services& services_;
  const Id ws_, cv_, message_;
  Id channel_;
  conversation::State state_;
  conversation::StoredMessage stored_;
  std::optional<conversation::ExternalEntry> external_;  // row of its external id
  std::map<std::uint64_t, record::Feed> changes_;        // of the message, by sequence
  bool complete_ = true;
  bool cut_short_ = false;  // not all changes since its arrival were looked at
  api::MessageTrace told_;
};

}  // namespace

void EngineOperations::message_trace(std::optional<Id> workspace, Id message, Unmasking unmask,
                                     Reply<api::MessageTrace> reply) {
  const auto tell = [this, message](Id ws, Id conversation, bool unmasked, std::int64_t began,
                                    const Reply<api::MessageTrace>& answer) {
    auto told = Story(services_, ws, conversation, message).tell(unmasked, started_at_);
    if (told) told->set_took_us(steady_us() - began);
    answer(std::move(told));
  };
  const auto find = [this, workspace, message, unmask,
                     tell](const Reply<api::MessageTrace>& answer) {
    const std::int64_t began = steady_us();
    std::optional<std::pair<Id, Id>> owner;
    std::optional<Error> unread;  // a failing disk must not look like a message that is not there
    const auto visit = [&](std::string_view key, std::string_view) {
      const auto tail = keys::split(key);
      if (!tail) return true;
      const auto cv = conversation::owner_of_message(services_.reader, tail->workspace, message);
      if (!cv) unread = cv.error();
      if (cv && *cv) owner = {tail->workspace, **cv};
      return !owner && !unread;
    };
    const std::string only = workspace ? keys::workspace(*workspace) : std::string();
    if (auto read = services_.reader.for_each(Family::workspace, only, visit); !read)
      return answer(tl::unexpected(read.error()));
    if (unread) return answer(tl::unexpected(*unread));
    if (!owner) return answer(fail(Errc::not_found, "There is no such message."));
    if (unmask.reason.empty()) return tell(owner->first, owner->second, false, began, answer);
    note_in(owner->first, "message.unmask", format_id(IdType::message, message), unmask.reason,
            [this, owner = *owner, tell, began, answer](const Result<std::monostate>& written) {
              if (!written) return answer(tl::unexpected(written.error()));
              run<api::MessageTrace>(answer, [=](const Reply<api::MessageTrace>& late) {
                tell(owner.first, owner.second, true, began, late);
              });
            });
  };
  run<api::MessageTrace>(std::move(reply), find);
}

}  // namespace aura
