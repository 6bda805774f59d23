// The REST API over the engine's ports: authentication, parsing, answers and errors.
#include "tests/unit/net/edges/api_fixture.h"

namespace aura::net {
namespace {

TEST_F(ApiTest, OnlyAKeyOfTheWorkspaceOpensIt) {
  for (const char* authorization : {"", "Bearer", "Bearer ", "Bearer wrong", "Basic good_key",
                                    "good_key", "Bearer good_key2"}) {
    const Response response = send(Method::get, "", {}, {{"Authorization", authorization}});
    expect_problem(response, 401);
    EXPECT_TRUE(response.headers.get("WWW-Authenticate").starts_with("Bearer"));
  }
  Request none;
  none.target = "/api/v1/workspaces/ws_1/channels";
  expect_problem(dispatch(std::move(none)), 401);
  expect_problem(send(Method::get, "", {}, {{"Authorization", "Bearer other_key"}}), 404);
  expect_problem(send(Method::get, "", {}, {{"Authorization", "Bearer unread_key"}}), 502);
  Request malformed;
  malformed.target = "/api/v1/workspaces/nonsense";
  malformed.headers.add("Authorization", "bearer good_key");
  expect_problem(dispatch(std::move(malformed)), 404);
  EXPECT_TRUE(engine_.asked.empty());
  EXPECT_EQ(send(Method::get, "", {}, {{"Authorization", "bearer good_key"}}).status, 200);
}

TEST_F(ApiTest, AKeyForReadingChangesNothing) {
  const auto with_it = [&](Method method, const std::string& path) {
    return send(method, path, R"({"name":"x"})", {{"Authorization", "Bearer reading_key"}});
  };
  EXPECT_EQ(with_it(Method::get, "/channels").status, 200);
  engine_.asked.clear();
  const std::string channel = "/channels/" + id(IdType::channel);
  expect_problem(with_it(Method::post, "/channels"), 403);
  expect_problem(with_it(Method::patch, channel), 403);
  expect_problem(with_it(Method::delete_, channel), 403);
  EXPECT_TRUE(engine_.asked.empty());
}

TEST_F(ApiTest, ReadsAndLists) {
  EXPECT_EQ(send(Method::get, "/").status, 200);
  const std::vector<std::pair<std::string, IdType>> collections = {
      {"/channels", IdType::channel},
      {"/contacts", IdType::contact},
      {"/conversations", IdType::conversation},
      {"/catalog/items", IdType::item},
      {"/knowledge/documents", IdType::document}};
  for (const auto& [path, type] : collections) {
    const Response list = send(Method::get, path + "?limit=7&after=abc");
    EXPECT_EQ(list.status, 200);
    const auto json = parse_json(list.body);
    ASSERT_TRUE(json.has_value()) << list.body;
    EXPECT_EQ((*json)["data"].Size(), 2u);
    EXPECT_STREQ((*json)["next"].GetString(), "next_1");
    EXPECT_EQ(engine_.page.limit, 7u);
    EXPECT_EQ(engine_.page.after, "abc");
    EXPECT_EQ(send(Method::get, path + "/" + id(type)).status, 200);
    expect_problem(send(Method::get, path + "?limit=7&kind=x"), 400);
    expect_problem(send(Method::get, path + "/nonsense"), 404);
    expect_problem(send(Method::get, path + "/" + id(IdType::workspace)), 404);
  }
  EXPECT_EQ(send(Method::get, "/conversations/" + id(IdType::conversation) + "/messages").status,
            200);
}

TEST_F(ApiTest, BadPagesAre400) {
  for (const char* query :
       {"limit=0", "limit=-1", "limit=-99999999999999999999", "limit=x", "limit=", "limit=1x",
        "limit=99999999999999999999x", "after=a%20b", "after=%00", "after=a/b"}) {
    expect_problem(send(Method::get, std::string("/channels?") + query), 400);
  }
  expect_problem(send(Method::get, "/channels?after=" + std::string(513, 'a')), 400);
  engine_.refusal = Error{Errc::invalid, "Not a cursor.", "?after"};
  expect_problem(send(Method::get, "/channels?after=abc"), 400);
}

TEST_F(ApiTest, APageLongerThanTheLongestIsTheLongest) {
  for (const char* limit : {"200", "201", "1000", "99999999999999999999"}) {
    engine_.page = {};
    EXPECT_EQ(send(Method::get, std::string("/channels?limit=") + limit).status, 200) << limit;
    EXPECT_EQ(engine_.page.limit, 200u) << limit;
  }
}

TEST_F(ApiTest, ConversationFilters) {
  const std::string channel = id(IdType::channel);
  EXPECT_EQ(
      send(Method::get, "/conversations?status=pending&channel_id=" + channel + "&q=caf%C3%A9")
          .status,
      200);
  EXPECT_EQ(engine_.filter.status, api::CONVERSATION_STATUS_PENDING);
  EXPECT_EQ(engine_.filter.channel, derived_id({"x"}));
  EXPECT_EQ(engine_.filter.text, "café");
  expect_problem(send(Method::get, "/conversations?status=gone"), 400);
  expect_problem(send(Method::get, "/conversations?channel_id=ch_1"), 400);
}

TEST_F(ApiTest, CreatedHasLocationAndResource) {
  const Response response =
      send(Method::post, "/catalog/items",
           R"({"name":"Cake","price":{"amount_minor":1250,"currency":"USD"}})",
           {{"Content-Type", "application/json; charset=utf-8"}});
  EXPECT_EQ(response.status, 201) << response.body;
  EXPECT_TRUE(response.headers.get("Location").ends_with("/catalog/items/item_1"));
  EXPECT_NE(response.body.find(R"("name":"Cake")"), std::string::npos);
  EXPECT_EQ(engine_.item_input.price().amount_minor(), 1250);
  EXPECT_FALSE(engine_.once.has_value());
}

TEST_F(ApiTest, UpdateAndDelete) {
  EXPECT_EQ(send(Method::patch, "/catalog/items/" + id(IdType::item), R"({"price":null})").status,
            200);
  EXPECT_EQ(engine_.item_input.cleared(0), "price");
  EXPECT_EQ(send(Method::patch, "", R"({"timezone":"Europe/Lisbon","currency":"EUR"})").status,
            200);
  const Response gone = send(Method::delete_, "/catalog/items/" + id(IdType::item));
  EXPECT_EQ(gone.status, 204);
  EXPECT_TRUE(gone.body.empty());
  EXPECT_EQ(send(Method::delete_, "/channels/" + id(IdType::channel)).status, 204);
  EXPECT_EQ(send(Method::delete_, "/contacts/" + id(IdType::contact)).status, 204);
  EXPECT_EQ(send(Method::delete_, "/knowledge/documents/" + id(IdType::document)).status, 204);
  EXPECT_EQ(send(Method::patch, "/conversations/" + id(IdType::conversation),
                 R"({"handler":"human","unread":0})")
                .status,
            200);
}

TEST_F(ApiTest, BodiesThatAreNotJsonObjectsAre400) {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  for (const std::string& body :
       {std::string(), std::string("{"), std::string("[]"), std::string("\"x\""),
        std::string("null"), std::string("{\"name\":\"\xff\"}"), std::string("{}\0", 3), deep,
        std::string("{\"name\":\"a\",\"name\":\"b\"}"), std::string("name=x")}) {
    expect_problem(send(Method::post, "/catalog/items", body), 400);
  }
  expect_problem(send(Method::post, "/catalog/items", "{}", {{"Content-Type", "text/xml"}}), 415);
  EXPECT_TRUE(engine_.asked.empty());
}

TEST_F(ApiTest, APatchMayBeCalledTheMergePatchThatItIs) {
  const std::vector<std::pair<std::string, std::string>> merge = {
      {"Content-Type", "application/merge-patch+json"}};  // RFC 7396
  expect_problem(send(Method::post, "/catalog/items", "{}", merge), 415);
  EXPECT_EQ(send(Method::patch, "", R"({"name":"Cakes"})", merge).status, 200);
}

struct Wrong {
  const char* path;
  const char* body;
  const char* pointer;
};
class WrongInput : public ApiTest, public testing::WithParamInterface<Wrong> {};
TEST_P(WrongInput, Is422AndNamesTheField) {
  std::string path = GetParam().path;
  if (path == "/messages") path = "/conversations/" + id(IdType::conversation) + "/messages";
  expect_problem(send(Method::post, path, GetParam().body), 422,
                 std::string("#") + GetParam().pointer);
  EXPECT_TRUE(engine_.asked.empty());
}
INSTANTIATE_TEST_SUITE_P(
    All, WrongInput,
    testing::Values(
        Wrong{"/catalog/items", "{}", "/name"}, Wrong{"/catalog/items", R"({"name":" "})", "/name"},
        Wrong{"/catalog/items", R"({"name":"a","price":{"amount_minor":-1,"currency":"USD"}})",
              "/price/amount_minor"},
        Wrong{"/catalog/items", R"({"name":"a","price":{"amount_minor":1,"currency":"usd"}})",
              "/price/currency"},
        Wrong{"/catalog/items", R"({"name":"a","price":{"amount_minor":1,"currency":"ZZZ"}})",
              "/price/currency"},
        Wrong{"/catalog/items", R"({"name":"a","price":{"amount_minor":"1","currency":"USD"}})",
              "/price/amount_minor"},
        Wrong{"/catalog/items", R"({"name":"a","kind":"thing"})", "/kind"},
        Wrong{"/catalog/items", R"({"name":"a","image_urls":["ftp://x"]})", "/image_urls/0"},
        Wrong{"/catalog/items", R"({"name":"a","colour":1})", "/colour"},
        Wrong{"/channels", "{}", "/type"}, Wrong{"/channels", R"({"type":"fax"})", "/type"},
        Wrong{"/channels", R"({"type":"messenger"})", "/credentials/page_id"},
        Wrong{"/channels", R"({"type":"messenger","credentials":{"page_id":"1"}})",
              "/credentials/page_access_token"},
        Wrong{"/channels", R"({"type":"messenger","credentials":{"page_id":1}})",
              "/credentials/page_id"},
        Wrong{"/channels",
              R"({"type":"messenger","credentials":{"page_id":"1","page_access_token":"a b"}})",
              "/credentials/page_access_token"},
        Wrong{"/channels", R"({"type":"instagram","credentials":{"account_id":"1"}})",
              "/credentials/access_token"},
        Wrong{"/channels", R"({"type":"instagram","credentials":{"page_access_token":"x"}})",
              "/credentials/page_id"},
        Wrong{"/channels",
              R"({"type":"instagram","credentials":{"page_id":"2","page_access_token":"x"}})",
              "/credentials/account_id"},
        Wrong{"/channels", R"({"type":"sms","credentials":{"account_sid":"1"}})",
              "/credentials/auth_token"},
        Wrong{"/channels", R"({"type":"webchat","status":"token_expired"})", "/status"},
        Wrong{"/channels", R"({"type":"webchat","allowed_origins":["https://a.test/"]})",
              "/allowed_origins/0"},
        Wrong{"/channels", R"({"type":"webchat","allowed_origins":"https://a.test"})",
              "/allowed_origins"},
        Wrong{"/channels", R"({"type":"webchat","rotate_identity_secret":true})",
              "/rotate_identity_secret"},
        Wrong{"/channels", R"({"type":"webchat","credentials":{"identity_secret":"x"}})",
              "/credentials/identity_secret"},
        Wrong{"/channels",
              R"({"type":"sms","allowed_origins":["https://a.test"],"credentials":{}})",
              "/allowed_origins"},
        Wrong{"/knowledge/documents", R"({"text":"x"})", "/title"},
        Wrong{"/knowledge/documents", R"({"title":"x"})", "/text"},
        Wrong{"/knowledge/documents", R"({"title":"x","text":""})", "/text"},
        Wrong{"/messages", "{}", "/text"}, Wrong{"/messages", R"({"text":"  "})", "/text"},
        Wrong{"/messages", R"({"text":7})", "/text"},
        Wrong{"/messages", R"({"text":"a\u0000"})", "/text"},
        Wrong{"/messages", R"({"attachments":[{"type":"image"}]})", "/attachments/0/url"},
        Wrong{"/messages", R"({"attachments":[{"type":"x","url":"https://a.test"}]})",
              "/attachments/0/type"},
        Wrong{"/messages", R"({"attachments":[{"type":"location","latitude":91,"longitude":0}]})",
              "/attachments/0/latitude"},
        Wrong{"/messages", R"({"attachments":[{"type":"location","latitude":1}]})",
              "/attachments/0/longitude"},
        Wrong{"/messages", R"({"buttons":[{"type":"reply","title":"a"}]})", "/text"},
        Wrong{"/messages", R"({"text":"a","buttons":[{"type":"reply","title":""}]})",
              "/buttons/0/title"},
        Wrong{"/messages", R"({"text":"a","buttons":[{"type":"x","title":"a"}]})",
              "/buttons/0/type"},
        Wrong{"/messages", R"({"text":"a","buttons":[{"type":"url","title":"a","url":"x"}]})",
              "/buttons/0/url"},
        Wrong{"/messages", R"({"text":"a","buttons":[{"type":"phone","title":"a"}]})",
              "/buttons/0/phone"},
        Wrong{"/messages", R"({"list":{"button":"a","sections":[]}})", "/text"},
        Wrong{"/messages", R"({"text":"a","list":{"button":"a","sections":[]}})", "/list/sections"},
        Wrong{"/messages", R"({"text":"a","list":{"button":"a","sections":[{"rows":[]}]}})",
              "/list/sections/0/rows"},
        Wrong{"/messages",
              R"({"text":"a","list":{"button":"a","sections":[{"title":"s","rows":[
                {"id":"1","title":"x"},{"id":"1","title":"y"}]}]}})",
              "/list/sections/0/rows/1/id"},
        Wrong{"/messages", R"({"products":{"catalog_id":"1"}})", "/products/product_ids"},
        Wrong{"/messages", R"({"products":{"product_ids":["1"]}})", "/products/product_ids/0"},
        Wrong{"/messages", R"({"template":{"name":"a"}})", "/template/language"},
        Wrong{"/messages", R"({"text":"a","template":{"name":"a","language":"en"}})", "/template"},
        Wrong{"/messages", R"({"text":"a","reply_to":"m_1"})", "/reply_to"},
        Wrong{"/messages", R"({"text":"a","quick_replies":[{"title":""}]})",
              "/quick_replies/0/title"}));

