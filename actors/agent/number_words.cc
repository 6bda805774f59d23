#include "actors/agent/number_words.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "actors/agent/word_set.h"

namespace aura::agent {
namespace {

// 0 … 20, 30, 40 … 100; "-" where the word has other meanings that are more frequent.
constexpr std::array<std::string_view, kLanguageCount> kNumbers{
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred",
    "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta "
    "ochenta noventa cien",
    "zero une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize - - - vingt trente quarante cinquante soixante - - - cent",
    "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn "
    "funfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig funfzig sechzig siebzig "
    "achtzig neunzig hundert",
    "zero uma duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze "
    "dezesseis dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta "
    "noventa cem",
    "zero una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta "
    "settanta ottanta novanta cento"};
constexpr int kLastByOne = 20;

using Values = std::unordered_map<std::string_view, int>;

const std::array<Values, kLanguageCount>& values() {
  static const auto all = [] {
    std::array<Values, kLanguageCount> out;
    for (std::size_t language = 0; language < kLanguageCount; ++language) {
      std::string_view list = kNumbers[language];
      for (int place = 0; !list.empty(); ++place) {
        const std::size_t end = std::min(list.find(' '), list.size());
        const int value = place <= kLastByOne ? place : (place - kLastByOne + 2) * 10;
        if (list.substr(0, end) != "-") out[language].emplace(list.substr(0, end), value);
        list.remove_prefix(std::min(end + 1, list.size()));
      }
    }
    out[index_of(Language::pt)].emplace("dois", 2);
    return out;
  }();
  return all;
}

}  // namespace

std::optional<int> number_word(std::string_view folded, Language language) {
  const Values& known = values()[index_of(language)];
  const auto found = known.find(folded);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int> number_word(std::string_view folded) {
  for (const Language language : kLanguages) {
    if (const auto value = number_word(folded, language)) return value;
  }
  return std::nullopt;
}

std::optional<int> ordinal_word(std::string_view folded, Language language) {
  // First to fifth, last; the forms of one separated by '/'.
  static constexpr std::array<std::string_view, kLanguageCount> kOrdinals{
      "first second third fourth fifth last",
      "primero/primera/primer/primeros/primeras segundo/segunda tercero/tercera/tercer "
      "cuarto/cuarta quinto/quinta "
      "ultimo/ultima/ultimos/ultimas",
      "premier/premiere/premiers/premieres deuxieme/second/seconde troisieme quatrieme cinquieme "
      "dernier/derniere/derniers/dernieres",
      "erste/ersten/erster/erstes zweite/zweiten/zweiter/zweites dritte/dritten/dritter/drittes "
      "vierte/vierten/vierter/viertes funfte/funften/funfter/funftes "
      "letzte/letzten/letzter/letztes",
      "primeiro/primeira/primeiros/primeiras segundo/segunda terceiro/terceira quarto/quarta "
      "quinto/quinta "
      "ultimo/ultima/ultimos/ultimas",
      "primo/prima/primi/prime secondo/seconda terzo/terza quarto/quarta quinto/quinta "
      "ultimo/ultima/ultimi/ultime"};
  constexpr int kOrdinalCount = 6;
  static const auto all = [] {
    std::array<Values, kLanguageCount> out;
    for (std::size_t i = 0; i < kLanguageCount; ++i) {
      int place = 1;
      for (std::string_view list = kOrdinals[i]; !list.empty();) {
        const std::size_t end = std::min(list.find_first_of(" /"), list.size());
        out[i].emplace(list.substr(0, end), place == kOrdinalCount ? kLast : place);
        if (end < list.size() && list[end] == ' ') ++place;
        list.remove_prefix(std::min(end + 1, list.size()));
      }
    }
    return out;
  }();
  const Values& known = all[index_of(language)];
  const auto found = known.find(folded);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

bool is_quantity_word(std::string_view folded) {
  static const WordSet multiples(
      "thousand million half double triple "
      "ciento cientos mil mitad media medio "
      "mille moitie demi "
      "tausend halb halbe halben halfte doppelt "
      "cento metade meio meia "
      "meta mezzo mezza");
  static const std::unordered_set<std::string_view> counts = [] {
    std::unordered_set<std::string_view> all;
    for (const Values& known : values()) {
      for (const auto& [word, value] : known) {
        if (value > 1) all.insert(word);
      }
    }
    all.erase("once");  // of Spanish: in an English text it is no number
    return all;
  }();
  return multiples.has(folded) || counts.contains(folded);
}

}  // namespace aura::agent
