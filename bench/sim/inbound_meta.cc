// The inbound kinds of Messenger and Instagram: those that both send in the same format, and those
// of one channel only.
#include <vector>

#include "bench/sim/inbound.h"

namespace aura::bench {
namespace {

#define FROM_PERSON R"({"sender":{"id":$FROM},"recipient":{"id":$ACCOUNT},"timestamp":$AT_MS,)"
#define FROM_BUSINESS R"({"sender":{"id":$ACCOUNT},"recipient":{"id":$FROM},"timestamp":$AT_MS,)"
#define ATTACHED(type, payload)                                                                 \
  FROM_PERSON R"("message":{"mid":$ID,"attachments":[{"type":")" type R"(","payload":)" payload \
              "}]}}"

struct MetaKind {
  std::string_view name;
  bool stores;
  std::string_view list, pattern, media = {};
};

constexpr MetaKind kOfBoth[] = {
    {"text", true, "messaging", FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT}})"},
    {"quick_reply", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT,"quick_reply":{"payload":"COLOR_BLUE"}}})"},
    {"image", true, "messaging", ATTACHED("image", R"({"url":$MEDIA_URL})"), "image"},
    {"audio", true, "messaging", ATTACHED("audio", R"({"url":$MEDIA_URL})"), "audio"},
    {"video", true, "messaging", ATTACHED("video", R"({"url":$MEDIA_URL})"), "video"},
    {"ad", true, "messaging",
     FROM_PERSON
     R"("message":{"mid":$ID,"text":$TEXT,"referral":{"ref":"spring","ad_id":"600000001",)"
     R"("source":"ADS","type":"OPEN_THREAD","ads_context_data":{"ad_title":"Shoes",)"
     R"("photo_url":"https://cdn.example.test/a.jpg","post_id":"1_2"}}}})"},
    {"reaction", false, "messaging",
     FROM_PERSON
     R"("reaction":{"mid":$TARGET,"action":"react","reaction":"love","emoji":"\u2764"}})"},
    {"unreact", false, "messaging",
     FROM_PERSON R"("reaction":{"mid":$TARGET,"action":"unreact"}})"},
    {"unknown", false, "messaging", FROM_PERSON R"("hologram":{"depth":3}})"},
};

