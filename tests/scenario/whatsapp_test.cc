// WhatsApp in the whole engine: what is answered and how, and nothing stored names a person in
// clear.
#include "tests/scenario/whatsapp_story.h"

namespace aura::test {
namespace {

TEST_F(WhatsAppStory, WhoHasBothIdsIsSentToByBoth) {
  text("wamid.1", "15557654321", "US.9");
  const auto by_both = [](const std::string& body) {
    return body.find(R"("recipient":"US.9","to":"+15557654321")") != std::string::npos;
  };
  EXPECT_EQ(std::count_if(provider_.bodies.begin(), provider_.bodies.end(), by_both), 1);
  start();  // the number is stored, not only remembered
  text("wamid.2", "", "US.9");
  EXPECT_EQ(std::count_if(provider_.bodies.begin(), provider_.bodies.end(), by_both), 2);
}

TEST_F(WhatsAppStory, WhatHasNoWordsIsAskedForInWordsAndAnOrderGoesToAPerson) {
  api::WorkspaceInput german;
  german.set_locale("de-AT");
  ASSERT_TRUE(world_->ask<api::Workspace>([&](auto reply) {
    world_->host().commands().update_workspace(workspace_, german, std::move(reply));
  }));
  const std::string at = std::to_string(clock_.now_ms() / 1000);
  const auto expect_told = [&](const std::string& told, api::Handler handler) {
    const auto all = conversations();
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].handler(), handler);
    EXPECT_EQ(all[0].handover_deadline_at() > clock_.now_ms(), handler == api::HANDLER_HUMAN);
    EXPECT_EQ(all[0].last_message().author(), api::AUTHOR_AI);
    EXPECT_TRUE(all[0].last_message().text().starts_with(told)) << all[0].last_message().text();
    EXPECT_NE(provider_.bodies.back().find(told), std::string::npos);
  };
  messages(R"("messages":[{"from":"15557654321","id":"wamid.L","timestamp":")" + at +
           R"(","type":"location","location":{"latitude":48.2,"longitude":16.37}}])");
  expect_told("Ich kann nur Text lesen.", api::HANDLER_AI);
  world_->advance(1000);
  messages(
      R"("messages":[{"from":"15550009999","id":"wamid.O","timestamp":")" +
      std::to_string(clock_.now_ms() / 1000) +
      R"(","type":"order","order":{"catalog_id":"c1","product_items":[{"product_retailer_id":"sku1","quantity":2,"item_price":4.5,"currency":"USD"}]}}])");
  expect_told(
      "Danke, deine Bestellung ist angekommen. Ein Mensch aus unserem Team kümmert sich darum und "
      "antwortet hier.",
      api::HANDLER_HUMAN);
}

// Also before anything was asked: the answers' index is built for the first question.
TEST_F(WhatsAppStory, AFirstOrderIsConfirmedInTheWorkspacesLanguage) {
  api::WorkspaceInput german;
  german.set_locale("de-AT");
  ASSERT_TRUE(world_->ask<api::Workspace>([&](auto reply) {
    world_->host().commands().update_workspace(workspace_, german, std::move(reply));
  }));
  messages(
      R"("messages":[{"from":"15550009999","id":"wamid.O","timestamp":")" +
      std::to_string(clock_.now_ms() / 1000) +
      R"(","type":"order","order":{"catalog_id":"c1","product_items":[{"product_retailer_id":"sku1","quantity":2,"item_price":4.5,"currency":"USD"}]}}])");
  const auto all = conversations();
  ASSERT_EQ(all.size(), 1u);
  const std::string& told = all[0].last_message().text();
  EXPECT_TRUE(told.starts_with("Danke, deine Bestellung ist angekommen.")) << told;
}

TEST_F(WhatsAppStory, ANoticeOfWhatsAppsIsShownInTheConversation) {
  text("wamid.1", "15557654321", "US.9");
  const std::size_t sent = provider_.bodies.size();
  messages(
      R"("messages":[{"from":"15557654321","id":"wamid.S","timestamp":")" +
      std::to_string(clock_.now_ms() / 1000 + 5) +
      R"(","type":"system","system":{"body":"The security code changed","type":"customer_identity_changed"}}])");
  const auto all = conversations();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].last_message().author(), api::AUTHOR_SYSTEM);
  EXPECT_EQ(all[0].last_message().text(), "The security code changed");
  EXPECT_EQ(provider_.bodies.size(), sent) << "nobody answers it";
}

