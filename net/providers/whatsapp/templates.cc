// The business account's message templates, one page per call.
#include "net/http.h"
#include "net/providers/lenient_json.h"
#include "net/providers/whatsapp/whatsapp_adapter.h"

namespace aura::net::whatsapp {

std::optional<ProviderCall> WhatsAppAdapter::compose_templates(const api::Credentials& credentials,
                                                               const std::string& after) const {
  std::string query = "fields=name,language,status,category,components&limit=100";
  if (!after.empty()) query += "&after=" + percent_encode(after);
  return get(credentials, percent_encode(credentials.business_account_id()) + "/message_templates",
             query);
}

std::optional<TemplatePage> WhatsAppAdapter::read_templates(const ProviderReply& reply) const {
  const LenientJson json(reply.body);
  const JsonView data = json.root().get("data");
  if (reply.status != 200 || !data.is_array()) return std::nullopt;
  TemplatePage page;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const JsonView it = data.at(i);
    if (it.text("name").empty() || it.text("language").empty()) continue;
    api::Template& one = page.templates.emplace_back();
    one.set_name(it.text("name"));
    one.set_language(it.text("language"));
    one.set_status(lower_case(it.text("status")));
    one.set_category(lower_case(it.text("category")));
    one.mutable_components()->set_json(it.has("components") ? it.get("components").json() : "[]");
  }
  const JsonView paging = json.root().get("paging");
  if (paging.has("next")) page.after = paging.get("cursors").text("after");
  return page;
}

}  // namespace aura::net::whatsapp
