// Which messages may be sent when: the provider's windows, who writes, and templates.
#include "tests/unit/actors/model_fixture.h"

namespace aura::test {
namespace {

constexpr Millis kDay = WindowedChannel::kDay;

class ModelWindows : public OpenWindow {};

TEST_F(ModelWindows, WhatTheChannelHasNoFormForIsRefused) {
  const auto refused = [&](const api::MessageInput& input) {
    const auto decision = conversation::decide_send(it.state, input, it.rules, it, it.now);
    return decision ? std::string("sent") : decision.error().field;
  };
  api::MessageInput heart, lines, place;
  heart.add_attachments()->set_type("like_heart");
  EXPECT_EQ(refused(heart), "/attachments/0/type");
  lines.set_text("Confirm?");
  lines.set_footer("The shop");
  EXPECT_EQ(refused(lines), "/footer");
  place.set_text("Where to?");
  place.add_buttons()->set_type("location");
  EXPECT_EQ(refused(place), "/buttons/0/type");
}

// The documented windows, and 60 seconds of safety at each end.
TEST_F(ModelWindows, TheWindowsOfTheProtocolPages) {
  constexpr Millis kWritten = 1790000000000;
  it.take(text_of("m1", kWritten));
  enum class By { automation, person, template_use };
  struct Row {
    Millis now;
    By by;
    bool goes;
  };
  for (const Row& row :
       {Row{1790086339999, By::automation, true}, Row{1790086340000, By::automation, false},
        Row{1790086341000, By::automation, false}, Row{1790086401000, By::automation, false},
        Row{1790086341000, By::person, true}, Row{1790604739999, By::person, true},
        Row{1790604740000, By::person, false}, Row{1790604800000, By::person, false},
        Row{1790086401000, By::template_use, true}, Row{1790604800000, By::template_use, true}}) {
    conversation::Request request;
    request.person = row.by == By::person;
    request.template_use = row.by == By::template_use;
    const auto passage = conversation::passage_of(it.state, request, it.rules, row.now);
    EXPECT_EQ(passage.has_value(), row.goes) << row.now;
    if (!passage) {
      EXPECT_EQ(passage.error().code, Errc::window_closed) << row.now;
    }
  }
  EXPECT_EQ(it.shown().window_expires_at(), 1790086400000);
  EXPECT_EQ(it.shown().human_window_expires_at(), 1790604800000);
}

TEST_F(ModelWindows, AfterTheWindowTheApiRefusesAndSaysWhatIsPossible) {
  const auto in_time = it.send("in time");
  ASSERT_TRUE(in_time.has_value());
  EXPECT_EQ(in_time->send->passage.until, t0 + kDay);
  it.now = t0 + kDay - 59'999;  // the window closes within the safety margin
  const auto late = it.send("too late");
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, Errc::window_closed);
  EXPECT_NE(late.error().detail.find("approved template"), std::string::npos);
  EXPECT_NE(late.error().detail.find("human_agent"), std::string::npos);
  EXPECT_EQ(it.shown().window_expires_at(), t0 + kDay);
  EXPECT_EQ(it.shown().human_window_expires_at(), t0 + 7 * kDay);
}

TEST_F(ModelWindows, WhoSaysThatAPersonWritesHasSevenDays) {
  api::MessageInput input;
  input.set_text("I looked it up for you");
  input.set_human_agent(true);
  it.now = t0 + 7 * kDay - 60'001;
  const auto sent = it.send(input);
  ASSERT_TRUE(sent.has_value()) << sent.error().detail;
  EXPECT_EQ(sent->send->passage.until, t0 + 7 * kDay);
  EXPECT_EQ(sent->send->passage.standard, t0 + kDay);
  EXPECT_TRUE(conversation::outbound_of(it.messages.at(sent->send->message), it.state, it)
                  .written_by_person);
  it.now = t0 + 7 * kDay;
  const auto late = it.send(input);
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, Errc::window_closed);
  EXPECT_EQ(late.error().detail.find("human_agent"), std::string::npos);
  EXPECT_NE(late.error().detail.find("approved template"), std::string::npos);
}

