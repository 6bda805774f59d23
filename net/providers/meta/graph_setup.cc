// Setup of a connected account: subscribes our app to its events.
#include "net/http.h"
#include "net/providers/meta/graph_adapter.h"

namespace aura::net::meta {
namespace {

// Two pages of Meta's documentation spell some fields differently. One unknown field makes the
// whole call fail, so the second spelling is a separate call, tried after the first.
constexpr std::string_view kPageFields =
    "messages,message_echoes,message_edits,message_deliveries,message_reads,message_reactions,"
    "messaging_postbacks,messaging_referrals,messaging_optins,messaging_handovers,standby,feed";
constexpr std::string_view kPageFieldsToo =
    "messages,message_echoes,message_edit,message_deliveries,message_reads,message_reactions,"
    "messaging_postbacks,messaging_referral,messaging_optins,messaging_handover,standby,feed";
constexpr std::string_view kInstagramFields =
    "messages,message_edit,message_reactions,messaging_seen,messaging_postbacks,"
    "messaging_referral,messaging_optins,messaging_handover,standby,comments,live_comments,"
    "mentions";
constexpr std::string_view kInstagramFieldsToo =
    "messages,message_edits,message_reactions,messaging_seen,messaging_postbacks,"
    "messaging_referrals,messaging_optins,messaging_handovers,standby,comments,live_comments,"
    "mentions";

}  // namespace

std::vector<SetupStep> GraphAdapter::compose_setup(const api::Credentials& credentials,
                                                   const std::string& /*pin*/) const {
  const Access with = access(credentials);
  const bool page = with.login == Access::Login::facebook;
  SetupStep step;
  step.purpose = "send us the events of this " + std::string(product_.account);
  step.proves_account = with.node == account_of(credentials).value_or("");
  for (const std::string_view fields :
       {page ? kPageFields : kInstagramFields, page ? kPageFieldsToo : kInstagramFieldsToo}) {
    step.ways.push_back(call(with, "POST",
                             percent_encode(with.node) +
                                 "/subscribed_apps?subscribed_fields=" + percent_encode(fields)));
  }
  return {std::move(step)};
}

std::optional<ProviderCall> GraphAdapter::compose_leave(const api::Credentials& credentials) const {
  const Access with = access(credentials);
  if (with.token.empty()) return std::nullopt;
  return call(with, "DELETE", percent_encode(with.node) + "/subscribed_apps");
}

}  // namespace aura::net::meta
