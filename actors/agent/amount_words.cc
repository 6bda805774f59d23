#include "actors/agent/amount_words.h"

namespace aura::agent {

const WordSet& single_words() {
  static const WordSet words("a one un una une uno ein eine einen einem um uma per each");
  return words;
}

const WordSet& money_words() {
  static const WordSet words(
      "cost costs costing price prices priced fee fees charge charges charged surcharge minimum "
      "min "
      "spend deposit tip extra rate rates pay free over "
      "cuesta cuestan costo coste precio precios tarifa cargo cargos recargo minimo deposito "
      "propina "
      "gratis gratuito gratuita pagar pagas importe "
      "coute coutent cout prix tarif tarifs frais supplement minimum acompte gratuit gratuite "
      "payer "
      "kostet kosten preis preise gebuhr gebuhren aufpreis zuschlag mindestbestellwert mindestens "
      "anzahlung kostenlos gratis pauschale versandkosten lieferkosten zahlen "
      "custa custam custo preco precos taxa taxas minima sinal gorjeta gratuita pagamento "
      "costa costano prezzo prezzi tariffa tariffe supplemento caparra acconto gratuita pagare "
      "spesa");
  return words;
}

const WordSet& selling_words() {
  static const WordSet words("go goes sell sells sold rent rents");
  return words;
}

const WordSet& unit_words() {
  static const WordSet words(
      "min mins minute minutes minuto minutos minuti minuten hour hours hr hrs h hora horas heure "
      "heures stunde stunden ora ore uhr am pm oclock day days dia dias jour jours tag tage tagen "
      "giorno giorni week weeks semana semanas semaine semaines woche wochen settimana settimane "
      "month months mes meses mois monat monate monaten mese mesi year years ano anos an ans jahr "
      "jahre anno anni km kilometer kilometers kilometre kilometres kilometros kilometer miles "
      "mile m "
      "meter meters metros cm mm l ml cl dl liter litre liters litres litros g gr kg gram grams "
      "people persons person guests guest personas pessoas personnes personen persone ospiti gaste "
      "items item pieces piece piezas pieces stuck seats seat tables table th st nd rd inch inches "
      "oz "
      "working business business werktage werktagen laborables ouvres uteis lavorativi");
  return words;
}

const WordSet& rate_words() {
  static const WordSet words("per pro par por al a an je each apiece jeweils chacun cada ciascuno");
  return words;
}

const WordSet& between_words() {
  static const WordSet words("de mil mille mila thousand tausend million millones");
  return words;
}

namespace {

const WordSet& discount_words() {
  static const WordSet words(
      "percent pct percentage discount discounts discounted rebate markdown descuento descuentos "
      "rebaja rebajas porcentaje reduction reductions remise remises pourcent pourcentage rabatt "
      "rabatte prozent nachlass ermassigung desconto descontos porcento sconto sconti scontato "
      "percento bogo fiver fivers tenner tenners");
  return words;
}

}  // namespace

bool is_discount(const Tokens& tokens, std::size_t i) {
  if (discount_words().has(tokens.word(i))) return true;
  const std::string_view next = i + 1 < tokens.size() ? tokens.word(i + 1) : std::string_view();
  const std::string_view word = tokens.word(i);
  if (next == "price" || next == "precio" || next == "prix" || next == "preis" ||
      next == "prezzo") {
    return word == "half" || word == "moitie" || word == "halber" || word == "halben" ||
           word == "meta" || word == "medio";
  }
  if (word == "per" || word == "por" || word == "pour") {
    return next == "cent" || next == "ciento" || next == "cento";
  }
  return word == "half" && next == "off";
}

}  // namespace aura::agent
