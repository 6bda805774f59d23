// Instagram's inbound kinds (messenger-instagram.md section 2).
#include "bench/sim/inbound.h"

namespace aura::bench {
namespace {

#define FROM_PERSON R"({"sender":{"id":$FROM},"recipient":{"id":$ACCOUNT},"timestamp":$AT_MS,)"
#define FROM_ACCOUNT R"({"sender":{"id":$ACCOUNT},"recipient":{"id":$FROM},"timestamp":$AT_MS,)"
#define ATTACHED(type, payload)                                                                 \
  FROM_PERSON R"("message":{"mid":$ID,"attachments":[{"type":")" type R"(","payload":)" payload \
              "}]}}"

constexpr auto kInstagram = Channel::instagram;
constexpr InboundKind kKinds[] = {
    {kInstagram, "text", true, "messaging", FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT}})"},
    {kInstagram, "quick_reply", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT,"quick_reply":{"payload":"COLOR_BLUE"}}})"},
    {kInstagram, "reply", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT,"reply_to":{"mid":$TARGET}}})"},
    {kInstagram, "image", true, "messaging", ATTACHED("image", R"({"url":$MEDIA_URL})"), "image"},
    {kInstagram, "audio", true, "messaging", ATTACHED("audio", R"({"url":$MEDIA_URL})"), "audio"},
    {kInstagram, "video", true, "messaging", ATTACHED("video", R"({"url":$MEDIA_URL})"), "video"},
    {kInstagram, "story_reply", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"text":$TEXT,)"
                 R"("reply_to":{"story":{"url":$MEDIA_URL,"id":"17890001"}}}})",
     "image"},
    {kInstagram, "story_mention", true, "messaging",
     ATTACHED("story_mention", R"({"url":$MEDIA_URL})"), "image"},
    {kInstagram, "post", true, "messaging",
     ATTACHED("ig_post", R"({"ig_post_media_id":"1789","title":"Our menu","url":$MEDIA_URL})"),
     "image"},
    {kInstagram, "share", true, "messaging", ATTACHED("share", R"({"url":$MEDIA_URL})"), "image"},
    {kInstagram, "reel", true, "messaging",
     ATTACHED("ig_reel", R"({"reel_video_id":"1790","title":"Reel","url":$MEDIA_URL})"), "video"},
    {kInstagram, "like_heart", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"attachments":[{"type":"like_heart"}]}})"},
    {kInstagram, "ephemeral", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"attachments":[{"type":"ephemeral","payload":{}}]}})"},
    {kInstagram, "unsupported", true, "messaging",
     FROM_PERSON R"("message":{"mid":$ID,"is_unsupported":true}})"},
    {kInstagram, "ad", true, "messaging",
     FROM_PERSON
     R"("message":{"mid":$ID,"text":$TEXT,"referral":{"ref":"spring","ad_id":"600000001",)"
     R"("source":"ADS","type":"OPEN_THREAD","ads_context_data":{"ad_title":"Shoes",)"
     R"("photo_url":"https://cdn.example.test/a.jpg","post_id":"1_2"}}}})"},
    {kInstagram, "postback", true, "messaging",
     FROM_PERSON R"("postback":{"mid":$ID,"title":"Menu","payload":"SHOW_MENU"}})"},
    {kInstagram, "referral", false, "messaging",
     FROM_PERSON
     R"("referral":{"ref":"table7","source":"IGME-SOURCE-LINK","type":"OPEN_THREAD"}})"},
    {kInstagram, "reaction", false, "messaging",
     FROM_PERSON
     R"("reaction":{"mid":$TARGET,"action":"react","reaction":"love","emoji":"\u2764"}})"},
    {kInstagram, "unreact", false, "messaging",
     FROM_PERSON R"("reaction":{"mid":$TARGET,"action":"unreact"}})"},
    {kInstagram, "edit", false, "messaging",
     FROM_PERSON R"("message_edit":{"mid":$TARGET,"text":$TEXT,"num_edit":"1"}})"},
    {kInstagram, "unsend", false, "messaging",
     FROM_PERSON R"("message":{"mid":$TARGET,"is_deleted":true}})"},
    {kInstagram, "read", false, "messaging", FROM_PERSON R"("read":{"mid":$TARGET}})"},
    {kInstagram, "human_echo", false, "messaging",
     FROM_ACCOUNT
     R"("message":{"mid":$ID,"text":$TEXT,"is_echo":true,"app_id":1217981644879628}})"},
    {kInstagram, "comment", true, "changes:comments",
     R"({"id":$ID,"from":{"id":$FROM,"username":$NAME},"text":$TEXT,"parent_id":"1790000000",)"
     R"("media":{"id":"1789","media_product_type":"FEED"}})"},
    {kInstagram, "unknown", false, "messaging", FROM_PERSON R"("hologram":{"depth":3}})"},
};

#undef ATTACHED
#undef FROM_ACCOUNT
#undef FROM_PERSON

}  // namespace

std::span<const InboundKind> instagram_kinds() { return kKinds; }

}  // namespace aura::bench
