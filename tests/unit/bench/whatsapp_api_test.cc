// The simulated WhatsApp Cloud API.
#include "bench/support/digest.h"
#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

class WhatsApp : public ProviderTest {
 protected:
  HttpAnswer send(const std::string& content) {
    return call("POST", "/v25.0/440/messages",
                R"({"messaging_product":"whatsapp","recipient_type":"individual",)"
                R"("to":"+15557654321","biz_opaque_callback_data":"out_1",)" +
                    content + "}");
  }
  static std::string interactive(const std::string& rest) {
    return R"("type":"interactive","interactive":{"body":{"text":"b"},)" + rest + "}";
  }
  static std::string sized(std::size_t n) { return std::string(n, 'x'); }
  std::string upload(const std::string& mime, const std::string& bytes) {
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: " +
        mime + "\r\n\r\n" + bytes + "\r\n--B--\r\n";
    return call("POST", "/v25.0/440/media", body,
                "Authorization: Bearer T\r\nContent-Type: multipart/form-data; boundary=B\r\n")
        .body;
  }
  static std::string id_in(const std::string& body) {
    return body.substr(7, body.size() - 9);  // {"id":"…"}
  }
};

TEST_F(WhatsApp, AnAcceptedMessageIsAnsweredAndRemembered) {
  const auto answer =
      send(R"("type":"text","context":{"message_id":"wamid.T1"},"text":{"body":"Hi"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(holds(answer.body, R"("contacts":[{"input":"+15557654321","wa_id":"15557654321"}])"));
  EXPECT_TRUE(holds(answer.body, R"("messages":[{"id":"wamid.SIM)"));
  const auto& entry = ledger_.entries().at(0);
  EXPECT_EQ(entry.channel, Channel::whatsapp);
  EXPECT_EQ(entry.page_id, "440");
  EXPECT_EQ(entry.recipient, "15557654321");
  EXPECT_EQ(entry.metadata, "out_1");
}

TEST_F(WhatsApp, EveryKindThatMayBeSentIsAccepted) {
  for (
      const auto& good : {
          std::string(R"("type":"image","image":{"link":"https://a.test/a.jpg","caption":"c"})"),
          std::string(
              R"("type":"document","document":{"link":"https://a.test/a","filename":"m.pdf"})"),
          std::string(R"("type":"audio","audio":{"link":"https://a.test/a"})"),
          std::string(R"("type":"location","location":{"latitude":48.2,"longitude":16.37})"),
          std::string(R"("type":"contacts","contacts":[{"name":{"formatted_name":"Ada"}}])"),
          std::string(R"("type":"reaction","reaction":{"message_id":"wamid.T1","emoji":""})"),
          interactive(
              R"("type":"button","action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"Yes"}}]})"),
          interactive(
              R"("type":"list","action":{"button":"Go","sections":[{"rows":[{"id":"1","title":"t"}]}]})"),
          interactive(
              R"("type":"cta_url","action":{"name":"cta_url","parameters":{"display_text":"Pay","url":"https://a.test/"}})"),
          interactive(R"("type":"product","action":{"catalog_id":"c","product_retailer_id":"p"})"),
          interactive(
              R"("type":"product_list","header":{"type":"text","text":"h"},"action":{"catalog_id":"c","sections":[{"title":"A","product_items":[{"product_retailer_id":"p"}]}]})"),
          interactive(R"("type":"location_request_message","action":{"name":"send_location"})"),
          interactive(
              R"("type":"flow","action":{"name":"flow","parameters":{"flow_id":"f","flow_cta":"Open"}})"),
          std::string(
              R"("type":"template","template":{"name":"order_ready","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"currency","currency":{"fallback_value":"$9","code":"USD","amount_1000":9000}}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"o"}]}]})"),
      }) {
    EXPECT_EQ(send(good).status, 200) << good << "\n" << send(good).body;
  }
  EXPECT_EQ(ledger_.entries()[5].kind, "reaction");
}

