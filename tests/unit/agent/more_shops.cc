#include "tests/unit/agent/more_shops.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace aura::agent::testing {

Shop bicycle_workshop() {
  static const auto shop = make_shop(
      {"Taller Pedal", "es-ES", "EUR", "Europe/Madrid", "Taller de bicicletas en Valencia."},
      {{"Revisión básica", 3500, "Ajuste de frenos y cambios, presión y engrase."},
       {"Revisión completa", 7900, "Desmontaje, limpieza y ajuste de toda la bicicleta."},
       {"Cambio de cámara", 950, "Con la cámara incluida."},
       {"Cambio de cadena", 1800},
       {"Purgado de frenos hidráulicos", 2500},
       {"Centrado de rueda", 1500},
       {"Cámara 700x25", 600},
       {"Cubierta urbana", 2490, "Con banda antipinchazos."},
       {"Casco urbano", 4900, "Ligero y ventilado.", true, {{"Talla M", 0}, {"Talla L", 0}}},
       {"Casco infantil", 2900, "", false},
       {"Luz delantera USB", 2490},
       {"Luz trasera USB", 1990},
       {"Candado en U", 3900, "Acero templado, con soporte para el cuadro."},
       {"Timbre clásico", 850},
       {"Camiseta del taller", 1800, "Con el dibujo de una cadena."},
       {"Bidón 750 ml", 700},
       {"Alquiler de bicicleta", 2000, "Por día, con casco y candado."},
       {"Tarjeta regalo", 5000},
       {"Montaje de bicicleta", -1, "Presupuesto según el modelo."},
       {"Bicicleta eléctrica Vento", 189000, "Batería de 500 Wh, hasta 80 km."}},
      {make_document(1, "Horario",
                     "Abrimos de lunes a viernes de 10:00 a 14:00 y de 16:30 a 20:00. Los sábados "
                     "abrimos de 10:00 a 14:00. Los domingos estamos cerrados."),
       make_document(2, "Dirección",
                     "Estamos en la calle Sueca 41, 46006 Valencia. Teléfono 963 555 014."),
       make_document(3, "Plazos", "Las reparaciones suelen tardar de 2 a 3 días laborables."),
       make_document(4, "Pago", "Aceptamos efectivo, tarjeta y Bizum."),
       make_document(5, "Recogida y entrega a domicilio",
                     "Recogemos tu bicicleta en casa y la entregamos reparada en toda Valencia."),
       make_document(6, "Garantía", "Las reparaciones tienen una garantía de 3 meses."),
       make_document(
           7, "Cita previa",
           "Para un pinchazo no hace falta cita; para una revisión, reserva por teléfono."),
       make_document(8, "Devoluciones",
                     "Los productos sin usar se pueden devolver durante 15 días con el recibo.")});
  return shop;
}

Shop bookshop() {
  static const auto shop = make_shop(
      {"Buchladen am Markt", "de-DE", "EUR", "Europe/Berlin", "Eine Buchhandlung in Göttingen."},
      {{"Der Zauberberg", 1800, "Roman von Thomas Mann, Taschenbuch."},
       {"Die Verwandlung", 680, "Erzählung von Franz Kafka, Taschenbuch."},
       {"Momo", 2000, "Kinderbuch von Michael Ende, gebunden."},
       {"Der kleine Bär", 1400, "Kinderbuch ab drei Jahren."},
       {"Kochbuch Italien", 2995, "Rezepte aus allen Regionen."},
       {"Reiseführer Portugal", 2290},
       {"Wanderkarte Harz", 990},
       {"Wandkalender Berge", 2400},
       {"Notizbuch liniert", 1250, "Fester Einband."},
       {"Füller blau", 1990, "Mit Stahlfeder."},
       {"Geschenkgutschein", 2500},
       {"Lesezeichen aus Holz", 450},
       {"Stofftasche", 800, "Mit einer Eule bedruckt."},
       {"Hörbuch Krabat", 1695, "Sechs CDs."},
       {"Postkarte Altstadt", 150},
       {"Geschenkverpackung", 200},
       {"Atlas der Inseln", 3400, "", false},
       {"E-Reader Lumo", 12900, "Mit Beleuchtung, 16 GB Speicher."},
       {"Puzzle Weltkarte", 1790, "1000 Teile."},
       {"Tasse Eule", 1190}},
      {make_document(1, "Öffnungszeiten",
                     "Montag bis Freitag 9.30 bis 18.30 Uhr, Samstag 10 bis 16 Uhr. Sonntags "
                     "geschlossen."),
       make_document(2, "Adresse",
                     "Markt 5, 37073 Göttingen. Telefon 0551 555012, laden@buchmarkt.example."),
       make_document(
           3, "Bestellungen",
           "Lieferbare Bücher bestellen wir über Nacht. Sie sind am nächsten Werktag da."),
       make_document(4, "Versand",
                     "Wir verschicken innerhalb Deutschlands mit der Post, meist in zwei Tagen."),
       make_document(5, "Zahlung", "Bezahlen kann man bar, mit Karte oder auf Rechnung."),
       make_document(6, "Umtausch",
                     "Ungelesene Bücher tauschen wir innerhalb von 14 Tagen mit Kassenbon um."),
       make_document(7, "Lesekreis",
                     "Der Lesekreis trifft sich am ersten Donnerstag im Monat um 19 Uhr."),
       make_document(8, "Zugang", "Der Laden ist barrierefrei. Hunde dürfen mit hinein.")});
  return shop;
}

void expect_unknown(const Shop& shop, const std::vector<const char*>& questions) {
  for (const char* question : questions) {
    const Proposal reply = ask(shop, question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_EQ(reply.action, Action::reply);
    EXPECT_LE(reply.confidence, 0.5);
    EXPECT_TRUE(std::ranges::none_of(reply.claims, [](const Claim& claim) {
      return claim.kind == ClaimKind::price || claim.kind == ClaimKind::option_price;
    }));
  }
}

void expect_person(const Shop& shop, const std::vector<const char*>& questions) {
  for (const char* question : questions) {
    const Proposal reply = ask(shop, question);
    SCOPED_TRACE(std::string(question) + "\n  → " + reply.text);
    EXPECT_EQ(reply.action, Action::handover);
  }
}

}  // namespace aura::agent::testing
