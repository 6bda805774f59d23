#include "web/template.h"

#include <algorithm>

namespace aura::web {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

struct Tag {
  std::size_t begin;
  std::size_t end;
  std::string_view name;
};

// The next tag at or after `from`; `begin` is npos if there is none.
Tag next_tag(std::string_view text, std::size_t from) {
  const auto begin = text.find(kOpen, from);
  if (begin == std::string_view::npos) return {begin, text.size(), {}};
  const auto close = text.find(kClose, begin);
  if (close == std::string_view::npos) return {close, text.size(), {}};
  const auto inner = begin + kOpen.size();
  return {begin, close + kClose.size(), text.substr(inner, close - inner)};
}

void render_into(std::string& out, std::string_view text, const TemplateData& data) {
  std::size_t at = 0;
  for (;;) {
    const Tag tag = next_tag(text, at);
    if (tag.begin == std::string_view::npos) break;
    out.append(text.substr(at, tag.begin - at));
    at = tag.end;
    if (!tag.name.starts_with('#')) {
      const auto value = data.values.find(tag.name);
      if (value != data.values.end()) out.append(escape_html(value->second));
      continue;
    }
    const auto name = tag.name.substr(1);
    const std::string closing = "{{/" + std::string(name) + "}}";
    const auto end = std::min(text.find(closing, at), text.size());
    const auto list = data.lists.find(name);
    if (list != data.lists.end()) {
      for (const auto& entry : list->second) render_into(out, text.substr(at, end - at), entry);
    }
    at = std::min(end + closing.size(), text.size());
  }
  out.append(text.substr(at));
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string render_template(std::string_view text, const TemplateData& data) {
  std::string out;
  out.reserve(text.size() * 2);
  render_into(out, text, data);
  return out;
}

}  // namespace aura::web
