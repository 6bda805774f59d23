// Bodies of HTML forms: urlencoded and multipart. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aura::bench {

using Form = std::vector<std::pair<std::string, std::string>>;  // in order, decoded

Form parse_form(std::string_view body);
std::string form_value(const Form& form, std::string_view name);  // the first value, or empty
std::string encode_form(const Form& form);
std::string percent_encode(std::string_view text);

struct FormPart {
  std::string name;
  std::string filename;
  std::string type;
  std::string_view bytes;  // points into the body
};
// Nothing if the body is not multipart/form-data or is incomplete.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view content_type,
                                                     std::string_view body);

}  // namespace aura::bench
