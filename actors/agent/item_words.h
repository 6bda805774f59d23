// What an item's name, description or option says of the terms of a question. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "actors/agent/retrieval_tables.h"

namespace aura::agent {

inline constexpr std::size_t kMaxSaid = 80;  // words considered of a name, option or description

// Whether "caffeine" counts in "no caffeine".
enum class Refused { no, yes };

// The terms (a bit each) that a text contains among its `first` words, by word, stem or concept.
// Fewer than kMaxSaid words end at the first connector.
std::uint32_t words_said(std::span<const QueryTerm> terms, const std::string& text, Language home,
                         Refused behind_refusal, std::size_t first = kMaxSaid);

// "No caffeine", "sugar-free".
bool says_without(std::span<const QueryTerm> terms, const std::string& text, Language home);

}  // namespace aura::agent
