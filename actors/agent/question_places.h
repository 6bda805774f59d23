// What a word of a question is by the words around it. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "actors/agent/lexicon.h"
#include "actors/agent/retrieval_tables.h"
#include "actors/agent/text.h"

namespace aura::agent {

// An unknown word may be a mistyped question word ("how mcuh").
Word corrected(const Tokens& tokens, std::size_t i, Language language, const IndexTables& tables);

struct Place {
  const Tokens& tokens;
  Words words;
  std::size_t i = 0;
  std::string_view text;  // what the tokens were read from
  Language language;
  const IndexTables& tables;
};

bool is_possessive(const Place& at);   // "men's haircut" is one noun phrase
bool is_one(const Place& at);          // "the green one"; "el verde" needs no such word
bool is_count(const Place& at);        // "x2": a quantity
bool counts_several(const Place& at);  // "2 lattes", "x2"; not "$2" and not a part of a name
// "La prima", "a segunda opção": a place in a list, though the word means something else, too.
bool is_place(const Place& at);
// "No sugar drinks", not "no sugar, please": drinks without it, if the next word names a thing.
bool is_refused_part(const Place& at);

}  // namespace aura::agent
