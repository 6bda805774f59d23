// What is told of a message before the message (taken back, edited, reacted to, read) holds in
// every order, by whichever id each item names the person.
#include <set>

#include "tests/scenario/whatsapp_story.h"

namespace aura::test {
namespace {

constexpr const char* kNumber = "15557654321";
constexpr const char* kUser = "US.9";

// By which ids an item names the person: "N" the number, "U" the user id, "B" both.
struct Ids {
  explicit Ids(char by) : number(by == 'U' ? "" : kNumber), user(by == 'N' ? "" : kUser) {}
  std::string members(const char* number_key, const char* user_key) const {
    std::string out;
    if (!number.empty()) out += "\"" + std::string(number_key) + R"(":")" + number + "\",";
    if (!user.empty()) out += "\"" + std::string(user_key) + R"(":")" + user + "\",";
    return out;
  }
  std::string number, user;
};

class EarlyEvents : public WhatsAppStory {
 protected:
  std::string at(int second) const { return std::to_string(began_ + second); }
  std::string own() const {
    return R"("messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"},)";
  }
  std::string messages_change(const std::string& members) const {
    return R"({"field":"messages","value":{)" + own() + members + "}}";
  }
  std::string from_them(char by, const std::string& id, int second,
                        const std::string& content) const {
    const Ids ids(by);
    return messages_change(R"("contacts":[{"profile":{"name":"Ada","username":"ada.l"},)" +
                           without_comma(ids.members("wa_id", "user_id")) + R"(}],"messages":[{)" +
                           ids.members("from", "from_user_id") + R"("id":")" + id +
                           R"(","timestamp":")" + at(second) + R"(",)" + content + "}]");
  }
  std::string text(char by, const std::string& id, int second) const {
    return from_them(by, id, second, R"("type":"text","text":{"body":"as written"})");
  }
  std::string echo(char by, const std::string& id, int second) const {
    return R"({"field":"smb_message_echoes","value":{)" + own() +
           R"("message_echoes":[{"from":"15550001111",)" + Ids(by).members("to", "to_user_id") +
           R"("id":")" + id + R"(","timestamp":")" + at(second) +
           R"(","type":"text","text":{"body":"as written"}}]}})";
  }
  // r: taken back, e: edited, l: reacted to, s: read.
  std::string about(char what, char by, const std::string& id, int second) const {
    const std::string target = R"("original_message_id":")" + id + "\"";
    if (what == 'r')
      return from_them(by, "wamid.R", second, R"("type":"revoke","revoke":{)" + target + "}");
    if (what == 'e')
      return from_them(by, "wamid.E", second,
                       R"("type":"edit","edit":{)" + target +
                           R"(,"message":{"type":"text","text":{"body":"edited"}}})");
    if (what == 'l')
      return from_them(
          by, "wamid.L", second,
          R"("type":"reaction","reaction":{"message_id":")" + id + R"(","emoji":"👍"})");
    return messages_change(R"("statuses":[{)" +
                           Ids(by).members("recipient_id", "recipient_user_id") + R"("id":")" + id +
                           R"(","status":"read","timestamp":")" + at(second) + "\"}]");
  }
  std::string shown() {
    std::string out = std::to_string(conversations().size()) + " conversations";
    for (const auto& one : conversations()) {
      const auto list = world_->ask<List<api::Message>>([&](auto reply) {
        world_->queries().messages(workspace_, *parse_id(IdType::conversation, one.id()), {},
                                   std::move(reply));
        while (world_->pool().run_one()) {
        }
      });
      std::set<std::string> ids, messages;
      for (const auto& id : one.contact().identities()) ids.insert(id.external_id());
      for (const auto& message : list->data) {
        if (message.author() == api::AUTHOR_AI) continue;
        messages.insert(message.external_id() + " \"" + message.text() + "\"" +
                        (message.deleted() ? " deleted" : "") + " " +
                        std::to_string(message.reactions_size()) + " reactions " +
                        api::MessageStatus_Name(message.status()));
      }
      out += "; " + one.contact().name() + " " + one.contact().phone();
      for (const auto& id : ids) out += " " + id;
      for (const auto& message : messages) out += "\n  " + message;
    }
    return out;
  }
  // All orders of these items end in one state, which says `holds`. A fifth of the orders is tried,
  // each time another one.
  void expect_one_end(const std::vector<std::string>& items, const std::string& holds) {
    std::vector<std::size_t> order(items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::string first;
    do {
      if (!first.empty() && ++tried_ % 5 != 0) continue;
      begin();
      std::string names;
      for (const std::size_t i : order) {
        deliver_changes(items[i]);
        names += std::to_string(i);
      }
      world_->advance(1'000);
      world_->settle();
      const std::string end = shown();
      if (first.empty()) first = end;
      ASSERT_EQ(end, first) << names;
      ASSERT_NE(end.find(holds), std::string::npos) << names << "\n" << end;
      ASSERT_TRUE(end.starts_with("1 conversations")) << names << "\n" << end;
    } while (std::next_permutation(order.begin(), order.end()));
  }

  const Millis began_ = clock_.now_ms() / 1000 - 100;

 private:
  int tried_ = 0;
  static std::string without_comma(std::string members) {
    members.pop_back();
    return members;
  }
};

struct Early {
  char what;
  const char* holds;
};

TEST_F(EarlyEvents, WhatIsToldOfTheirMessageHoldsInEveryOrder) {
  for (const auto& [what, holds] :
       {Early{'r', "wamid.M \"\" deleted"}, Early{'e', "wamid.M \"edited\""},
        Early{'l', "wamid.M \"as written\" 1 reactions"}})
    for (const char of_message : std::string("NUB"))
      for (const char of_event : std::string("NUB"))
        for (const char other : std::string("NU")) {
          SCOPED_TRACE(std::string(1, what) + of_message + of_event + other);
          expect_one_end({text(of_message, "wamid.M", 1), about(what, of_event, "wamid.M", 5),
                          text(other, "wamid.O", 7), text('B', "wamid.B", 9)},
                         holds);
          if (HasFatalFailure()) return;
        }
}

TEST_F(EarlyEvents, WhatIsToldOfTheOwnersMessageHoldsInEveryOrder) {
  for (const auto& [what, holds] :
       {Early{'l', "1 reactions MESSAGE_STATUS_SENT"}, Early{'s', "MESSAGE_STATUS_READ"}})
    for (const char of_message : std::string("NUB"))
      for (const char of_event : std::string("NUB"))
        for (const char other : std::string("NU")) {
          SCOPED_TRACE(std::string(1, what) + of_message + of_event + other);
          expect_one_end({echo(of_message, "wamid.M", 1), about(what, of_event, "wamid.M", 5),
                          text(other, "wamid.O", 7), text('B', "wamid.B", 9)},
                         holds);
          if (HasFatalFailure()) return;
        }
}

TEST_F(EarlyEvents, AReactionIsTakenBackByWhicheverIdTheyAreNamed) {
  for (const char first : std::string("NUB"))
    for (const char second : std::string("NUB")) {
      const std::string removal = from_them(
          second, "wamid.L2", 6, R"("type":"reaction","reaction":{"message_id":"wamid.M"})");
      SCOPED_TRACE(std::string(1, first) + second);
      expect_one_end({text('B', "wamid.M", 1), about('l', first, "wamid.M", 5), removal},
                     "wamid.M \"as written\" 0 reactions");
    }
}

// What the owner calls somebody wins in every order, also when two threads of theirs become one.
TEST_F(EarlyEvents, TheNameInTheOwnersBookWinsInEveryOrder) {
  const std::string book =
      R"({"field":"smb_app_state_sync","value":{)" + own() +
      R"("state_sync":[{"type":"contact","contact":{"full_name":"Book","phone_number":")" +
      std::string(kNumber) + R"("},"action":"add","metadata":{"timestamp":")" + at(2) + R"("}}]}})";
  expect_one_end({text('N', "wamid.M", 1), book, text('U', "wamid.O", 7), text('B', "wamid.B", 9)},
                 "; Book +15557654321 15557654321 US.9 ada.l");
}

// A status that names the number first, a reaction by both ids: the contact is not begun anew.
TEST_F(EarlyEvents, AReactionToAnUnknownMessageBeginsNoSecondContact) {
  const std::vector<std::string> items{about('s', 'N', "wamid.X", 4), text('U', "wamid.M", 5),
                                       text('B', "wamid.B", 9),       text('N', "wamid.O", 1),
                                       about('l', 'B', "wamid.X", 6), echo('B', "wamid.X", 3)};
  for (const auto& item : items) deliver_changes(item);
  EXPECT_TRUE(shown().starts_with("1 conversations; Ada +15557654321 15557654321 US.9 ada.l"))
      << shown();
}

}  // namespace
}  // namespace aura::test
