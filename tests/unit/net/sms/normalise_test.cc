// Webhook items of Twilio as normalised events.
#include "net/providers/sms/normalise.h"

#include <gtest/gtest.h>

#include <map>

#include "net/json.h"

namespace aura::net::sms {
namespace {

using Kind = ChannelEvent::Kind;
using Fields = std::map<std::string, std::string>;

constexpr Millis kAt = 1'790'000'000'123;
constexpr const char* kSid = "SM00000000000000000000000000000001";

std::string item(const Fields& fields, const std::string& query = "{}") {
  std::string out = R"({"at":1790000000123,"query":)" + query + R"(,"params":{)";
  bool first = true;
  for (const auto& [name, value] : fields) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, name);
    out += ':';
    append_json_string(out, value);
  }
  return out + "}}";
}

Fields inbound(Fields more = {}) {
  more.insert({{"MessageSid", kSid},
               {"SmsSid", kSid},
               {"AccountSid", "AC1"},
               {"From", "+15557654321"},
               {"To", "+15550001111"},
               {"Body", "Hello"},
               {"SmsStatus", "received"},
               {"NumMedia", "0"},
               {"NumSegments", "1"}});
  return more;
}

Normalised normalise(const Fields& fields, const std::string& query = "{}") {
  return normalise_item(item(fields, query), Keywords("BAJA"));
}

TEST(SmsInbound, AText) {
  const Normalised got = normalise(inbound());
  ASSERT_EQ(got.events.size(), 1u);
  const ChannelEvent& event = got.events[0];
  EXPECT_EQ(event.kind, Kind::message);
  EXPECT_EQ(event.external_id, kSid);
  EXPECT_EQ(event.thread, "+15557654321");
  EXPECT_EQ(event.at, 1790000000123);
  EXPECT_EQ(event.text, "Hello");
  EXPECT_FALSE(event.standby);
  EXPECT_FALSE(event.echo);
  EXPECT_EQ(event.segments, 1u);
  ASSERT_EQ(event.identities.size(), 1u);
  EXPECT_EQ(event.identities[0].kind, "phone");
  EXPECT_EQ(event.identities[0].value, "+15557654321");
}

TEST(SmsInbound, PicturesAreFetchedWithTheAccountsCredentials) {
  const Normalised got = normalise(inbound({{"Body", ""},
                                            {"NumMedia", "3"},
                                            {"MediaUrl0", "https://api.twilio.com/m/0"},
                                            {"MediaContentType0", "image/jpeg"},
                                            {"MediaUrl1", "https://api.twilio.com/m/1"},
                                            {"MediaContentType1", "text/vcard"},
                                            {"MediaUrl2", "https://api.twilio.com/m/2"},
                                            {"MediaContentType2", "video/mp4"},
                                            {"MediaUrl3", "https://api.twilio.com/m/3"}}));
  ASSERT_EQ(got.events.size(), 1u);
  const ChannelEvent& event = got.events[0];
  ASSERT_EQ(event.attachments.size(), 3u);
  ASSERT_EQ(event.media.size(), 3u);
  EXPECT_EQ(event.attachments[0].type(), "image");
  EXPECT_EQ(event.attachments[0].mime_type(), "image/jpeg");
  EXPECT_EQ(event.attachments[1].type(), "file");
  EXPECT_EQ(event.attachments[2].type(), "video");
  EXPECT_EQ(event.media[2].url, "https://api.twilio.com/m/2");
  EXPECT_TRUE(event.media[0].authorised);
  EXPECT_EQ(event.text, "");
}

TEST(SmsInbound, WithoutNumMediaThePicturesThatAreThereCount) {
  Fields fields = inbound({{"MediaUrl0", "https://a.test/0"}});
  fields.erase("NumMedia");
  EXPECT_EQ(normalise(fields).events.at(0).attachments.size(), 1u);
}

TEST(SmsInbound, WhoWritesIsNamedInOneForm) {
  const std::vector<std::array<const char*, 3>> rows{
      {"+551187654321", "+5511987654321", "phone"},  // Brazil, before the ninth digit
      {"+5215512345678", "+525512345678", "phone"},  // Mexico, with the old mobile mark
      {"24365", "24365", "phone"},                   // a short code
      {"ACME", "ACME", "username"},                  // an alphanumeric sender
      {"rcs:+15557654321", "rcs:+15557654321", "phone"},
  };
  for (const auto& [from, thread, kind] : rows) {
    const ChannelEvent event = normalise(inbound({{"From", from}})).events.at(0);
    EXPECT_EQ(event.thread, thread);
    EXPECT_EQ(event.identities.at(0).kind, kind) << from;
  }
}