TEST_F(ApiTest, TextLengthIsCountedInCharacters) {
  const std::string path = "/conversations/" + id(IdType::conversation) + "/messages";
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "é";
  const Response fits = send(Method::post, path, "{\"text\":\"" + text + "\"}");
  EXPECT_EQ(fits.status, 201);
  EXPECT_NE(fits.body.find(R"("status":"queued")"), std::string::npos);
  expect_problem(send(Method::post, path, "{\"text\":\"" + text + "x\"}"), 422, "#/text");
}

TEST_F(ApiTest, WorkspaceFormats) {
  for (const char* body :
       {R"({"timezone":"Mars/Base"})", R"({"timezone":"../../etc/passwd"})",
        R"({"currency":"eur"})", R"({"slug":"-x"})", R"({"slug":"Ab"})", R"({"locale":"e"})",
        R"({"name":""})", R"({"business":{"email":"x"}})", R"({"business":{"website":"x"}})"}) {
    EXPECT_EQ(send(Method::patch, "", body).status, 422) << body;
  }
  EXPECT_EQ(send(Method::patch, "", R"({"timezone":null})").status, 422);
  EXPECT_EQ(send(Method::patch, "", R"({"business":null})").status, 200);
  EXPECT_EQ(send(Method::patch, "",
                 R"({"timezone":"UTC","currency":"BRL","slug":"cafe-1","locale":"pt-BR"})")
                .status,
            200);
}

