#include "bench/sim/webhook_sender.h"

#include "bench/sim/meta_body.h"
#include "bench/sim/retry_rule.h"
#include "bench/sim/twilio_signature.h"

namespace aura::bench {
namespace {

constexpr std::size_t kConnections = 8;  // to one engine
constexpr std::chrono::seconds kDeadline{20};

std::string path_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto scheme = url.find("://");
  const auto slash = url.find('/', scheme == url.npos ? 0 : scheme + 3);
  return slash == url.npos ? "/" : std::string(url.substr(slash));
}

bool is_loopback(const Endpoint& where) { return where.host.starts_with("127."); }

}  // namespace

WebhookSender::WebhookSender(Loop& loop, Faults& faults, WebhookLog& log, WebhookTarget target)
    : loop_(loop),
      faults_(faults),
      log_(log),
      target_(std::move(target)),
      signer_(target_.app_secret) {
  aim(target_.meta_url);
}

void WebhookSender::aim(const std::string& meta_url) {
  target_.meta_url = meta_url;
  meta_path_ = path_of(meta_url);
  if (meta_path_ == "/") meta_path_ = "/webhooks/meta";
}

void WebhookSender::announce(const AcceptedSend& accepted) {
  const auto& knobs = faults_.of(accepted.channel);
  const bool fails = faults_.happens(knobs.failed_rate);
  for (auto& item : announcements(accepted, knobs, fails, target_.app_id)) submit(std::move(item));
}

WebhookSender::Lane* WebhookSender::lane_for(const WebhookItem& item) {
  const auto& url = target_.meta_url.empty() ? item.url : target_.meta_url;
  Endpoint where;
  try {
    where = parse_endpoint(url);
  } catch (const std::invalid_argument&) {
    return nullptr;
  }
  if (!is_loopback(where)) return nullptr;
  const auto [found, is_new] = lanes_.try_emplace(where.text());
  auto& lane = found->second;
  if (is_new) {
    lane.where = where;
    lane.first_channel = channels_.size();
    for (std::size_t i = 0; i < kConnections; ++i) {
      channels_.push_back(std::make_unique<HttpChannel>(loop_, where, *this, channels_.size()));
    }
    outstanding_.resize(channels_.size());
    generation_.resize(channels_.size());
  }
  return &lane;
}

std::uint64_t WebhookSender::submit(WebhookItem item) {
  const auto& knobs = faults_.of(item.channel);
  const int copies = faults_.happens(knobs.webhook_duplicate_rate) ? 2 : 1;
  auto& record = log_.add(item, copies);
  const auto seq = record.seq;
  auto* lane = lane_for(item);
  if (lane == nullptr) {
    record.outcome = WebhookRecord::Outcome::given_up;
    ++log_.counts().given_up;
    if (watcher_) watcher_(record);
    return seq;
  }
  // Posts through the loop even without a delay: a webhook must never be sent inside the send that
  // it reports.
  const auto jitter = faults_.below(static_cast<std::uint64_t>(knobs.webhook_jitter_ms) + 1);
  const auto wait = std::chrono::milliseconds(static_cast<std::int64_t>(knobs.webhook_delay_ms) +
                                              static_cast<std::int64_t>(jitter));
  sleeping_ += static_cast<std::size_t>(copies);
  loop_.after(wait, [this, seq, copies, lane, epoch = epoch_, kept = std::move(item)] {
    if (epoch != epoch_) return;
    sleeping_ -= static_cast<std::size_t>(copies);
    for (int i = 0; i < copies; ++i) enqueue(*lane, seq, kept);
    pump(*lane);
  });
  return seq;
}

void WebhookSender::enqueue(Lane& lane, std::uint64_t seq, WebhookItem item) {
  auto place = lane.queue.end();
  if (faults_.of(item.channel).webhook_shuffle && !lane.queue.empty()) {
    place = lane.queue.begin() + static_cast<std::ptrdiff_t>(faults_.below(lane.queue.size() + 1));
  }
  Post post;
  post.items.emplace_back(seq, std::move(item));
  lane.queue.insert(place, std::move(post));
}

// Takes the front of the queue, and further items that fit into the same body.
WebhookSender::Post WebhookSender::take(Lane& lane) {
  auto what = std::move(lane.queue.front());
  lane.queue.pop_front();
  const auto& first = what.items.front().second;
  const bool alone = first.channel == Channel::sms || first.whole_body ||
                     !first.verify_token.empty() || what.tries > 0;
  if (alone) return what;
  const auto channel = first.channel;
  const auto most = static_cast<std::size_t>(std::max(1, faults_.of(channel).webhook_batch));
  while (what.items.size() < most && !lane.queue.empty()) {
    const auto& next = lane.queue.front();
    const auto& other = next.items.front().second;
    // A post that was already sent with a wrong signature may contain several items: it stays as it
    // is.
    const bool fits = next.tries == 0 && next.items.size() == 1 && other.channel == channel &&
                      !other.whole_body && other.verify_token.empty();
    if (!fits) break;
    what.items.push_back(std::move(lane.queue.front().items.front()));
    lane.queue.pop_front();
  }
  return what;
}

void WebhookSender::pump(Lane& lane) {
  for (std::size_t i = 0; i < kConnections && !lane.queue.empty(); ++i) {
    const auto channel = lane.first_channel + i;
    if (outstanding_[channel].items.empty()) post(lane, channel, take(lane));
  }
}