TEST_F(WhatsAppStory, AStatusBelongsToItsMessageWhoeverHasTheNumberNow) {
  for (const std::string number : {"15557654321", "15557654322"}) {
    text("wamid." + number, number, "");
    messages(
        R"("messages":[{"from":")" + number + R"(","id":"wamid.S)" + number +
        R"(","timestamp":"1790000003","type":"system","system":{"body":"b","type":"user_changed_number","wa_id":"15559990000"}}])");
  }
  messages(R"("statuses":[{"id":"wamid.OUT1","status":"read","timestamp":")" +
           std::to_string(clock_.now_ms() / 1000) + R"(","recipient_id":"15559990000"}])");
  int read = 0;
  const auto rows =
      world_->rows().for_each(Family::message, {}, [&](std::string_view, std::string_view value) {
        record::Message row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        read += row.status() == api::MESSAGE_STATUS_READ ? 1 : 0;
        return true;
      });
  ASSERT_TRUE(rows);
  EXPECT_EQ(read, 1);
}

// A wamid contains the phone number in base64: no row may contain it, neither before an erasure nor
// after it.
TEST_F(WhatsAppStory, NoKeyAndNoValueNamesAPerson) {
  const std::string number = "15557654321";
  const std::string wamid = "wamid." + net::to_base64("\x1d\x18\x0b" + number + "\x15\x02");
  ASSERT_TRUE(holds_text(wamid, number));
  provider_.ids = wamid + "OUT";
  text(wamid + "IN", number, "US.9");
  const std::string at = std::to_string(clock_.now_ms() / 1000);
  const auto status = [&](const std::string& id, const char* what) {
    messages(R"("statuses":[{"id":")" + id + R"(","status":")" + what + R"(","timestamp":")" + at +
             R"(","recipient_id":")" + number + R"("}])");
  };
  status(provider_.ids + std::to_string(provider_.bodies.size()), "read");
  status(wamid + "EARLY", "delivered");
  deliver(
      "user_preferences",
      R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},"user_preferences":[{"wa_id":")" +
          number +
          R"(","detail":"stop","category":"marketing_messages","value":"stop","timestamp":)" + at +
          "}]}");
  const auto known = conversations();
  ASSERT_EQ(known.size(), 1u);
  EXPECT_EQ(known[0].last_message().status(), api::MESSAGE_STATUS_READ);
  EXPECT_GE(world_->count(Family::external), 3u);
  EXPECT_EQ(world_->count(Family::consent), 1u);
  EXPECT_EQ(naming(number), std::vector<int>());
  const Id contact = *parse_id(IdType::contact, known[0].contact().id());
  const auto erased = world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  });
  ASSERT_TRUE(erased.has_value());
  EXPECT_EQ(naming(number), std::vector<int>());
  text(wamid + "IN", number, "US.9");
  EXPECT_TRUE(conversations().empty()) << "it is known that this came before";
}

TEST_F(WhatsAppStory, AStatusFindsItsMessageByEitherId) {
  text("wamid.1", "15557654321", "US.9");
  const auto known = conversations();
  ASSERT_EQ(known.size(), 1u);
  api::MessageInput input;
  input.set_text("Hi!");
  const Id id = *parse_id(IdType::conversation, known[0].id());
  const auto sent = world_->ask<api::Message>([&](auto reply) {
    world_->host().commands().send_message(workspace_, id, input, {}, std::move(reply));
  });
  ASSERT_TRUE(sent.has_value());
  world_->settle();
  const auto call =
      std::find_if(provider_.bodies.begin(), provider_.bodies.end(),
                   [](const std::string& body) { return body.find("Hi!") != std::string::npos; });
  ASSERT_NE(call, provider_.bodies.end());
  const std::string last = "wamid.OUT" + std::to_string(call - provider_.bodies.begin() + 1);
  messages(R"("statuses":[{"id":")" + last +
           R"(","status":"read","timestamp":"1790000005","recipient_id":"15557654321"}])");
  const auto after = conversations();
  ASSERT_EQ(after.size(), 1u);
  EXPECT_EQ(after[0].last_message().status(), api::MESSAGE_STATUS_READ);
}

