#include "actors/core_actor.h"

#include <caf/sec.hpp>

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
    return caf::sec::runtime_error;
  });
  set_default_handler(
      [this](caf::scheduled_actor*, const caf::message_view&) -> caf::result<caf::message> {
        log::error("unexpected_message", {{"path", card_->path}});
        return caf::sec::unexpected_message;
      });
}

void CoreActor::commit(storage::Commit commit, AfterCommit then) {
  const std::uint64_t ticket = next_ticket_++;
  continuations_.emplace(ticket, std::move(then));
  services_.log.submit(std::move(commit),
                       [to = self(), ticket](const storage::CommitResult& result) {
                         caf::anon_send(to, Committed{ticket, result});
                       });
}

void CoreActor::on_committed(Committed& committed) {
  const auto it = continuations_.find(committed.ticket);
  if (it == continuations_.end()) return;
  AfterCommit then = std::move(it->second);
  continuations_.erase(it);
  then(committed.result);
}

void CoreActor::crash(const std::string& reason) {
  card_->set_failure(reason);
  log::error("actor_failed", {{"path", card_->path}, {"reason", reason}});
  quit(caf::sec::runtime_error);
}

}  // namespace aura
