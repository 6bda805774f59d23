// WhatsApp's inbound kinds.
#include "bench/sim/inbound.h"

namespace aura::bench {
namespace {

#define METADATA \
  R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":$OWN,"phone_number_id":$ACCOUNT},)"
#define MESSAGE                                                                         \
  METADATA R"("contacts":[{"profile":{"name":$NAME},"wa_id":$FROM,"user_id":$BSUID}],)" \
           R"("messages":[{"from":$FROM,"from_user_id":$BSUID,"id":$ID,"timestamp":"$AT_S",)"
#define FILE_OF(type, more)                \
  MESSAGE R"("type":")" type R"(",")" type \
          R"(":{"id":$MEDIA_ID,"mime_type":$MIME,"sha256":$SHA256)" more "}}]}"

constexpr auto kWhatsApp = Channel::whatsapp;
constexpr std::string_view kMessages = "changes:messages";
constexpr InboundKind kWhatsAppKinds[] = {
    {kWhatsApp, "text", true, kMessages, MESSAGE R"("type":"text","text":{"body":$TEXT}}]})"},
    {kWhatsApp, "reply", true, kMessages,
     MESSAGE R"("context":{"from":$OWN,"id":$TARGET},"type":"text","text":{"body":$TEXT}}]})"},
    {kWhatsApp, "forwarded", true, kMessages,
     MESSAGE R"("context":{"forwarded":true},"type":"text","text":{"body":$TEXT}}]})"},
    {kWhatsApp, "product_enquiry", true, kMessages,
     MESSAGE R"("context":{"from":$OWN,"id":$TARGET,"referred_product":{"catalog_id":"c1",)"
             R"("product_retailer_id":"sku1"}},"type":"text","text":{"body":$TEXT}}]})"},
    {kWhatsApp, "image", true, kMessages, FILE_OF("image", R"(,"caption":$TEXT)"), "image"},
    {kWhatsApp, "video", true, kMessages, FILE_OF("video", R"(,"caption":$TEXT)"), "video"},
    {kWhatsApp, "audio", true, kMessages, FILE_OF("audio", R"(,"voice":true)"), "audio"},
    {kWhatsApp, "document", true, kMessages,
     FILE_OF("document", R"(,"filename":"list.pdf","caption":$TEXT)"), "document"},
    {kWhatsApp, "sticker", true, kMessages, FILE_OF("sticker", R"(,"animated":false)"), "sticker"},
    {kWhatsApp, "location", true, kMessages,
     MESSAGE R"("type":"location","location":{"latitude":48.2,"longitude":16.37,"name":"Shop",)"
             R"("address":"Main St 1"}}]})"},
    {kWhatsApp, "contacts", true, kMessages,
     MESSAGE R"("type":"contacts","contacts":[{"name":{"formatted_name":"Grace H",)"
             R"("first_name":"Grace"},"phones":[{"phone":"+15559990000","wa_id":"15559990000",)"
             R"("type":"WORK"}],"emails":[{"email":"grace@example.test"}],)"
             R"("org":{"company":"Navy"}}]}]})"},
    {kWhatsApp, "button", true, kMessages,
     MESSAGE R"("context":{"from":$OWN,"id":$TARGET},"type":"button",)"
             R"("button":{"text":$TEXT,"payload":"OK"}}]})"},
    {kWhatsApp, "button_reply", true, kMessages,
     MESSAGE R"("context":{"from":$OWN,"id":$TARGET},"type":"interactive","interactive":{)"
             R"("type":"button_reply","button_reply":{"id":"yes","title":$TEXT}}}]})"},
    {kWhatsApp, "list_reply", true, kMessages,
     MESSAGE
     R"("context":{"from":$OWN,"id":$TARGET},"type":"interactive","interactive":{)"
     R"("type":"list_reply","list_reply":{"id":"p1","title":$TEXT,"description":"9 EUR"}}}]})"},
    {kWhatsApp, "flow_reply", true, kMessages,
     MESSAGE R"("context":{"from":$OWN,"id":$TARGET},"type":"interactive","interactive":{)"
             R"("type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent",)"
             R"("response_json":"{\"size\":\"L\",\"n\":2}"}}}]})"},
    {kWhatsApp, "order", true, kMessages,
     MESSAGE
     R"("type":"order","order":{"catalog_id":"c1","text":$TEXT,"product_items":[)"
     R"({"product_retailer_id":"sku1","quantity":2,"item_price":4.5,"currency":"USD"},)"
     R"({"product_retailer_id":"sku2","quantity":1,"item_price":12.75,"currency":"USD"}]}}]})"},
    {kWhatsApp, "ad", true, kMessages,
     MESSAGE R"("referral":{"source_url":"https://fb.me/x","source_id":"600000001",)"
             R"("source_type":"ad","headline":"Shoes","body":"Spring","media_type":"image",)"
             R"("image_url":"https://cdn.example.test/a.jpg","ctwa_clid":"clid1"},)"
             R"("type":"text","text":{"body":$TEXT}}]})"},
    {kWhatsApp, "unsupported", true, kMessages,
     MESSAGE R"("type":"unsupported","errors":[{"code":131051,"title":"Message type unknown"}],)"
             R"("unsupported":{"type":"poll"}}]})"},
    {kWhatsApp, "reaction", false, kMessages,
     MESSAGE R"("type":"reaction","reaction":{"message_id":$TARGET,"emoji":"\ud83d\udc4d"}}]})"},
    {kWhatsApp, "unreact", false, kMessages,
     MESSAGE R"("type":"reaction","reaction":{"message_id":$TARGET}}]})"},
    {kWhatsApp, "edit", false, kMessages,
     MESSAGE R"("type":"edit","edit":{"original_message_id":$TARGET,)"
             R"("message":{"type":"text","text":{"body":$TEXT}}}}]})"},
    {kWhatsApp, "revoke", false, kMessages,
     MESSAGE R"("type":"revoke","revoke":{"original_message_id":$TARGET}}]})"},
    {kWhatsApp, "number_changed", false, kMessages,
     METADATA R"("messages":[{"from":$FROM,"id":$ID,"timestamp":"$AT_S","type":"system",)"
              R"("system":{"body":"number changed","type":"user_changed_number",)"
              R"("wa_id":"15559990000"}}]})"},
    {kWhatsApp, "human_echo", false, "changes:smb_message_echoes",
     METADATA R"("message_echoes":[{"from":$OWN,"to":$FROM,"to_user_id":$BSUID,"id":$ID,)"
              R"("timestamp":"$AT_S","type":"text","text":{"body":$TEXT}}]})"},
    {kWhatsApp, "user_preferences", false, "changes:user_preferences",
     METADATA R"("user_preferences":[{"wa_id":$FROM,"detail":"stopped","value":"stop",)"
              R"("category":"marketing_messages","timestamp":$AT_S}]})"},
    {kWhatsApp, "account_error", false, kMessages,
     METADATA R"("errors":[{"code":131031,"title":"Account locked"}]})"},
    {kWhatsApp, "template_status", false, "changes:message_template_status_update",
     R"({"event":"PAUSED","message_template_id":594425479261500,)"
     R"("message_template_name":"order_ready","message_template_language":"en_US",)"
     R"("message_template_category":"UTILITY","reason":"NONE",)"
     R"("other_info":{"title":"FIRST_PAUSE","description":"low quality"}})"},
    {kWhatsApp, "template_quality", false, "changes:message_template_quality_update",
     R"({"previous_quality_score":"GREEN","new_quality_score":"YELLOW",)"
     R"("message_template_id":594425479261500,"message_template_name":"order_ready",)"
     R"("message_template_language":"en_US"})"},
    {kWhatsApp, "number_quality", false, "changes:phone_number_quality_update",
     R"({"display_phone_number":$OWN,"event":"THROUGHPUT_UPGRADE",)"
     R"("max_daily_conversations_per_business":"TIER_10K"})"},
    {kWhatsApp, "account_update", false, "changes:account_update",
     R"({"phone_number":$OWN,"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SCAM"}})"},
    {kWhatsApp, "name_update", false, "changes:phone_number_name_update",
     R"({"display_phone_number":$OWN,"decision":"APPROVED","requested_verified_name":"Shop"})"},
    {kWhatsApp, "unknown", false, kMessages, MESSAGE R"("type":"hologram","hologram":{}}]})"},
};

#undef FILE_OF
#undef MESSAGE
#undef METADATA

}  // namespace

std::span<const InboundKind> whatsapp_kinds() { return kWhatsAppKinds; }

}  // namespace aura::bench
