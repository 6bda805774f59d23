#include "bench/sim/announcements.h"

#include "bench/sim/json_read.h"
#include "bench/sim/placeholders.h"

namespace aura::bench {
namespace {

WebhookItem item_of(const AcceptedSend& sent, std::string kind) {
  WebhookItem item;
  item.channel = sent.channel;
  item.account = sent.page_id;
  item.entry_id = sent.page_id;
  item.kind = std::move(kind);
  item.id = sent.message_id;
  item.contact = sent.person;
  item.time_ms = sent.time_ms;
  item.list = "messaging";
  return item;
}

Values values_of(const AcceptedSend& sent, const std::string& app_id) {
  Values v;
  v["ACCOUNT"] = quoted_json(sent.page_id);
  v["TO"] = quoted_json(sent.person);
  v["ID"] = quoted_json(sent.message_id);
  v["TEXT"] = quoted_json(sent.text);
  v["METADATA"] = quoted_json(sent.metadata);
  v["APP"] = app_id;
  v["AT_MS"] = std::to_string(sent.time_ms);
  v["AT_S"] = std::to_string(sent.time_ms / 1000);
  return v;
}

void add(std::vector<WebhookItem>& out, const AcceptedSend& sent, const char* kind,
         std::string payload) {
  out.push_back(item_of(sent, kind));
  out.back().payload = std::move(payload);
}

// Messenger reports all three (echo, delivery, read). Instagram's echoes have no metadata, and its
// read events name a message.
void of_graph(std::vector<WebhookItem>& out, const AcceptedSend& sent, const Knobs& knobs,
              const std::string& app_id) {
  const auto v = values_of(sent, app_id);
  const bool messenger = sent.channel == Channel::messenger;
  const std::string parties =
      fill_in(R"({"sender":{"id":$TO},"recipient":{"id":$ACCOUNT},"timestamp":$AT_MS,)", v);
  if (knobs.echo) {
    add(out, sent, "echo",
        fill_in(R"({"sender":{"id":$ACCOUNT},"recipient":{"id":$TO},"timestamp":$AT_MS,)"
                R"("message":{"mid":$ID,"is_echo":true,"app_id":$APP,"text":$TEXT)",
                v) +
            (messenger && !sent.metadata.empty() ? fill_in(R"(,"metadata":$METADATA}})", v)
                                                 : "}}"));
  }
  if (knobs.delivery && messenger) {
    add(out, sent, "delivered",
        parties + fill_in(R"("delivery":{"mids":[$ID],"watermark":$AT_MS}})", v));
  }
  if (knobs.read) {
    add(out, sent, "read",
        parties +
            fill_in(messenger ? R"("read":{"watermark":$AT_MS}})" : R"("read":{"mid":$ID}})", v));
  }
}

void add_status(std::vector<WebhookItem>& out, const AcceptedSend& sent, const char* status,
                const std::string& more) {
  auto v = values_of(sent, "");
  v["STATUS"] = quoted_json(status);
  v["OWN"] = R"("15550001111")";
  v["OPAQUE"] = sent.metadata.empty() ? "" : R"(,"biz_opaque_callback_data":)" + v["METADATA"];
  v["PERSON"] = sent.recipient_kind == "user_id" ? R"("recipient_user_id")" : R"("recipient_id")";
  v["MORE"] = more;
  add(out, sent, status,
      fill_in(R"({"field":"messages","value":{"messaging_product":"whatsapp","metadata":{)"
              R"("display_phone_number":$OWN,"phone_number_id":$ACCOUNT},"statuses":[{"id":$ID,)"
              R"("status":$STATUS,"timestamp":"$AT_S",$PERSON:$TO$OPAQUE$MORE}]}})",
              v));
  out.back().entry_id = "33" + sent.page_id;
  out.back().list = "changes";
}

void of_whatsapp(std::vector<WebhookItem>& out, const AcceptedSend& sent, const Knobs& knobs,
                 bool fails) {
  const std::string pricing =
      R"(,"pricing":{"billable":false,"pricing_model":"PMP","type":"free_customer_service",)"
      R"("category":"service"})";
  if (knobs.sent) add_status(out, sent, "sent", pricing);
  if (sent.kind == "reaction") return;  // a reaction only gets `sent`
  if (fails) {
    const auto code = std::to_string(knobs.failed_code == 0 ? 131026 : knobs.failed_code);
    add_status(out, sent, "failed",
               R"(,"errors":[{"code":)" + code +
                   R"(,"title":"Message undeliverable","message":"Message undeliverable",)"
                   R"("error_data":{"details":"Unable to deliver the message."}}])");
    return;
  }
  if (knobs.delivery) add_status(out, sent, "delivered", pricing);
  if (knobs.read) add_status(out, sent, "read", "");
}

void add_callback(std::vector<WebhookItem>& out, const AcceptedSend& sent, const char* status,
                  int error) {
  auto item = item_of(sent, status);
  item.url = sent.callback;
  item.idempotency = "s-" + sent.message_id + "-" + status;
  item.form = {{"MessageSid", sent.message_id}, {"SmsSid", sent.message_id},
               {"MessageStatus", status},       {"SmsStatus", status},
               {"AccountSid", sent.page_id},    {"From", sent.sender},
               {"To", sent.recipient},          {"ApiVersion", "2010-04-01"}};
  if (error != 0) {
    item.form.emplace_back("ErrorCode", std::to_string(error));
    item.form.emplace_back("ErrorMessage", "as the knob failed_code says");
  }
  out.push_back(std::move(item));
}

void of_sms(std::vector<WebhookItem>& out, const AcceptedSend& sent, const Knobs& knobs,
            bool fails) {
  if (sent.callback.empty()) return;
  if (knobs.sent) add_callback(out, sent, "sent", 0);
  if (fails) {
    add_callback(out, sent, "undelivered", knobs.failed_code == 0 ? 30003 : knobs.failed_code);
  } else if (knobs.delivery) {
    add_callback(out, sent, "delivered", 0);
  }
}

}  // namespace

std::vector<WebhookItem> announcements(const AcceptedSend& sent, const Knobs& knobs, bool fails,
                                       const std::string& app_id) {
  std::vector<WebhookItem> out;
  const bool reaction = sent.kind == "reaction";
  if (sent.kind != "message" && !(reaction && sent.channel == Channel::whatsapp)) return out;
  if (sent.channel == Channel::whatsapp) {
    of_whatsapp(out, sent, knobs, fails);
  } else if (sent.channel == Channel::sms) {
    of_sms(out, sent, knobs, fails);
  } else {
    of_graph(out, sent, knobs, app_id);
  }
  return out;
}

}  // namespace aura::bench
