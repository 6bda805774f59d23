// What a thing holds and what goes with it: "milk in the latte", "with oat milk", several together.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

using enum Language;

constexpr RoleRow kContents[] = {
    {en, Role::inside, "in|inside|into"},
    {es, Role::inside, "en|dentro de"},
    {fr, Role::inside, "dans"},
    {de, Role::inside, "in|im"},
    {pt, Role::inside, "no|na|nos|nas|em|num|numa"},
    {it, Role::inside, "in|nel|nella|nello|nell|nei|nelle|negli"},
    {pt, Role::connector, "nos|nas|num|numa"},
    {it, Role::connector, "nel|nella|nello|nell|nei|nelle|negli"},
    {de, Role::pronoun, "drin|darin|davon"},
    {es, Role::pronoun, "de ellos|de ellas|de esos|de esas"},
    {fr, Role::pronoun, "de ceux ci|de celles ci"},
    {pt, Role::pronoun, "deles|delas|desses|dessas"},
    {it, Role::pronoun, "di quelli|di quelle|di questi|di queste"},

    {en, Role::along, "with|by"},
    {es, Role::along, "con"},
    {fr, Role::along, "avec"},
    {de, Role::along, "mit|von"},
    {pt, Role::along, "com"},
    {it, Role::along, "con"},

    // Single words; what is asked for as "nuts" or "lactose" stands under `substance`.
    {en, Role::ingredient,
     "milk|egg|eggs|fish|shellfish|seafood|wheat|flour|soy|soya|sesame|mustard|celery|almonds|"
     "walnuts|hazelnuts|cashews|pistachios|pecans|meat|pork|beef|bacon|ham|chicken|gelatin|"
     "gelatine|"
     "alcohol|sugar|honey|butter|cream|cheese|yeast|onion|onions|garlic|mushrooms|chocolate|"
     "caffeine|salt|oil|palm|coconut"},
    {es, Role::ingredient,
     "leche|huevo|huevos|pescado|marisco|mariscos|trigo|harina|soja|sésamo|mostaza|apio|almendras|"
     "avellanas|pistachos|carne|cerdo|ternera|jamón|pollo|gelatina|alcohol|azúcar|miel|mantequilla|"
     "nata|queso|levadura|cebolla|cebollas|ajo|chocolate|cafeína|sal|aceite|coco"},
    {fr, Role::ingredient,
     "lait|œuf|œufs|oeuf|oeufs|poisson|crustacés|blé|farine|soja|sésame|moutarde|céleri|amandes|"
     "noisettes|pistaches|viande|porc|bœuf|boeuf|jambon|poulet|gélatine|alcool|sucre|miel|beurre|"
     "crème|fromage|levure|oignon|oignons|ail|chocolat|caféine|sel|huile|coco"},
    {de, Role::ingredient,
     "milch|ei|eier|fisch|meeresfrüchte|schalentiere|weizen|mehl|soja|sesam|senf|sellerie|mandeln|"
     "walnüsse|haselnüsse|pistazien|fleisch|schwein|schweinefleisch|rindfleisch|speck|schinken|"
     "hähnchen|huhn|gelatine|alkohol|zucker|honig|butter|sahne|käse|hefe|zwiebel|zwiebeln|"
     "knoblauch|"
     "schokolade|koffein|salz|öl|kokos"},
    {pt, Role::ingredient,
     "leite|ovo|ovos|peixe|marisco|mariscos|trigo|farinha|soja|sésamo|gergelim|mostarda|aipo|"
     "amêndoas|avelãs|pistácios|carne|porco|presunto|frango|gelatina|álcool|açúcar|mel|manteiga|"
     "nata|queijo|fermento|cebola|cebolas|alho|chocolate|cafeína|sal|óleo|coco"},
    {it, Role::ingredient,
     "latte|uovo|uova|pesce|crostacei|grano|frumento|farina|soia|sesamo|senape|sedano|mandorle|"
     "nocciole|pistacchi|carne|maiale|manzo|prosciutto|pollo|gelatina|alcol|zucchero|miele|burro|"
     "panna|formaggio|lievito|cipolla|cipolle|aglio|cioccolato|caffeina|sale|olio|cocco"},

    {en, Role::total,
     "total|totals|in total|altogether|all together|in all|together|combined|sum|grand total"},
    {es, Role::total,
     "total|en total|el total|todo junto|todo|juntos|juntas|suma|la suma|en conjunto|la cuenta"},
    {fr, Role::total,
     "total|au total|en tout|le tout|ensemble|la somme|l'addition|combien ça fait|ça fait combien|"
     "ça fera combien"},
    {de, Role::total,
     "insgesamt|zusammen|alles zusammen|gesamt|summe|gesamtpreis|gesamtsumme|im ganzen|was macht "
     "das"},
    {pt, Role::total, "total|no total|ao todo|tudo junto|tudo|juntos|juntas|a soma|a conta"},
    {it, Role::total, "totale|in totale|in tutto|tutto insieme|insieme|la somma|il conto"},

    {en, Role::anew, "i|we|but|rather|instead|please|let|can|could|get"},
    {es, Role::anew, "yo|pero|sino|mejor|puedo|puede|pueden"},
    {fr, Role::anew, "je|j|nous|mais|plutôt"},
    {de, Role::anew, "ich|wir|aber|sondern|bitte"},
    {pt, Role::anew, "eu|mas|sim|posso"},
    {it, Role::anew, "io|ma|bensì|invece|posso"},

    {de, Role::filler, "sprechen|reden"},

    {en, Role::options,
     "what size|what sizes|which size|which "
     "sizes|sizes|toppings|extras|add ons|addons|"
     "what options|which options|your options|what flavors|what flavours|which "
     "flavors|what can i "
     "add|customize"},
    {es, Role::options,
     "qué tamaño|qué tamaños|tamaños|qué talla|qué tallas|tallas|qué "
     "opciones|extras|complementos|qué "
     "sabores|qué puedo añadir"},
    {fr, Role::options,
     "quelle taille|quelles tailles|tailles|quelles "
     "options|suppléments|garnitures|quels parfums"},
    {de, Role::options,
     "welche größe|welche größen|größen|welche "
     "optionen|extras|toppings|zusätze|beläge|welche "
     "sorten"},
    {pt, Role::options,
     "que tamanho|que tamanhos|quais tamanhos|tamanhos|quais opções|que "
     "opções|extras|adicionais|"
     "complementos|coberturas|quais sabores"},
    {it, Role::options,
     "che taglia|che taglie|taglie|che misura|che misure|quali misure|formati|che opzioni|quali "
     "opzioni|aggiunte|condimenti|che "
     "gusti|quali gusti"},

    // What is asked about a thing or a place beside the thing itself.
    {en, Role::filler,
     "leave|somewhere|anywhere|allowed|allow|permitted|work|bring|sit|stay|use|people|guests|"
     "persons"},
    {es, Role::filler,
     "ir|venir|llevar|permitido|permitidos|permitidas|permiten|admiten|entrar|trabajar|traer|"
     "usar|personas|gente"},
    {fr, Role::filler,
     "aller|venir|emmener|admis|admises|autorisé|autorisés|acceptés|travailler|amener|apporter|"
     "utiliser|personnes"},
    {de, Role::filler,
     "erlaubt|zugelassen|willkommen|arbeiten|mitbringen|benutzen|personen|"
     "leute|gäste"},
    {pt, Role::filler,
     "ir|vir|levar|permitido|permitidos|permitem|aceitos|entrar|trabalhar|trazer|usar|"
     "pessoas"},
    {it, Role::filler,
     "andare|venire|ammessi|ammesso|ammesse|permesso|permessi|entrare|lavorare|portare|usare|"
     "persone"},

    {en, Role::deed, "bring|people|guests|persons"},
    {es, Role::deed, "llevar|traer|personas|gente"},
    {fr, Role::deed, "apporter|amener|emmener|personnes"},
    {de, Role::deed, "mitbringen|personen|leute|gäste"},
    {pt, Role::deed, "trazer|levar|pessoas"},
    {it, Role::deed, "portare|persone"},

    {en, Role::stop,
     "quick question|one question|another question|what time is it|how long|how early|how far|how "
     "often|how big|how large|how small|how tall|how heavy|how wide"},
    {es, Role::stop,
     "una pregunta|una pregunta rápida|una duda|qué hora es|cuánto tiempo|cuánto tarda|"
     "cuánto tardan|cuánto se tarda|cuánto demora|cuánto demoran|cuánto dura|cuánto duran|tarda|"
     "tardan|demora|dura|duran|qué tan grande|cómo de grande"},
    {fr, Role::stop,
     "une question|petite question|une petite question|quelle heure est il|combien de temps|"
     "dure|durent|prend|prennent"},
    {de, Role::stop,
     "eine frage|kurze frage|eine kurze frage|wie spät ist es|wieviel uhr ist es|wie lange|wie "
     "lang|"
     "dauert|dauern|wie groß|wie schwer|wie klein|wie weit|wie oft"},
    {pt, Role::stop,
     "uma pergunta|uma dúvida|que horas são|quanto tempo|quanto demora|"
     "quanto demoram|quanto dura|quanto duram|demora|demoram|dura|duram|leva|quão grande"},
    {it, Role::stop,
     "una domanda|una domanda veloce|che ora è|che ore sono|quanto tempo|"
     "quanto dura|quanto durano|dura|durano|quanto ci mette|quanto ci vuole|quanto è grande"},

    // Beside the connectors: before what is only mentioned in passing ("on your
    // receipt").
    {en, Role::beside, "on|at|by|from|near|before|after"},
    {es, Role::beside, "a|sobre|desde|hasta|ante"},
    {fr, Role::beside, "sur|par|chez|sous|avant|après"},
    {de, Role::beside, "auf|an|bei|nach|über|unter|am|beim|vor|zur"},
    {pt, Role::beside, "sobre|desde|até|antes"},
    {it, Role::beside, "su|sul|sulla|dopo|prima"},
};

}  // namespace

std::span<const RoleRow> content_rows() { return kContents; }

}  // namespace aura::agent
