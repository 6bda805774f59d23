// Delivery statuses, errors, account news, and marketing consent.
#include <set>

#include "whatsapp_bodies.h"

namespace aura::net::whatsapp {
namespace {

using Kind = ChannelEvent::Kind;

Normalised status(const std::string& rest) {
  return value(
      R"("statuses":[{"id":"wamid.OUT1","timestamp":"1790000005","recipient_id":"15557654321",)" +
      rest + "}]");
}

struct StatusCase {
  const char* word;
  api::MessageStatus status;
};
class StatusWords : public testing::TestWithParam<StatusCase> {};
TEST_P(StatusWords, AreUnderstood) {
  const std::string word = std::string(R"("status":")") + GetParam().word + "\"";
  ChannelEvent e = single(status(
      word +
      R"(,"recipient_user_id":"US.900000000000000001","biz_opaque_callback_data":"msg_1","conversation":{"id":"c1","expiration_timestamp":"1790086400","origin":{"type":"service"}},"pricing":{"billable":false,"pricing_model":"PMP","type":"free_customer_service","category":"service"})"));
  EXPECT_EQ(e.kind, Kind::status);
  EXPECT_EQ(e.status, GetParam().status);
  EXPECT_EQ(e.target_id, "wamid.OUT1");
  EXPECT_EQ(e.thread, "US.900000000000000001");
  EXPECT_EQ(identity(e, "wa_id"), "15557654321");
  EXPECT_EQ(e.at, 1790000005000);
  EXPECT_EQ(e.metadata, "msg_1");
  e = single(status(word));
  EXPECT_EQ(e.thread, "15557654321");
  EXPECT_TRUE(e.metadata.empty());
}
INSTANTIATE_TEST_SUITE_P(All, StatusWords,
                         testing::Values(StatusCase{"sent", api::MESSAGE_STATUS_SENT},
                                         StatusCase{"delivered", api::MESSAGE_STATUS_DELIVERED},
                                         StatusCase{"read", api::MESSAGE_STATUS_READ},
                                         StatusCase{"played", api::MESSAGE_STATUS_READ},
                                         StatusCase{"failed", api::MESSAGE_STATUS_FAILED}));

TEST(WhatsAppStatus, FailureSaysWhyInPlainWords) {
  ChannelEvent e = single(status(
      R"("status":"failed","errors":[{"code":131047,"title":"Re-engagement message","message":"Re-engagement message","error_data":{"details":"More than 24 hours have passed"},"href":"https://developers.facebook.com/"}])"));
  EXPECT_EQ(e.error_code, "window_closed");
  EXPECT_EQ(e.provider_code, "131047");
  EXPECT_NE(e.error_detail.find("24 hours"), std::string::npos);
  // WhatsApp has given up, so the text must not say "tried again".
  e = single(status(R"("status":"failed","errors":[{"code":131000}])"));
  EXPECT_EQ(e.error_detail.find("tried again"), std::string::npos);
  EXPECT_NE(e.error_detail.find("send it again"), std::string::npos);
  EXPECT_FALSE(single(status(R"("status":"failed")")).error_detail.empty());
}

TEST(WhatsAppStatus, AFileThatWasNotTakenGoesOnceMoreAsALink) {
  const ChannelEvent e = single(status(R"("status":"failed","errors":[{"code":131053}])"));
  EXPECT_TRUE(e.file_refused);
  EXPECT_GT(e.resend_after, 0);
  EXPECT_FALSE(single(status(R"("status":"failed","errors":[{"code":131026}])")).file_refused);
}

TEST(WhatsAppStatus, StoppedMarketingIsAlsoConsent) {
  const Normalised n = status(R"("status":"failed","errors":[{"code":131050}])");
  ASSERT_EQ(n.events.size(), 2u);
  EXPECT_EQ(n.events[0].error_code, "opted_out");
  EXPECT_EQ(n.events[1].kind, Kind::consent);
  EXPECT_EQ(n.events[1].thread, "15557654321");
  ASSERT_TRUE(n.events[1].consent.has_value());
  EXPECT_FALSE(n.events[1].consent->granted);
  EXPECT_EQ(n.events[1].consent->scope, ConsentChange::Scope::marketing);
  EXPECT_NE(n.events[0].external_id, n.events[1].external_id);
}

TEST(WhatsAppStatus, KeysDifferByMessageStatusAndRecipient) {
  const Normalised n = value(
      R"("statuses":[{"id":"wamid.1","status":"sent","timestamp":"1","recipient_id":"1"},)"
      R"({"id":"wamid.1","status":"delivered","timestamp":"2","recipient_id":"1"},)"
      R"({"id":"wamid.2","status":"sent","timestamp":"1","recipient_id":"1"},)"
      R"({"id":"wamid.3","status":"delivered","timestamp":"1","recipient_id":"G","recipient_type":"group","recipient_participant_id":"1"},)"
      R"({"id":"wamid.3","status":"delivered","timestamp":"1","recipient_id":"G","recipient_type":"group","recipient_participant_id":"2"}])");
  ASSERT_EQ(n.events.size(), 5u);
  std::set<std::string> keys;
  for (const ChannelEvent& e : n.events) keys.insert(e.external_id);
  EXPECT_EQ(keys.size(), 5u);
  EXPECT_EQ(n.events[3].thread, "group:G");
}

TEST(WhatsAppStatus, OddOnes) {
  EXPECT_EQ(status(R"("status":"deleted")").ignored, "status_deleted");
  EXPECT_FALSE(status(R"("status":"teleported")").not_understood.empty());
  EXPECT_FALSE(
      value(R"("statuses":[{"status":"sent","recipient_id":"1"}])").not_understood.empty());
  const ChannelEvent of_nobody = single(value(R"("statuses":[{"id":"wamid.1","status":"sent"}])"));
  EXPECT_EQ(of_nobody.thread, "") << "its message says whose it is";
  EXPECT_EQ(of_nobody.target_id, "wamid.1");
  // recipient_id may be a BSUID instead of a number, and contacts[] may have the other id.
  EXPECT_EQ(
      single(value(R"("statuses":[{"id":"w","status":"sent","recipient_id":"US.9"}])")).thread,
      "US.9");
  EXPECT_EQ(
      single(
          value(
              R"("contacts":[{"wa_id":"1","user_id":"US.1"}],"statuses":[{"id":"w","status":"sent","recipient_id":"1"}])"))
          .thread,
      "US.1");
}

// A failure that the account's owner must fix is also reported as account news, not only as the
// message's error.
TEST(WhatsAppStatus, AFailureOfTheAccountIsNewsForItsOwner) {
  const auto failed = [](const std::string& code) {
    return status(R"("status":"failed","errors":[{"code":)" + code + "}]").events;
  };
  auto events = failed("131042");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].error_code, "payment");
  ASSERT_TRUE(events[1].account.has_value());
  EXPECT_EQ(events[1].account->what, "restriction");
  EXPECT_EQ(events[1].account->subject, "payment");
  EXPECT_EQ(events[1].account->detail, events[0].error_detail);
  EXPECT_FALSE(events[1].account->disconnected);
  EXPECT_EQ(failed("131048").size(), 2u);
  for (const char* code : {"131031", "368"}) {
    events = failed(code);
    ASSERT_EQ(events.size(), 2u) << code;
    EXPECT_TRUE(events[1].account->disconnected) << "as if a call had been answered so";
  }
  EXPECT_EQ(failed("131026").size(), 1u);
}

TEST(WhatsAppErrors, OfTheAccountAreNews) {
  ChannelEvent e = single(value(
      R"("errors":[{"code":130429,"title":"Rate limit hit","message":"m","error_data":{"details":"Too many"}}])"));
  EXPECT_EQ(e.kind, Kind::account);
  EXPECT_TRUE(e.thread.empty());
  ASSERT_TRUE(e.account.has_value());
  EXPECT_EQ(e.account->what, "error");
  EXPECT_EQ(e.account->subject, "130429");
  EXPECT_EQ(e.account->detail, "Too many");
  EXPECT_FALSE(e.account->disconnected);
  e = single(value(R"("errors":[{"code":131031,"title":"Locked"}])"));
  EXPECT_TRUE(e.account->restricted);
  EXPECT_TRUE(e.account->disconnected);
}

AccountNotice news(const std::string& field, const std::string& members) {
  const ChannelEvent e = single(change(field, "{" + members + "}", "1790000000"));
  EXPECT_EQ(e.kind, Kind::account);
  EXPECT_EQ(e.at, 1790000000000);
  EXPECT_TRUE(e.thread.empty());
  EXPECT_EQ(e.payload, field);
  EXPECT_TRUE(e.account.has_value());
  return e.account.value_or(AccountNotice{});
}

TEST(WhatsAppAccount, TemplateStatus) {
  for (const char* event :
       {"APPROVED", "REJECTED", "PENDING", "PAUSED", "DISABLED", "FLAGGED", "REINSTATED",
        "IN_APPEAL", "ARCHIVED", "DELETED", "PENDING_DELETION", "LIMIT_EXCEEDED", "LOCKED"}) {
    const AccountNotice n = news(
        "message_template_status_update",
        std::string(R"("event":")") + event +
            R"(","message_template_id":12,"message_template_name":"order_ready","message_template_language":"en_US","reason":null)");
    EXPECT_EQ(n.what, "template_status");
    EXPECT_EQ(n.subject, "order_ready (en_US)");
    EXPECT_EQ(n.value, event);
    EXPECT_FALSE(n.detail.empty());
    EXPECT_EQ(n.detail.find("has changed"), std::string::npos) << event;
    EXPECT_FALSE(n.disconnected);
  }
  const AccountNotice n = news(
      "message_template_status_update",
      R"("event":"REJECTED","message_template_name":"a","reason":"INCORRECT_CATEGORY","rejection_info":{"reason":"It sells.","recommendation":"Use marketing."})");
  EXPECT_EQ(n.detail,
            "WhatsApp has rejected the template. Reason: the category does not fit the text. It "
            "sells. Use marketing.");
  const AccountNotice paused = news(
      "message_template_status_update",
      R"("event":"PAUSED","message_template_name":"a","reason":"NONE","other_info":{"title":"FIRST_PAUSE","description":"Paused for 3 hours."},"disable_info":{"disable_date":"2026-12-01"})");
  EXPECT_NE(paused.detail.find("Paused for 3 hours. From: 2026-12-01."), std::string::npos);
}

TEST(WhatsAppAccount, TemplateQualityAndCategory) {
  const std::string bad = "People block or report this template; WhatsApp may pause it.";
  const std::string other = "The template's quality has changed.";
  struct Case {
    const char *before, *now;
    std::string detail;
  };
  for (const Case& one : {Case{"GREEN", "YELLOW", bad + " Before: GREEN."},
                          {"YELLOW", "RED", bad + " Before: YELLOW."},
                          {"RED", "GREEN", other + " Before: RED."},
                          {"UNKNOWN", "GREEN", other + " Before: UNKNOWN."},
                          {"YELLOW", "YELLOW", bad},
                          {nullptr, "RED", bad},
                          {nullptr, "GREEN", other}}) {
    const std::string before =
        one.before == nullptr ? ""
                              : R"("previous_quality_score":")" + std::string(one.before) + "\",";
    const AccountNotice quality =
        news("message_template_quality_update",
             before + R"("new_quality_score":")" + one.now + R"(","message_template_name":"a")");
    EXPECT_EQ(quality.value, one.now);
    EXPECT_EQ(quality.detail, one.detail);
  }
  const AccountNotice n = news(
      "template_category_update",
      R"("message_template_name":"a","previous_category":"UTILITY","new_category":"MARKETING")");
  EXPECT_EQ(n.what, "template_category");
  EXPECT_EQ(n.value, "MARKETING");
}

TEST(WhatsAppAccount, QualityLimitsNameAndSecurity) {
  AccountNotice n = news(
      "phone_number_quality_update",
      R"("display_phone_number":"15550001111","event":"THROUGHPUT_UPGRADE","max_daily_conversations_per_business":"TIER_10K")");
  EXPECT_EQ(n.what, "quality");
  EXPECT_EQ(n.subject, "15550001111");
  EXPECT_EQ(n.detail, "The number may send faster now. Limit: TIER_10K.");
  EXPECT_EQ(
      news("business_capability_update", R"("max_daily_conversations_per_business":2000)").value,
      "2000");
  n = news(
      "phone_number_name_update",
      R"("display_phone_number":"1","decision":"REJECTED","requested_verified_name":"Shop","rejection_reason":"NAME_INVALID")");
  EXPECT_EQ(n.detail, "The display name \"Shop\" is rejected. NAME_INVALID");
  n = news("security", R"("display_phone_number":"1","event":"PIN_CHANGED","requester":"2")");
  EXPECT_EQ(n.what, "security");
  EXPECT_NE(n.detail.find("PIN was changed"), std::string::npos);
  n = news(
      "account_alerts",
      R"("entity_type":"WABA","entity_id":"3","alert_info":{"alert_severity":"CRITICAL","alert_type":"OBA_REJECTED","alert_description":"Not eligible."})");
  EXPECT_EQ(n.value, "OBA_REJECTED");
  EXPECT_EQ(n.detail, "Not eligible. CRITICAL");
  EXPECT_EQ(news("account_review_update", R"("decision":"APPROVED")").what, "review");
}

TEST(WhatsAppAccount, WhatEndsOurAccessDisconnects) {
  EXPECT_TRUE(news("account_update", R"("event":"PARTNER_REMOVED")").disconnected);
  EXPECT_TRUE(news("account_update", R"("event":"ACCOUNT_DELETED")").disconnected);
  EXPECT_TRUE(news("account_update", R"("event":"DISABLED_UPDATE")").disconnected);
  const auto ban = [](const char* state) {
    return news(
        "account_update",
        std::string(R"("event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":")") + state + "\"}");
  };
  EXPECT_TRUE(ban("DISABLE").disconnected);
  EXPECT_FALSE(ban("REINSTATE").disconnected);
  EXPECT_FALSE(ban("SCHEDULE_FOR_DISABLE").disconnected);
  const AccountNotice restricted = news(
      "account_update",
      R"("event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1}])");
  EXPECT_FALSE(restricted.disconnected);
  EXPECT_EQ(restricted.what, "restriction");
  EXPECT_NE(restricted.detail.find("BIZ_INITIATED"), std::string::npos);
  EXPECT_FALSE(news("account_update",
                    R"("event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SPAM"})")
                   .detail.empty());
  EXPECT_EQ(news("account_update", R"("event":"VERIFIED_ACCOUNT")").what, "account");
}