TEST_F(WhatsApp, WhatIsWrongIsNamedWithItsCode) {
  const auto rows = [](int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
      out +=
          (i > 0 ? "," : "") + std::string(R"({"id":")") + std::to_string(i) + R"(","title":"t"})";
    }
    return R"("type":"list","action":{"button":"Go","sections":[{"rows":[)" + out + "]}]}";
  };
  const std::vector<std::pair<std::string, int>> cases{
      {R"("type":"text","text":{})", 131008},
      {R"("type":"text","text":{"body":")" + sized(4097) + "\"}", 131009},
      {R"("type":"hologram","hologram":{})", 131051},
      {R"("type":"image")", 131008},
      {R"("type":"image","image":{"id":"1","link":"https://a.test/"})", 131009},
      {R"("type":"image","image":{"id":"1"})", 100},
      {R"("type":"image","image":{"link":"ftp://a.test/"})", 131009},
      {R"("type":"image","image":{"link":"https://a.test/","caption":")" + sized(1025) + "\"}",
       131009},
      {R"("type":"audio","audio":{"link":"https://a.test/","caption":"c"})", 131009},
      {R"("type":"location","location":{"latitude":91,"longitude":0})", 131009},
      {R"("type":"contacts","contacts":[{"name":{}}])", 131008},
      {R"("type":"reaction","reaction":{"emoji":"x"})", 131008},
      {interactive(R"("type":"dance","action":{})"), 131009},
      {interactive(R"("type":"button","action":{"buttons":[]})"), 131008},
      {interactive(
           R"("type":"button","action":{"buttons":[{"type":"reply","reply":{"id":"y","title":")" +
           sized(21) + "\"}}]}"),
       131009},
      {interactive(R"("type":"button","footer":{"text":")" + sized(61) +
                   R"("},"action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"t"}}]})"),
       131009},
      {interactive(rows(11)), 131009},
      {interactive(R"("type":"product_list","action":{"catalog_id":"c","sections":[]})"), 131008},
      {R"("type":"template","template":{"name":"unheard_of","language":{"code":"en_US"}})", 132001},
      {R"("type":"template","template":{"name":"order_ready","language":{"code":"en_US"}})",
       132000},
      {R"("type":"template","template":{"name":"order_ready","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"song"}]}]})",
       132012},
      {R"("type":"text","context":{},"text":{"body":"x"})", 131008},
  };
  for (const auto& [content, code] : cases) {
    const auto answer = send(content);
    EXPECT_TRUE(holds(answer.body, "\"code\":" + std::to_string(code) + ","))
        << content.substr(0, 200);
    EXPECT_GE(answer.status, 400);
  }
  EXPECT_EQ(send(interactive(rows(10))).status, 200);
  EXPECT_EQ(ledger_.size(), 1u) << "what is refused is not recorded";
}

TEST_F(WhatsApp, RecipientsAreNumbersOrBusinessScopedIds) {
  const auto to = [&](const std::string& who) {
    return call("POST", "/v25.0/440/messages",
                R"({"messaging_product":"whatsapp",)" + who + R"(,"text":{"body":"x"}})")
        .status;
  };
  EXPECT_EQ(to(R"("to":"+1 (555) 765-4321")"), 200);
  EXPECT_EQ(ledger_.entries().back().recipient, "15557654321");
  EXPECT_EQ(to(R"("recipient":"US.900000000000000001")"), 200);
  EXPECT_EQ(ledger_.entries().back().recipient_kind, "user_id");
  EXPECT_EQ(to(R"("recipient":"US.ENT.9")"), 200);
  EXPECT_EQ(to(R"("recipient":"us.9")"), 400);
  EXPECT_EQ(to(R"("to":"Ada")"), 400);
  EXPECT_EQ(to(R"("to":"")"), 400);
}

TEST_F(WhatsApp, ReadsAndTypingAreMarks) {
  const std::string head = R"({"messaging_product":"whatsapp","status":"read")";
  EXPECT_EQ(call("POST", "/v25.0/440/messages", head + R"(,"message_id":"wamid.T1"})").body,
            R"({"success":true})");
  EXPECT_EQ(call("POST", "/v25.0/440/messages",
                 head + R"(,"message_id":"wamid.T1","typing_indicator":{"type":"text"}})")
                .status,
            200);
  EXPECT_EQ(ledger_.entries()[0].kind, "mark_seen");
  EXPECT_EQ(ledger_.entries()[1].kind, "typing_on");
  EXPECT_EQ(call("POST", "/v25.0/440/messages", head + "}").status, 400);
}

