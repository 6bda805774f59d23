// Parses and checks the body of WhatsApp's POST /{phone number id}/messages type by type, with
// every documented limit. Pure; account data comes through WhatsAppFacts.
#pragma once

#include <rapidjson/document.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "bench/sim/graph_error.h"
#include "bench/sim/ledger.h"

namespace aura::bench {

struct WhatsAppFacts {
  // The MIME type of an uploaded file; nothing if the file does not exist.
  std::function<std::optional<std::string>(const std::string& media_id)> mime_of;
  // Why a template cannot be sent with this many body parameters; code 0: it can.
  std::function<GraphError(const std::string& name, const std::string& language, int parameters)>
      template_error;
};

// Fills `out` (kind "message", "reaction", "mark_seen" or "typing_on").
GraphError parse_whatsapp(std::string_view body, const WhatsAppFacts& facts, AcceptedSend& out);

// Checks of single parts, each in its own file.
GraphError whatsapp_missing(const std::string& field);                            // 131008
GraphError whatsapp_invalid(const std::string& field, const std::string& wants);  // 131009
GraphError check_interactive(const rapidjson::Value& interactive, const WhatsAppFacts& facts,
                             AcceptedSend& out);
GraphError check_template_use(const rapidjson::Value& use, const WhatsAppFacts& facts,
                              AcceptedSend& out);
// {"id":…} or {"link":…}; `kind` is image, video, audio, document or sticker.
GraphError check_media(const std::string& kind, const rapidjson::Value& media,
                       const WhatsAppFacts& facts);

}  // namespace aura::bench