constexpr MetaKind kOfMessenger[] = {
    {"reply", true, "messaging",
     FROM_PERSON
     R"("message":{"mid":$ID,"text":$TEXT,"reply_to":{"mid":$TARGET,"is_self_reply":false}}})"},
    {"file", true, "messaging", ATTACHED("file", R"({"url":$MEDIA_URL})"), "document"},
    {"sticker", true, "messaging",
     ATTACHED("sticker", R"({"url":$MEDIA_URL,"sticker_id":369239263222822})"), "image"},
    {"location", true, "messaging",
     ATTACHED("location", R"({"coordinates":{"lat":48.2,"long":16.37},"title":"Shop"})")},
    {"fallback", true, "messaging",
     FROM_PERSON
     R"("message":{"mid":$ID,"text":$TEXT,"attachments":[{"type":"fallback","payload":null}]}})"},
    {"post", true, "messaging",
     ATTACHED("post", R"({"url":"https://www.facebook.com/p/1","title":"Our spring menu"})")},
    {"product", true, "messaging",
     ATTACHED("template",
              R"({"product":{"elements":[{"id":"p1","retailer_id":"sku1","title":"Pizza"}]}})")},
    {"postback", true, "messaging",
     FROM_PERSON R"("postback":{"mid":$ID,"title":"Menu","payload":"SHOW_MENU",)"
                 R"("referral":{"ref":"qr1","source":"SHORTLINK","type":"OPEN_THREAD"}}})"},
    {"referral", false, "messaging",
     FROM_PERSON R"("referral":{"ref":"table7","source":"SHORTLINK","type":"OPEN_THREAD",)"
                 R"("referer_uri":"https://example.test"}})"},
    {"edit", false, "messaging",
     FROM_PERSON R"("message_edit":{"mid":$TARGET,"text":$TEXT,"num_edit":1}})"},
    {"read", false, "messaging", FROM_PERSON R"("read":{"watermark":$AT_MS}})"},
    {"optin", false, "messaging",
     FROM_PERSON R"("optin":{"type":"notification_messages",)"
                 R"("notification_messages_token":"tok_1","payload":"p","title":"Offers",)"
                 R"("frequency":"DAILY","token_expiry_timestamp":1790500000000,)"
                 R"("user_token_status":"NOT_REFRESHED"}})"},
    {"human_echo", false, "messaging",
     FROM_BUSINESS
     R"("message":{"mid":$ID,"text":$TEXT,"is_echo":true,"app_id":263902037430900}})"},
    {"standby", false, "standby", FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT}})"},
    {"pass_thread", false, "messaging",
     FROM_PERSON R"("pass_thread_control":{"previous_owner_app_id":"111",)"
                 R"("new_owner_app_id":"222","metadata":"done"}})"},
    {"policy", false, "messaging",
     FROM_PERSON R"("policy_enforcement":{"action":"block","reason":"spam"}})"},
    {"comment", true, "changes:feed",
     R"({"item":"comment","verb":"add","comment_id":$ID,"post_id":"1_2","parent_id":"1_2",)"
     R"("from":{"id":$FROM,"name":$NAME},"message":$TEXT,"created_time":$AT_S})"},
};

constexpr MetaKind kOfInstagram[] = {
    {"reply", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT,"reply_to":{"mid":$TARGET}}})"},
    {"story_reply", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT,)"
                 R"("reply_to":{"story":{"url":$MEDIA_URL,"id":"17890001"}}}})",
     "image"},
    {"story_mention", true, "messaging", ATTACHED("story_mention", R"({"url":$MEDIA_URL})"),
     "image"},
    {"post", true, "messaging",
     ATTACHED("ig_post", R"({"ig_post_media_id":"1789","title":"Our menu","url":$MEDIA_URL})"),
     "image"},
    {"share", true, "messaging", ATTACHED("share", R"({"url":$MEDIA_URL})"), "image"},
    {"reel", true, "messaging",
     ATTACHED("ig_reel", R"({"reel_video_id":"1790","title":"Reel","url":$MEDIA_URL})"), "video"},
    {"like_heart", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"attachments":[{"type":"like_heart"}]}})"},
    {"ephemeral", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"attachments":[{"type":"ephemeral","payload":{}}]}})"},
    {"unsupported", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"is_unsupported":true}})"},
    {"postback", true, "messaging",
     FROM_PERSON R"("postback":{"mid":$ID,"title":"Menu","payload":"SHOW_MENU"}})"},
    {"referral", false, "messaging",
     FROM_PERSON
     R"("referral":{"ref":"table7","source":"IGME-SOURCE-LINK","type":"OPEN_THREAD"}})"},
    {"edit", false, "messaging",
     FROM_PERSON R"("message_edit":{"mid":$TARGET,"text":$TEXT,"num_edit":"1"}})"},
    {"unsend", false, "messaging", FROM_PERSON R"("message":{"mid":$TARGET,"is_deleted":true}})"},
    {"read", false, "messaging", FROM_PERSON R"("read":{"mid":$TARGET}})"},
    {"human_echo", false, "messaging",
     FROM_BUSINESS
     R"("message":{"mid":$ID,"text":$TEXT,"is_echo":true,"app_id":1217981644879628}})"},
    {"comment", true, "changes:comments",
     R"({"id":$ID,"from":{"id":$FROM,"username":$NAME},"text":$TEXT,"parent_id":"1790000000",)"
     R"("media":{"id":"1789","media_product_type":"FEED"}})"},
};

#undef ATTACHED
#undef FROM_BUSINESS
#undef FROM_PERSON

std::vector<InboundKind> kinds_of(Channel channel, std::span<const MetaKind> own) {
  std::vector<InboundKind> kinds;
  for (const std::span<const MetaKind> part : {std::span<const MetaKind>(kOfBoth), own}) {
    for (const MetaKind& kind : part) {
      kinds.push_back({channel, kind.name, kind.stores, kind.list, kind.pattern, kind.media});
    }
  }
  return kinds;
}

}  // namespace

std::span<const InboundKind> messenger_kinds() {
  static const auto kinds = kinds_of(Channel::messenger, kOfMessenger);
  return kinds;
}

std::span<const InboundKind> instagram_kinds() {
  static const auto kinds = kinds_of(Channel::instagram, kOfInstagram);
  return kinds;
}

}  // namespace aura::bench
