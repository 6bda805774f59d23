// The same breadth in a Spanish bicycle workshop.
#include <gtest/gtest.h>

#include "tests/unit/agent/more_shops.h"

namespace aura::agent::testing {
namespace {

void expect_workshop(const std::vector<Asked>& rows) { expect_answers(bicycle_workshop(), rows); }

TEST(BroadWorkshop, PricesAndStock) {
  expect_workshop({
      {"¿cuánto cuesta una revisión completa?", {"Revisión completa", "79,00"}, {"35,00"}},
      {"¿cuánto vale la revisión?", {"Revisión básica", "35,00", "Revisión completa", "79,00"}},
      {"precio de cambiar la cámara", {"Cambio de cámara", "9,50"}},
      {"¿cuánto cobráis por cambiar la cadena?", {"Cambio de cadena", "18,00"}},
      {"¿tenéis cascos?", {"Casco urbano", "49,00", "Casco infantil"}},
      {"¿hay cascos para niños?", {"Casco infantil"}},
      {"¿qué luces tenéis?", {"Luz delantera USB", "Luz trasera USB"}},
      {"¿cuánto cuesta la luz de atrás?", {"Luz trasera USB", "19,90"}},
      {"necesito un candado", {"Candado en U", "39,00"}},
      {"¿alquiláis bicicletas?", {"Alquiler de bicicleta", "20,00"}, {"1.890"}},
      {"¿cuánto cuesta la bici eléctrica?", {"Bicicleta eléctrica Vento", "1890"}},
      {"¿qué tallas hay del casco urbano?", {"Talla M", "Talla L"}},
      {"¿cuánto cuesta montar una bicicleta?", {"Montaje de bicicleta"}},
      {"¿vendéis vales regalo?", {"Tarjeta regalo", "50,00"}},
      {"do you sell helmets?", {"Casco urbano", "49,00"}},
      {"do you have a bike lock?", {"Candado en U", "39,00"}},
      {"combien coûte le casque ?", {"Casco urbano", "49,00"}},
      {"was kostet der Helm?", {"Casco urbano", "49,00"}},
      {"habt ihr Fahrradschlösser?", {"Candado en U", "39,00"}},
      {"quanto custa o capacete?", {"Casco urbano", "49,00"}},
      {"quanto costa il casco?", {"Casco urbano", "49,00"}},
      {"was kostet das E-Bike?", {"Bicicleta eléctrica Vento"}},
      {"do you rent bikes?", {"Alquiler de bicicleta", "20,00"}},
  });
}

TEST(BroadWorkshop, LimitsAndRanges) {
  const std::vector<const char*> dear = {"24,90", "39,00", "49,00", "79,00", "1890"};
  expect_workshop({
      {"¿tenéis algo por menos de 10 euros?", {"7,00"}, dear},
      {"algo por menos de diez euros", {"7,00"}, dear},
      {"luces por menos de 20 euros", {"Luz trasera USB"}, {"Luz delantera"}},
      {"¿qué hay entre 15 y 20 euros?", {"18,00"}, dear},
      {"cascos de menos de 60 €", {"Casco urbano"}},
      {"anything under €10?", {"7,00"}, dear},
      {"etwas unter 10 Euro?", {"7,00"}, dear},
      {"quelque chose à moins de 10 euros ?", {"7,00"}, dear},
      {"algo até 10 euros", {"7,00"}, dear},
      {"qualcosa sotto i 10 euro", {"7,00"}, dear},
      {"¿qué es lo más barato?", {"6,00"}},
      {"¿tenéis luces por menos de 5 euros?", {}, {"19,90", "24,90"}},
  });
}

TEST(BroadWorkshop, Hours) {
  expect_workshop({
      {"¿abrís los domingos?", {"No, según nuestro horario"}},
      {"¿abrís a las tres y media de la tarde?", {"No, según nuestro horario"}},
      {"¿estáis abiertos el martes a las cinco de la tarde?", {"Sí, según nuestro horario"}},
      {"¿estáis abiertos a mediodía?", {"10:00 a 14:00"}},
      {"¿abrís el sábado a las once de la mañana?", {"Sí, según nuestro horario"}},
      {"¿abrís el sábado a las cinco de la tarde?", {"No, según nuestro horario"}},
      {"are you open on monday at half past ten in the morning?", {"Yes, going by"}},
      {"habt ihr dienstags um halb fünf nachmittags offen?", {"Ja, nach"}},
      {"vous êtes ouverts le samedi à onze heures du matin ?", {"Oui, d'après"}},
      {"siete aperti martedì alle cinque di pomeriggio?", {"Sì, secondo"}},
      {"estão abertos na terça às cinco da tarde?", {"Sim, segundo"}},
      {"¿hasta qué hora estáis?", {"20:00"}},
  });
}

TEST(BroadWorkshop, Knowledge) {
  expect_workshop({
      {"¿cuánto tarda una reparación?", {"2 a 3 días"}},
      {"¿dónde estáis?", {"calle Sueca 41"}},
      {"¿puedo pagar con bizum?", {"Bizum"}},
      {"¿recogéis la bici en casa?", {"Recogemos tu bicicleta"}},
      {"¿las reparaciones tienen garantía?", {"3 meses"}},
      {"¿necesito cita para un pinchazo?", {"no hace falta cita"}},
      {"¿puedo devolver un casco?", {"15 días"}},
      {"how long does a repair take?", {"2 a 3 días"}},
      {"is there a warranty on repairs?", {"3 meses"}},
      {"wie lange dauert eine Reparatur?", {"2 a 3 días"}},
      {"combien de temps dure une réparation ?", {"2 a 3 días"}},
      {"quanto tempo demora um conserto?", {"2 a 3 días"}},
      {"quanto tempo ci vuole per una riparazione?", {"2 a 3 días"}},
      {"gracias, muy amables", {"De nada"}},
  });
}

TEST(BroadWorkshop, NotToldMeansNotKnown) {
  expect_unknown(bicycle_workshop(), {
                                         "¿la camiseta es de algodón?",
                                         "is the t-shirt cotton?",
                                         "is the t-shirt made of cotton?",
                                         "ist das T-Shirt aus Baumwolle?",
                                         "le t-shirt est en coton ?",
                                         "a camiseta é de algodão?",
                                         "la maglietta è di cotone?",
                                         "¿de qué material es la camiseta?",
                                         "what is the t-shirt made of?",
                                         "¿de qué color es el casco urbano?",
                                         "¿cuánto pesa el candado?",
                                         "what colour is the helmet?",
                                         "¿el timbre es de latón?",
                                         "is the helmet waterproof?",
                                     });
  expect_workshop({
      {"¿el candado es de acero?", {"Acero templado"}},
      {"is the lock made of steel?", {"Acero templado"}},
      {"¿el casco es ligero?", {"Ligero"}},
      {"¿qué incluye la revisión básica?", {"Ajuste de frenos"}},
      {"¿qué autonomía tiene la bicicleta eléctrica?", {"80 km"}},
      {"¿tenéis la camiseta en algodón?", {}, {"algodón"}},
      {"¿vendéis patinetes?", {"no encuentro"}, {"€"}},
      {"¿tenéis sillines?", {"no encuentro"}, {"€"}},
  });
}

}  // namespace
}  // namespace aura::agent::testing
