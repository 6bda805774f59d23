// The workspace's channels: connecting, changing, removing.
#include <algorithm>

#include "actors/access/accounts.h"
#include "actors/access/idempotency.h"
#include "actors/access/identity_signature.h"
#include "actors/channel_rows.h"
#include "actors/refusal.h"
#include "actors/told_change.h"
#include "actors/workspace/workspace_actor.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

// Applies a web chat's allowed origins and the rotation of its identity secret.
Result<void> change_webchat(const api::ChannelInput& input, api::Channel& channel,
                            api::Credentials& kept) {
  if (input.has_credentials())
    return fail(Errc::invalid, "A web chat has no credentials.", "/credentials");
  const auto& cleared = input.cleared();
  if (input.allowed_origins_size() > 0 ||
      std::find(cleared.begin(), cleared.end(), "allowed_origins") != cleared.end())
    *channel.mutable_allowed_origins() = input.allowed_origins();
  if (input.rotate_identity_secret()) kept.set_identity_secret(new_identity_secret());
  return {};
}

// The error for an account that is already connected. A workspace can delete only its own channels.
Error taken(const Accounts& accounts, const ChannelRoute& route, const api::Channel& channel,
            std::string pointer) {
  const auto holder = accounts.find(channel.type(), outside_name(channel));
  const bool own = holder && holder->workspace == route.workspace;
  return {Errc::conflict,
          own ? "This account is connected already; delete that channel first."
              : "Another workspace has connected this account; it has to be disconnected there.",
          std::move(pointer)};
}

// Registers the account of a channel that is to become active again; fails if another channel has
// it.
Result<void> take_account(Accounts& accounts, const ChannelRoute& route,
                          const api::ChannelInput& input, const api::Channel& channel) {
  const bool shall_work = (input.has_status() || input.has_credentials()) &&
                          channel.status() != api::CHANNEL_STATUS_DISABLED;
  if (!shall_work || channel.type() == api::CHANNEL_TYPE_WEBCHAT ||
      accounts.add(route, outside_name(channel)))
    return {};
  return tl::unexpected(
      taken(accounts, route, channel, input.has_status() ? "/status" : "/credentials"));
}

// The secret is returned only in the answer that created it.
std::string told_secret(const api::ChannelInput& input, const api::Credentials& kept) {
  return input.rotate_identity_secret() ? kept.identity_secret() : std::string();
}

void append_feed(const Id& workspace, const Id& channel, Millis now, storage::Commit& commit) {
  record::Feed feed;
  feed.set_kind(record::Feed::KIND_CHANNEL_UPDATED);
  feed.set_channel(std::string(channel.view()));
  feed.set_at_ms(now);
  commit.appends.push_back({Family::feed, keys::head(workspace), feed.SerializeAsString()});
}

}  // namespace

Result<record::Channel> WorkspaceActor::load_channel(const Id& channel) const {
  return channel_rows::load(services_.reader, workspace_, channel);
}

// Gives the channel its external name: a new widget key, or the account of its credentials.
Result<void> WorkspaceActor::connect(api::Channel& channel, const api::Credentials& credentials) {
  if (channel.type() == api::CHANNEL_TYPE_WEBCHAT) {
    channel.set_widget_key(new_widget_key());
    return {};
  }
  const auto adapter = services_.adapters.find(channel.type());
  if (adapter == services_.adapters.end())
    return fail(Errc::unsupported, "This engine cannot connect such a channel yet.", "/type");
  auto account = adapter->second->account_of(credentials);
  if (!account) return tl::unexpected(account.error());
  channel.set_account_id(*account);
  if (auto url = adapter->second->webhook_url(channel.id()); !url.empty())
    channel.set_webhook_url(std::move(url));
  if (auto business = adapter->second->business_of(credentials); !business.empty())
    channel.set_business_account_id(std::move(business));
  return {};
}

// Applies new credentials of the same account; fields that are not given stay unchanged.
Result<void> WorkspaceActor::change_credentials(const api::ChannelInput& input,
                                                api::Channel& channel, api::Credentials& kept) {
  if (input.allowed_origins_size() > 0 || input.rotate_identity_secret())
    return fail(Errc::invalid, "Only a web chat has allowed origins and an identity secret.",
                input.allowed_origins_size() > 0 ? "/allowed_origins" : "/rotate_identity_secret");
  const auto& cleared = input.cleared();
  if (input.opt_out_words_size() > 0 ||
      std::find(cleared.begin(), cleared.end(), "opt_out_words") != cleared.end())
    *channel.mutable_opt_out_words() = input.opt_out_words();
  if (!input.has_credentials()) return {};
  kept.MergeFrom(input.credentials());
  const std::string before = channel.account_id();
  if (auto connected = connect(channel, kept); !connected) return connected;
  if (channel.account_id() != before)
    return fail(Errc::invalid, "These credentials belong to another account; make a new channel.",
                "/credentials");
  if (!input.has_status()) channel.set_status(api::CHANNEL_STATUS_ACTIVE);
  return {};
}

