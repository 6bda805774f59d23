// Restrictions of customers: diets and allergies, refusals, price limits; also words that compare
// or introduce a code.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

using enum Language;

// A word that is also listed under `negation` refuses what follows.
constexpr RoleRow kNeeds[] = {
    {en, Role::allergy,
     "allergic|allergic to|allergy|allergies|allergy to|allergen|allergens|intolerant|intolerant "
     "to|intolerance|intolerances|intolerance to|celiac|celiacs|coeliac|coeliacs|coeliac "
     "disease|celiac disease|contain|contains|containing|traces of|ingredient|ingredients|what is "
     "in|what's in|whats in|made with|made from|diabetic|diet|diets|dietary"},
    {es, Role::allergy,
     "alérgico|alérgica|alérgicos|alérgica a|alérgico a|alérgicos a|alergia|alergias|alergia "
     "a|alérgeno|alérgenos|intolerante|intolerante a|intolerancia|intolerancias|intolerancia "
     "a|celíaco|celíaca|celíacos|celiaco|celiaca|contiene|contienen|lleva|llevan|trazas "
     "de|ingrediente|ingredientes|diabético|diabética|dieta"},
    {fr, Role::allergy,
     "allergique|allergiques|allergique à|allergique au|allergique aux|allergie|allergies|allergie "
     "à|allergie aux|allergène|allergènes|intolérant|intolérante|intolérant au|intolérante "
     "au|intolérance|intolérances|intolérance "
     "au|cœliaque|coeliaque|contient|contiennent|contenir|traces "
     "de|ingrédient|ingrédients|diabétique|régime"},
    {de, Role::allergy,
     "allergisch|allergisch gegen|allergisch auf|allergie|allergien|allergie "
     "gegen|allergen|allergene|allergenen|allergiker|nussallergie|erdnussallergie|milchallergie|"
     "eiallergie|sojaallergie|unverträglichkeit|unverträglichkeiten|intolerant|intoleranz|"
     "laktoseintoleranz|laktoseintolerant|glutenunverträglichkeit|zöliakie|enthält|enthalten|"
     "spuren von|zutat|zutaten|diabetiker|diät"},
    {pt, Role::allergy,
     "alérgico|alérgica|alérgico a|alérgica a|alérgico ao|alérgica ao|alergia|alergias|alergia "
     "a|alérgeno|alérgenos|alergénio|alergénios|alergénico|alergénicos|intolerante|intolerante "
     "a|intolerante "
     "à|intolerância|intolerâncias|celíaco|celíaca|celíacos|contém|contêm|contem|traços "
     "de|ingrediente|ingredientes|diabético|diabética|dieta"},
    {it, Role::allergy,
     "allergico|allergica|allergici|allergico a|allergica a|allergico al|allergica al|allergico "
     "alle|allergica alle|allergico ai|allergia|allergie|allergia a|allergia "
     "alle|allergene|allergeni|intollerante|intollerante al|intolleranza|intolleranze|intolleranza "
     "al|celiaco|celiaca|celiaci|contiene|contengono|tracce "
     "di|ingrediente|ingredienti|diabetico|diabetica|dieta"},

    {en, Role::substance,
     "nut|nuts|peanut|peanuts|lactose|dairy|nut free|dairy free|lactose free|egg free|milk "
     "free|soy free|wheat free|sugar free"},
    {es, Role::substance, "nuez|nueces|frutos secos|cacahuete|cacahuetes|lactosa|lácteos"},
    {fr, Role::substance, "noix|arachide|arachides|cacahuète|cacahuètes|lactose"},
    {de, Role::substance,
     "nuss|nüsse|nüssen|erdnuss|erdnüsse|laktose|lactose|nussfrei|laktosefrei|lactosefrei|"
     "milchfrei|zuckerfrei"},
    {pt, Role::substance, "noz|nozes|amendoim|amendoins|frutos secos|lactose|laticínios"},
    {it, Role::substance, "noce|noci|arachide|arachidi|lattosio|latticini"},

    {en, Role::diet, "vegan|vegans|vegetarian|vegetarians|veggie|gluten|halal|kosher"},
    {es, Role::diet,
     "vegano|vegana|veganos|veganas|vegetariano|vegetariana|vegetarianos|vegetarianas|gluten|halal|"
     "kosher"},
    {fr, Role::diet,
     "végan|vegan|végane|végétalien|végétalienne|végétarien|végétarienne|végétariens|gluten|halal|"
     "casher|kasher"},
    {de, Role::diet,
     "vegan|vegane|veganes|veganer|veganen|vegetarisch|vegetarische|vegetarisches|vegetarischen|"
     "vegetarischer|vegetarier|gluten|"
     "glutenfrei|glutenfreie|glutenfreies|glutenfreien|glutenfreier|halal|koscher"},
    {pt, Role::diet,
     "vegano|vegana|veganos|veganas|vegetariano|vegetariana|vegetarianos|glúten|halal|kosher"},
    {it, Role::diet,
     "vegano|vegana|vegani|vegane|vegetariano|vegetariana|vegetariani|glutine|halal|kosher"},

    {en, Role::filler, "safe|eat|eats"},
    {es, Role::filler, "seguro|segura|comer"},
    {fr, Role::filler, "sûr|sûre|manger"},
    {de, Role::filler, "sicher|essen"},
    {pt, Role::filler, "seguro|segura|comer"},
    {it, Role::filler, "sicuro|sicura|mangiare"},

    {en, Role::stop,
     "i would like to know|i'd like to know|id like to know|i want to know|i'd like to ask"},
    {es, Role::stop, "me gustaría saber|quisiera saber|quiero saber|quería saber"},
    {fr, Role::stop, "je voudrais savoir|j'aimerais savoir|je veux savoir"},
    {de, Role::stop, "ich möchte wissen|ich würde gern wissen|ich will wissen"},
    {pt, Role::stop, "gostaria de saber|queria saber|quero saber"},
    {it, Role::stop, "vorrei sapere|voglio sapere"},

    {en, Role::negation,
     "allergic to|allergy to|intolerant to|intolerance to|contain|contains|containing|traces "
     "of|no|not|without|don't want|dont want|do not want|don't like|dont like|do not like|didn't "
     "want|anything but|everything but|except|except for|apart from|other than|instead of|rather "
     "than|but no|but not|hate|don't need|dont need|do not need|no need for|no need to|don't "
     "connect|dont connect|do not connect|don't transfer|dont transfer|do not transfer|don't put "
     "me|don't hand me|don't pass me|never"},
    {es, Role::negation,
     "alérgico a|alérgica a|alérgicos a|alergia a|intolerante a|intolerancia a|trazas de|no|sin|no "
     "quiero|no quisiera|no me gusta|no me gustan|nada de|excepto|salvo|en vez de|en lugar de|que "
     "no sea|que no tenga|menos el|menos la"},
    {fr, Role::negation,
     "allergique à|allergique au|allergique aux|allergie à|allergie aux|intolérant au|intolérante "
     "au|intolérance au|traces de|sans|pas de|pas d|pas le|pas la|ne veux pas|ne veux pas de|veux "
     "pas de|veux pas|n'aime pas|ne voudrais pas|sauf|excepté|au lieu de|plutôt que|pas "
     "besoin de|pas besoin d|pas envie de|ne souhaite pas|ne me passez pas"},
    {de, Role::negation,
     "allergisch gegen|allergisch auf|allergie gegen|spuren "
     "von|kein|keine|keinen|keinem|keiner|ohne|nicht|außer|statt|anstatt|mag nicht|mag kein|mag "
     "keine|mag keinen"},
    {pt, Role::negation,
     "alérgico a|alérgica a|alérgico ao|alérgica ao|alergia a|intolerante a|intolerante à|traços "
     "de|sem|não quero|nao quero|não queria|não gosto de|nao gosto de|nada de|exceto|em vez de|que "
     "não seja|que não tenha|não preciso|nao preciso|não preciso de|não desejo|não me passe"},
    {it, Role::negation,
     "allergico a|allergica a|allergico al|allergica al|allergico alle|allergica alle|allergico "
     "ai|allergia a|allergia alle|intollerante al|intolleranza al|tracce di|senza|non voglio|non "
     "vorrei|non mi piace|non mi piacciono|niente|nessun|nessuna|tranne|invece di|al posto di|non "
     "ho bisogno|non ho bisogno di|non desidero|non mi serve|non mi passi|non passarmi"},

    {en, Role::have, "is there no|are there no|do you have no|have you no"},

    {en, Role::below,
     "under|below|less than|cheaper than|up to|at most|no more than|not more than"},
    {es, Role::below, "menos de|por menos de|hasta|por debajo de|máximo|como máximo"},
    {fr, Role::below, "moins de|à moins de|en dessous de|jusqu'à|maximum|au maximum"},
    {de, Role::below, "unter|weniger als|bis|bis zu|höchstens|maximal|billiger als|günstiger als"},
    {pt, Role::below, "menos de|por menos de|até|abaixo de|no máximo"},
    {it, Role::below, "meno di|a meno di|sotto|sotto i|fino a|massimo|al massimo"},

    {en, Role::inclusive, "up to|at most|no more than|not more than|at least|from|starting at"},
    {es, Role::inclusive, "hasta|máximo|como máximo|a partir de|desde"},
    {fr, Role::inclusive, "jusqu'à|maximum|au maximum|à partir de"},
    {de, Role::inclusive, "bis|bis zu|höchstens|maximal|ab|mindestens"},
    {pt, Role::inclusive, "até|no máximo|a partir de"},
    {it, Role::inclusive, "fino a|massimo|al massimo|a partire da"},

    {en, Role::above, "over|above|more than|at least|starting at"},
    {es, Role::above, "más de|mas de|por más de|por encima de|a partir de|desde"},
    {fr, Role::above, "plus de|à plus de|au dessus de|à partir de"},
    {de, Role::above, "über|mehr als|ab|mindestens|teurer als"},
    {pt, Role::above, "mais de|acima de|a partir de"},
    {it, Role::above, "più di|oltre|oltre i|sopra|sopra i|a partire da"},

    {en, Role::between, "between|from|in between"},
    {es, Role::between, "entre|de|desde"},
    {fr, Role::between, "entre|de"},
    {de, Role::between, "zwischen|von"},
    {pt, Role::between, "entre|de"},
    {it, Role::between, "tra|fra|da|tra i|fra i|dai"},

    {en, Role::budget, "for|with|i have|i have only|i only have|i've got|i got|i've only got"},
    {es, Role::budget, "por|con|tengo|solo tengo|tengo solo"},
    {fr, Role::budget, "pour|avec|j'ai|je n'ai que|j'ai seulement"},
    {de, Role::budget, "für|mit|ich habe|ich hab|ich habe nur|ich hab nur|habe nur"},
    {pt, Role::budget, "por|com|tenho|só tenho|tenho só|tenho apenas"},
    {it, Role::budget, "per|con|ho|ho solo|ho solamente"},

    {en, Role::budget, "my budget is|our budget is|a budget of"},
    {es, Role::budget, "mi presupuesto es|mi presupuesto es de"},
    {fr, Role::budget, "mon budget est|mon budget est de"},
    {de, Role::budget, "mein budget ist|mein budget sind"},
    {pt, Role::budget, "meu orçamento é|meu orçamento é de"},
    {it, Role::budget, "il mio budget è|il mio budget è di"},

    {en, Role::compare,
     "cheaper|difference|difference between|differences|compare|compared "
     "to|bigger|smaller|larger|better|more expensive|versus|vs"},
    {es, Role::compare,
     "más barato|más barata|más caro|más cara|diferencia|diferencia entre|diferencias|comparar|más "
     "grande|mejor que"},
    {fr, Role::compare,
     "moins cher|moins chère|le moins cher|la moins chère|plus cher|plus "
     "chère|différence|différence entre|différences|comparer|plus grand|plus grande"},
    {de, Role::compare,
     "billiger|billigeres|günstiger|günstigeres|teurer|unterschied|unterschied "
     "zwischen|unterschiede|vergleichen|kleiner als"},
    {pt, Role::compare,
     "mais barato|mais barata|mais caro|mais cara|diferença|diferença "
     "entre|diferenças|comparar|maior"},
    {it, Role::compare,
     "più economico|più economica|più caro|più cara|costa meno|costa di meno|differenza|differenza "
     "tra|differenza fra|differenze|confrontare|più grande"},

    {en, Role::code, "item|item number|item no|product code|sku|code|article|ref|reference"},
    {es, Role::code, "artículo|código|referencia|ref"},
    {fr, Role::code, "article|code|référence|réf"},
    {de, Role::code, "artikel|artikelnummer|artikelnr|code"},
    {pt, Role::code, "artigo|código|referência|ref"},
    {it, Role::code, "articolo|codice|riferimento|rif"},
};

}  // namespace

std::span<const RoleRow> need_rows() { return kNeeds; }

}  // namespace aura::agent