TEST_F(ApiTest, IdempotencyKeys) {
  const std::string body = R"({"name":"a"})";
  auto post = [&](const std::string& key, const std::string& text, const char* path) {
    return send(Method::post, path, text, {{"Idempotency-Key", key}});
  };
  EXPECT_EQ(post("k1", body, "/catalog/items").status, 201);
  const Idempotency first = *engine_.once;
  EXPECT_EQ(first.key.size(), 32u);
  EXPECT_EQ(first.fingerprint.size(), 32u);
  EXPECT_EQ(post("\"k1\"", body, "/catalog/items/").status, 201);
  EXPECT_EQ(engine_.once->key, first.key);
  EXPECT_EQ(engine_.once->fingerprint, first.fingerprint);
  EXPECT_EQ(post("k1", R"({"name":"b"})", "/catalog/items").status, 201);
  EXPECT_EQ(engine_.once->key, first.key);
  EXPECT_NE(engine_.once->fingerprint, first.fingerprint);
  EXPECT_EQ(post("k2", body, "/catalog/items").status, 201);
  EXPECT_NE(engine_.once->key, first.key);
  EXPECT_EQ(post("k1", R"({"type":"webchat"})", "/channels").status, 201);
  EXPECT_NE(engine_.once->key, first.key);
  for (const std::string& key : {std::string(), std::string(256, 'a'), std::string("\"a"),
                                 std::string("\"\""), std::string("caf\xc3\xa9")}) {
    expect_problem(post(key, body, "/catalog/items"), 400);
  }
  EXPECT_EQ(post(std::string(255, 'a'), body, "/catalog/items").status, 201);
  engine_.refusal = Error{Errc::conflict, "Used for another body.", {}};
  expect_problem(post("k1", body, "/catalog/items"), 409);
}

