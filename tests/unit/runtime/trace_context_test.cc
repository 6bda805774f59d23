#include "runtime/trace_context.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

constexpr const char* kGood = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContext, ReadsWhatTheStandardAllows) {
  const auto context = parse_traceparent(kGood);
  ASSERT_TRUE(context.has_value());
  EXPECT_EQ(context->trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(context->span_id, "00f067aa0ba902b7");
  EXPECT_EQ(to_traceparent(*context), kGood);
  EXPECT_TRUE(parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later"));
}

TEST(TraceContext, RefusesTheRest) {
  for (const char* wrong : {"", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                            "00-4bf92f3577b34da6a3ce929d0e0e473\n-00f067aa0ba902b7-01"})
    EXPECT_FALSE(parse_traceparent(wrong)) << wrong;
}

TEST(TraceContext, OfAMessageIsItsIdAndAnotherSpanEachCall) {
  const Id message = new_id(1'790'000'000'000);
  const auto first = trace_of_message(message, 1), second = trace_of_message(message, 2);
  EXPECT_EQ(first.trace_id, second.trace_id);
  EXPECT_NE(first.span_id, second.span_id);
  EXPECT_TRUE(parse_traceparent(to_traceparent(first)).has_value());
}

}  // namespace
}  // namespace aura
