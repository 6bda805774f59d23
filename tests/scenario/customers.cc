#include "tests/scenario/customers.h"

#include "tests/support/sim_channel.h"

namespace aura::test {

using Kind = ChannelEvent::Kind;

namespace {

constexpr const char* kQuestions[] = {"How much is the chocolate cake?", "When are you open?",
                                      "Do you have carrot cake?", "Where are you?"};

}  // namespace

void Customers::enqueue(ChannelEvent event) {
  unbatched_.push_back(std::move(event));
  if (random_.chance(1, 2)) return;  // more events will be added to this webhook
  Webhook webhook;
  while (!unbatched_.empty()) {
    const auto chosen = static_cast<std::ptrdiff_t>(random_.uniform(0, unbatched_.size() - 1));
    InboundItem item;
    item.channel_type = api::CHANNEL_TYPE_MESSENGER;
    item.account = kAccount;
    item.source = "sim";
    std::vector<ChannelEvent> events{unbatched_[static_cast<std::size_t>(chosen)]};
    unbatched_.erase(unbatched_.begin() + chosen);
    if (!unbatched_.empty() && random_.chance(1, 4)) {  // two events in one item
      events.push_back(unbatched_.back());
      unbatched_.pop_back();
    }
    for (const auto& one : events) webhook.ids.push_back(one.external_id);
    item.payload = encode_events(events);
    webhook.items.push_back(std::move(item));
  }
  webhooks_.push_back(std::move(webhook));
}

ChannelEvent Customers::event_about(const std::string& external_id, ExpectedMessage& message) {
  ChannelEvent event;
  event.thread = message.thread;
  event.target_id = external_id;
  event.at = clock_.now_ms();
  event.external_id = "event-" + std::to_string(next_++);
  switch (random_.uniform(0, 3)) {
    case 0:
      event.kind = Kind::edit;
      event.edit_number = ++message.edit_number;
      event.text = message.text = "edit " + event.external_id;
      break;
    case 1:
      event.kind = Kind::unsend;
      message.unsent = true;
      break;
    default: {
      event.kind = Kind::reaction;
      event.at += next_;  // no two reactions have the same time
      event.emoji = random_.chance(1, 3) ? "" : "+" + std::to_string(next_);
      message.reactions[message.thread] = {event.at, event.emoji};
      break;
    }
  }
  return event;
}

void Customers::write_something() {
  ChannelEvent event;
  event.thread = "person-" + std::to_string(random_.uniform(0, kThreads - 1));
  event.at = clock_.now_ms();
  if (!messages.empty() && random_.chance(1, 3)) {
    auto it = messages.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(random_.uniform(0, messages.size() - 1)));
    return enqueue(event_about(it->first, it->second));
  }
  if (random_.chance(1, 12)) {
    event.kind = Kind::read;
    event.external_id = "read-" + std::to_string(next_++);
    event.watermark = event.at;
    return enqueue(event);
  }
  event.external_id = "in-" + std::to_string(next_++);
  event.text = std::string(kQuestions[random_.uniform(0, 3)]) + " " + event.external_id;
  messages[event.external_id] = {event.thread, event.text, 0, false, {}};
  const std::string external_id = event.external_id;
  if (random_.chance(1, 6)) {  // an event about the message overtakes it
    enqueue(event_about(external_id, messages[external_id]));
  }
  enqueue(event);
}

void Customers::report(const SimProvider::Accepted& sent) {
  ChannelEvent event;
  event.thread = sent.recipient;
  event.at = clock_.now_ms();
  if (random_.chance(1, 2)) {
    event.kind = Kind::message;
    event.external_id = sent.external_id;
    event.text = sent.text;
    event.echo = event.own_echo = true;
    event.metadata = sent.message_id;
    enqueue(event);
  }
  if (random_.chance(1, 3)) {
    event = ChannelEvent{};
    event.kind = Kind::status;
    event.thread = sent.recipient;
    event.at = clock_.now_ms();
    event.external_id = "status-" + std::to_string(next_++);
    event.target_id = sent.external_id;
    event.status = random_.chance(1, 2) ? api::MESSAGE_STATUS_DELIVERED : api::MESSAGE_STATUS_READ;
    enqueue(event);
  }
}

void Customers::deliver(Ingress& ingress) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < webhooks_.size(); ++i)
    if (!webhooks_[i].acked || random_.chance(1, 40)) open.push_back(i);
  if (open.empty()) return;
  const std::size_t chosen = open[random_.uniform(0, open.size() - 1)];
  for (const auto& id : webhooks_[chosen].ids) tell(id);
  ingress.accept(webhooks_[chosen].items, [this, chosen, life = life_](Errc code) {
    if (code != Errc::ok || life != life_) return;
    webhooks_[chosen].acked = true;
    for (const auto& id : webhooks_[chosen].ids) acknowledge(id);
  });
}

void Customers::tell(const std::string& external_id) {
  if (auto& one = told[external_id]; one.first == 0) one.first = ++step_;
}

void Customers::acknowledge(const std::string& external_id) {
  if (auto& one = told[external_id]; one.acknowledged == 0) one.acknowledged = ++step_;
}

void Customers::chat_something() {
  Request request;
  request.visitor = "visitor-" + std::to_string(random_.uniform(0, 1));
  request.key = "chat-" + std::to_string(next_++);
  request.text = std::string(kQuestions[random_.uniform(0, 3)]) + " " + request.key;
  requests_.push_back(std::move(request));
}

void Customers::order_send(const Id& conversation) {
  Request request;
  request.key = "send-" + std::to_string(next_++);
  request.text = "From a person: " + request.key;
  request.conversation = conversation;
  requests_.push_back(std::move(request));
}

void Customers::ask(EngineHost& host) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < requests_.size(); ++i)
    if (!requests_[i].answered || random_.chance(1, 40)) open.push_back(i);
  if (open.empty()) return;
  const std::size_t chosen = open[random_.uniform(0, open.size() - 1)];
  Request& request = requests_[chosen];
  const auto answered = [this, chosen, life = life_](const Result<api::Message>& message) {
    if (!message || life != life_) return;
    requests_[chosen].answered = true;
    acknowledge(message->external_id());
  };
  if (!request.visitor.empty()) {
    const auto visitor = host.chat().visitor(widget_key, request.visitor);
    if (!visitor) return;
    chats[visitor->thread + ":" + request.key] = request.text;
    tell(visitor->thread + ":" + request.key);
    return host.chat().receive(*visitor, {request.key, request.text, {}}, answered);
  }
  sends.insert(request.text);
  api::MessageInput input;
  input.set_text(request.text);
  Idempotency once;
  once.key = request.key + std::string(32 - request.key.size(), '.');
  once.fingerprint = request.text;
  host.commands().send_message(workspace, request.conversation, input, {once, {}}, answered);
}

bool Customers::satisfied() const {
  for (const auto& webhook : webhooks_)
    if (!webhook.acked) return false;
  for (const auto& request : requests_)
    if (!request.answered) return false;
  return unbatched_.empty();
}

}  // namespace aura::test