void WorkspaceActor::store_channel(const Id& id, record::Channel row, storage::Commit commit,
                                   std::function<void(Errc)> then) {
  commit.workspace = workspace_;
  channel_rows::put(workspace_, id, row, commit);
  append_feed(workspace_, id, now(), commit);
  write(std::move(commit),
        [then = std::move(then)](const storage::CommitResult& result) { then(result.code); });
}

void WorkspaceActor::handle(CreateChannel& command) {
  auto key = services_.vault.workspace_key(workspace_);
  if (!key) return command.reply(tl::unexpected(key.error()));
  if (auto earlier =
          idempotency::find<api::Channel>(services_.reader, workspace_, command.once, **key, now()))
    return command.reply(std::move(*earlier));
  const Id id = new_id(now());
  api::Channel channel;
  channel.set_id(format_id(IdType::channel, id));
  channel.set_type(command.input.type());
  channel.set_name(command.input.name());
  *channel.mutable_allowed_origins() = command.input.allowed_origins();
  *channel.mutable_opt_out_words() = command.input.opt_out_words();
  channel.set_created_at(now());
  channel.set_updated_at(now());
  if (auto connected = connect(channel, command.input.credentials()); !connected)
    return command.reply(tl::unexpected(connected.error()));
  record::Channel row;
  *row.mutable_channel() = channel;
  row.set_token_since_ms(now());
  api::Credentials credentials = command.input.credentials();
  credentials.clear_identity_secret();
  if (channel.type() == api::CHANNEL_TYPE_WEBCHAT) {
    credentials.set_identity_secret(new_identity_secret());
    channel.set_identity_secret(credentials.identity_secret());  // only in this answer
  }
  if (auto sealed =
          channel_rows::seal_credentials(services_.vault, workspace_, id, credentials, row);
      !sealed)
    return command.reply(tl::unexpected(sealed.error()));
  const ChannelRoute route{workspace_, id, channel.type()};
  if (!services_.accounts.add(route, outside_name(channel)))
    return command.reply(tl::unexpected(taken(services_.accounts, route, channel, "/credentials")));
  services_.accounts.join(route, channel.business_account_id());
  storage::Commit commit;
  commit.audit = storage::AuditEntry{now(), "api", "channel.create", channel.id()};
  idempotency::remember(workspace_, command.once, channel, **key, {}, now(), commit);
  store_channel(id, std::move(row), std::move(commit),
                [this, reply = command.reply, channel, id](Errc code) {
                  if (code == Errc::ok) {
                    // A connection started by an event before the row existed believes the channel
                    // deleted.
                    connections_.deliver(id, ToConnection{workspace_, id, ReloadChannel{}});
                    return reply.ok(channel);
                  }
                  services_.accounts.remove(id, channel.type(), outside_name(channel));
                  services_.accounts.leave(id, channel.type(), channel.business_account_id());
                  refuse(reply, code);
                });
}

// Verifies new credentials with the provider, as for a new channel. False: the answer is pending,
// or the provider refused them. A provider that does not answer does not block the change.
bool WorkspaceActor::probed(UpdateChannel& command, const api::Channel& channel,
                            const api::Credentials& credentials) {
  const auto adapter = services_.adapters.find(channel.type());
  if (!command.input.has_credentials() || adapter == services_.adapters.end()) return true;
  if (command.probed) {
    const TokenState token = adapter->second->read_token(*command.probed, now());
    const bool dead = token.kind == TokenState::Kind::dead;
    if (!dead && !token.of_another(channel.account_id())) return true;
    command.reply.error(Errc::invalid,
                        dead ? token.detail : "These credentials belong to another account.",
                        "/credentials");
    return false;
  }
  auto call = adapter->second->compose_probe(credentials);
  if (!call) return true;
  services_.provider.call(std::move(*call), [to = self(), workspace = workspace_,
                                             command](ProviderReply reply) mutable {
    command.probed = std::move(reply);
    caf::anon_send(to, ToWorkspace{workspace, std::move(command)});
  });
  return false;
}

