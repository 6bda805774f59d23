#include "net/connect/meta_login.h"

#include <utility>

namespace aura::net {
namespace {

constexpr int kMostPages = 10;  // of 100 accounts each

}  // namespace

MetaLogin::MetaLogin(meta::Options app, ProviderClient& provider, api::ChannelLoginInput input,
                     Reply<Accounts> reply)
    : app_(std::move(app)),
      provider_(provider),
      input_(std::move(input)),
      reply_(std::move(reply)) {}

void MetaLogin::run(meta::Options app, ProviderClient& provider, api::ChannelLoginInput input,
                    Reply<Accounts> reply) {
  const std::shared_ptr<MetaLogin> login(
      new MetaLogin(std::move(app), provider, std::move(input), std::move(reply)));
  login->start();
}

void MetaLogin::start() {
  const bool instagram = input_.provider() == "instagram";
  if (!input_.has_code())  // a pasted Instagram token is long-lived already; it needs no exchange
    return instagram ? list({input_.access_token()}) : lengthen({input_.access_token()});
  ask_for_token(instagram ? meta::instagram_code(app_, input_.code(), input_.redirect_uri())
                          : meta::facebook_code(app_, input_.code(), input_.redirect_uri()),
                &MetaLogin::lengthen);
}

void MetaLogin::ask_for_token(ProviderCall call, OnToken then) {
  provider_.call(std::move(call), [self = shared_from_this(), then](const ProviderReply& reply) {
    auto token = meta::read_login_token(reply);
    if (!token) return self->fail_with(token.error());
    ((*self).*then)(std::move(*token));
  });
}

// Exchanges the token for a long-lived one. A business's WhatsApp token needs no exchange: it is
// valid until revoked.
void MetaLogin::lengthen(meta::LoginToken token) {
  if (input_.provider() == "whatsapp") return list(std::move(token));
  ask_for_token(input_.provider() == "instagram" ? meta::instagram_long_lived(app_, token.text)
                                                 : meta::facebook_long_lived(app_, token.text),
                &MetaLogin::list);
}

void MetaLogin::list(meta::LoginToken token) {
  token_ = std::move(token);
  if (input_.provider() == "facebook") return list_pages({});
  const bool whatsapp = input_.provider() == "whatsapp";
  provider_.call(whatsapp ? meta::list_numbers(app_, token_.text, input_.business_account_id())
                          : meta::instagram_account(app_, token_.text),
                 [self = shared_from_this(), whatsapp](const ProviderReply& reply) {
                   self->take(whatsapp ? meta::read_numbers(reply, self->token_.text,
                                                            self->input_.business_account_id())
                                       : meta::read_instagram_account(reply, self->token_));
                 });
}

void MetaLogin::list_pages(const std::string& after) {
  provider_.call(meta::list_pages(app_, token_.text, after),
                 [self = shared_from_this()](const ProviderReply& reply) {
                   self->take(meta::read_pages(reply));
                 });
}

void MetaLogin::take(Result<meta::AccountPage> page) {
  if (!page) return fail_with(page.error());
  for (auto& account : page->accounts) accounts_.push_back(std::move(account));
  if (!page->after.empty() && ++pages_ < kMostPages) return list_pages(page->after);
  reply_(std::move(accounts_));
}

void MetaLogin::fail_with(Error error) {
  if (error.code == Errc::invalid) error.field = input_.has_code() ? "/code" : "/access_token";
  reply_(tl::unexpected(std::move(error)));
}

}  // namespace aura::net
