// Builds WhatsApp webhooks in the format of the protocol page and reads them as the engine does
// (split by the endpoint, then normalised).
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "net/providers/whatsapp/whatsapp_adapter.h"
#include "net/webhooks/envelope.h"

namespace aura::net::whatsapp {

inline const WhatsAppAdapter& adapter() {
  static const WhatsAppAdapter kAdapter(
      {"https://graph.test/", "v25.0", "test_app_secret_0123456789abcdef"});
  return kAdapter;
}

// One change of the business account 330000000000001.
inline Normalised change(const std::string& field, const std::string& value,
                         const std::string& time = "") {
  const auto items =
      slice_meta_body(R"({"object":"whatsapp_business_account","entry":[{"id":"330000000000001",)" +
                      (time.empty() ? time : "\"time\":" + time + ",") + R"("changes":[{"value":)" +
                      value + R"(,"field":")" + field + "\"}]}]}");
  EXPECT_TRUE(items.has_value());
  if (!items) return {};
  EXPECT_EQ(items->size(), 1u);
  EXPECT_EQ(items->front().channel_type, api::CHANNEL_TYPE_WHATSAPP);
  return adapter().normalise(items->front().payload);
}

inline constexpr const char* kMetadata =
    R"("messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"440000000000001"})";
inline constexpr const char* kContacts =
    R"("contacts":[{"profile":{"name":"Ada","username":"ada.l"},"wa_id":"15557654321","user_id":"US.900000000000000001"}])";

// A change whose value has these members, e.g. "messages":[…].
inline Normalised value(const std::string& members, const std::string& field = "messages") {
  return change(field, std::string("{") + kMetadata + "," + members + "}");
}

// A message from Ada with this content: "type":"text","text":{…}.
inline Normalised message(const std::string& content) {
  return value(std::string(kContacts) +
               R"(,"messages":[{"from":"15557654321","from_user_id":"US.900000000000000001",)"
               R"("id":"wamid.T1","timestamp":"1790000000",)" +
               content + "}]");
}

inline ChannelEvent single(const Normalised& normalised) {
  EXPECT_EQ(normalised.events.size(), 1u) << normalised.not_understood << normalised.ignored;
  if (normalised.events.empty()) return {};
  EXPECT_TRUE(normalised.ignored.empty());
  EXPECT_TRUE(normalised.not_understood.empty());
  EXPECT_FALSE(normalised.events[0].external_id.empty());
  return normalised.events[0];
}

inline std::string identity(const ChannelEvent& event, const std::string& kind) {
  for (const ContactIdentity& id : event.identities) {
    if (id.kind == kind) return id.value;
  }
  return {};
}

}  // namespace aura::net::whatsapp