void WorkspaceActor::handle(UpdateChannel& command) {
  auto row = load_channel(command.channel);
  if (!row) return command.reply(tl::unexpected(row.error()));
  auto opened = channel_rows::open_credentials(services_.vault, workspace_, command.channel, *row);
  if (!opened) return command.reply(tl::unexpected(opened.error()));
  api::Credentials& kept = *opened;
  api::Channel& channel = *row->mutable_channel();
  if (command.input.has_type() && command.input.type() != channel.type())
    return command.reply.error(Errc::invalid, "A channel's type cannot change; make a new one.",
                               "/type");
  if (command.input.has_name()) channel.set_name(command.input.name());
  if (command.input.has_status())
    channel.set_status(static_cast<api::ChannelStatus>(command.input.status()));
  const std::string business = channel.business_account_id();
  const auto changed = channel.type() == api::CHANNEL_TYPE_WEBCHAT
                           ? change_webchat(command.input, channel, kept)
                           : change_credentials(command.input, channel, kept);
  if (!changed) return command.reply(tl::unexpected(changed.error()));
  if (auto sealed =
          channel_rows::seal_credentials(services_.vault, workspace_, command.channel, kept, *row);
      !sealed)
    return command.reply(tl::unexpected(sealed.error()));
  const ChannelRoute route{workspace_, command.channel, channel.type()};
  if (auto account = take_account(services_.accounts, route, command.input, channel); !account)
    return command.reply(tl::unexpected(account.error()));
  if (!probed(command, channel, kept)) return;
  if (command.input.has_credentials()) {
    row->set_token_since_ms(now());
    channel.clear_token_expires_at();
    channel.clear_token_checked_at();
  }
  if (channel.status() == api::CHANNEL_STATUS_ACTIVE) channel.clear_error();
  channel.set_updated_at(now());
  storage::Commit commit;
  commit.audit = storage::AuditEntry{now(), "api", "channel.update", channel.id()};
  store_channel(command.channel, *row, std::move(commit),
                [this, reply = command.reply, answer = channel, id = command.channel, route,
                 business, secret = told_secret(command.input, kept)](Errc code) mutable {
                  if (code != Errc::ok) return refuse(reply, code);
                  services_.accounts.leave(id, answer.type(), business);
                  services_.accounts.join(route, answer.business_account_id());
                  if (reachable(answer))
                    services_.accounts.add(route, outside_name(answer));
                  else
                    services_.accounts.remove(id, answer.type(), outside_name(answer));
                  connections_.deliver(id, ToConnection{workspace_, id, ReloadChannel{}});
                  if (!secret.empty()) answer.set_identity_secret(secret);
                  reply.ok(answer);
                });
}

// The call that ends the channel's events, if its provider has one.
std::optional<ProviderCall> WorkspaceActor::leave_of(const record::Channel& row) const {
  const auto adapter = services_.adapters.find(row.channel().type());
  const auto id = parse_id(IdType::channel, row.channel().id());
  if (adapter == services_.adapters.end() || !id) return std::nullopt;
  const auto credentials = channel_rows::open_credentials(services_.vault, workspace_, *id, row);
  return credentials ? adapter->second->compose_leave(*credentials) : std::nullopt;
}

// Unsubscribes the deleted channel's events. A page and its linked Instagram account share one
// subscription, which is kept while the other channel exists. Best effort: events that still arrive
// become dead letters.
void WorkspaceActor::leave_provider(const record::Channel& left) {
  auto leave = leave_of(left);
  if (!leave) return;
  const auto asset = [](const ProviderCall& call) {
    return call.url.substr(0, call.url.find('?'));
  };
  bool shared = false;
  const auto look_at = [&](std::string_view, std::string_view value) {
    record::Channel other;
    if (!other.ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
    const auto theirs = leave_of(other);
    shared = theirs && asset(*theirs) == asset(*leave);
    return !shared;
  };
  const auto read = services_.reader.for_each(Family::channel, keys::head(workspace_), look_at);
  if (!read || shared) return;
  services_.provider.call(std::move(*leave), [id = left.channel().id()](const ProviderReply& it) {
    if (it.status < 200 || it.status >= 300)
      log::warn("account_not_left", {{"channel", id}, {"status", it.status}});
  });
}

void WorkspaceActor::handle(DeleteChannel& command) {
  auto row = load_channel(command.channel);
  if (!row) return command.reply(tl::unexpected(row.error()));
  storage::Commit commit;
  commit.workspace = workspace_;
  commit.audit = storage::AuditEntry{now(), "api", "channel.delete", row->channel().id()};
  commit.erase(Family::channel, keys::channel(workspace_, command.channel));
  tell_change(record::Feed::KIND_CHANNEL_DELETED, workspace_, command.channel, now(), commit);
  commit.mutations.push_back({storage::Mutation::Op::erase_prefix,
                              Family::message_template,
                              keys::templates_of(workspace_, command.channel),
                              {}});
  commit.mutations.push_back({storage::Mutation::Op::erase_prefix,
                              Family::unsupported,
                              keys::unsupported_of(workspace_, command.channel),
                              {}});
  write(std::move(commit), [this, reply = command.reply, left = *row,
                            id = command.channel](const storage::CommitResult& result) {
    if (result.code != Errc::ok) return refuse(reply, result.code);
    const api::Channel& channel = left.channel();
    services_.accounts.remove(id, channel.type(), outside_name(channel));
    services_.accounts.leave(id, channel.type(), channel.business_account_id());
    leave_provider(left);
    // The connection records each queued message as failed.
    connections_.deliver(id, ToConnection{workspace_, id, ReloadChannel{}});
    reply.ok({});
  });
}

}  // namespace aura
