#include "bench/scenario/engine_truth.h"

#include <functional>
#include <stdexcept>

#include "bench/sim/form.h"
#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

using rapidjson::Value;

// Calls `use` for every element of a list, page by page.
void each_of(RestClient& client, const std::string& path,
             const std::function<void(const Value&)>& use) {
  std::string after;
  do {
    const auto body = client.must("GET", path + "?limit=200" + after);
    rapidjson::Document page;
    if (!parse_json(page, body)) throw std::runtime_error(path + " answered no JSON object");
    const auto* data = member(page, "data");
    if (data == nullptr || !data->IsArray()) throw std::runtime_error(path + " has no data");
    for (const auto& one : data->GetArray()) use(one);
    const auto next = text_at(page, "next");
    after = next.empty() ? "" : "&after=" + percent_encode(next);
  } while (!after.empty());
}

struct Conversation {
  std::string id;
  std::string channel;
  std::string contact;
};

Conversation conversation_of(const Value& value) {
  Conversation out{text_at(value, "id"), text_at(value, "channel_type"), {}};
  const auto* contact = member(value, "contact");
  const auto* ids = contact == nullptr ? nullptr : member(*contact, "identities");
  if (ids != nullptr && ids->IsArray() && !ids->Empty())
    out.contact = text_at((*ids)[0], "external_id");
  return out;
}

EngineMessage message_of(const Value& value, const Conversation& conversation) {
  EngineMessage out;
  out.channel = conversation.channel;
  out.contact = conversation.contact;
  out.inbound = text_at(value, "direction") == "in";
  out.id = text_at(value, "id");
  out.external_id = text_at(value, "external_id");
  out.status = text_at(value, "status");
  const auto* flag = member(value, "deleted");
  out.deleted = flag != nullptr && flag->IsTrue();
  if (const auto* error = member(value, "error"); error != nullptr && error->IsObject())
    out.error = text_at(*error, "code");
  const auto* attempts = member(value, "attempts");
  if (attempts != nullptr && attempts->IsArray()) {
    for (const auto& attempt : attempts->GetArray()) {
      out.provider_ids.push_back(text_at(attempt, "provider_id"));
    }
  }
  return out;
}

}  // namespace

EngineTruth read_counts(const Stage& stage) {
  const auto text = stage.operator_api().must("GET", "/metrics");
  EngineTruth out;
  const auto read = [&](const char* name) {
    return static_cast<std::uint64_t>(metric_in(text, name));
  };
  out.received = read("aura_events_received_total");
  out.finished = read("aura_events_finished_total");
  out.dead = read("aura_events_finished_total{outcome=\"dead\"");
  return out;
}

EngineTruth read_engine(const Stage& stage) {
  auto out = read_counts(stage);
  auto client = stage.api();
  const auto base = "/api/v1/workspaces/" + stage.workspace() + "/conversations";
  std::vector<Conversation> conversations;
  each_of(client, base, [&](const Value& one) { conversations.push_back(conversation_of(one)); });
  out.conversations = conversations.size();
  for (const auto& one : conversations) {
    each_of(client, base + "/" + one.id + "/messages",
            [&](const Value& message) { out.messages.push_back(message_of(message, one)); });
  }
  auto operators = stage.operator_api();
  each_of(operators, "/dead-letters", [&](const Value& one) {
    out.dead_letters.push_back(text_at(one, "reason") + ", " + text_at(one, "detail"));
  });
  return out;
}

}  // namespace aura::bench
