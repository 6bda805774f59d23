#include "actors/connection/template_sync.h"

#include <caf/send.hpp>
#include <utility>

#include "config/limits.h"
#include "runtime/log.h"

namespace aura {

void TemplateSync::read() {
  if (so_far_ || account_.adapter == nullptr || shell_.stopping() || shell_.parked()) return;
  ask({});
}

void TemplateSync::read_again() {
  again_ = so_far_.has_value();
  read();
}

// Many messages may be refused for one template.
void TemplateSync::read_after_refusal() {
  const auto now = services_.clock.monotonic();
  if (refused_at_ && now - *refused_at_ < limits::kTemplateRetry) return;
  refused_at_ = now;
  read();
}

void TemplateSync::ask(const std::string& after) {
  auto call = account_.adapter->compose_templates(account_.credentials, after);
  if (!call) return so_far_.reset();
  if (!so_far_) so_far_.emplace();
  services_.provider.call(std::move(*call), [to = shell_.self()](ProviderReply reply) {
    caf::anon_send(to, TemplatesAnswered{std::move(reply)});
  });
}

void TemplateSync::on_answered(const TemplatesAnswered& answered) {
  if (!so_far_ || account_.adapter == nullptr) return;
  auto page = account_.adapter->read_templates(answered.reply);
  if (!page) {
    so_far_.reset();
    again_ = false;
    log::info("templates_not_read", {{"path", account_.path}, {"status", answered.reply.status}});
    return shell_.remind(limits::kTemplateRetry, TickTemplates{});
  }
  for (auto& one : page->templates)
    if (so_far_->size() < limits::kTemplates) so_far_->push_back(std::move(one));
  if (!page->after.empty() && so_far_->size() < limits::kTemplates) return ask(page->after);
  shell_.tell_workspace(
      StoreTemplates{account_.channel, std::move(*so_far_), services_.clock.now_ms()});
  so_far_.reset();
  if (std::exchange(again_, false)) read();
}

}  // namespace aura
