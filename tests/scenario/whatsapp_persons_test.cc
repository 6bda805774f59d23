// One person with several WhatsApp ids, and one whose number changes, has one thread, whatever
// arrives first.
#include <set>

#include "tests/scenario/whatsapp_story.h"

namespace aura::test {
namespace {

struct Ids {
  const char* wa_id;
  const char* user_id;
};

TEST_F(WhatsAppStory, OnePersonIsOneConversationInEveryOrderOfIds) {
  std::vector<Ids> ids{{"15557654321", "US.9"}, {"", "US.9"}, {"15557654321", ""}};
  std::vector<int> order{0, 1, 2};
  do {
    // If the message with both ids comes last, the engine cannot know that the first two messages
    // are from one person.
    if (order[0] != 0 && order[1] != 0) continue;
    for (const bool crash_between : {false, true}) {
      begin();
      for (const int i : order) {
        text("wamid." + std::to_string(i), ids[i].wa_id, ids[i].user_id);
        if (crash_between) start();
      }
      EXPECT_GE(world_->count(Family::message), 3u);
      EXPECT_EQ(conversations().size(), 1u) << order[0] << order[1] << order[2] << crash_between;
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

// The answer to a send, or a status, tells the other id of whom it reached.
TEST_F(WhatsAppStory, WhomWeAnswerIsTheSamePersonByTheIdThatTheProviderTells) {
  provider_.recipient = R"({"input":"+15557654321","wa_id":"15557654321","user_id":"US.501"})";
  text("wamid.1", "15557654321", "");
  ASSERT_GE(provider_.bodies.size(), 1u) << "answered";
  start();
  text("wamid.2", "", "US.501");
  EXPECT_EQ(conversations().size(), 1u);

  begin();
  provider_.recipient.clear();
  provider_.ids = "wamid.SENT";
  provider_.bodies.clear();
  text("wamid.1", "15557654321", "");
  for (int i = 1; i <= 3; ++i)
    messages(
        R"("statuses":[{"id":"wamid.SENT)" + std::to_string(i) +
        R"(","status":"delivered","timestamp":"1790000005","recipient_id":"15557654321","recipient_user_id":"US.501"}])");
  start();
  text("wamid.2", "", "US.501");
  EXPECT_EQ(conversations().size(), 1u);
}

TEST_F(WhatsAppStory, AReceiptTakesNoIdFromAnotherConversation) {
  text("wamid.1", "15557654321", "");
  text("wamid.2", "", "US.501");
  ASSERT_EQ(conversations().size(), 2u);
  provider_.recipient = R"({"input":"+15557654321","wa_id":"15557654321","user_id":"US.501"})";
  text("wamid.3", "15557654321", "");
  text("wamid.4", "", "US.501");
  text("wamid.5", "15557654321", "");
  const auto all = conversations();
  EXPECT_EQ(all.size(), 2u);
  for (const auto& one : all)
    EXPECT_EQ(one.contact().identities_size(), 1) << "nobody was mixed up";
}

// N: by the number alone, U: by the user id alone, B: by both.
TEST_F(WhatsAppStory, AMessageWithBothIdsJoinsWhoWroteByEach) {
  for (const std::string order : {"NUB", "UNB", "N|UB", "NU|B", "NBU", "BNU", "UBN"}) {
    for (const bool at_once : {false, true}) {
      begin();
      std::string all;
      for (const char event : order) {
        if (event == '|') {
          if (!at_once) start();
          continue;
        }
        const std::string one = R"({"field":"messages","value":)" +
                                messages_value(text_members(std::string("wamid.") + event,
                                                            event == 'U' ? "" : "15557654321",
                                                            event == 'N' ? "" : "US.9")) +
                                "}";
        if (!at_once) deliver_changes(one);
        all += (all.empty() ? "" : ",") + one;
        clock_.advance(std::chrono::seconds(1));
      }
      if (at_once) deliver_changes(all);
      world_->advance(1'000);
      world_->settle();
      const auto known = conversations();
      ASSERT_EQ(known.size(), 1u) << order << at_once;
      EXPECT_EQ(known[0].contact().identities_size(), 2) << order << at_once;
      const auto list = world_->ask<List<api::Message>>([&](auto reply) {
        world_->queries().messages(workspace_, *parse_id(IdType::conversation, known[0].id()), {},
                                   std::move(reply));
        while (world_->pool().run_one()) {
        }
      });
      EXPECT_EQ(std::ranges::count(list.value().data, api::AUTHOR_CONTACT, &api::Message::author),
                3)
          << order << at_once;
    }
  }
}

TEST_F(WhatsAppStory, ANumberWithAnotherUserIdHasANewOwner) {
  text("wamid.1", "15557654321", "US.9");
  text("wamid.2", "15557654321", "US.10");
  EXPECT_EQ(conversations().size(), 2u);
  text("wamid.3", "", "US.9");
  text("wamid.4", "15557654321", "");
  EXPECT_EQ(conversations().size(), 2u);
}

TEST_F(WhatsAppStory, AChangedNumberLeadsToTheSameConversation) {
  text("wamid.1", "15557654321", "US.9");
  messages(
      R"("messages":[{"from":"15557654321","id":"wamid.S","timestamp":"1790000003","type":"system","system":{"body":"b","type":"user_changed_number","wa_id":"15559990000"}}])");
  text("wamid.2", "15559990000", "US.10");  // a new number brings a new user id
  start();
  text("wamid.4", "", "US.10");
  text("wamid.3", "15559990000", "");
  EXPECT_EQ(conversations().size(), 1u);
}

// A: a message from the old number, C: the change of the number, M: a message from the new one.
class NumberChange : public WhatsAppStory, public ::testing::WithParamInterface<const char*> {
 protected:
  NumberChange() {
    written_["A"] = text_members("wamid.A", kOld, with_ids() ? "US.9" : "");
    clock_.advance(std::chrono::seconds(2));
    written_["M"] = text_members("wamid.M", kNew, with_ids() ? "US.10" : "");
    written_["C"] = R"("messages":[{"from":")" + std::string(kOld) +
                    R"(","id":"wamid.S","timestamp":")" +
                    std::to_string(clock_.now_ms() / 1000 - 1) +
                    R"(","type":"system","system":{"body":"b","type":"user_changed_number",)" +
                    R"("wa_id":")" + kNew + R"("}}])";
  }
  bool with_ids() const { return std::string_view(GetParam()).find('+') != std::string::npos; }
  std::string change(char event) const {
    return R"({"field":"messages","value":)" + messages_value(written_.at({event})) + "}";
  }
  std::vector<api::Contact> contacts() {
    const auto list = world_->ask<List<api::Contact>>([&](auto reply) {
      world_->queries().contacts(workspace_, {}, std::move(reply));
      while (world_->pool().run_one()) {
      }
    });
    return list ? list->data : std::vector<api::Contact>();
  }
  std::set<std::string> ids_of(const api::Contact& contact) const {
    std::set<std::string> ids;
    for (const auto& one : contact.identities()) ids.insert(one.external_id());
    return ids;
  }
  void expect_one_person() {
    const auto known = contacts();
    ASSERT_EQ(known.size(), 1u);
    EXPECT_EQ(ids_of(known[0]), with_ids() ? (std::set<std::string>{kNew, "US.9", "US.10"})
                                           : (std::set<std::string>{kNew}));
    for (const auto& one : conversations()) EXPECT_EQ(one.contact().id(), known[0].id());
  }
  api::Conversation thread() {
    const auto all = conversations();
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? api::Conversation() : all[0];
  }
  // Pages of two, so that a cursor may stand in either part of the thread.
  std::vector<api::Message> shown_in(const Id& conversation) {
    std::vector<api::Message> all;
    for (Page page{{}, 2};;) {
      auto list = world_->ask<List<api::Message>>([&](auto reply) {
        world_->queries().messages(workspace_, conversation, page, std::move(reply));
        while (world_->pool().run_one()) {
        }
      });
      if (!list) break;
      for (auto& one : list->data) all.push_back(std::move(one));
      if (!list->next) break;
      page.after = *list->next;
    }
    return all;
  }

  static constexpr const char* kOld = "15557654321";
  static constexpr const char* kNew = "15559990000";
  std::map<std::string, std::string> written_;
};

TEST_P(NumberChange, LeavesOnePersonWhateverArrivesFirst) {
  for (const char event : std::string_view(GetParam())) {
    if (event == '|') start();  // a restart
    if (event == '|' || event == '+') continue;
    deliver_changes(change(event));
  }
  expect_one_person();
  const std::size_t before = conversations().size();
  clock_.advance(std::chrono::seconds(10));
  text("wamid.N", kNew, "");
  expect_one_person();
  EXPECT_EQ(conversations().size(), before);
  text("wamid.O", kOld, "");  // phone companies assign old numbers to new people
  EXPECT_EQ(contacts().size(), 2u);
}

TEST_P(NumberChange, LeavesOneThreadWhateverArrivesFirst) {
  for (const char event : std::string_view(GetParam())) {
    if (event == '|') start();
    if (event != '|' && event != '+') deliver_changes(change(event));
  }
  const Id now = *parse_id(IdType::conversation, thread().id());
  std::string order;
  for (const auto& one : shown_in(now)) {
    if (one.author() == api::AUTHOR_AI) continue;
    order += one.author() == api::AUTHOR_SYSTEM ? "C" : one.external_id().substr(6);
    const Id in = *parse_id(IdType::conversation, one.conversation_id());
    if (in == now) continue;
    const auto old = world_->ask<api::Conversation>([&](auto reply) {
      world_->queries().conversation(workspace_, in, std::move(reply));
      while (world_->pool().run_one()) {
      }
    });
    EXPECT_EQ(old.value().continued_in(), thread().id());
    clock_.advance(std::chrono::seconds(1));
    send(in, "To the old thread");
    EXPECT_EQ(shown_in(now).back().conversation_id(), thread().id());
    const auto found = world_->ask<api::Message>([&](auto reply) {
      world_->queries().message(workspace_, now, *parse_id(IdType::message, one.id()),
                                std::move(reply));
      while (world_->pool().run_one()) {
      }
    });
    EXPECT_TRUE(found.has_value()) << "what the thread shows can be read there";
  }
  EXPECT_EQ(order, "ACM");
  provider_.bodies.clear();
  send(now, "Here we are");
  const auto sent = std::ranges::find_if(provider_.bodies, [](const std::string& body) {
    return body.find("Here we are") != std::string::npos;
  });
  ASSERT_NE(sent, provider_.bodies.end());
  EXPECT_NE(sent->find(kNew), std::string::npos) << "the live address";
}

// The thread is one to whoever answers in it.
TEST_P(NumberChange, AMessageOfTheEarlierPartIsQuoted) {
  for (const char event : std::string_view(GetParam()))
    if (event != '|' && event != '+') deliver_changes(change(event));
  const Id now = *parse_id(IdType::conversation, thread().id());
  for (const auto& one : shown_in(now)) {
    if (one.author() != api::AUTHOR_CONTACT) continue;
    provider_.bodies.clear();
    api::MessageInput input;
    input.set_text("About that");
    input.set_reply_to(one.id());
    const auto sent = world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(workspace_, now, input, {}, std::move(reply));
    });
    ASSERT_TRUE(sent.has_value()) << sent.error().detail;
    EXPECT_EQ(sent->reply_to(), one.id());
    world_->settle();
    EXPECT_TRUE(std::ranges::any_of(provider_.bodies, [&](const std::string& body) {
      return body.find("About that") != std::string::npos &&
             body.find(one.external_id()) != std::string::npos;
    }));
  }
}

