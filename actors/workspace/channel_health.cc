// Provider facts about a channel: status, token, notices about the account. Stored with the
// channel, where its owner sees them, and published to the feed.
#include <openssl/sha.h>

#include <algorithm>
#include <chrono>
#include <tuple>

#include "actors/channel_rows.h"
#include "actors/refusal.h"
#include "actors/workspace/workspace_actor.h"
#include "config/limits.h"
#include "runtime/in_ms.h"
#include "runtime/log.h"
#include "storage/keys.h"
#include "storage/schema/records.pb.h"

namespace aura {

namespace keys = storage::keys;
using storage::Family;

namespace {

constexpr std::chrono::milliseconds kReloadAfter{2000};

void set_error(api::Channel& channel, const std::string& reason) {
  if (reason.empty())
    channel.clear_error();
  else
    channel.set_error(reason);
}

std::string hash_of(const std::string& external_id) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(external_id.data()), external_id.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

api::ChannelNotice to_api(const AccountNotice& notice, Millis at) {
  api::ChannelNotice out;
  out.set_what(notice.what);
  if (!notice.subject.empty()) out.set_subject(notice.subject);
  if (!notice.value.empty()) out.set_value(notice.value);
  if (!notice.detail.empty()) out.set_detail(notice.detail);
  out.set_created_at(at);
  return out;
}

// The provider gave no time: it is of now, and the same on another day is news.
void tell_time(ChannelEvent& event, Millis now) {
  event.at = now;
  event.external_id += ":" + std::to_string(now / in_ms(std::chrono::hours(24)));
}

// Notices come in any order: of those that restrict the account or lift that, the newest by the
// provider's time holds.
bool is_outdated(const record::Channel& row, const ChannelEvent& event) {
  const AccountNotice& notice = *event.account;
  return (notice.restricted || notice.restored) && event.at < row.restriction_ms();
}

// A notice from before the token was replaced says nothing about the new token.
bool ends_sending(const record::Channel& row, const ChannelEvent& event) {
  return event.account->disconnected && row.channel().status() != api::CHANNEL_STATUS_DISABLED &&
         event.at >= row.token_since_ms() && !is_outdated(row, event);
}

// Known as a notice, but its owner had the channel send again meanwhile, to no avail.
bool ends_sending_again(const record::Channel& row, const ChannelEvent& event) {
  const auto status = row.channel().status();
  const bool sends =
      status == api::CHANNEL_STATUS_ACTIVE || status == api::CHANNEL_STATUS_RATE_LIMITED;
  return sends && event.at > row.channel().updated_at() && ends_sending(row, event);
}

// Inserts a notice, newest first by provider time; equal times are ordered by id, so that the order
// of arrival does not matter.
void add_notice(record::Channel& row, const NoteAccount& note, const std::string& id) {
  struct Known {
    std::string id;
    api::ChannelNotice notice;
  };
  std::vector<Known> all{{id, to_api(*note.event.account, note.event.at)}};
  auto& channel = *row.mutable_channel();
  for (int i = 0; i < channel.notices_size() && i < row.notices_size(); ++i)
    all.push_back({row.notices(i), channel.notices(i)});
  std::sort(all.begin(), all.end(), [](const Known& a, const Known& b) {
    return std::tuple(-a.notice.created_at(), a.id) < std::tuple(-b.notice.created_at(), b.id);
  });
  if (all.size() > limits::kChannelNotices) all.resize(limits::kChannelNotices);
  channel.clear_notices();
  row.clear_notices();
  for (auto& one : all) {
    *channel.add_notices() = std::move(one.notice);
    row.add_notices(std::move(one.id));
  }
}

}  // namespace

// A connection tells a status once and goes by it. If it cannot be stored, the connection goes by
// the stored one again, and finds out anew.
void WorkspaceActor::handle(SetChannelStatus& command) {
  const auto not_stored = [this, id = command.channel] {
    delayed_send(this, kReloadAfter, ToConnection{workspace_, id, ReloadChannel{}});
  };
  auto row = load_channel(command.channel);
  if (!row && row.error().code != Errc::not_found) return not_stored();
  if (!row || row->channel().status() == command.status) return;
  api::Channel& channel = *row->mutable_channel();
  channel.set_status(command.status);
  set_error(channel, command.reason);
  channel.set_updated_at(now());
  log::warn("channel_status",
            {{"channel", channel.id()}, {"status", api::ChannelStatus_Name(command.status)}});
  storage::Commit commit;
  commit.audit = storage::AuditEntry{now(), "engine", "channel.status", channel.id()};
  store_channel(command.channel, *row, std::move(commit), [not_stored](Errc code) {
    if (code != Errc::ok) not_stored();
  });
}

void WorkspaceActor::handle(SetChannelToken& command) {
  auto row = load_channel(command.channel);
  const auto key = services_.vault.workspace_key(workspace_);
  if (!row || !key) return;  // deleted meanwhile, or the next token check tries again
  api::Channel& channel = *row->mutable_channel();
  channel.set_token_checked_at(command.checked_at);
  if (command.expires_at) channel.set_token_expires_at(*command.expires_at);
  if (!command.persons.empty()) row->clear_connected_by();
  for (const auto& person : command.persons) row->add_connected_by((*key)->mac(person));
  storage::Commit commit;
  const bool renewed = !command.renewed_token.empty();
  if (renewed) {
    auto credentials =
        channel_rows::open_credentials(services_.vault, workspace_, command.channel, *row);
    if (!credentials) return;
    if (credentials->has_page_access_token())
      credentials->set_page_access_token(command.renewed_token);
    else
      credentials->set_access_token(command.renewed_token);
    if (!channel_rows::seal_credentials(services_.vault, workspace_, command.channel, *credentials,
                                        *row))
      return;
    row->set_token_since_ms(command.checked_at);
    commit.audit = storage::AuditEntry{now(), "engine", "channel.token_renewed", channel.id()};
  }
  store_channel(command.channel, *row, std::move(commit),
                [this, renewed, id = command.channel](Errc code) {
                  if (code == Errc::ok && renewed)
                    connections_.deliver(id, ToConnection{workspace_, id, ReloadChannel{}});
                });
}

// The person whose login connected the channel has revoked the access: deletes the token; queued
// sends stay queued.
void WorkspaceActor::handle(RevokeChannel& command) {
  auto row = load_channel(command.channel);
  if (!row) return command.reply(tl::unexpected(row.error()));
  if (row->token_since_ms() > command.at) return command.reply.ok({});  // for an older token
  auto credentials =
      channel_rows::open_credentials(services_.vault, workspace_, command.channel, *row);
  if (!credentials) return command.reply(tl::unexpected(credentials.error()));
  credentials->clear_page_access_token();
  credentials->clear_access_token();
  if (auto sealed = channel_rows::seal_credentials(services_.vault, workspace_, command.channel,
                                                   *credentials, *row);
      !sealed)
    return command.reply(tl::unexpected(sealed.error()));
  api::Channel& channel = *row->mutable_channel();
  row->clear_connected_by();
  channel.clear_token_expires_at();
  channel.clear_token_checked_at();
  channel.set_updated_at(now());
  if (channel.status() != api::CHANNEL_STATUS_DISABLED)
    channel.set_status(api::CHANNEL_STATUS_TOKEN_EXPIRED);
  set_error(channel,
            "Whoever connected this account has taken our access back; please connect it again.");
  storage::Commit commit;
  commit.audit = storage::AuditEntry{now(), "engine", "channel.revoked", channel.id()};
  store_channel(command.channel, *row, std::move(commit),
                [this, reply = command.reply, id = command.channel](Errc code) {
                  if (code != Errc::ok) return refuse(reply, code);
                  connections_.deliver(id, ToConnection{workspace_, id, ReloadChannel{}});
                  reply.ok({});
                });
}

void WorkspaceActor::handle(NoteAccount& command) {
  if (command.event.at == 0) tell_time(command.event, now());
  storage::Commit commit;
  if (command.journal_sequence)
    commit.erase(Family::journal, keys::journal(workspace_, *command.journal_sequence));
  auto row = load_channel(command.channel);
  if (!row) return command.reply.error(row.error().code, row.error().detail);
  const std::string id = hash_of(command.event.external_id);
  const auto& notices = row->notices();
  const bool known = std::find(notices.begin(), notices.end(), id) != notices.end();
  const bool repeated = known && !ends_sending_again(*row, command.event);
  const bool of_template = command.event.account->what.starts_with("template_");
  const auto then = [this, reply = command.reply, id = command.channel, repeated,
                     of_template](Errc code) {
    if (code != Errc::ok) return refuse(reply, code);
    reply.ok({repeated ? EventEnd::ignored : EventEnd::processed});
    if (repeated) return;
    connections_.deliver(id, ToConnection{workspace_, id, ReloadChannel{}});
    if (of_template) connections_.deliver(id, ToConnection{workspace_, id, SyncTemplates{}});
  };
  if (repeated && !command.journal_sequence) return then(Errc::ok);
  if (repeated) {
    commit.workspace = workspace_;
    return write(std::move(commit),
                 [then](const storage::CommitResult& result) { then(result.code); });
  }
  if (!known) add_notice(*row, command, id);
  if (auto noted = note_template(command, row->channel(), commit); !noted)
    return command.reply(tl::unexpected(noted.error()));
  api::Channel& channel = *row->mutable_channel();
  const AccountNotice& notice = *command.event.account;
  if (ends_sending(*row, command.event)) {
    channel.set_status(notice.restricted ? api::CHANNEL_STATUS_RESTRICTED
                                         : api::CHANNEL_STATUS_TOKEN_EXPIRED);
    set_error(channel, notice.detail);
  }
  if (notice.restored && !is_outdated(*row, command.event) &&
      channel.status() == api::CHANNEL_STATUS_RESTRICTED) {
    channel.set_status(api::CHANNEL_STATUS_ACTIVE);
    channel.clear_error();
  }
  if (notice.phone_app) channel.set_phone_app(true);
  if (notice.restricted || notice.restored)
    row->set_restriction_ms(std::max(row->restriction_ms(), command.event.at));
  channel.set_updated_at(now());
  log::warn("channel_notice", {{"channel", channel.id()}, {"what", notice.what}});
  store_channel(command.channel, *row, std::move(commit), then);
}

}  // namespace aura
