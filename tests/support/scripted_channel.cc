#include "tests/support/scripted_channel.h"

#include <cstdlib>

#include "tests/support/sim_channel.h"

namespace aura::test {
namespace {

ProviderCall call_of(std::string what, std::string body, const api::Credentials& credentials = {}) {
  ProviderCall call;
  call.url = std::move(what);
  call.body = std::move(body);
  call.headers.emplace_back("Authorization", credentials.access_token());
  return call;
}

}  // namespace

std::string ScriptedChannel::item(std::vector<ChannelEvent> events) const {
  items_.push_back(std::move(events));
  return std::to_string(items_.size() - 1);
}

void ScriptedChannel::learn(const std::string& payload, std::vector<ChannelEvent> events) {
  items_.at(static_cast<std::size_t>(std::atoi(payload.c_str()))) = std::move(events);
  ++projection_;
}

bool ScriptedChannel::shows_part(const ChannelEvent& echo, const OutboundMessage& message,
                                 std::size_t part) const {
  const auto parts = split(message.text, '|');
  return nameless_echoes && part < parts.size() && echo.text == parts[part];
}

Normalised ScriptedChannel::normalise(std::string_view payload) const {
  Normalised out;
  out.events = items_.at(static_cast<std::size_t>(std::atoi(std::string(payload).c_str())));
  return out;
}

std::vector<ProviderCall> ScriptedChannel::compose(const OutboundMessage& message,
                                                   const api::Credentials& credentials) const {
  std::vector<ProviderCall> calls;
  for (const auto& part : split(message.text, '|'))
    calls.push_back(call_of("send " + message.recipient,
                            message.files_as_links ? part + " as links" : part, credentials));
  return calls;
}

std::optional<ProviderCall> ScriptedChannel::compose_typing(const std::string& recipient,
                                                            const api::Credentials&) const {
  if (!shows_typing) return std::nullopt;
  return call_of("typing " + recipient, {});
}

std::optional<ProviderCall> ScriptedChannel::compose_reaction(const std::string& recipient,
                                                              const std::string& external_id,
                                                              const std::string& emoji,
                                                              const api::Credentials&) const {
  return call_of("react " + recipient + " " + external_id, emoji);
}

SendOutcome ScriptedChannel::classify(const ProviderReply& reply) const {
  using Kind = SendOutcome::Kind;
  switch (reply.status) {
    case 200:
      return {.kind = Kind::sent, .external_id = reply.body};
    case 401:
      return {.kind = Kind::reconnect, .error_code = "reconnect", .error_detail = "Connect again."};
    case 429: {
      SendOutcome outcome{.kind = Kind::pause, .retry_after_ms = 5000, .error_code = "too_fast"};
      if (reply.body == "contact") outcome.pause_scope = SendOutcome::Scope::contact;
      return outcome;
    }
    case 500:
      return {.kind = Kind::retry, .error_code = "provider_error"};
    case 0:
      return {.kind = Kind::ambiguous, .error_code = "no_answer"};
    default:
      return {.kind = Kind::failed,
              .error_code = "refused",
              .provider_code = "131026",
              .file_refused = reply.body == "file"};
  }
}

std::optional<ProviderCall> ScriptedChannel::compose_lookup(const OutboundMessage& message,
                                                            const api::Credentials&) const {
  if (!looks_up) return std::nullopt;
  return call_of("look up", message.message_id);
}

SendOutcome ScriptedChannel::classify_lookup(const OutboundMessage&, const ProviderReply& reply,
                                             const IsTaken& is_taken) const {
  if (reply.status == 200 && is_taken(reply.body)) return {.kind = SendOutcome::Kind::ambiguous};
  if (reply.status == 200) return {.kind = SendOutcome::Kind::sent, .external_id = reply.body};
  if (reply.status == 404) return {.kind = SendOutcome::Kind::ambiguous};
  return {.kind = SendOutcome::Kind::retry};
}

std::vector<SetupStep> ScriptedChannel::compose_setup(const api::Credentials& credentials,
                                                      const std::string& /*pin*/) const {
  if (!subscribes) return {};
  return {{{call_of("subscribe", {}, credentials), call_of("subscribe otherwise", {}, credentials)},
           "send us its events",
           "/credentials"}};
}

std::optional<ProviderCall> ScriptedChannel::compose_probe(
    const api::Credentials& credentials) const {
  if (!has_token) return std::nullopt;
  return call_of("probe", {}, credentials);
}

std::optional<ProviderCall> ScriptedChannel::compose_renewal(
    const api::Credentials& credentials) const {
  if (!has_token) return std::nullopt;
  return call_of("renew", {}, credentials);
}

TokenState ScriptedChannel::read_token(const ProviderReply& reply, Millis) const {
  TokenState state;
  if (reply.status == 401) {
    state.kind = TokenState::Kind::dead;
    state.detail = "Somebody changed the password.";
  } else if (reply.status == 200) {
    state.kind = TokenState::Kind::alive;
    if (reply.body.starts_with("new:"))
      state.renewed_token = reply.body.substr(4);
    else if (!reply.body.empty())
      state.expires_at = std::atoll(reply.body.c_str());
  }
  return state;
}

void ScriptedProvider::call(ProviderCall call, std::function<void(ProviderReply)> done) {
  calls.push_back({call.url, call.body, call.headers.empty() ? "" : call.headers[0].second});
  ProviderReply reply = reply_of(200);
  if (!answers.empty()) {
    reply = std::move(answers.front());
    answers.pop_front();
  } else if (call.url.starts_with("send")) {
    reply.body = "x" + std::to_string(++sent_);
  }
  waiting_.emplace_back(std::move(reply), std::move(done));
}

std::size_t ScriptedProvider::answer() {
  auto now = std::move(waiting_);
  waiting_.clear();
  for (auto& [reply, done] : now) done(std::move(reply));
  return now.size();
}

ProviderReply reply_of(int status, std::string body) {
  ProviderReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

ProviderReply cut_off() {
  ProviderReply reply;
  reply.error = Errc::timeout;
  reply.maybe_sent = true;
  return reply;
}

}  // namespace aura::test