// Nobody can answer a sender that is a name.
TEST(SmsInbound, ASenderNameIsNotAnswered) {
  EXPECT_TRUE(normalise(inbound({{"From", "ACME"}})).events.at(0).standby);
  for (const char* from : {"+15557654321", "24365", "rcs:+15557654321", "messenger:123"})
    EXPECT_FALSE(normalise(inbound({{"From", from}})).events.at(0).standby) << from;
}

TEST(SmsInbound, FieldsOfOtherChannels) {
  const ChannelEvent event = normalise(inbound({{"Body", ""},
                                                {"ButtonText", "Yes, please"},
                                                {"ButtonPayload", "OK"},
                                                {"OriginalRepliedMessageSid", "SM9"},
                                                {"ProfileName", "Ada"},
                                                {"Latitude", "1.5"},
                                                {"Longitude", "-2.25"},
                                                {"Label", "Home"}}))
                                 .events.at(0);
  EXPECT_EQ(event.text, "Yes, please");
  EXPECT_EQ(event.payload, "OK");
  EXPECT_EQ(event.reply_to, "SM9");
  EXPECT_EQ(event.contact_name, "Ada");
  ASSERT_EQ(event.attachments.size(), 1u);
  EXPECT_EQ(event.attachments[0].type(), "location");
  EXPECT_EQ(event.attachments[0].longitude(), -2.25);
  EXPECT_EQ(event.media.size(), event.attachments.size());
}

struct Word {
  const char* body;
  const char* told;  // OptOutType
  bool silent;       // the engine does not answer
  std::optional<bool> granted;
};

TEST(SmsInbound, WordsOfConsentStandBesideTheMessage) {
  const std::vector<Word> words{
      {"Stop", "", true, false},
      {" unsubscribe\n", "", true, false},
      {"Baja", "", true, false},
      {"START", "", true, true},
      {"Yes", "", false, true},
      {"HELP", "", true, std::nullopt},
      {"info", "", true, std::nullopt},
      {"STOP PLEASE", "", false, std::nullopt},
      {"adiós", "STOP", true, false},
      {"hola", "START", true, true},
      {"que?", "HELP", true, std::nullopt},
      {"Stop", "STOP", true, false},
      {"hello", "OTHER", false, std::nullopt},
  };
  for (const Word& word : words) {
    Fields fields = inbound({{"Body", word.body}});
    if (*word.told != '\0') fields["OptOutType"] = word.told;
    const Normalised got = normalise(fields);
    ASSERT_EQ(got.events.size(), word.granted ? 2u : 1u) << word.body;
    EXPECT_EQ(got.events[0].kind, Kind::message);
    EXPECT_EQ(got.events[0].text, word.body);
    EXPECT_EQ(got.events[0].standby, word.silent) << word.body;
    if (!word.granted) continue;
    const ChannelEvent& consent = got.events[1];
    EXPECT_EQ(consent.kind, Kind::consent);
    EXPECT_EQ(consent.thread, got.events[0].thread);
    EXPECT_EQ(consent.at, got.events[0].at);
    EXPECT_NE(consent.external_id, got.events[0].external_id);
    ASSERT_TRUE(consent.consent);
    EXPECT_EQ(consent.consent->granted, *word.granted) << word.body;
    EXPECT_EQ(consent.consent->scope, ConsentChange::Scope::all);
    EXPECT_FALSE(consent.consent->word.empty());
  }
}

Fields callback(const std::string& status, Fields more = {}) {
  more.insert({{"MessageSid", kSid},
               {"SmsSid", kSid},
               {"MessageStatus", status},
               {"SmsStatus", status},
               {"AccountSid", "AC1"},
               {"From", "+15550001111"},
               {"To", "+15557654321"}});
  return more;
}