// Some statuses name nobody: the message is known all the same.
TEST_F(WhatsAppStory, AStatusWithoutAPersonFindsItsMessage) {
  const Id id = begin_conversation();
  send(id, "Hi!");
  const auto status = [&](const std::string& message, const char* word, const char* more = "") {
    messages(R"("statuses":[{"id":")" + message + R"(","status":")" + word + R"(","timestamp":")" +
             std::to_string(clock_.now_ms() / 1000) + '"' + more + "}]");
  };
  const auto shown = [&] { return conversations().at(0).last_message().status(); };
  status("wamid.PART1", "delivered");
  EXPECT_EQ(shown(), api::MESSAGE_STATUS_DELIVERED);
  start();  // the message's row says it, not the memory
  status("wamid.PART1", "read");
  EXPECT_EQ(shown(), api::MESSAGE_STATUS_READ);

  status("wamid.UNKNOWN", "read");
  EXPECT_EQ(world_->count(Family::dead_letter), 0u) << "its message may be stored by the next try";
  for (int i = 0; i < 10; ++i) {
    world_->advance(1'000);
    world_->settle();
  }
  EXPECT_EQ(world_->count(Family::dead_letter), 1u);
  EXPECT_EQ(world_->count(Family::conversation), 1u) << "nobody has no conversation";

  status("wamid.PART1", "failed", R"(,"errors":[{"code":131050}])");
  EXPECT_EQ(conversations().at(0).consent().history_size(), 1) << "whose message it is, is known";
}

TEST_F(WhatsAppStory, AStatusWithoutAPersonBringsNobodyBack) {
  const Id id = begin_conversation();
  send(id, "Hi!");
  const Id contact = *parse_id(IdType::contact, conversations().at(0).contact().id());
  ASSERT_TRUE(world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  }));
  messages(R"("statuses":[{"id":"wamid.PART1","status":"read","timestamp":")" +
           std::to_string(clock_.now_ms() / 1000) + R"("}])");
  EXPECT_EQ(world_->count(Family::conversation), 0u);
  EXPECT_EQ(world_->count(Family::dead_letter), 0u);
}

// The typing indicator and the read mark name the customer's message that is being answered or was
// read.
TEST_F(WhatsAppStory, TypingAndReadMarksNameTheCustomersMessage) {
  debounce_ = std::chrono::milliseconds(1500);
  start();
  text("wamid.1", "15557654321", "US.9");
  ASSERT_EQ(provider_.bodies.size(), 1u);
  EXPECT_EQ(
      provider_.bodies[0],
      R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.1","typing_indicator":{"type":"text"}})");
  api::ConversationInput read;
  read.set_unread(0);
  const Id id = *parse_id(IdType::conversation, conversations()[0].id());
  const auto updated = world_->ask<api::Conversation>([&](auto reply) {
    world_->host().commands().update_conversation(workspace_, id, read, std::move(reply));
  });
  ASSERT_TRUE(updated.has_value());
  while (world_->pool().run_one()) world_->settle();
  ASSERT_EQ(provider_.bodies.size(), 2u);
  EXPECT_EQ(provider_.bodies[1],
            R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.1"})");
}

TEST_F(WhatsAppStory, WhoAnswersHasRead) {
  const Id id = begin_conversation();
  text("wamid.2", "15557654321", "");
  const std::size_t before = provider_.bodies.size();
  send(id, "Hi!");
  const auto read = R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.2"})";
  ASSERT_EQ(provider_.bodies.size(), before + 2);
  EXPECT_EQ(std::count(provider_.bodies.begin(), provider_.bodies.end(), read), 1);
  send(id, "How may we help?");
  EXPECT_EQ(provider_.bodies.size(), before + 3) << "nothing new was read";
}

// Scans all families for the number.
TEST_F(WhatsAppStory, AnErasedPersonsNumberStandsNowhere) {
  const std::string number = "15557654321";
  text("wamid.1", number, "");
  deliver("user_preferences",
          R"({"messaging_product":"whatsapp","metadata":{"phone_number_id":"440000000000001"},)"
          R"("user_preferences":[{"wa_id":")" +
              number + R"(","category":"marketing_messages","value":"stop","timestamp":")" +
              std::to_string(clock_.now_ms() / 1000) + R"("}]})");
  ASSERT_EQ(world_->count(Family::consent), 1u);
  const Id contact = conversation::contact_id(channel_, number);
  ASSERT_TRUE(world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  }));
  for (std::size_t family = 0; family < storage::kFamilyCount; ++family)
    (void)world_->rows().for_each(
        static_cast<Family>(family), {}, [&](std::string_view key, std::string_view value) {
          EXPECT_EQ(key.find(number), std::string_view::npos) << "a key of family " << family;
          EXPECT_EQ(value.find(number), std::string_view::npos) << "a value of family " << family;
          return true;
        });
  EXPECT_EQ(world_->count(Family::consent), 1u) << "what they wanted still holds";
}

}  // namespace
}  // namespace aura::test
