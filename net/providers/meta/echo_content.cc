#include "net/providers/meta/echo_content.h"

#include "net/providers/lenient_json.h"

namespace aura::net::meta {
namespace {

// Collapses white space, because the channel trims and folds it.
std::string words(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank && gap && !out.empty()) out += ' ';
    if (!blank) out += c;
    gap = blank;
  }
  return out;
}

std::string text_of(JsonView part) {
  if (part.has("text")) return part.text("text");
  return part.get("attachment").get("payload").text("text");  // text of a button template
}

}  // namespace

bool shows(const ChannelEvent& echo, const std::string& part) {
  const LenientJson json("{" + part + "}");
  return json.ok() && words(echo.text) == words(text_of(json.root()));
}

}  // namespace aura::net::meta
