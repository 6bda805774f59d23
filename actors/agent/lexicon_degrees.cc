// Cheapest and most expensive of a kind, "both", and nutrition.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

using enum Language;

// Expressions for two things mentioned before are pronouns, too ("both" alone may be an adjective).
constexpr const char* kLosDos = "los dos|las dos|ambos|ambas";
constexpr const char* kLesDeux = "les deux|tous les deux|toutes les deux";
constexpr const char* kBeide = "beide|beides|beiden|die beiden";
constexpr const char* kOsDois = "os dois|as duas|ambos|ambas|pelos dois|pelas duas";
constexpr const char* kEntrambi = "entrambi|entrambe|tutti e due|tutte e due|i due|le due";

// A word that means both "cheaper" and "cheapest" is also listed under `compare` and `discount`
// (lexicon_needs.cc, lexicon_words.cc); with an article it means only "cheapest".
constexpr RoleRow kDegrees[] = {
    {en, Role::cheapest,
     "cheapest|least expensive|most affordable|most inexpensive|lowest price|lowest priced"},
    {es, Role::cheapest,
     "más barato|más barata|más baratos|más baratas|más económico|más económica|lo más barato|el "
     "más barato|la más barata|los más baratos|las más baratas|menos caro|menos cara"},
    {fr, Role::cheapest, "le moins cher|la moins chère|les moins chers|les moins chères"},
    {de, Role::cheapest,
     "billigste|billigster|billigstes|billigsten|am billigsten|günstigste|günstigster|günstigstes|"
     "günstigsten|am günstigsten|preiswerteste|preiswertesten"},
    {pt, Role::cheapest,
     "mais barato|mais barata|mais baratos|mais baratas|o mais barato|a mais barata|os mais "
     "baratos|as mais baratas|mais em conta|menos caro|menos cara"},
    {it, Role::cheapest,
     "più economico|più economica|più economici|più economiche|il più economico|la più "
     "economica|meno caro|meno cara|il meno caro|la meno cara|costa meno|costa di meno"},

    {en, Role::dearest, "most expensive|priciest|dearest|most costly|highest price|highest priced"},
    {es, Role::dearest,
     "más caro|más cara|más caros|más caras|lo más caro|el más caro|la más cara"},
    {fr, Role::dearest, "le plus cher|la plus chère|les plus chers|les plus chères"},
    {de, Role::dearest, "teuerste|teuerster|teuerstes|teuersten|am teuersten"},
    {pt, Role::dearest, "mais caro|mais cara|mais caros|mais caras|o mais caro|a mais cara"},
    {it, Role::dearest,
     "più caro|più cara|più cari|più care|il più caro|la più cara|più costoso|più costosa"},

    {en, Role::which, "which|which is|which one|which one is|what is|what's|whats"},
    {es, Role::which, "cual|cuál|cuales|cuáles"},
    {fr, Role::which, "lequel|laquelle|lesquels|lesquelles|quel|quelle"},
    {de, Role::which, "welcher|welche|welches|was ist"},
    {pt, Role::which, "qual|quais"},
    {it, Role::which, "quale|quali|qual"},
    {fr, Role::stop, "lequel|laquelle|lesquels|lesquelles"},

    {en, Role::both, "both|both of them|the two|the two of them"},
    {es, Role::both, kLosDos},
    {fr, Role::both, kLesDeux},
    {de, Role::both, kBeide},
    {pt, Role::both, kOsDois},
    {it, Role::both, kEntrambi},

    {en, Role::pronoun, "the two|the two of them"},
    {es, Role::pronoun, kLosDos},
    {fr, Role::pronoun, kLesDeux},
    {de, Role::pronoun, kBeide},
    {pt, Role::pronoun, kOsDois},
    {it, Role::pronoun, kEntrambi},

    {en, Role::nutrition,
     "calorie|calories|kcal|carbs|carbohydrates|protein|proteins|nutrition|nutritional|nutritional "
     "information|nutritional values|saturated fat|how much sugar"},
    {es, Role::nutrition,
     "caloría|calorías|kcal|carbohidratos|proteína|proteínas|información nutricional|valores "
     "nutricionales|cuánto azúcar"},
    {fr, Role::nutrition,
     "calorie|calories|kcal|glucides|protéines|valeurs nutritionnelles|combien de sucre"},
    {de, Role::nutrition,
     "kalorie|kalorien|kcal|kohlenhydrate|eiweiß|protein|nährwert|nährwerte|nährwertangaben|wie "
     "viel zucker|wieviel zucker"},
    {pt, Role::nutrition,
     "caloria|calorias|kcal|carboidratos|hidratos de carbono|proteína|proteínas|informação "
     "nutricional|valores nutricionais|quanto açúcar"},
    {it, Role::nutrition,
     "caloria|calorie|kcal|carboidrati|proteine|valori nutrizionali|quanto zucchero"},
};

}  // namespace

std::span<const RoleRow> degree_rows() { return kDegrees; }

}  // namespace aura::agent
