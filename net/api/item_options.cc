#include "net/api/item_options.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/limits.h"
#include "net/api/validate_text.h"
#include "net/api/wrong_input.h"
#include "net/json.h"

namespace aura::net {
namespace {

using rapidjson::Value;

constexpr const char* kDeltaKeys = "price_delta or price_delta_minor";

// The words of "extra_cost", "extra-cost" and "extraCost", in lower case.
std::vector<std::string> words_of(std::string_view key) {
  std::vector<std::string> words(1);
  for (const char c : key) {
    const bool capital = c >= 'A' && c <= 'Z';
    if ((capital || c == '_' || c == '-' || c == ' ') && !words.back().empty())
      words.emplace_back();
    if (capital)
      words.back() += static_cast<char>(c - 'A' + 'a');
    else if (c != '_' && c != '-' && c != ' ')
      words.back() += c;
  }
  return words;
}

// "fee" does, "coffee" does not.
bool speaks_of_price(std::string_view key) {
  constexpr std::string_view kWords[] = {"price", "cost",      "amount",   "charge", "fee",
                                         "delta", "surcharge", "upcharge", "markup"};
  const auto words = words_of(key);
  return std::ranges::any_of(words, [&](std::string_view word) {
    if (word.ends_with('s')) word.remove_suffix(1);
    return std::ranges::find(kWords, word) != std::end(kWords);
  });
}

// The price including the option must not be negative.
Result<void> check_sum(std::int64_t delta, const api::ItemInput& input,
                       const std::string& pointer) {
  if (delta < 0 && input.has_price() && input.price().amount_minor() < -delta)
    return wrong(pointer, "must not take more off than the item's price");
  return {};
}

Result<void> check_delta(const Value& delta, const api::ItemInput& input,
                         const std::string& pointer) {
  const auto has = [&](const char* key) { return delta.IsObject() && delta.HasMember(key); };
  const bool money = has("amount_minor") && has("currency") && delta.MemberCount() == 2 &&
                     delta["amount_minor"].IsInt64() && delta["currency"].IsString();
  if (!money) return wrong(pointer, "must be {\"amount_minor\": 80, \"currency\": \"USD\"}");
  const std::string_view currency = text_of(delta["currency"]);
  if (!is_currency(currency))
    return wrong(pointer + "/currency", "must be an ISO 4217 code such as \"USD\"");
  if (input.has_price() && currency != input.price().currency()) {
    return wrong(pointer + "/currency", "must be that of the item's price");
  }
  return check_sum(delta["amount_minor"].GetInt64(), input, pointer + "/amount_minor");
}

// What the agent offers as a choice; anything else is stored for whoever wrote it.
bool has_name(const Value& option) {
  if (!option.IsObject()) return false;
  const auto name = option.FindMember("name");
  return name != option.MemberEnd() && name->value.IsString();
}

Result<void> check_option(const Value& option, const api::ItemInput& input,
                          const std::string& pointer) {
  if (option["name"].GetStringLength() == 0)
    return wrong(pointer + "/name", "must be a text that is not empty");
  if (option.HasMember("price_delta") && option.HasMember("price_delta_minor")) {
    return wrong(pointer, std::string("must have only one of ") + kDeltaKeys);
  }
  for (const auto& member : option.GetObject()) {
    const std::string_view key = text_of(member.name);
    const std::string at = pointer + "/" + std::string(key);
    Result<void> checked;
    if (key == "price_delta") {
      checked = check_delta(member.value, input, at);
    } else if (key == "price_delta_minor") {
      checked = member.value.IsInt64() ? check_sum(member.value.GetInt64(), input, at)
                                       : wrong(at, "must be a whole number of minor units");
    } else if (key != "price" && speaks_of_price(key)) {  // the agent offers none with a "price"
      checked = wrong(
          at, std::string("is not known; what an option adds to the price is its ") + kDeltaKeys);
    }
    if (!checked) return checked;
  }
  return {};
}

}  // namespace

Result<void> check_item_options(const api::ItemInput& input) {
  if (!input.has_options()) return {};
  const std::string& json = input.options().json();
  rapidjson::Document options;
  options.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (options.HasParseError()) return wrong("/options", "must be JSON");
  if (!options.IsArray()) return {};
  if (options.Size() > limits::kItemOptions)
    return wrong("/options",
                 "must have at most " + std::to_string(limits::kItemOptions) + " options");
  std::set<std::string_view> names;
  for (rapidjson::SizeType i = 0; i < options.Size(); ++i) {
    if (!has_name(options[i])) continue;
    const std::string pointer = "/options/" + std::to_string(i);
    if (auto checked = check_option(options[i], input, pointer); !checked) return checked;
    if (!names.insert(text_of(options[i]["name"])).second)
      return wrong(pointer + "/name", "is the name of another option too");
  }
  return {};
}

}  // namespace aura::net