TEST_F(ApiTest, EngineErrors) {
  const std::string path = "/conversations/" + id(IdType::conversation) + "/messages";
  const std::vector<std::pair<Errc, int>> expected = {
      {Errc::not_found, 404},   {Errc::conflict, 409},      {Errc::overloaded, 503},
      {Errc::unavailable, 503}, {Errc::restarting, 503},    {Errc::quarantined, 503},
      {Errc::internal, 500},    {Errc::window_closed, 422}, {Errc::unsupported, 422},
      {Errc::corrupt, 500},     {Errc::timeout, 504},       {Errc::invalid, 422},
      {Errc::rate_limited, 429}};
  for (const auto& [code, status] : expected) {
    engine_.refusal = Error{code, "Because.", {}};
    const Response response = send(Method::post, path, R"({"text":"a"})");
    expect_problem(response, status);
    EXPECT_EQ(response.headers.contains("Retry-After"), status == 503 || status == 429);
  }
}

TEST_F(ApiTest, DocumentsMayBeUploadedAsText) {
  const Response response = send(Method::post, "/knowledge/documents?title=Opening%20hours",
                                 "# Hours\n\nMon-Fri", {{"Content-Type", "text/markdown"}});
  EXPECT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(engine_.document_input.title(), "Opening hours");
  EXPECT_EQ(engine_.document_input.text(), "# Hours\n\nMon-Fri");
  expect_problem(send(Method::post, "/knowledge/documents", "x", {{"Content-Type", "text/plain"}}),
                 422, "#/title");
  expect_problem(
      send(Method::post, "/knowledge/documents?title=a", "\xff", {{"Content-Type", "text/plain"}}),
      400);
}

