#include "bench/sim/template_book.h"

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

// The number of {{…}} in a text.
int placeholders(std::string_view text) {
  int count = 0;
  for (auto at = text.find("{{"); at != text.npos; at = text.find("{{", at + 2)) ++count;
  return count;
}

}  // namespace

TemplateBook::TemplateBook() {
  put({"order_ready", "en_US", "UTILITY", "APPROVED", "Hi {{1}}, your order for {{2}} is ready."});
  put({"hello_world", "en_US", "UTILITY", "APPROVED", "Welcome and congratulations!"});
}

MessageTemplate& TemplateBook::put(MessageTemplate one) {
  for (auto& known : templates_) {
    if (known.name != one.name || known.language != one.language) continue;
    one.id = known.id;
    return known = std::move(one);
  }
  one.id = std::to_string(594'425'479'261'500 + templates_.size());
  return templates_.emplace_back(std::move(one));
}

GraphError TemplateBook::error_for(const std::string& name, const std::string& language,
                                   int parameters) const {
  for (const auto& known : templates_) {
    if (known.name != name || known.language != language) continue;
    if (known.status == "PAUSED") {
      return {400, 132015, 0, false, "(#132015) Template is paused", name + " is paused"};
    }
    if (known.status != "APPROVED") {
      return {
          400, 132016, 0, false, "(#132016) Template is disabled", name + " is " + known.status};
    }
    const int wanted = placeholders(known.body);
    if (wanted == parameters) return {};
    return {400,
            132000,
            0,
            false,
            "(#132000) Number of parameters does not match",
            "body: localizable_params (" + std::to_string(parameters) +
                ") does not match the expected number (" + std::to_string(wanted) + ")"};
  }
  return {404,
          132001,
          0,
          false,
          "(#132001) Template name does not exist in the translation",
          name + " does not exist in " + language};
}

bool TemplateBook::remove(const std::string& name) {
  return std::erase_if(templates_, [&](const auto& one) { return one.name == name; }) > 0;
}

std::string TemplateBook::json() const {
  rapidjson::StringBuffer buffer;
  JsonWriter w(buffer);
  w.StartObject();
  w.Key("data");
  w.StartArray();
  for (const auto& one : templates_) {
    w.StartObject();
    write_text(w, "id", one.id);
    write_text(w, "name", one.name);
    write_text(w, "language", one.language);
    write_text(w, "status", one.status);
    write_text(w, "category", one.category);
    w.Key("components");
    w.StartArray();
    w.StartObject();
    write_text(w, "type", "BODY");
    write_text(w, "text", one.body);
    w.EndObject();
    w.EndArray();
    w.EndObject();
  }
  w.EndArray();
  w.Key("paging");
  w.StartObject();
  w.EndObject();
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace aura::bench
