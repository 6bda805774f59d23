// The simulator's APIs without sockets: takes a request as bytes and returns the answer. Shared by
// the tests of the single providers.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench/sim/graph_api.h"
#include "bench/sim/twilio_api.h"

namespace aura::bench {

class ProviderTest : public ::testing::Test {
 protected:
  HttpAnswer call(const std::string& method, const std::string& target,
                  const std::string& body = "",
                  const std::string& headers = "Authorization: Bearer T\r\n") {
    bytes_ = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:7001\r\n" + headers +
             "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    HttpMessage message;
    EXPECT_EQ(parse_http(bytes_, message), Framing::complete);
    if (message.target().starts_with("/_media/")) return media_.serve(message);
    return TwilioApi::is_own(message.target()) ? twilio_.handle(message) : graph_.handle(message);
  }
  void set(const std::string& json) { ASSERT_EQ(knobs_.merge(json), ""); }

  std::int64_t now_ms_ = 1'790'000'000'000;
  KnobSet knobs_;
  Faults faults_{knobs_};
  Ledger ledger_;
  std::vector<std::string> told_;
  SimClock clock_ = [this] { return now_ms_; };
  MediaStore media_{faults_, clock_};
  Intake intake_{faults_, ledger_, clock_,
                 [this](const AcceptedSend& entry) { told_.push_back(entry.text); }};
  GraphApi graph_{intake_, media_, {"900100", "secret"}};
  TwilioApi twilio_{intake_, ledger_, media_};
  std::string bytes_;
};

inline ::testing::AssertionResult holds(const std::string& text, const std::string& part) {
  if (text.find(part) != text.npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "no " << part << " in " << text;
}

}  // namespace aura::bench