TEST_F(WhatsApp, MediaAreReadInTwoStepsWithinFiveMinutes) {
  const auto id = id_in(upload("image/png", "hello media"));
  const auto about = call("GET", "/v25.0/" + id + "?phone_number_id=440");
  EXPECT_TRUE(holds(about.body, R"("file_size":"11")"));
  EXPECT_TRUE(
      holds(about.body, "d28d2954ff97ac68052c4beff8c84ad0960d1408540fc486256cdd7cd68dd1fe"));
  EXPECT_EQ(to_base64(sha256("hello media")), "0o0pVP+XrGgFLEvv+MhK0JYNFAhUD8SGJWzdfNaN0f4=");
  const auto from = about.body.find("http://127.0.0.1:7001") + 21;
  const auto path = about.body.substr(from, about.body.find('"', from) - from);
  EXPECT_EQ(call("GET", path, "", "").status, 401) << "no Bearer token";
  EXPECT_EQ(call("GET", path).body, "hello media");
  now_ms_ += 300'001;
  EXPECT_EQ(call("GET", path).status, 404) << "five minutes are over";
  set(R"({"whatsapp":{"media_expired":true}})");
  now_ms_ -= 300'001;
  EXPECT_EQ(call("GET", path).status, 404);
  EXPECT_EQ(call("GET", "/v25.0/" + id + "?phone_number_id=441").status, 400) << "another number's";
  EXPECT_EQ(send(R"("type":"image","image":{"id":")" + id + "\"}").status, 200);
  EXPECT_TRUE(holds(send(R"("type":"audio","audio":{"id":")" + id + "\"}").body, "131053"));
  EXPECT_EQ(call("DELETE", "/v25.0/" + id).body, R"({"success":true})");
  EXPECT_EQ(call("GET", "/v25.0/" + id + "?phone_number_id=440").status, 400);
}

TEST_F(WhatsApp, UploadsAreLimitedByTypeAndSize) {
  EXPECT_TRUE(holds(upload("image/png", std::string(5 << 20, 'x')), R"({"id":")"));
  EXPECT_TRUE(holds(upload("image/png", std::string((5 << 20) + 1, 'x')), "131053"));
  EXPECT_TRUE(holds(upload("image/tiff", "x"), "131053"));
}

TEST_F(WhatsApp, AccountsHaveTemplatesNumbersAndRegistrations) {
  EXPECT_TRUE(holds(call("GET", "/v25.0/330/message_templates").body, R"("name":"order_ready")"));
  const auto use =
      R"("type":"template","template":{"name":"bye","language":{"code":"de"},"components":[]})";
  EXPECT_TRUE(holds(send(use).body, "132001"));
  const auto make = [&](const std::string& status) {
    return call("POST", "/v25.0/330/message_templates",
                R"({"name":"bye","language":"de","category":"UTILITY","status":")" + status +
                    R"(","components":[{"type":"BODY","text":"Bis bald"}]})")
        .status;
  };
  EXPECT_EQ(make("APPROVED"), 200);
  EXPECT_EQ(send(use).status, 200);
  EXPECT_EQ(make("PAUSED"), 200);
  EXPECT_TRUE(holds(send(use).body, "132015"));
  EXPECT_EQ(call("DELETE", "/v25.0/330/message_templates?name=bye").status, 200);
  EXPECT_TRUE(holds(call("GET", "/v25.0/440?fields=quality_rating,throughput").body,
                    R"("quality_rating":"GREEN")"));
  EXPECT_EQ(
      call("POST", "/v25.0/440/register", R"({"messaging_product":"whatsapp","pin":"123456"})")
          .status,
      200);
  EXPECT_TRUE(holds(
      call("POST", "/v25.0/440/register", R"({"messaging_product":"whatsapp","pin":"12"})").body,
      "133005"));
}

TEST_F(WhatsApp, FaultsAndWindowsAreSaidWithItsCodes) {
  const std::string hi = R"("type":"text","text":{"body":"Hi"})";
  set(R"({"whatsapp":{"rate_429":1}})");
  EXPECT_TRUE(holds(send(hi).body, R"("code":130429)"));
  set(R"({"whatsapp":{"rate_429":0,"error_rate":1}})");
  EXPECT_TRUE(holds(send(hi).body, R"("code":131000)"));
  set(R"({"whatsapp":null})");
  set(R"({"whatsapp":{"closed_windows":["15557654321"]}})");
  EXPECT_TRUE(holds(send(hi).body, R"("code":131047)"));
  set(R"({"whatsapp":null})");
  set(R"({"whatsapp":{"recipient_errors":{"15557654321":"131026"}}})");
  EXPECT_TRUE(holds(send(hi).body, R"("code":131026)"));
  set(R"({"whatsapp":{"expired_token":true}})");
  EXPECT_TRUE(holds(send(hi).body, R"("code":190,"error_subcode":463)"));
  EXPECT_EQ(call("POST", "/v25.0/440/messages", R"({"messaging_product":"whatsapp"})", "").status,
            401);
}

}  // namespace
}  // namespace aura::bench
