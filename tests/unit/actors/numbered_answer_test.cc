// A number sent in reply to a numbered list chooses from it.
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

// A channel that shows all choices in the text, like SMS.
class WordsOnly : public WindowedChannel {
 public:
  std::vector<api::QuickReply> numbered_choices(const OutboundMessage& message) const override {
    return message.quick_replies;
  }
};

class NumberedAnswer : public ::testing::Test {
 protected:
  NumberedAnswer() {
    it.use(channel);
    it.take(text_of("m0", it.now));
  }
  void offer(const std::vector<std::string>& titles) {
    api::MessageInput input;
    input.set_text("Welcome");
    for (const auto& title : titles) {
      auto& reply = *input.add_quick_replies();
      reply.set_title(title);
      reply.set_payload("P-" + title);
    }
    ASSERT_TRUE(it.send(input));
  }
  const record::MessageBody& answered(const std::string& text) {
    const std::string id = "m" + std::to_string(++count_);
    it.take(text_of(id, it.now + count_, text));
    return it.by_external(id).body;
  }
  WordsOnly channel;
  MemoryConversation it;

 private:
  int count_ = 0;
};

TEST_F(NumberedAnswer, TheNumberIsTheChoice) {
  offer({"Opening hours", "Talk to a person"});
  for (const char* text : {"2", "2.", " 2) "}) {
    const auto& body = answered(text);
    EXPECT_EQ(body.text(), text);
    EXPECT_EQ(body.payload(), "P-Talk to a person");
    EXPECT_EQ(conversation::meant(body), "Talk to a person") << "what the AI answers";
  }
}

TEST_F(NumberedAnswer, WhatIsNoSuchNumberIsText) {
  offer({"Opening hours", "Talk to a person"});
  for (const char* text : {"3", "0", "-1", "2 cakes", "", "99999999999999999999"}) {
    const auto& body = answered(text);
    EXPECT_FALSE(body.has_payload()) << text;
    EXPECT_EQ(conversation::meant(body), text);
  }
}

TEST_F(NumberedAnswer, OnlyTheNewestMessageIsAnswered) {
  offer({"Small", "Large"});
  ASSERT_TRUE(it.send("How many?"));
  EXPECT_FALSE(answered("2").has_payload());
}

TEST_F(NumberedAnswer, WhereChoicesHaveAFormANumberIsANumber) {
  WindowedChannel buttons;
  it.use(buttons);
  offer({"Small", "Large"});
  EXPECT_FALSE(answered("2").has_payload());
}

TEST_F(NumberedAnswer, AnEditTakesTheChoiceBack) {
  offer({"Small", "Large"});
  answered("2");
  ChannelEvent edit = about(ChannelEvent::Kind::edit, "m1", it.now + 50);
  edit.edit_number = 1;
  edit.text = "How much is it?";
  it.take(edit);
  EXPECT_EQ(conversation::meant(it.by_external("m1").body), "How much is it?");
}

}  // namespace
}  // namespace aura::test
