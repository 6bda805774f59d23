#include "bench/suites/jobs.h"

#include <charconv>

namespace aura::bench {

JobWorkload::JobWorkload(const Scene& scene, const Endpoint& where, Population population,
                         Channel channel)
    : scene_(scene),
      factory_(kAppSecret, where.text(), channel),
      population_(population),
      jobs_(population.senders) {
  for (std::uint64_t sender = 0; sender < population.senders; ++sender) idle_.push_back(sender);
}

std::uint64_t JobWorkload::next(std::string& out, TimePoint due) {
  if (idle_.empty()) return kNothing;
  const auto sender = idle_.front();
  idle_.pop_front();
  const auto page = population_.page_id(sender);
  const auto& items = scene_.items_of_page(page);
  auto& job = jobs_[sender];
  job = {true, (asked_ * 7 + sender) % items.size(), due};
  text_.clear();
  append_price_question(text_, items[job.item], asked_++);
  factory_.append_message(out, page, population_.sender_id(sender), text_);
  ++waiting_;
  return sender;
}

// The acknowledgement does not end a job. A refusal does: the question does not count as asked.
bool JobWorkload::answered(std::uint64_t tag, int status) {
  if (status == 200 || !jobs_[tag].open) return false;
  jobs_[tag].open = false;
  idle_.push_back(tag);
  --waiting_;
  return true;
}

bool JobWorkload::sent(const AcceptedSend& entry) {
  // The engine answers WhatsApp customers under their business-scoped id: "US." and the phone
  // number.
  std::string_view recipient = entry.recipient;
  if (recipient.starts_with("US.")) recipient.remove_prefix(3);
  std::uint64_t id = 0;
  std::from_chars(recipient.data(), recipient.data() + recipient.size(), id);
  const auto sender = id - population_.first_sender;
  if (entry.kind != "message" || sender >= jobs_.size()) return false;
  auto& job = jobs_[sender];
  if (!job.open) {
    ++counts_.unexpected;
    return true;
  }
  const auto& items = scene_.items_of_page(population_.page_id(sender));
  latency_.record(steady_now() - job.due);
  if (names_price(entry.text, items[job.item].price_minor)) {
    ++counts_.done;
  } else if (++counts_.wrong == 1) {
    counts_.wrong_example = items[job.item].name + ": " + entry.text;
  }
  job.open = false;
  idle_.push_back(sender);
  --waiting_;
  if (stream_ != nullptr) stream_->finish();
  return true;
}

void JobWorkload::reset_counts() {
  counts_ = {};
  latency_.clear();
}

}  // namespace aura::bench
