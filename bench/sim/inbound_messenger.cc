// Messenger's inbound kinds (messenger-instagram.md section 2).
#include "bench/sim/inbound.h"

namespace aura::bench {
namespace {

#define FROM_PERSON R"({"sender":{"id":$FROM},"recipient":{"id":$ACCOUNT},"timestamp":$AT_MS,)"
#define FROM_PAGE R"({"sender":{"id":$ACCOUNT},"recipient":{"id":$FROM},"timestamp":$AT_MS,)"
#define ATTACHED(type, payload)                                                                 \
  FROM_PERSON R"("message":{"mid":$ID,"attachments":[{"type":")" type R"(","payload":)" payload \
              "}]}}"

constexpr auto kMessenger = Channel::messenger;
constexpr InboundKind kKinds[] = {
    {kMessenger, "text", true, "messaging", FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT}})"},
    {kMessenger, "quick_reply", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT,"quick_reply":{"payload":"COLOR_BLUE"}}})"},
    {kMessenger, "reply", true, "messaging",
     FROM_PERSON
     R"("message":{"mid":$ID,"text":$TEXT,"reply_to":{"mid":$TARGET,"is_self_reply":false}}})"},
    {kMessenger, "image", true, "messaging", ATTACHED("image", R"({"url":$MEDIA_URL})"), "image"},
    {kMessenger, "audio", true, "messaging", ATTACHED("audio", R"({"url":$MEDIA_URL})"), "audio"},
    {kMessenger, "video", true, "messaging", ATTACHED("video", R"({"url":$MEDIA_URL})"), "video"},
    {kMessenger, "file", true, "messaging", ATTACHED("file", R"({"url":$MEDIA_URL})"), "document"},
    {kMessenger, "sticker", true, "messaging",
     ATTACHED("sticker", R"({"url":$MEDIA_URL,"sticker_id":369239263222822})"), "image"},
    {kMessenger, "location", true, "messaging",
     ATTACHED("location", R"({"coordinates":{"lat":48.2,"long":16.37},"title":"Shop"})")},
    {kMessenger, "fallback", true, "messaging",
     FROM_PERSON
     R"("message":{"mid":$ID,"text":$TEXT,"attachments":[{"type":"fallback","payload":null}]}})"},
    {kMessenger, "post", true, "messaging",
     ATTACHED("post", R"({"url":"https://www.facebook.com/p/1","title":"Our spring menu"})")},
    {kMessenger, "product", true, "messaging",
     ATTACHED("template",
              R"({"product":{"elements":[{"id":"p1","retailer_id":"sku1","title":"Pizza"}]}})")},
    {kMessenger, "ad", true, "messaging",
     FROM_PERSON
     R"("message":{"mid":$ID,"text":$TEXT,"referral":{"ref":"spring","ad_id":"600000001",)"
     R"("source":"ADS","type":"OPEN_THREAD","ads_context_data":{"ad_title":"Shoes",)"
     R"("photo_url":"https://cdn.example.test/a.jpg","post_id":"1_2"}}}})"},
    {kMessenger, "postback", true, "messaging",
     FROM_PERSON R"("postback":{"mid":$ID,"title":"Menu","payload":"SHOW_MENU",)"
                 R"("referral":{"ref":"qr1","source":"SHORTLINK","type":"OPEN_THREAD"}}})"},
    {kMessenger, "referral", false, "messaging",
     FROM_PERSON R"("referral":{"ref":"table7","source":"SHORTLINK","type":"OPEN_THREAD",)"
                 R"("referer_uri":"https://example.test"}})"},
    {kMessenger, "reaction", false, "messaging",
     FROM_PERSON
     R"("reaction":{"mid":$TARGET,"action":"react","reaction":"love","emoji":"\u2764"}})"},
    {kMessenger, "unreact", false, "messaging",
     FROM_PERSON R"("reaction":{"mid":$TARGET,"action":"unreact"}})"},
    {kMessenger, "edit", false, "messaging",
     FROM_PERSON R"("message_edit":{"mid":$TARGET,"text":$TEXT,"num_edit":1}})"},
    {kMessenger, "read", false, "messaging", FROM_PERSON R"("read":{"watermark":$AT_MS}})"},
    {kMessenger, "optin", false, "messaging",
     FROM_PERSON R"("optin":{"type":"notification_messages",)"
                 R"("notification_messages_token":"tok_1","payload":"p","title":"Offers",)"
                 R"("frequency":"DAILY","token_expiry_timestamp":1790500000000,)"
                 R"("user_token_status":"NOT_REFRESHED"}})"},
    {kMessenger, "human_echo", false, "messaging",
     FROM_PAGE R"("message":{"mid":$ID,"text":$TEXT,"is_echo":true,"app_id":263902037430900}})"},
    {kMessenger, "standby", false, "standby", FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT}})"},
    {kMessenger, "pass_thread", false, "messaging",
     FROM_PERSON R"("pass_thread_control":{"previous_owner_app_id":"111",)"
                 R"("new_owner_app_id":"222","metadata":"done"}})"},
    {kMessenger, "policy", false, "messaging",
     FROM_PERSON R"("policy_enforcement":{"action":"block","reason":"spam"}})"},
    {kMessenger, "comment", true, "changes:feed",
     R"({"item":"comment","verb":"add","comment_id":$ID,"post_id":"1_2","parent_id":"1_2",)"
     R"("from":{"id":$FROM,"name":$NAME},"message":$TEXT,"created_time":$AT_S})"},
    {kMessenger, "unknown", false, "messaging", FROM_PERSON R"("hologram":{"depth":3}})"},
};

#undef ATTACHED
#undef FROM_PAGE
#undef FROM_PERSON

}  // namespace

std::span<const InboundKind> messenger_kinds() { return kKinds; }

}  // namespace aura::bench
