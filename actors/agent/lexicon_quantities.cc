// Words of quantity. They do not identify an item but may be part of a name ("Dozen roses"), so
// they are searched for and never required. A count also says how many are asked for.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

using enum Language;

constexpr RoleRow kQuantities[] = {
    {en, Role::filler,
     "extra|shop|store|place|premises|venue|ones|seven|eight|nine|eleven|twelve|twenty|thirty|"
     "fifty|hundred|dozen|dozens|half|total|"
     "totals|"
     "altogether|together|combined|sum|dollar|dollars|buck|bucks|cent|cents|euro|euros|"
     "pounds|usd|eur|gbp|tax|taxes|vat|tip|including|included|incl|expensive|affordable|worth|"
     "under|over|below|above|less|set|put|show|back|damage|yesterday|earlier|system|admin|"
     "instructions|previous|ignore|x"},
    {es, Role::filler,
     "extra|local|tienda|sitio|negocio|suplemento|seis|siete|ocho|nueve|diez|doce|veinte|cien|"
     "docena|docenas|medio|total|"
     "juntos|juntas|dólar|"
     "dólares|dolar|dolares|euro|euros|peso|pesos|céntimos|centavos|iva|propina|incluido|incluida|"
     "x|serían|serian|sería|seria|sale|salen|caro|cara|poner|instrucciones|ignora|di"},
    {fr, Role::filler,
     "magasin|boutique|établissement|local|supplément|six|sept|huit|neuf|dix|douze|vingt|cent|"
     "douzaine|demi|demie|total|ensemble|dollar|"
     "dollars|"
     "euro|euros|centimes|tva|pourboire|inclus|incluse|serait|seraient|ça|cher|chère|indiquer|"
     "connaître|instructions|ignore|x"},
    {de, Role::filler,
     "laden|geschäft|lokal|filiale|extra|aufpreis|zuschlag|sechs|sieben|acht|neun|zehn|zwölf|"
     "zwanzig|hundert|dutzend|halb|halbe|"
     "halber|insgesamt|dabei|"
     "zusammen|gesamt|summe|dollar|euro|euros|cent|franken|mwst|trinkgeld|inklusive|inkl|nennen|"
     "nenn|verraten|mitteilen|sag|würden|anweisungen|ignoriere|x|frei|frei von"},
    {pt, Role::filler,
     "loja|local|estabelecimento|extra|adicional|dois|seis|sete|oito|nove|dez|doze|vinte|cem|dúzia|"
     "meia|total|juntos|juntas|"
     "dólar|dólares|"
     "dolar|dolares|euro|euros|reais|centavos|iva|gorjeta|incluído|incluída|cobram|cobra|fica|"
     "ficam|sai|saem|seria|seriam|tá|vale|valem|caro|cara|instruções|ignore|x"},
    {it, Role::filler,
     "negozio|locale|posto|extra|supplemento|sette|otto|nove|dieci|dodici|venti|cento|dozzina|"
     "mezzo|mezza|totale|"
     "insieme|dollaro|dollari|"
     "euro|centesimi|iva|mancia|incluso|inclusa|sta|stanno|fanno|viene|vengono|sarebbe|sarebbero|"
     "caro|cara|istruzioni|ignora|x"},
    {en, Role::several, "two|three|four|five|six|seven|eight|nine|ten|twelve|couple|dozen"},
    {es, Role::several, "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|docena"},
    {fr, Role::several, "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|douzaine"},
    {de, Role::several, "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|dutzend"},
    {pt, Role::several, "dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|doze|dúzia"},
    {it, Role::several, "due|tre|quattro|cinque|sette|otto|nove|dieci|dodici|dozzina"},

    {en, Role::extent,
     "how long|how long does it take|how much time|until when|till when|since when|from when|what "
     "time|how far|how often"},
    {es, Role::extent,
     "cuánto tiempo|cuanto tiempo|cuánto tarda|cuánto tardan|hasta cuándo|hasta qué hora|desde qué "
     "hora|a qué hora|desde cuándo|hasta dónde"},
    {fr, Role::extent,
     "combien de temps|prend combien de temps|met combien de temps|dure combien de temps|"
     "jusqu'à quand|jusqu'à quelle heure|à quelle heure|à partir de quelle "
     "heure|jusqu'où"},
    {de, Role::extent,
     "wie lange|wie lange dauert|wie lange dauern|wie lange braucht|bis wann|ab wann|wie weit|bis "
     "wohin|um wie viel uhr|bis wie viel uhr"},
    {pt, Role::extent,
     "quanto tempo|quanto demora|até quando|até que horas|a que horas|a partir de que horas|até "
     "onde"},
    {it, Role::extent,
     "quanto tempo|quanto ci vuole|fino a quando|fino a che ora|a che ora|da che ora|fino a dove"},

    {pt, Role::extent, "demora quanto|demora muito|leva quanto tempo|em quanto tempo"},
    {it, Role::extent, "quanto ci mette|quanto ci mettete|quanto dura"},
    {fr, Role::extent, "combien de temps dure|ça dure combien de temps"},

    {en, Role::delivery, "delivered"},
    {es, Role::delivery, "entregado|entregar|entreguen"},
    {fr, Role::delivery, "livré|livrée|livrés|livrées"},
    {de, Role::delivery, "geliefert|zustellen"},
    {pt, Role::delivery, "entregue|entregues"},
    {it, Role::delivery, "consegnato|consegnata|consegnati"},
    {fr, Role::payment, "prenez la carte|prenez les cartes|par carte|en carte|carte bleue|la cb"},
    {de, Role::article, "ne|nen|nem|ner|n"},

    {en, Role::takeaway, "take away|takeaway"},
    {es, Role::takeaway, "para llevar"},
    {fr, Role::takeaway, "à emporter|emporter"},
    {de, Role::takeaway, "zum mitnehmen|mitnehmen"},
    {pt, Role::takeaway, "para levar"},
    {it, Role::takeaway, "asporto"},

    {en, Role::stop, "enough"},
    {es, Role::stop, "suficiente|alcanza|alcanzan|basta|bastan"},
    {fr, Role::stop, "assez|suffit|suffisent"},
    {de, Role::stop, "genug|reicht|reichen"},
    {pt, Role::stop, "suficiente|basta|bastam"},
    {it, Role::stop, "abbastanza|basta|bastano|sufficiente"},
    {es, Role::stop, "debo|debemos|tengo que|tenemos que|hay que|deben"},
    {fr, Role::stop, "dois|doit|devons|faut|il faut"},
    {de, Role::stop, "muss|musst|müssen|soll|sollen|sollte|welchem|welchen"},
    {pt, Role::stop, "devo|devemos|tenho que|temos que|precisa"},
    {it, Role::stop, "devo|dobbiamo|deve|bisogna"},
    {en, Role::stop, "next|upcoming"},
    {es, Role::stop, "próximo|próxima|que viene"},
    {fr, Role::stop, "prochain|prochaine"},
    {de, Role::stop, "nächsten|nächste|nächster|nächstes|kommenden|kommende"},
    {pt, Role::stop, "próximo|próxima|que vem"},
    {it, Role::stop, "prossimo|prossima"},

    // A day asks for the hours only if nothing is named that may be wanted on it.
    {en, Role::hours,
     "mondays|tuesday|tuesdays|wednesday|wednesdays|thursday|thursdays|friday|fridays"},
    {es, Role::hours, "martes|miércoles|jueves|viernes"},
    {fr, Role::hours, "mardi|mercredi|jeudi|vendredi"},
    {de, Role::hours,
     "montags|dienstag|dienstags|mittwoch|mittwochs|donnerstag|donnerstags|freitag|freitags"},
    {pt, Role::hours,
     "terça feira|terça|quarta feira|quinta feira|sexta feira|sexta|segundas|terças|quartas|"
     "quintas|sextas"},
    {it, Role::hours, "martedì|mercoledì|giovedì|venerdì"},

    {en, Role::gratis, "free|for free|free of charge|at no cost"},
    {es, Role::gratis, "gratis|gratuito|gratuita"},
    {fr, Role::gratis, "gratuit|gratuite|gratuits|gratuites|offert|offerte"},
    {de, Role::gratis, "kostenlos|kostenfrei|gratis|umsonst"},
    {pt, Role::gratis, "grátis|de graça|gratuito|gratuita"},
    {it, Role::gratis, "gratis|gratuito|gratuita"},
};

}  // namespace

std::span<const RoleRow> quantity_rows() { return kQuantities; }

}  // namespace aura::agent
