// Messages and contacts over the REST API: sends every kind of message, retries a message, reacts
// to one, merges contacts.
#include "tests/unit/net/edges/api_fixture.h"

namespace aura::net {
namespace {

TEST_F(ApiTest, AMessageOfEveryKindIsTaken) {
  const std::string path = "/conversations/" + id(IdType::conversation) + "/messages";
  for (
      const char* body :
      {R"({"attachments":[{"type":"location","latitude":1.5,"longitude":-2,"title":"Shop"}]})",
       R"({"attachments":[{"type":"sticker","url":"https://a.test/s.webp"}]})",
       R"({"attachments":[{"type":"like_heart"}]})",
       R"({"attachments":[{"type":"post","channel_media_id":"17890000000000001"}]})",
       R"({"text":"a","header":"Order","footer":"The shop","buttons":[{"type":"reply","title":"Yes"}]})",
       R"({"text":"Where to?","buttons":[{"type":"location"}]})",
       R"({"text":"a","buttons":[{"type":"reply","title":"Yes","payload":"YES"},
            {"type":"url","title":"See","url":"https://a.test"},
            {"type":"phone","title":"Call","phone":"+351 900 000 000"}]})",
       R"({"text":"a","list":{"button":"Menu","sections":[{"title":"s","rows":[
            {"id":"1","title":"x","description":"d"}]}]}})",
       R"({"products":{"catalog_id":"c1","product_ids":["p1","p2"]}})",
       R"({"template":{"name":"reminder","language":"pt_BR","components":[{"type":"body"}]}})"}) {
    const Response response = send(Method::post, path, body);
    EXPECT_EQ(response.status, 201) << body << response.body;
  }
  EXPECT_EQ(engine_.message_input.template_().components().json(), R"([{"type":"body"}])");
}

TEST_F(ApiTest, WhatAnAttachmentLacksIsNamed) {
  const std::string path = "/conversations/" + id(IdType::conversation) + "/messages";
  for (const auto& [attachment, pointer] : std::vector<std::pair<const char*, const char*>>{
           {R"({"type":"post"})", "#/attachments/0/channel_media_id"},
           {R"({"type":"post","channel_media_id":"a b"})", "#/attachments/0/channel_media_id"},
           {R"({"type":"image"})", "#/attachments/0/url"},
           {R"({"type":"hologram","url":"https://a.test"})", "#/attachments/0/type"}}) {
    expect_problem(send(Method::post, path, std::string(R"({"attachments":[)") + attachment + "]}"),
                   422, pointer);
  }
  expect_problem(send(Method::post, path, R"({"text":"a","header":"Order"})"), 422, "#/header");
}

TEST_F(ApiTest, AMessageIsRetriedAndReactedTo) {
  const std::string path =
      "/conversations/" + id(IdType::conversation) + "/messages/" + id(IdType::message);
  EXPECT_EQ(send(Method::post, path + "/retry", "", {{"Idempotency-Key", "k"}}).status, 200);
  EXPECT_TRUE(engine_.once.has_value());
  EXPECT_EQ(engine_.asked.back(), "retry_message");
  EXPECT_EQ(send(Method::put, path + "/reaction", R"({"emoji":"👍"})").status, 200);
  EXPECT_EQ(engine_.asked.back(), "react");
  EXPECT_EQ(engine_.reaction, "👍");
  EXPECT_EQ(send(Method::delete_, path + "/reaction").status, 200);
  EXPECT_EQ(engine_.reaction, "");
  expect_problem(send(Method::put, path + "/reaction", "{}"), 422, "#/emoji");
  expect_problem(
      send(Method::post, "/conversations/" + id(IdType::conversation) + "/messages/nonsense/retry"),
      404);
  engine_.refusal = Error{Errc::conflict, "It did not fail.", {}};
  expect_problem(send(Method::post, path + "/retry"), 409);
  engine_.refusal = Error{Errc::opted_out, "They said stop.", {}};
  EXPECT_NE(send(Method::post, path + "/retry").body.find("opted-out"), std::string::npos);
}

TEST_F(ApiTest, ContactsAreMergedAndUnmerged) {
  const std::string path = "/contacts/" + id(IdType::contact);
  const std::string into = format_id(IdType::contact, derived_id({"other"}));
  const std::string body = "{\"into\":\"" + into + "\"}";
  EXPECT_EQ(send(Method::post, path + "/merge", body, {{"Idempotency-Key", "k"}}).status, 200);
  EXPECT_EQ(engine_.asked.back(), "merge_contact");
  EXPECT_TRUE(engine_.once.has_value());
  EXPECT_EQ(send(Method::post, path + "/unmerge").status, 200);
  EXPECT_EQ(engine_.asked.back(), "unmerge_contact");
  EXPECT_FALSE(engine_.once.has_value());
  expect_problem(send(Method::post, path + "/merge", "{}"), 422, "#/into");
  EXPECT_EQ(send(Method::get, "/conversations?contact_id=" + into).status, 200);
  EXPECT_EQ(engine_.filter.contact, derived_id({"other"}));
  expect_problem(send(Method::get, "/conversations?contact_id=x"), 400);
}

}  // namespace
}  // namespace aura::net
