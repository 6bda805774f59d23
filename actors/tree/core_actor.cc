#include "actors/tree/core_actor.h"

#include <caf/sec.hpp>

#include "actors/tree/timings.h"
#include "runtime/log.h"

namespace aura {

CoreActor::CoreActor(caf::actor_config& config, Services& services, ActorCardPtr card)
    : caf::event_based_actor(config), services_(services), card_(std::move(card)) {
  set_exception_handler([this](std::exception_ptr& thrown) -> caf::error {
    std::string reason = "unknown exception";
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& e) {
      reason = e.what();
    } catch (...) {
    }
    card_->set_failure(reason);
    on_failure(reason);
    return caf::sec::runtime_error;
  });
  // Every actor accepts these, so no behavior has to list them.
  set_default_handler(
      [this](caf::scheduled_actor*, caf::message_view& view) -> caf::result<caf::message> {
        auto& content = view.content();
        if (content.match_elements<OperatorOrder>()) {
          on_order(content.get_mutable_as<OperatorOrder>(0));
          return caf::delegated<caf::message>{};
        }
        if (content.match_elements<Resumed>()) {
          on_resumed();
          return caf::delegated<caf::message>{};
        }
        log::error("unexpected_message", {{"path", card_->path}});
        return caf::sec::unexpected_message;
      });
}

// Handlers note the mailbox when they begin, and some do not: an actor that has nothing to do must
// not show what was waiting then.
CoreActor::resume_result CoreActor::resume(caf::execution_unit* worker, std::size_t messages) {
  const auto result = caf::event_based_actor::resume(worker, messages);
  if (result == awaiting_message) card_->mailbox.store(0, std::memory_order_relaxed);
  return result;
}

// Any thread.
void CoreActor::enqueue(caf::mailbox_element_ptr element, caf::execution_unit* worker) {
  note_arrival(*card_);
  caf::event_based_actor::enqueue(std::move(element), worker);
}

void CoreActor::commit(storage::Commit commit, AfterCommit then) {
  const std::uint64_t ticket = next_ticket_++;
  if (continuations_.empty()) card_->commit_since.store(now(), std::memory_order_relaxed);
  continuations_.emplace(ticket, Continuation{std::move(then), steady_us()});
  services_.log.submit(std::move(commit),
                       [to = self(), ticket](const storage::CommitResult& result) {
                         caf::anon_send(to, Committed{ticket, result});
                       });
}

void CoreActor::on_committed(Committed& committed) {
  const auto it = continuations_.find(committed.ticket);
  if (it == continuations_.end()) return;
  AfterCommit then = std::move(it->second.then);
  if (committed.result.code == Errc::ok)
    timings::commit(static_cast<double>(steady_us() - it->second.since_us) / 1e6);
  continuations_.erase(it);
  if (continuations_.empty()) card_->commit_since.store(0, std::memory_order_relaxed);
  then(committed.result);
}

void CoreActor::crash(const std::string& reason) {
  card_->set_failure(reason);
  log::error("actor_failed", {{"path", card_->path}, {"reason", reason}});
  on_failure(reason);
  quit(caf::sec::runtime_error);
}

}  // namespace aura
