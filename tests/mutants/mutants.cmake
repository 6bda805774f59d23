# One safety line each: the source file and its library, the line, what stands there instead, the check of
# tests/e2e/safety.test.mjs that must fail, and what it must say.
set(MUTANTS no-sync ack-first no-dedupe no-claim)

set(no-sync_source storage/commit/writer.cc)
set(no-sync_library aura_storage)
set(no-sync_line "options.sync = options_.sync;")
set(no-sync_instead "options.sync = false;")
set(no-sync_check "a power cut")
set(no-sync_complaint "that was acknowledged is stored 0 times")

set(ack-first_source storage/commit/writer.cc)
set(ack-first_library aura_storage)
set(ack-first_line "if (write_group()) return;")
set(ack-first_instead [[for (std::size_t i = 0; i < forming_.size(); ++i)
    std::exchange(forming_[i].done, [](const CommitResult&) {})(results_[i]);
  if (write_group()) return;]])
set(ack-first_check "a kill between acknowledgement and write")
# Or the shop's key, which was acknowledged too, is not yet stored when it is used.
set(ack-first_complaint "that was acknowledged is stored 0 times|Send a valid API key")

set(no-dedupe_source actors/conversation/decide_inbound.cc)
set(no-dedupe_library aura_actors)
set(no-dedupe_line [[if (known && is_there(*known, rules, stored)) return ignored(state, "duplicate");]])
set(no-dedupe_instead "static_cast<void>(is_there);")
set(no-dedupe_check "a message that comes twice")
set(no-dedupe_complaint "that came twice is stored 2 times")

# A claim that is found after a start no longer means that the call may have been made.
set(no-claim_source actors/connection/outbox_queue.cc)
set(no-claim_library aura_actors)
set(no-claim_line "if (entry.phase == Phase::waiting && entry.row.state() == record::Outbox::STATE_CLAIMED) {")
set(no-claim_instead "if (false) {")
set(no-claim_check "a send whose outcome a kill hid")
set(no-claim_complaint "a send that was doubled is not flagged")
