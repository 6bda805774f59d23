// The account's message templates: read page by page when the account is connected, once a day, and
// when the provider tells that one of them has changed; what was read is stored as a whole.
#include <algorithm>
#include <utility>

#include "actors/connection/connection_actor.h"
#include "config/limits.h"
#include "runtime/log.h"

namespace aura {

void ConnectionActor::handle(SyncTemplates&) {
  sync_again_ = template_sync_.has_value();  // what is being read may be older than the news
  if (!sync_again_) read_templates();
}

void ConnectionActor::read_templates() {
  if (adapter_ == nullptr || draining_ || outbox_.parked()) return;
  ask_for_templates({});
}

void ConnectionActor::ask_for_templates(const std::string& after) {
  auto call = adapter_->compose_templates(credentials_, after);
  if (!call) return;
  if (!template_sync_) template_sync_.emplace();
  services_.provider.call(std::move(*call), [to = self()](ProviderReply reply) {
    caf::anon_send(to, TemplatesAnswered{std::move(reply)});
  });
}

void ConnectionActor::on_templates_answered(const TemplatesAnswered& answered) {
  if (!template_sync_ || adapter_ == nullptr) return;
  auto page = adapter_->read_templates(answered.reply);
  if (!page) {
    template_sync_.reset();
    sync_again_ = false;
    log::info("templates_not_read", {{"path", card_->path}, {"status", answered.reply.status}});
    return delayed_send(this, limits::kTemplateRetry, TickTemplates{});
  }
  auto& all = *template_sync_;
  for (auto& one : page->templates)
    if (all.size() < limits::kTemplates) all.push_back(std::move(one));
  if (!page->after.empty() && all.size() < limits::kTemplates)
    return ask_for_templates(page->after);
  send(what_.parent,
       ToWorkspace{what_.workspace, StoreTemplates{what_.channel, std::exchange(all, {}), now()}});
  template_sync_.reset();
  if (std::exchange(sync_again_, false)) read_templates();
}

}  // namespace aura