// Repeated news has the same key; this webhook names the business account, not a number.
TEST(WhatsAppAccount, KeyAndAccount) {
  const auto key = [](const std::string& time, const std::string& event) {
    return single(change("account_update", R"({"event":")" + event + "\"}", time)).external_id;
  };
  EXPECT_EQ(key("1790000000", "A"), key("1790000000", "A"));
  EXPECT_NE(key("1790000000", "A"), key("1790000001", "A"));
  EXPECT_NE(key("1790000000", "A"), key("1790000000", "B"));
  const auto items = slice_meta_body(
      R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001","time":1,"changes":[{"field":"account_update","value":{"event":"A"}}]}]})");
  ASSERT_EQ(items->size(), 1u);
  EXPECT_EQ(items->front().account, "330000000000001");
}

TEST(WhatsAppPreferences, StopAndResumeMarketing) {
  const auto preference = [](const std::string& word, const std::string& ids) {
    return value(
        R"("contacts":[{"profile":{"name":"Ada"},"wa_id":"15557654321"}],"user_preferences":[{)" +
            ids + R"("detail":"d","category":"marketing_messages","value":")" + word +
            R"(","timestamp":1790000000}])",
        "user_preferences");
  };
  for (const auto& [word, granted] : std::vector<std::pair<std::string, bool>>{
           {"stop", false}, {"resume", true}, {"signup", true}}) {
    const ChannelEvent e = single(preference(word, R"("wa_id":"15557654321",)"));
    EXPECT_EQ(e.kind, Kind::consent);
    EXPECT_EQ(e.thread, "15557654321");
    EXPECT_EQ(e.at, 1790000000000);
    ASSERT_TRUE(e.consent.has_value());
    EXPECT_EQ(e.consent->granted, granted);
    EXPECT_EQ(e.consent->scope, ConsentChange::Scope::marketing);
    EXPECT_EQ(e.consent->word, word);
  }
  EXPECT_EQ(single(preference("stop", R"("user_id":"US.9",)")).thread, "US.9");
  EXPECT_FALSE(preference("maybe", R"("wa_id":"1",)").not_understood.empty());
}

}  // namespace
}  // namespace aura::net::whatsapp
