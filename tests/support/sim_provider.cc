#include "tests/support/sim_provider.h"

#include "tests/support/sim_channel.h"

namespace aura::test {

void SimProvider::call(ProviderCall call, std::function<void(ProviderReply)> done) {
  if (dead) return;
  const auto fields = split(call.body, '\x1f');
  const Accepted message{fields.at(0), fields.at(1), fields.at(2),
                         "out-" + std::to_string(accepted.size())};
  enum { ok, error, cut_after, cut_before, silent_after, silent_before };
  const bool faulty = random_.uniform(1, 100) <= static_cast<std::uint64_t>(fault_percent);
  std::uint64_t fate = ok;
  if (faulty) fate = random_.uniform(error, silent_before);
  if (fate == ok || fate == cut_after || fate == silent_after) {
    accepted.push_back(message);
    news.push_back(message);
  }
  Pending pending;
  pending.due = clock_.now_ms() + static_cast<Millis>(random_.uniform(0, 300));
  pending.done = std::move(done);
  if (fate == ok) {
    pending.reply.status = 200;
    pending.reply.body = message.external_id;
  } else if (fate == error) {
    pending.reply.status = 503;
  } else {
    pending.reply.error = Errc::timeout;
    pending.reply.maybe_sent = true;
    ++cut[message.message_id];
    if (fate == silent_after || fate == silent_before) pending.due += 20'000;
  }
  pending_.push_back(std::move(pending));
}

std::size_t SimProvider::answer() {
  std::size_t answered = 0;
  for (std::size_t i = pending_.size(); i-- > 0;) {
    if (pending_[i].due > clock_.now_ms()) continue;
    Pending one = std::move(pending_[i]);
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
    one.done(std::move(one.reply));
    ++answered;
  }
  return answered;
}

}  // namespace aura::test
