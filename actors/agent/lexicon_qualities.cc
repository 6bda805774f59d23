// Questions about a property of a thing: its size, weight, colour, material; and the verbs that ask
// whether it is or has something.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

using enum Language;

constexpr RoleRow kQualities[] = {
    {en, Role::quality,
     "how big|how large|how small|how tall|how heavy|how wide|how deep|how thick|how long is|how "
     "many pages|weigh|weighs|what color|what colour|which color|which colour|what colors|what "
     "colours|made of|made from|made out of|what material|which material|dimensions"},
    {es, Role::quality,
     "cuánto pesa|cuánto pesan|cuánto mide|cuánto miden|qué tan grande|cómo de grande|de qué "
     "color|qué color|qué colores|de qué material|qué material|de qué está hecho|de qué está "
     "hecha|de qué es|cuántas páginas|medidas"},
    {fr, Role::quality,
     "combien pèse|combien pèsent|combien mesure|combien mesurent|de quelle couleur|quelle "
     "couleur|quelles couleurs|en quelle matière|quelle matière|combien de pages|dimensions"},
    {de, Role::quality,
     "wie groß|wie schwer|wie klein|wie breit|wie hoch|wie dick|wie viele seiten|wieviele "
     "seiten|welche farbe|welche farben|was wiegt|wiegt|welches material|woraus|maße"},
    {pt, Role::quality,
     "quanto pesa|quanto pesam|quanto mede|quanto medem|de que cor|qual a cor|que cor|que "
     "cores|de que material|que material|de que é feito|de que é feita|quantas páginas|medidas"},
    {it, Role::quality,
     "quanto pesa|quanto pesano|quanto misura|quanto misurano|di che colore|che colore|che "
     "colori|di che materiale|che materiale|quante pagine|dimensioni"},

    {en, Role::colour, "what color|what colour|which color|which colour|what colors|what colours"},
    {es, Role::colour, "de qué color|qué color|qué colores"},
    {fr, Role::colour, "de quelle couleur|quelle couleur|quelles couleurs"},
    {de, Role::colour, "welche farbe|welche farben"},
    {pt, Role::colour, "de que cor|qual a cor|que cor|que cores"},
    {it, Role::colour, "di che colore|che colore|che colori"},

    {en, Role::material, "made of|made from|made out of|what material|which material"},
    {es, Role::material,
     "de qué material|qué material|de qué está hecho|de qué está hecha|de qué es"},
    {fr, Role::material, "en quelle matière|quelle matière"},
    {de, Role::material, "welches material|woraus"},
    {pt, Role::material, "de que material|que material|de que é feito|de que é feita"},
    {it, Role::material, "di che materiale|che materiale"},

    {en, Role::being, "is|are|does|was|has|what is|what's"},
    {es, Role::being, "es|son|está|están|tiene|incluye|viene"},
    {fr, Role::being, "est|sont|c'est|va|peut"},
    {de, Role::being, "ist|sind|hat|wer hat|seid"},
    {pt, Role::being, "é|são|está|pode|inclui|vem"},
    {it, Role::being, "è|sono|va|può|include"},
    {es, Role::stop, "incluye"},
    {pt, Role::stop, "inclui|vem"},
    {fr, Role::stop, "va"},
    {it, Role::stop, "va|include"},
};

}  // namespace

std::span<const RoleRow> quality_rows() { return kQualities; }

}  // namespace aura::agent