TEST(SmsStatus, EachStatusAndItsRank) {
  const std::vector<std::pair<const char*, api::MessageStatus>> rows{
      {"sent", api::MESSAGE_STATUS_SENT},
      {"partially_delivered", api::MESSAGE_STATUS_SENT},
      {"delivered", api::MESSAGE_STATUS_DELIVERED},
      {"read", api::MESSAGE_STATUS_READ},
      {"undelivered", api::MESSAGE_STATUS_FAILED},
      {"failed", api::MESSAGE_STATUS_FAILED},
      {"canceled", api::MESSAGE_STATUS_FAILED},
  };
  for (const auto& [status, expected] : rows) {
    const Normalised got = normalise(callback(status));
    ASSERT_EQ(got.events.size(), 1u) << status;
    EXPECT_EQ(got.events[0].kind, Kind::status);
    EXPECT_EQ(got.events[0].target_id, kSid);
    EXPECT_EQ(got.events[0].thread, "+15557654321");
    EXPECT_EQ(got.events[0].status, expected) << status;
    EXPECT_EQ(got.events[0].error_code.empty(), expected != api::MESSAGE_STATUS_FAILED) << status;
  }
  for (const char* status : {"accepted", "scheduled", "queued", "sending"}) {
    const Normalised got = normalise(callback(status));
    EXPECT_TRUE(got.events.empty());
    EXPECT_EQ(got.ignored, "not_sent_yet") << status;
  }
  EXPECT_FALSE(normalise(callback("teleported")).not_understood.empty());
}

TEST(SmsStatus, AFailureIsExplained) {
  const std::vector<std::pair<const char*, const char*>> rows{
      {"30003", "unreachable"},
      {"30005", "unknown_number"},
      {"30006", "landline"},
      {"30008", "carrier_error"},
      {"30009", "incomplete"},
      {"30011", "attachment_unsupported"},
      {"30019", "attachment_unsupported"},
      {"21614", "invalid_number"},
      {"99999", "rejected"},
      {"", "carrier_error"},
  };
  for (const auto& [code, expected] : rows) {
    const Normalised got = normalise(callback("undelivered", {{"ErrorCode", code}}));
    ASSERT_EQ(got.events.size(), 1u) << code;
    EXPECT_EQ(got.events[0].error_code, expected) << code;
    EXPECT_EQ(got.events[0].provider_code, code);
    EXPECT_GT(got.events[0].error_detail.size(), 20u);
  }
}

TEST(SmsStatus, WhatPassesIsWorthOneMoreTry) {
  constexpr Millis kMinute = 60'000;
  const std::vector<std::pair<const char*, Millis>> rows{
      {"30001", 5 * kMinute},
      {"30003", 60 * kMinute},
      {"30008", 10 * kMinute},
      {"30017", 10 * kMinute},
      {"30410", 10 * kMinute},
      {"30005", 0},
      {"30007", 0},
      {"21610", 0},
  };
  for (const auto& [code, after] : rows) {
    const Normalised got = normalise(callback("undelivered", {{"ErrorCode", code}}));
    EXPECT_EQ(got.events[0].resend_after, after) << code;
  }
}

// A single message filtered as spam is not account news: the connection watches the share of
// filtered messages.
TEST(SmsStatus, WhatIsTakenForSpamIsSaidToBe) {
  const Normalised got = normalise(callback("undelivered", {{"ErrorCode", "30007"}}));
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0].error_code, kFiltered);
}

TEST(SmsStatus, PicturesThatThePhoneDoesNotTakeGoOnceMoreAsLinks) {
  for (const char* code : {"30011", "30019"}) {
    const Normalised got = normalise(callback("undelivered", {{"ErrorCode", code}}));
    EXPECT_TRUE(got.events[0].file_refused) << code;
    EXPECT_GT(got.events[0].resend_after, 0) << code;
  }
  EXPECT_FALSE(normalise(callback("undelivered", {{"ErrorCode", "30003"}})).events[0].file_refused);
}

// Hundreds of messages may fail for the same reason: it is reported to the owner once a day.
TEST(SmsStatus, AReasonIsToldOnceADay) {
  const Normalised one = normalise(callback("undelivered", {{"ErrorCode", "30034"}}));
  const Normalised other = normalise(callback("failed", {{"ErrorCode", "30034"}}));
  ASSERT_EQ(one.events.size(), 2u);
  EXPECT_NE(one.events[0].external_id, other.events[0].external_id);
  EXPECT_EQ(one.events[1].external_id, other.events[1].external_id);
}