// What is taken back from the new number is gone from the old number's part of the thread.
TEST_P(NumberChange, AMessageIsUnsentWhereverItWasWritten) {
  for (const char event : std::string_view(GetParam()))
    if (event != '|' && event != '+') deliver_changes(change(event));
  messages(R"("messages":[{"from":")" + std::string(kNew) + R"(","id":"wamid.U","timestamp":")" +
           std::to_string(clock_.now_ms() / 1000) +
           R"(","type":"revoke","revoke":{"original_message_id":"wamid.A"}}])");
  const auto all = shown_in(*parse_id(IdType::conversation, thread().id()));
  const auto gone = std::ranges::find(all, "wamid.A", &api::Message::external_id);
  ASSERT_NE(gone, all.end());
  EXPECT_TRUE(gone->deleted());
}

TEST_P(NumberChange, LeavesOnePersonIfAllOfItArrivesAtOnce) {
  std::string all;
  for (const char event : std::string_view(GetParam()))
    if (event != '|' && event != '+') all += (all.empty() ? "" : ",") + change(event);
  deliver_changes(all);
  world_->advance(1'000);
  world_->settle();
  expect_one_person();
}

// What was said and done in the newer conversation holds in the thread.
TEST_P(NumberChange, LosesNeitherAnOptOutNorThePersonWhoTookOver) {
  bool told = false;
  for (const char event : std::string_view(GetParam())) {
    if (event == '|') start();
    if (event == '|' || event == '+') continue;
    deliver_changes(change(event));
    if (event != 'M') continue;
    send(*parse_id(IdType::conversation, conversations().at(0).id()), "A person here");
    deliver(
        "user_preferences",
        R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},"user_preferences":[{"wa_id":")" +
            std::string(kNew) +
            R"(","detail":"stop","category":"marketing_messages","value":"stop","timestamp":)" +
            std::to_string(clock_.now_ms() / 1000) + "}]}");
    told = true;
  }
  ASSERT_TRUE(told);
  EXPECT_EQ(thread().handler(), api::HANDLER_HUMAN);
  EXPECT_EQ(thread().consent().history_size(), 1);
}

// The number changes twice, and each time the message from the new number overtakes the news.
class SecondChange : public NumberChange {};
TEST_P(SecondChange, JoinsTooHoweverLate) {
  constexpr const char* kThird = "15558880000";
  const auto change_of = [&](const char* from, const char* to, const std::string& id) {
    return R"("messages":[{"from":")" + std::string(from) + R"(","id":")" + id +
           R"(","timestamp":")" + std::to_string(clock_.now_ms() / 1000) +
           R"(","type":"system","system":{"body":"b","type":"user_changed_number","wa_id":")" + to +
           R"("}}])";
  };
  for (const char event : std::string_view(GetParam())) {
    clock_.advance(std::chrono::seconds(1));
    if (event == 'A') text("wamid.A", kOld, "");
    if (event == 'M') text("wamid.M", kNew, "");
    if (event == 'N') text("wamid.N", kThird, "");
    if (event == 'C') messages(change_of(kOld, kNew, "wamid.C"));
    if (event == 'D') messages(change_of(kNew, kThird, "wamid.D"));
  }
  ASSERT_EQ(contacts().size(), 1u);
  EXPECT_EQ(ids_of(contacts()[0]), (std::set<std::string>{kThird}));
  const Id now = *parse_id(IdType::conversation, thread().id());
  EXPECT_EQ(std::ranges::count(shown_in(now), api::AUTHOR_CONTACT, &api::Message::author), 3);
  provider_.bodies.clear();
  send(now, "Here we are");
  EXPECT_TRUE(std::ranges::any_of(provider_.bodies, [&](const std::string& body) {
    return body.find("Here we are") != std::string::npos && body.find(kThird) != std::string::npos;
  }));
}
INSTANTIATE_TEST_SUITE_P(Orders, SecondChange, ::testing::Values("AMCND", "AMNCD"));

INSTANTIATE_TEST_SUITE_P(Orders, NumberChange,
                         ::testing::Values("ACM", "AMC", "A|M|C", "A|C|M", "MAC", "MCA", "CAM",
                                           "CMA", "ACM+", "AMC+", "A|M|C+"));

}  // namespace
}  // namespace aura::test
