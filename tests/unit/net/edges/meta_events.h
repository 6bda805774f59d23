// Builds items as the webhook endpoint passes them on, and normalises them with an adapter.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "net/webhooks/envelope.h"
#include "runtime/ports/channel_adapter.h"

namespace aura::net {

// Normalises a body with one item.
inline Normalised normalise_body(const ChannelAdapter& adapter, const std::string& body) {
  const auto items = slice_meta_body(body);
  EXPECT_TRUE(items.has_value());
  if (!items || items->size() != 1) return {};
  return adapter.normalise(items->front().payload);
}

// Normalises an element of messaging[] (or another list) of page 1029384756.
inline Normalised page_item(const ChannelAdapter& adapter, const std::string& element,
                            const std::string& list = "messaging") {
  return normalise_body(
      adapter, R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,")" + list +
                   "\":[" + element + "]}]}");
}

// Normalises an event from customer 7001112223 to that page; `kind` is the part that decides its
// kind.
inline Normalised page_event(const ChannelAdapter& adapter, const std::string& kind,
                             const std::string& list = "messaging") {
  return page_item(adapter,
                   R"({"sender":{"id":"7001112223"},"recipient":{"id":"1029384756"},)"
                   R"("timestamp":1790000000001,)" +
                       kind + "}",
                   list);
}

inline ChannelEvent single(const Normalised& normalised) {
  EXPECT_EQ(normalised.events.size(), 1u) << normalised.not_understood << normalised.ignored;
  EXPECT_TRUE(normalised.ignored.empty());
  EXPECT_TRUE(normalised.not_understood.empty());
  if (normalised.events.size() != 1) return {};
  EXPECT_FALSE(normalised.events[0].external_id.empty());
  EXPECT_EQ(normalised.events[0].attachments.size(), normalised.events[0].media.size());
  return normalised.events[0];
}

}  // namespace aura::net
