// Logins: the client posts a code (or token), gets the accounts it may use, and creates a channel
// from each account that it chooses.
#include <algorithm>
#include <array>
#include <utility>

#include "config/limits.h"
#include "net/api/api_routes.h"
#include "net/api/validate_text.h"
#include "net/api/wrong_input.h"
#include "net/connect/channel_setup.h"

namespace aura::net {
namespace {

Result<void> check_login(const api::ChannelLoginInput& input) {
  constexpr std::array<std::string_view, 3> kProviders{"facebook", "instagram", "whatsapp"};
  if (std::find(kProviders.begin(), kProviders.end(), input.provider()) == kProviders.end())
    return wrong("/provider", "must be \"facebook\", \"instagram\" or \"whatsapp\"");
  if (input.code().empty() == input.access_token().empty())
    return wrong("/code", "or access_token is needed, and not both");
  const bool redirected = !input.code().empty() && input.provider() != "whatsapp";
  if (redirected && input.redirect_uri().empty())
    return wrong("/redirect_uri", "is missing: the address that the login page led back to");
  if (input.provider() == "whatsapp" && input.business_account_id().empty())
    return wrong("/business_account_id",
                 "is missing: the id of the WhatsApp Business Account, as the login told it");
  const std::array<std::pair<const char*, std::string_view>, 4> words{
      {{"/code", input.code()},
       {"/access_token", input.access_token()},
       {"/redirect_uri", input.redirect_uri()},
       {"/business_account_id", input.business_account_id()}}};
  for (const auto& [pointer, value] : words) {
    if (value.empty()) continue;
    if (auto checked = check_word(value, kCredentialBytes, pointer); !checked) return checked;
  }
  return {};
}

Result<void> check_choice(const api::ChannelChoiceInput& input) {
  if (input.account_id().empty())
    return wrong("/account_id", "is missing: the id of one of the login's accounts");
  if (input.has_pin() && !is_pin(input.pin())) return wrong("/pin", "must be six digits");
  if (!input.has_name()) return {};
  return check_name(input.name(), limits::kNameChars, "/name");
}

}  // namespace

void add_login_routes(ApiRoutes& routes) {
  ChannelSetup* const setup = routes.ports().setup;
  if (setup == nullptr) return;
  routes.add(Method::post, "/channels/logins", [setup](const ApiCall& call) {
    with_new<api::ChannelLoginInput>(
        call, check_login, [&](api::ChannelLoginInput input, MaybeIdempotency once) {
          setup->log_in(call.workspace, std::move(input), std::move(once),
                        answer_with<api::ChannelLogin>(call.responder, 201));
        });
  });
  routes.add(Method::post, "/channels/logins/{id}/channels",
             id_route("id", IdType::login, [setup](const ApiCall& call, Id id) {
               with_new<api::ChannelChoiceInput>(
                   call, check_choice, [&](api::ChannelChoiceInput input, MaybeIdempotency once) {
                     setup->choose(call.workspace, id, std::move(input), std::move(once),
                                   answer_with<api::Channel>(call.responder, 201));
                   });
             }));
}

}  // namespace aura::net
