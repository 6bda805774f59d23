#include "bench/sim/whatsapp_api.h"

#include "bench/sim/form.h"
#include "bench/sim/json_read.h"
#include "bench/sim/whatsapp_request.h"

namespace aura::bench {
namespace {

constexpr std::string_view kBusinessIds = "33";  // ids of business accounts begin with this

GraphError whatsapp_refusal(const Refusal& refusal, const Knobs& knobs) {
  switch (refusal.why) {
    case Refusal::Why::none:
      return {};
    case Refusal::Why::throttled:
      return {429,
              130429,
              0,
              true,
              "(#130429) Rate limit hit",
              "Message failed to send because there were too many messages"};
    case Refusal::Why::account_rate:
      return {429,
              130429,
              0,
              true,
              "(#130429) Rate limit hit",
              "Cloud API message throughput has been reached."};
    case Refusal::Why::pair_rate:
      return {429,
              131056,
              0,
              true,
              "(#131056) Pair rate limit hit",
              "Too many messages from this phone number to the same person"};
    case Refusal::Why::failing:
      return {knobs.error_status,  knobs.error_code == 0 ? 131000 : knobs.error_code,
              knobs.error_subcode, knobs.error_transient,
              knobs.error_message, "Something went wrong"};
    case Refusal::Why::recipient:
      return error_named(refusal.code);
    case Refusal::Why::window:
      return {400,
              131047,
              0,
              false,
              "(#131047) Re-engagement message",
              "More than 24 hours have passed since the customer last replied"};
  }
  return {};
}

}  // namespace

bool WhatsAppApi::is_own(const GraphCall& call, const MediaStore& media) {
  if (call.edge == "messages") {
    return call.body.find("\"messaging_product\"") != call.body.npos;
  }
  for (const std::string_view edge :
       {"media", "register", "deregister", "message_templates", "phone_numbers"}) {
    if (call.edge == edge) return true;
  }
  if (call.edge == "subscribed_apps") return call.node.starts_with(kBusinessIds);
  if (!call.edge.empty()) return false;
  if (media.find(std::string(call.node)) != nullptr) return true;
  const auto fields = call.parameter("fields");
  for (const char* field : {"quality_rating", "display_phone_number", "verified_name", "throughput",
                            "whatsapp_business_manager_messaging_limit"}) {
    if (fields.find(field) != fields.npos) return true;
  }
  return !call.parameter("phone_number_id").empty();
}

std::optional<HttpAnswer> WhatsAppApi::handle(const GraphCall& call) {
  const auto method = call.request.method();
  if (call.edge == "messages" && method == "POST") return send(call);
  if (call.edge == "media" && method == "POST") return upload(call);
  if (call.edge == "message_templates") return templates(call);
  if ((call.edge == "register" || call.edge == "deregister") && method == "POST") {
    return registration(call);
  }
  const bool of_file = media_.find(std::string(call.node)) != nullptr ||
                       !call.parameter("phone_number_id").empty() || method == "DELETE";
  if (call.edge.empty() && of_file) return file(call);
  return std::nullopt;
}

HttpAnswer WhatsAppApi::send(const GraphCall& call) {
  AcceptedSend entry;
  const WhatsAppFacts facts{
      [this](const std::string& id) -> std::optional<std::string> {
        const auto* file = media_.find(id);
        return file == nullptr ? std::nullopt : std::optional(file->mime);
      },
      [this](const std::string& name, const std::string& language, int parameters) {
        return templates_.error_for(name, language, parameters);
      }};
  if (const auto error = parse_whatsapp(call.body, facts, entry); error.code != 0) {
    return refuse(error);
  }
  entry.page_id = call.node;
  const auto& knobs = intake_.faults().of(Channel::whatsapp);
  const auto refusal = intake_.refuses(entry, entry.type == "template");
  if (const auto error = whatsapp_refusal(refusal, knobs); error.code != 0) {
    auto answer = refuse(error);
    answer.extra_headers = intake_.retry_after(refusal, Channel::whatsapp);
    return answer;
  }
  return accept(std::move(entry));
}

HttpAnswer WhatsAppApi::accept(AcceptedSend entry) {
  const auto& kept = intake_.record(std::move(entry));
  HttpAnswer answer = graph_done();
  if (!kept.message_id.empty()) {
    const bool by_user = kept.recipient_kind == "user_id";
    answer.body = R"({"messaging_product":"whatsapp","contacts":[{"input":)" +
                  quoted_json((by_user ? "" : "+") + kept.recipient) +
                  (by_user ? R"(,"user_id":)" : R"(,"wa_id":)") + quoted_json(kept.recipient) +
                  R"(}],"messages":[{"id":)" + quoted_json(kept.message_id) +
                  (kept.type == "template" ? R"(,"message_status":"accepted")" : "") + "}]}";
  }
  if (!kept.answered) answer.fate = HttpAnswer::Fate::close_silently;
  return answer;
}

HttpAnswer WhatsAppApi::upload(const GraphCall& call) {
  const auto parts = parse_multipart(call.request.header("Content-Type").value_or(""), call.body);
  if (!parts) {
    return refuse({400, 100, 0, false, "(#100) Invalid parameter", "multipart/form-data expected"});
  }
  std::string product;
  std::string type;
  const FormPart* uploaded = nullptr;
  for (const auto& part : *parts) {
    if (part.name == "messaging_product") product = part.bytes;
    if (part.name == "type") type = part.bytes;
    if (part.name == "file") uploaded = &part;
  }
  if (product != "whatsapp") return refuse(whatsapp_missing("messaging_product"));
  if (uploaded == nullptr) return refuse(whatsapp_missing("file"));
  if (type.empty()) type = uploaded->type;
  if (const auto wrong = whatsapp_upload_error(type, uploaded->bytes.size()); !wrong.empty()) {
    return refuse({400, 131053, 0, false, "(#131053) Media upload error", wrong});
  }
  const auto id = media_.add({type, std::string(uploaded->bytes), std::string(call.node)});
  return json_answer(R"({"id":")" + id + R"("})");
}

HttpAnswer WhatsAppApi::file(const GraphCall& call) {
  const std::string id(call.node);
  const auto* known = media_.find(id);
  const auto asked_for = call.parameter("phone_number_id");
  const bool foreign = known != nullptr && !asked_for.empty() && !known->account.empty() &&
                       known->account != asked_for;
  if (known == nullptr || foreign) {
    return refuse({400,
                   100,
                   33,
                   false,
                   "Unsupported get request. Object with ID '" + id + "' does not exist",
                   {}});
  }
  if (call.request.method() == "DELETE") {
    media_.erase(id);
    return graph_done();
  }
  return json_answer(*media_.describe(id, call.base_url()));
}

HttpAnswer WhatsAppApi::registration(const GraphCall& call) const {
  rapidjson::Document body;
  if (call.edge == "deregister") return graph_done();
  if (!parse_json(body, call.body) || text_at(body, "messaging_product") != "whatsapp") {
    return refuse(whatsapp_missing("messaging_product"));
  }
  const auto pin = text_at(body, "pin");
  if (pin.size() != 6 || pin.find_first_not_of("0123456789") != pin.npos) {
    return refuse({400, 133005, 0, false, "(#133005) Two-step verification PIN mismatch",
                   "pin must be six digits"});
  }
  return graph_done();
}

HttpAnswer WhatsAppApi::templates(const GraphCall& call) {
  const auto method = call.request.method();
  if (method == "GET") return json_answer(templates_.json());
  if (method == "DELETE") {
    return templates_.remove(call.parameter("name"))
               ? graph_done()
               : refuse({404, 132001, 0, false, "(#132001) Template name does not exist", {}});
  }
  rapidjson::Document body;
  if (!parse_json(body, call.body)) return refuse(whatsapp_missing("name"));
  MessageTemplate one{text_at(body, "name"), text_at(body, "language"), text_at(body, "category"),
                      "APPROVED", ""};
  if (one.name.empty()) return refuse(whatsapp_missing("name"));
  if (one.language.empty()) return refuse(whatsapp_missing("language"));
  if (one.category.empty()) return refuse(whatsapp_missing("category"));
  if (const auto status = text_at(body, "status"); !status.empty()) one.status = status;
  if (const auto* components = member(body, "components"); components && components->IsArray()) {
    for (const auto& component : components->GetArray()) {
      const auto type = text_at(component, "type");
      if (type == "BODY" || type == "body") one.body = text_at(component, "text");
    }
  }
  const auto& kept = templates_.put(std::move(one));
  return json_answer(R"({"id":")" + kept.id + R"(","status":"PENDING","category":)" +
                     quoted_json(kept.category) + "}");
}

}  // namespace aura::bench
