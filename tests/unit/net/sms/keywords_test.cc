// Opt-out, opt-in and help words.
#include "net/providers/sms/keywords.h"

#include <gtest/gtest.h>

namespace aura::net::sms {
namespace {

using Meaning = Keyword::Meaning;

TEST(Keywords, ProtocolVectors) {
  const Keywords words;
  EXPECT_EQ(words.match(" Stop ").meaning, Meaning::stop);
  EXPECT_EQ(words.match("STOP PLEASE").meaning, Meaning::none);
  EXPECT_EQ(words.match("stopall").meaning, Meaning::stop);
  EXPECT_EQ(words.match("Yes").meaning, Meaning::start);
  EXPECT_EQ(words.match("info").meaning, Meaning::help);
}

TEST(Keywords, EveryBuiltInWord) {
  const Keywords words;
  for (const char* word :
       {"stop", "StopAll", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}) {
    EXPECT_EQ(words.match(word).meaning, Meaning::stop) << word;
  }
  for (const char* word : {"start", "unstop", "yes"}) {
    EXPECT_EQ(words.match(word).meaning, Meaning::start) << word;
  }
  EXPECT_EQ(words.match("help").meaning, Meaning::help);
  EXPECT_EQ(words.match("\r\n\u00A0sToP\t").word, "STOP");
}

TEST(Keywords, OnlyYesIsAlsoAnAnswer) {
  const Keywords words;
  EXPECT_TRUE(words.match("yes").conversational);
  EXPECT_FALSE(words.match("start").conversational);
  EXPECT_FALSE(words.match("stop").conversational);
}

TEST(Keywords, OtherMessagesAreNone) {
  const Keywords words;
  for (const char* text :
       {"", "   ", "don't stop", "stop.", "sto p", "bus stop", "cancel my order"}) {
    EXPECT_EQ(words.match(text).meaning, Meaning::none) << text;
  }
  EXPECT_EQ(words.match(std::string(5000, 's')).meaning, Meaning::none);
}

TEST(Keywords, ConfiguredWordsInAnyCase) {
  const Keywords words("ARRÊT, стоп,opt out , ,ΤΕΛΟΣ", "alta", "ayuda");
  EXPECT_EQ(words.match("arrêt").meaning, Meaning::stop);
  EXPECT_EQ(words.match("Arrêt").word, "ARRÊT");
  EXPECT_EQ(words.match("СТОП").meaning, Meaning::stop);
  EXPECT_EQ(words.match("τελος").meaning, Meaning::stop);
  EXPECT_EQ(words.match("Opt Out").meaning, Meaning::stop);
  EXPECT_EQ(words.match("ALTA").meaning, Meaning::start);
  EXPECT_EQ(words.match("Ayuda").meaning, Meaning::help);
  EXPECT_EQ(words.match("").meaning, Meaning::none);
}

TEST(Keywords, ConfigurationTakesNoBuiltInWordAway) {
  const Keywords words("", "stop", "quit");
  EXPECT_EQ(words.match("stop").meaning, Meaning::stop);
  EXPECT_EQ(words.match("quit").meaning, Meaning::stop);
}

}  // namespace
}  // namespace aura::net::sms
