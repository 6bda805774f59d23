#include "bench/sim/webhook_sender.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace aura::bench {
namespace {

constexpr std::size_t kChannels = 8;
constexpr std::chrono::milliseconds kRetryAfter{500};

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write_party(Writer& w, const char* key, const std::string& id) {
  w.Key(key);
  w.StartObject();
  w.Key("id");
  w.String(id);
  w.EndObject();
}

// {"object":"page","entry":[{"id":…,"time":…,"messaging":[{sender,recipient,timestamp,…}]}]}
template <class Event>
std::string envelope(const AcceptedSend& sent, bool from_page, Event event) {
  rapidjson::StringBuffer buffer;
  Writer w(buffer);
  w.StartObject();
  w.Key("object");
  w.String("page");
  w.Key("entry");
  w.StartArray();
  w.StartObject();
  w.Key("id");
  w.String(sent.page_id);
  w.Key("time");
  w.Int64(sent.time_ms);
  w.Key("messaging");
  w.StartArray();
  w.StartObject();
  write_party(w, "sender", from_page ? sent.page_id : sent.recipient);
  write_party(w, "recipient", from_page ? sent.recipient : sent.page_id);
  w.Key("timestamp");
  w.Int64(sent.time_ms);
  event(w);
  w.EndObject();
  w.EndArray();
  w.EndObject();
  w.EndArray();
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

void write_echo(Writer& w, const AcceptedSend& sent, const std::string& app_id) {
  w.Key("message");
  w.StartObject();
  w.Key("mid");
  w.String(sent.message_id);
  w.Key("is_echo");
  w.Bool(true);
  w.Key("app_id");
  w.RawValue(app_id.data(), app_id.size(), rapidjson::kNumberType);
  if (!sent.metadata.empty()) {
    w.Key("metadata");
    w.String(sent.metadata);
  }
  w.Key("text");
  w.String(sent.text);
  w.EndObject();
}

void write_delivery(Writer& w, const AcceptedSend& sent) {
  w.Key("delivery");
  w.StartObject();
  w.Key("mids");
  w.StartArray();
  w.String(sent.message_id);
  w.EndArray();
  w.Key("watermark");
  w.Int64(sent.time_ms);
  w.EndObject();
}

void write_read(Writer& w, const AcceptedSend& sent) {
  w.Key("read");
  w.StartObject();
  w.Key("watermark");
  w.Int64(sent.time_ms);
  w.EndObject();
}

std::string path_of(std::string_view url) {
  const auto scheme = url.find("://");
  const auto slash = url.find('/', scheme == url.npos ? 0 : scheme + 3);
  return slash == url.npos ? "/webhooks/meta" : std::string(url.substr(slash));
}

}  // namespace

WebhookSender::WebhookSender(Loop& loop, const Knobs& knobs, std::string_view url,
                             std::string_view app_secret, std::string app_id)
    : loop_(loop),
      knobs_(knobs),
      where_(parse_endpoint(url)),
      path_(path_of(url)),
      signer_(app_secret),
      app_id_(std::move(app_id)),
      random_(knobs.seed),
      outstanding_(kChannels) {
  for (std::size_t i = 0; i < kChannels; ++i) {
    channels_.push_back(std::make_unique<HttpChannel>(loop_, where_, *this, i));
  }
}

void WebhookSender::announce(const AcceptedSend& accepted) {
  if (accepted.kind != "message") return;
  std::vector<std::string> bodies;
  if (knobs_.echo) {
    bodies.push_back(
        envelope(accepted, true, [&](Writer& w) { write_echo(w, accepted, app_id_); }));
  }
  if (knobs_.delivery) {
    bodies.push_back(envelope(accepted, false, [&](Writer& w) { write_delivery(w, accepted); }));
  }
  if (knobs_.read) {
    bodies.push_back(envelope(accepted, false, [&](Writer& w) { write_read(w, accepted); }));
  }
  if (bodies.empty()) return;
  const auto wait = std::chrono::milliseconds(static_cast<std::int64_t>(knobs_.webhook_delay_ms));
  // Through the loop even without a delay: a webhook never runs inside the send it tells of.
  loop_.after(wait, [this, bodies = std::move(bodies)]() mutable {
    for (auto& body : bodies) enqueue(std::move(body));
    pump();
  });
}

void WebhookSender::enqueue(std::string body) {
  std::uniform_real_distribution<double> chance(0, 1);
  const bool twice = chance(random_) < knobs_.webhook_duplicate_rate;
  for (int copies = twice ? 2 : 1; copies > 0; --copies) {
    auto place = queue_.end();
    if (knobs_.webhook_shuffle && !queue_.empty()) {
      place = queue_.begin() + static_cast<std::ptrdiff_t>(random_() % (queue_.size() + 1));
    }
    queue_.insert(place, body);
  }
}

void WebhookSender::pump() {
  for (std::size_t i = 0; i < kChannels && !queue_.empty(); ++i) {
    if (!outstanding_[i].empty()) continue;
    outstanding_[i] = std::move(queue_.front());
    queue_.pop_front();
    const auto& body = outstanding_[i];
    const auto signature = signer_.hex(body);
    std::string request = "POST " + path_ + " HTTP/1.1\r\nHost: " + where_.text() +
                          "\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256=";
    request.append(signature.data(), signature.size());
    request += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    channels_[i]->send(request);
  }
}

void WebhookSender::on_response(HttpChannel& channel, const HttpMessage& response) {
  if (response.status() != 200) return retry(channel.index());
  ++delivered_;
  outstanding_[channel.index()].clear();
  pump();
}

void WebhookSender::on_broken(HttpChannel& channel, std::size_t) {
  if (!outstanding_[channel.index()].empty()) retry(channel.index());
}

void WebhookSender::retry(std::size_t channel) {
  ++retried_;
  loop_.after(kRetryAfter, [this, channel] {
    queue_.push_back(std::move(outstanding_[channel]));
    outstanding_[channel].clear();
    pump();
  });
}

}  // namespace aura::bench
