// Fills a text template, for HTML pages that the engine renders:
//   {{name}}                the value, escaped for HTML text and quoted attributes
//   {{#name}} … {{/name}}   the section, repeated for each entry of the list
// Values are never parsed as a template, so data cannot inject markup. Pure functions, any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace aura::web {

struct TemplateData {
  std::map<std::string, std::string, std::less<>> values;
  std::map<std::string, std::vector<TemplateData>, std::less<>> lists;
};

std::string escape_html(std::string_view text);

// A name without a value renders as an empty text.
std::string render_template(std::string_view text, const TemplateData& data);

}  // namespace aura::web
