// A number that changes twice leaves one person with one thread and the newest number, in whichever
// order the two changes and the messages from each number arrive.
#include <set>

#include "tests/scenario/whatsapp_story.h"

namespace aura::test {
namespace {

constexpr const char* kFirst = "15557654321";
constexpr const char* kSecond = "15559990000";
constexpr const char* kThird = "15558880000";

enum class Arrive { one_by_one, at_once, with_restarts };

// A, M and N: a message from the first, second and third number; C and D: the changes between them.
class TwoChanges : public WhatsAppStory {
 protected:
  // `by_ids`: each number has a user id, and the messages name both.
  void write(bool by_ids) {
    const auto text = [&](const std::string& user_id) {
      const std::string rest = R"("type":"text","text":{"body":"hello"})";
      return by_ids ? R"("from_user_id":")" + user_id + "\"," + rest : rest;
    };
    const auto change_to = [](const std::string& number) {
      return R"("type":"system","system":{"body":"b","type":"user_changed_number","wa_id":")" +
             number + R"("})";
    };
    items_ = {{'A', item(1, kFirst, text("US.1"))},
              {'C', item(2, kFirst, change_to(kSecond))},
              {'M', item(3, kSecond, text("US.2"))},
              {'D', item(4, kSecond, change_to(kThird))},
              {'N', item(5, kThird, text("US.3"))}};
  }
  void deliver_all(const std::string& order, Arrive how) {
    std::string all;
    for (const char one : order) {
      all += (all.empty() ? "" : ",") + items_.at(one);
      if (how != Arrive::at_once) deliver_changes(items_.at(one));
      if (how == Arrive::with_restarts) start();
    }
    if (how == Arrive::at_once) deliver_changes(all);
    world_->advance(1'000);
    world_->settle();
  }
  std::string shown() {
    std::string out;
    for (const auto& one : conversations()) {
      const auto list = world_->ask<List<api::Message>>([&](auto reply) {
        world_->queries().messages(workspace_, *parse_id(IdType::conversation, one.id()), {},
                                   std::move(reply));
        while (world_->pool().run_one()) {
        }
      });
      std::set<std::string> ids;
      for (const auto& id : one.contact().identities()) ids.insert(id.external_id());
      out += one.contact().phone();
      for (const auto& id : ids) out += " " + id;
      for (const auto& message : list->data)
        if (message.author() == api::AUTHOR_CONTACT) out += " " + message.external_id();
      out += ";";
    }
    return out;
  }

 private:
  std::string item(int at, const std::string& from, const std::string& rest) const {
    const std::string number(1, static_cast<char>('0' + at));
    return R"({"field":"messages","value":)" +
           messages_value(R"("messages":[{"from":")" + from + R"(","id":"wamid.)" + number +
                          R"(","timestamp":")" + std::to_string(began_ + at) + "\"," + rest +
                          "}]") +
           "}";
  }

  const Millis began_ = clock_.now_ms() / 1000 - 100;
  std::map<char, std::string> items_;
};

// Of all orders in each way of arriving, a seventh is tried.
TEST_F(TwoChanges, LeaveOneThreadWithTheNewestNumberInEveryOrder) {
  int cases = 0;
  for (const bool by_ids : {false, true})
    for (const Arrive how : {Arrive::one_by_one, Arrive::at_once, Arrive::with_restarts}) {
      write(by_ids);
      const std::string end = "+" + std::string(kThird) + " " + kThird +
                              (by_ids ? " US.1 US.2 US.3" : "") + " wamid.1 wamid.3 wamid.5;";
      std::string order = "ACDMN";
      do {
        if (++cases % 7 != 0) continue;
        begin();
        deliver_all(order, how);
        EXPECT_EQ(shown(), end) << order << " " << static_cast<int>(how) << by_ids;
      } while (std::next_permutation(order.begin(), order.end()));
    }
}

TEST_F(TwoChanges, ToldInTheWrongOrderLeaveTheOldNumbersToNewPeople) {
  for (const std::string order : {"AMNDC", "DCAMN", "NDAMC"}) {
    begin();
    write(false);
    deliver_all(order, Arrive::one_by_one);
    clock_.advance(std::chrono::seconds(10));
    provider_.bodies.clear();
    send(*parse_id(IdType::conversation, conversations().at(0).id()), "Here we are");
    EXPECT_TRUE(std::ranges::any_of(provider_.bodies, [](const std::string& body) {
      return body.find("Here we are") != std::string::npos &&
             body.find(kThird) != std::string::npos;
    })) << order;
    text("wamid.other", kFirst, "");
    text("wamid.another", kSecond, "");
    EXPECT_EQ(conversations().size(), 3u) << order;
    text("wamid.same", kThird, "");
    EXPECT_EQ(conversations().size(), 3u) << order;
  }
}

}  // namespace
}  // namespace aura::test
