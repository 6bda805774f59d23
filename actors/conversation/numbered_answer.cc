#include "actors/conversation/numbered_answer.h"

#include <algorithm>
#include <charconv>

#include "actors/conversation/names.h"
#include "actors/conversation/outbound_message.h"

namespace aura::conversation {
namespace {

// Accepts "2", " 2. ", "2)"; 0: not a number.
std::size_t number_in(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return 0;
  text = text.substr(first, text.find_last_not_of(kSpace) - first + 1);
  if (text.ends_with('.') || text.ends_with(')')) text.remove_suffix(1);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

std::optional<StoredMessage> newest_outgoing(const State& state, const Rules& rules,
                                             const Lookup& stored) {
  const auto& row = state.row;
  Id newest;
  for (int i = 0; i < row.recent_out_ms_size(); ++i)
    newest = std::max(
        newest, message_id(rules.conversation, row.recent_out_ms(i), row.recent_out_order(i)));
  return newest.empty() ? std::nullopt : stored.message(newest);
}

}  // namespace

std::optional<api::QuickReply> chosen_by_number(const std::string& text, const State& state,
                                                const Rules& rules, const Lookup& stored) {
  const std::size_t number = number_in(text);
  if (number == 0 || rules.adapter == nullptr) return std::nullopt;
  const auto message = newest_outgoing(state, rules, stored);
  if (!message || message->row.deleted()) return std::nullopt;
  auto choices = rules.adapter->numbered_choices(outbound_of(*message, state, stored));
  if (number > choices.size()) return std::nullopt;
  return std::move(choices[number - 1]);
}

}  // namespace aura::conversation