TEST_F(ApiTest, DocumentsMayBeUploadedAsAForm) {
  auto post = [&](const std::string& body) {
    return send(Method::post, "/knowledge/documents", body,
                {{"Content-Type", "multipart/form-data; boundary=\"x y\""}});
  };
  const std::string file =
      "--x y\r\ncontent-disposition: form-data; name=\"file\"; filename=\"ho\\\"urs.md\"\r\n"
      "Content-Type: text/markdown\r\n\r\n# Hours\r\n--x\r\n--x y";
  EXPECT_EQ(post(file + "--\r\n").status, 201);
  EXPECT_EQ(engine_.document_input.title(), "ho\"urs.md");
  EXPECT_EQ(engine_.document_input.text(), "# Hours\r\n--x");
  const std::string title =
      "\r\nContent-Disposition: form-data; name=title\r\n\r\nHours\r\n--x y--";
  EXPECT_EQ(post(file + title).status, 201);
  EXPECT_EQ(engine_.document_input.title(), "Hours");
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_EQ(post(file.substr(0, size)).status, 400) << size;
  }
  expect_problem(post("--x y--"), 422, "#/title");
  expect_problem(post("--x y\r\nContent-Disposition: form-data; name=file\r\n\r\n\xff\r\n--x y--"),
                 415);
  const std::string page =
      "--x y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.html\"\r\n"
      "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hours</p>\r\n--x y--";
  expect_problem(post(page), 415);
  expect_problem(post(file + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.md\""
                             "\r\n\r\n# Menu\r\n--x y--"),
                 400);
}

TEST_F(ApiTest, ChannelsGetANameAndKeepTheirType) {
  EXPECT_EQ(send(Method::post, "/channels", R"({"type":"webchat","credentials":{}})").status, 201);
  EXPECT_EQ(engine_.channel_input.name(), "Web chat");
  for (const char* login : {R"({"account_id":"1","access_token":"x"})",
                            R"({"account_id":"1","page_id":"2","page_access_token":"x"})"}) {
    const std::string body = std::string(R"({"type":"instagram","credentials":)") + login + "}";
    EXPECT_EQ(send(Method::post, "/channels", body).status, 201) << login;
  }
  expect_problem(send(Method::patch, "/channels/" + id(IdType::channel), R"({"type":"sms"})"), 422,
                 "#/type");
  EXPECT_EQ(
      send(Method::patch, "/channels/" + id(IdType::channel), R"({"status":"disabled"})").status,
      200);
}

}  // namespace
}  // namespace aura::net