TEST_F(ModelWindows, AChannelWithoutAWindowForPeopleSaysSo) {
  it.rules.human_window.reset();
  api::MessageInput input;
  input.set_text("Hi");
  input.set_human_agent(true);
  const auto refused = it.send(input);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::unsupported);
  EXPECT_EQ(refused.error().field, "/human_agent");
}

TEST_F(ModelWindows, TheAiNeverUsesThePersonsWindow) {
  const auto generation = it.generation();
  it.now = t0 + kDay;
  const auto decision = it.propose(generation, "Hello again");
  ASSERT_TRUE(decision.has_value());
  EXPECT_FALSE(decision->send);
  EXPECT_EQ(it.state.row.handler(), api::HANDLER_HUMAN);
  EXPECT_NE(it.state.row.handover_deadline_ms(), 0);
}

TEST_F(ModelWindows, ATemplateGoesAtAnyTime) {
  it.now = t0 + 30 * kDay;
  api::MessageInput input;
  input.mutable_template_()->set_name("reminder");
  const auto sent = it.send(input);
  ASSERT_TRUE(sent.has_value()) << sent.error().detail;
  EXPECT_EQ(sent->send->passage.until, 0);
  EXPECT_EQ(sent->send->passage.standard, t0 + kDay);
}

TEST_F(ModelWindows, ATemplateThatIsNotApprovedIsRefusedByName) {
  const auto send = [&](const std::string& name) {
    api::MessageInput input;
    input.mutable_template_()->set_name(name);
    input.mutable_template_()->set_language("en");
    return it.send(input);
  };
  EXPECT_TRUE(send("reminder").has_value());  // the channel's templates are not known yet
  it.templates = {{"reminder", "approved"}, {"offer", "paused"}, {"back", "reinstated"}};
  EXPECT_TRUE(send("reminder").has_value());
  EXPECT_TRUE(send("back").has_value());
  for (const std::string name : {"offer", "unheard_of"}) {
    const auto refused = send(name);
    ASSERT_FALSE(refused.has_value()) << name;
    EXPECT_EQ(refused.error().code, Errc::invalid);
    EXPECT_EQ(refused.error().field, "/template/name");
    EXPECT_NE(refused.error().detail.find(name), std::string::npos);
  }
  EXPECT_NE(send("offer").error().detail.find("paused"), std::string::npos);
}

// Has a template with one value.
class TemplateChannel final : public WindowedChannel {
 public:
  Result<void> check_template(const api::Template&, const api::TemplateUse& use) const override {
    if (use.components().json() == "one") return {};
    return fail(Errc::invalid, "It takes 1 value.", "/template/components");
  }
  std::string template_text(const api::Template& known, const api::TemplateUse&) const override {
    return known.category() + " words";
  }
  Result<void> check(const OutboundMessage& message) const override {
    EXPECT_TRUE(message.text.empty()) << "the words are the provider's to make";
    return {};
  }
};

TEST_F(ModelWindows, ATemplatesValuesFitItAndItsWordsAreShown) {
  TemplateChannel templates;
  it.use(templates);
  it.templates = {{"ready", "approved"}};
  api::MessageInput input;
  input.mutable_template_()->set_name("ready");
  const auto refused = it.send(input);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().field, "/template/components");
  input.mutable_template_()->mutable_components()->set_json("one");
  const auto sent = it.send(input);
  ASSERT_TRUE(sent.has_value()) << sent.error().detail;
  EXPECT_EQ(it.view(sent->send->message).text(), "utility words");
  EXPECT_TRUE(
      conversation::outbound_of(it.messages.at(sent->send->message), it.state, it).text.empty());
}

}  // namespace
}  // namespace aura::test