void WebhookSender::post(Lane& lane, std::size_t channel, Post what) {
  const auto& first = what.items.front().second;
  const auto& knobs = faults_.of(first.channel);
  what.forged = first.verify_token.empty() &&  // handshakes are not signed
                faults_.happens(knobs.webhook_wrong_signature_rate);
  log_.counts().forged += what.forged;
  for (const auto& [seq, item] : what.items) {
    if (auto* record = log_.find(seq)) ++record->attempts;
  }
  const auto request = request_of(lane, what);
  outstanding_[channel] = std::move(what);
  const auto number = generation_[channel] = ++posts_;
  channels_[channel]->send(request);
  loop_.after(kDeadline, [this, channel, number] {
    if (generation_[channel] != number || outstanding_[channel].items.empty()) return;
    channels_[channel]->abandon();
    answered(channel, 0);
  });
}

std::string WebhookSender::request_of(const Lane& lane, const Post& what) const {
  const auto& first = what.items.front().second;
  if (!first.verify_token.empty()) return handshake_of(lane, first);
  std::string path = meta_path_;
  std::string body;
  std::string headers;
  if (first.channel == Channel::sms) {
    const auto url = first.url.substr(0, first.url.find('#'));
    auto token = target_.auth_token ? target_.auth_token(first.account) : std::string{};
    if (what.forged) token += "x";
    path = path_of(url);
    body = encode_form(first.form);
    headers =
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
        "I-Twilio-Idempotency-Token: " +
        first.idempotency + "\r\nX-Twilio-Signature: " + twilio_signature(token, url, first.form);
  } else {
    std::vector<const WebhookItem*> items;
    for (const auto& [seq, item] : what.items) items.push_back(&item);
    body = first.whole_body ? first.payload : meta_body(items);
    const auto signature = signer_.hex(what.forged ? body + " " : body);
    headers = "Content-Type: application/json\r\nX-Hub-Signature-256: sha256=" +
              std::string(signature.data(), signature.size());
  }
  return "POST " + path + " HTTP/1.1\r\nHost: " + lane.where.text() + "\r\n" + headers +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string WebhookSender::handshake_of(const Lane& lane, const WebhookItem& item) const {
  return "GET " + meta_path_ + "?hub.mode=subscribe&hub.challenge=" + item.id +
         "&hub.verify_token=" + percent_encode(item.verify_token) +
         " HTTP/1.1\r\nHost: " + lane.where.text() + "\r\n\r\n";
}

WebhookSender::Lane& WebhookSender::lane_of_channel(std::size_t channel) {
  for (auto& [name, lane] : lanes_) {
    if (lane.first_channel <= channel && channel < lane.first_channel + kConnections) return lane;
  }
  throw std::logic_error("a connection without a lane");
}

void WebhookSender::on_response(HttpChannel& channel, const HttpMessage& response) {
  const auto& what = outstanding_[channel.index()];
  auto status = response.status();
  // A handshake succeeds only if the challenge comes back byte for byte.
  const bool shakes = !what.items.empty() && !what.items.front().second.verify_token.empty();
  if (shakes && status == 200 && response.decoded_body() != what.items.front().second.id) {
    status = 422;
  }
  answered(channel.index(), status);
}

void WebhookSender::on_broken(HttpChannel& channel, std::size_t) {
  if (!outstanding_[channel.index()].items.empty()) answered(channel.index(), 0);
}

void WebhookSender::answered(std::size_t channel, int status) {
  auto& lane = lane_of_channel(channel);
  auto what = std::exchange(outstanding_[channel], {});
  if (what.items.empty()) return;
  const bool taken = status / 100 == 2;
  log_.counts().forged_taken += what.forged && taken;
  for (const auto& [seq, item] : what.items) {
    if (auto* record = log_.find(seq)) record->last_status = status;
  }
  if (taken) {
    ++log_.counts().delivered;
    settle(what, WebhookRecord::Outcome::delivered);
  } else {
    ++log_.counts().refused;
    retry(lane, std::move(what), status);
  }
  pump(lane);
}

void WebhookSender::retry(Lane& lane, Post what, int status) {
  const auto& first = what.items.front().second;
  const auto& knobs = faults_.of(first.channel);
  // A post with a wrong signature does not count as a try: the correctly signed post follows at
  // once.
  if (!what.forged) ++what.tries;
  const auto wait = what.forged
                        ? std::chrono::milliseconds(0)
                        : wait_before_retry(knobs, first.channel, first.url, what.tries, status);
  // Meta does not repeat a handshake.
  if (!wait || !first.verify_token.empty()) {
    return settle(what, WebhookRecord::Outcome::given_up);
  }
  ++log_.counts().retried;
  ++sleeping_;
  loop_.after(*wait, [this, &lane, epoch = epoch_, kept = std::move(what)]() mutable {
    if (epoch != epoch_) return;
    --sleeping_;
    lane.queue.push_back(std::move(kept));
    pump(lane);
  });
}

void WebhookSender::settle(const Post& what, WebhookRecord::Outcome outcome) {
  for (const auto& [seq, item] : what.items) {
    auto* record = log_.find(seq);
    if (record == nullptr) continue;
    record->delivered += outcome == WebhookRecord::Outcome::delivered;
    if (record->outcome != WebhookRecord::Outcome::waiting) continue;
    record->outcome = outcome;
    log_.counts().given_up += outcome == WebhookRecord::Outcome::given_up;
    if (watcher_) watcher_(*record);
  }
}

std::size_t WebhookSender::waiting() const {
  std::size_t count = sleeping_;
  for (const auto& [name, lane] : lanes_) count += lane.queue.size();
  for (const auto& post : outstanding_) count += !post.items.empty();
  return count;
}

void WebhookSender::forget() {
  ++epoch_;
  sleeping_ = 0;
  for (auto& [name, lane] : lanes_) lane.queue.clear();
}

}  // namespace aura::bench