TEST(SmsStatus, WhatTheOwnerMustKnowIsToldThem) {
  for (const char* code : {"30032", "30034", "30018", "30024", "30002", "30022"}) {
    const Normalised got = normalise(callback("undelivered", {{"ErrorCode", code}}));
    ASSERT_EQ(got.events.size(), 2u) << code;
    EXPECT_EQ(got.events[0].kind, Kind::status);
    EXPECT_EQ(got.events[1].kind, Kind::account);
    ASSERT_TRUE(got.events[1].account);
    EXPECT_EQ(got.events[1].account->value, code);
    EXPECT_FALSE(got.events[1].account->detail.empty());
  }
}

// … and acts on the account as the same code does when it answers a call.
TEST(SmsStatus, WhatEndsSendingEndsIt) {
  const auto notice = [](const char* code) {
    const Normalised got = normalise(callback("failed", {{"ErrorCode", code}}));
    EXPECT_EQ(got.events.size(), 2u) << code;
    return got.events.back().account.value_or(AccountNotice{});
  };
  for (const char* code : {"30002", "30018", "30024", "30032", "30034"}) {
    EXPECT_TRUE(notice(code).disconnected) << code;
    EXPECT_TRUE(notice(code).restricted) << code << ": the credentials are sound";
    EXPECT_EQ(notice(code).paused_until, 0);
  }
  EXPECT_TRUE(notice("20003").disconnected);
  EXPECT_FALSE(notice("20003").restricted);
  constexpr Millis kDay = 24 * 3'600'000;
  for (const char* code : {"30022", "30023", "30027"}) {
    EXPECT_FALSE(notice(code).disconnected) << code;
    EXPECT_EQ(notice(code).paused_until, (kAt / kDay + 1) * kDay) << code << ": until midnight";
  }
}

TEST(SmsStatus, TheCarriersOptOutIsAnOptOut) {
  const Normalised got = normalise(callback("failed", {{"ErrorCode", "21610"}}));
  ASSERT_EQ(got.events.size(), 2u);
  EXPECT_EQ(got.events[0].error_code, "opted_out");
  EXPECT_EQ(got.events[1].kind, Kind::consent);
  ASSERT_TRUE(got.events[1].consent);
  EXPECT_FALSE(got.events[1].consent->granted);
  EXPECT_EQ(got.events[1].consent->word, "21610");
}

TEST(SmsStatus, ABlockByTheCarrierCountsAsAnOptOut) {
  const Normalised got = normalise(callback("undelivered", {{"ErrorCode", "30004"}}));
  ASSERT_EQ(got.events.size(), 2u);
  EXPECT_EQ(got.events[0].error_code, "blocked");
  ASSERT_TRUE(got.events[1].consent);
  EXPECT_FALSE(got.events[1].consent->granted);
  EXPECT_EQ(got.events[1].consent->word, "30004");
}

TEST(SmsStatus, ACallbackThatNamesOurMessageProvesIt) {
  const Normalised got = normalise(callback("queued"), R"({"m":"msg_01"})");
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_TRUE(got.events[0].own_echo);
  EXPECT_EQ(got.events[0].metadata, "msg_01");
  EXPECT_EQ(got.events[0].external_id, kSid);
  const Normalised later = normalise(callback("delivered"), R"({"m":"msg_01"})");
  ASSERT_EQ(later.events.size(), 2u);
  EXPECT_TRUE(later.events[0].own_echo);
  EXPECT_EQ(later.events[1].status, api::MESSAGE_STATUS_DELIVERED);
}

TEST(SmsItem, WhatIsNotUnderstoodSaysWhy) {
  for (const std::string payload : {"", "nonsense", "[]", "{}", R"({"params":[]})",
                                    R"({"params":{}})", R"({"params":{"Body":"x"}})"}) {
    EXPECT_FALSE(normalise_item(payload, Keywords()).not_understood.empty()) << payload;
  }
  Fields fields = inbound();
  fields.erase("From");
  EXPECT_FALSE(normalise(fields).not_understood.empty());
  Fields status = callback("sent");
  status.erase("To");
  EXPECT_FALSE(normalise(status).not_understood.empty());
}

TEST(SmsItem, ARepeatedParameterCountsOnce) {
  const std::string payload =
      R"({"at":1,"params":{"MessageSid":["SM1","SM2"],"From":"+15557654321","Body":["a","b"]}})";
  const Normalised got = normalise_item(payload, Keywords());
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0].external_id, "SM1");
  EXPECT_EQ(got.events[0].text, "a");
}

}  // namespace
}  // namespace aura::net::sms
