// Scenario files: parsing, and the error messages for wrong ones.
#include "bench/scenario/scenario.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "bench/sim/knobs.h"
#include "tests/unit/bench/provider_fixture.h"

namespace aura::bench {
namespace {

constexpr const char* kSmall = R"(
name = "small"
seed = 7
count = 30
per_second = 12.5
[knobs]
echo = true
whatsapp = { pair_interval_seconds = 6 }
[channels.whatsapp]
people = 5
accounts = 2
kinds = { question = 3, order = 1 }
[channels.webchat]
[[faults]]
from = 0.25
until = 0.5
knobs = { rate_429 = 0.5 }
reconnect = true
[expect]
failed_sends = -1
goodput = 0.5
)";

TEST(Scenario, AFileIsReadWithItsDefaults) {
  const auto read = parse_scenario(kSmall, true);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->name, "small");
  EXPECT_EQ(read->seed, 7u);
  EXPECT_EQ(read->count, 30u);
  EXPECT_EQ(read->per_second, 12.5);
  EXPECT_EQ(read->in_flight, 64u);
  ASSERT_EQ(read->channels.size(), 2u);
  const auto& whatsapp =
      read->channels[0].name == "whatsapp" ? read->channels[0] : read->channels[1];
  EXPECT_EQ(whatsapp.people, 5u);
  EXPECT_EQ(whatsapp.kinds.at("question"), 3);
  const auto& chat = read->channels[0].name == "webchat" ? read->channels[0] : read->channels[1];
  EXPECT_EQ(chat.kinds, (std::map<std::string, double>{{"question", 1}}));
  ASSERT_EQ(read->faults.size(), 1u);
  EXPECT_EQ(read->faults[0].from, 0.25);
  EXPECT_TRUE(read->faults[0].reconnect);
  KnobSet knobs;
  EXPECT_EQ(knobs.merge(read->knobs), "");
  EXPECT_EQ(knobs.of(Channel::whatsapp).pair_interval_seconds, 6);
  EXPECT_EQ(read->failed_sends, -1);
  EXPECT_EQ(read->goodput, 0.5);
  EXPECT_EQ(read->unanswered, 0);
}

TEST(Scenario, JsonIsTakenToo) {
  const auto read = parse_scenario(R"({"channels":{"sms":{"people":2}},"count":3})", false);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->channels[0].name, "sms");
  EXPECT_EQ(read->count, 3u);
}

TEST(Scenario, WhatIsWrongIsNamed) {
  const auto error = [](const std::string& text) {
    const auto read = parse_scenario(text, true);
    return read ? std::string("nothing") : read.error();
  };
  EXPECT_TRUE(holds(error("count = "), "line 1"));
  EXPECT_TRUE(holds(error("count = 3"), "channels: at least one"));
  EXPECT_TRUE(holds(error("count = 0\n[channels.sms]"), "count: must be a whole number from 1"));
  EXPECT_TRUE(holds(error("speed = 3\n[channels.sms]"), "speed: is not a known key"));
  EXPECT_TRUE(holds(error("[channels.fax]"), "channels.fax: is not one of"));
  EXPECT_TRUE(
      holds(error("[channels.sms]\ncolour = 1"), "channels.sms.colour: is not a known key"));
  EXPECT_TRUE(holds(error("[channels.sms.kinds]\norder = 1"), "kinds.order: is not a kind"));
  EXPECT_TRUE(holds(error("[channels.sms.kinds]\ntext = -1"), "kinds.text: must be a weight"));
  EXPECT_TRUE(holds(error("[knobs]\nnoise = 1\n[channels.sms]"), "knobs: unknown knob"));
  EXPECT_TRUE(holds(error("[channels.sms]\n[[faults]]\nfrom = 0.5\nuntil = 0.1\nknobs = {}"),
                    "faults[0].until"));
  EXPECT_TRUE(
      holds(error("[channels.sms]\n[[faults]]\nfrom = 0.5"), "faults[0].knobs: is required"));
}

TEST(Scenario, TheOnesThatAreShippedAreRight) {
  const auto folder = std::filesystem::path(AURA_SCENARIOS);
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const auto read = load_scenario(file.path().string());
    EXPECT_TRUE(read) << (read ? "" : read.error());
    ++files;
  }
  EXPECT_GE(files, 4u);
  EXPECT_EQ(load_scenario((folder / "five-channels.toml").string())->count, 500'000u);
}

}  // namespace
}  // namespace aura::bench
