#include "tests/unit/agent/shops.h"

#include <gtest/gtest.h>

#include "actors/agent/demo_business.h"

namespace aura::agent::testing {

Id make_id(std::uint8_t kind, std::uint32_t number) {
  Id id;
  id.bytes[0] = kind;
  for (std::size_t i = 0; i < 4; ++i)
    id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  return id;
}

std::shared_ptr<const RetrievalIndex> make_shop(BusinessProfile profile,
                                                const std::vector<Row>& rows,
                                                const std::vector<Document>& documents) {
  std::vector<CatalogItem> items;
  for (const Row& row : rows) {
    CatalogItem item;
    item.id = make_id(1, static_cast<std::uint32_t>(items.size() + 1));
    item.revision = 7 + items.size();
    item.name = row.name;
    item.description = row.description;
    item.has_price = row.price_minor >= 0;
    item.price_minor = item.has_price ? row.price_minor : 0;
    item.currency = profile.currency;
    item.available = row.available;
    item.options = row.options;
    items.push_back(std::move(item));
  }
  return RetrievalIndex::build(std::move(profile), std::move(items), documents);
}

Document make_document(std::uint32_t number, std::string title, std::string text) {
  return {make_id(2, number), 3, std::move(title), std::move(text)};
}

std::shared_ptr<const RetrievalIndex> demo_shop() {
  static const auto shop = [] {
    auto demo = demo_business(make_id(9, 1));
    return RetrievalIndex::build(demo->profile, demo->items, demo->documents);
  }();
  return shop;
}

std::shared_ptr<const RetrievalIndex> salon() {
  static const auto shop = make_shop(
      {"Shear Joy", "en-GB", "GBP", "Europe/London", "A hair and beauty salon in Leeds."},
      {{"Women's Haircut", 4500, "Wash, cut and blow dry."},
       {"Men's Haircut", 2800},
       {"Kids' Haircut", 1900},
       {"Full Colour", 8500, "Root to tip, with a patch test before."},
       {"Half Head Highlights", 9500},
       {"Beard Trim", 1500},
       {"Gel Manicure", 3200},
       {"Pedicure", 3500, "", false},
       {"Deep Tissue Massage (60 min)", 6500},
       {"Bridal Make-up", -1, "Price after a consultation."}},
      {make_document(1, "Opening times",
                     "Tuesday to Saturday 9:00-18:00. Closed on Sunday and Monday."),
       make_document(2, "Booking",
                     "Book online or by phone. Please arrive 10 minutes early.\n"
                     "Cancel at least 24 hours before your appointment."),
       make_document(3, "Where we are", "12 Mill Lane, Leeds LS1 4AB. Telephone 0113 496 0123."),
       make_document(4, "Payment", "We take cards and cash.")});
  return shop;
}

std::shared_ptr<const RetrievalIndex> tool_shop() {
  static const auto shop = make_shop(
      {"Werkzeug Müller", "de-DE", "EUR", "Europe/Berlin", ""},
      {{"Akku-Bohrschrauber 18V", 12990, "Mit zwei Akkus und Koffer."},
       {"Hammer 500 g", 1895},
       {"Schraubendreher-Set", 2450, "Sechs Stück, isoliert."},
       {"Kreissäge", 15900, "", false},
       {"Wasserwaage 60 cm", 1999},
       {"Leiter", 8900, "Alu, klappbar."},
       {"Messerschärfen", 650, "Service für Küchenmesser."}},
      {make_document(1, "Öffnungszeiten",
                     "Montag bis Freitag 8.00 bis 18.30 Uhr, Samstag 9.00 bis 14.00 Uhr."),
       make_document(2, "Lieferung",
                     "Wir liefern innerhalb von 3 Werktagen.\nDie Lieferung kostet 4,90 €."),
       make_document(3, "Adresse", "Hauptstraße 7, 10115 Berlin. Telefon 030 1234567."),
       make_document(4, "Zahlung", "Sie können bar, mit EC-Karte oder auf Rechnung zahlen."),
       make_document(5, "Umtausch", "Unbenutzte Ware tauschen wir innerhalb von 14 Tagen um.")});
  return shop;
}

std::shared_ptr<const RetrievalIndex> clothes_shop() {
  static const auto shop = make_shop(
      {"Moda Luna", "en-US", "USD", "America/Mexico_City", ""},
      {{"Camiseta de algodón", 1999, "Negra o blanca."},
       {"Vestido rojo", 5900},
       {"Vestido de lino", 7450},
       {"Pantalón vaquero", 4500},
       {"Chaqueta de cuero", 12900, "", false},
       {"Zapatos de piel", 8900},
       {"Bufanda de lana", 2500}},
      {make_document(1, "Horario", "Abrimos de lunes a sábado de 10:00 a 20:00. Domingos cerrado."),
       make_document(2, "Envíos",
                     "Enviamos a todo el país en 2 a 5 días.\nEl envío cuesta 5 dólares."),
       make_document(3, "Devoluciones", "Puedes devolver la ropa sin usar durante 30 días.")});
  return shop;
}

std::shared_ptr<const RetrievalIndex> bakery() {
  static const auto shop = make_shop(
      {"Boulangerie du Port", "fr-FR", "EUR", "Europe/Paris", ""},
      {{"Baguette tradition", 130},
       {"Croissant", 120},
       {"Pain au chocolat", 140},
       {"Gâteau au chocolat", 2400, "Pour six personnes."},
       {"Tarte au citron", 420},
       {"Thé vert", 280},
       {"Café crème", 320, "", true, {{"Lait d'avoine", 50}}},
       {"Éclair à la vanille", 350, "", false}},
      {make_document(1, "Horaires",
                     "Nous sommes ouverts du mardi au dimanche de 7h00 à 19h30. Fermé le lundi."),
       make_document(2, "Adresse", "3 quai des Belges, 13001 Marseille."),
       make_document(3, "Paiement", "Nous acceptons la carte bancaire et les espèces.")});
  return shop;
}

std::shared_ptr<const RetrievalIndex> pizzeria() {
  static const auto shop = make_shop(
      {"Da Nino", "it-IT", "EUR", "Europe/Rome", ""},
      {{"Pizza margherita", 750, "Pomodoro, mozzarella e basilico."},
       {"Pizza marinara", 650, "Pomodoro, aglio e origano.", true, {{"Acciughe", 150}}},
       {"Lasagne", 950, "Ragù di manzo e besciamella."},
       {"Tiramisù", 500, "Con uova fresche e mascarpone."},
       {"Panna cotta", 450},
       {"Acqua frizzante", 200}},
      {make_document(1, "Orari", "Siamo aperti da martedì a domenica dalle 18.00 alle 23.00."),
       make_document(2, "Impasto", "L'impasto della marinara è senza latte.")});
  return shop;
}

std::shared_ptr<const RetrievalIndex> trap_shop() {
  static const auto shop = make_shop(
      {"Shop 24/7", "en-US", "USD", "UTC",
       "Everything from $1! Call 555-0100. See www.shop247.example."},
      {{"Chocolate Cake", 650, "Was $9.00, now only $6.50. 20% off today!"},
       {"12 inch Pizza", 1450},
       {"Cola 0,5 l", 250},
       {"$5 Lunch Deal", 500},
       {"50% Cocoa Bar", 325},
       {"Gift Card $25", 2500},
       {"Menu 7", 1790},
       {"Delivery", 599},
       {"Free Coffee Friday", -1, "Two for one, half price after 5 pm."}},
      {make_document(1, "Delivery",
                     "Delivery costs $5.\nFree delivery over 30 dollars.\nWe deliver within 5 km."),
       make_document(2, "Discounts",
                     "Students get 10% off. Seniors get ten percent off. Buy 2 for 1 on Monday."),
       make_document(3, "Deposit", "Deposit: \n25\nis due when you book."),
       make_document(4, "Prices",
                     "A tour is twenty dollars a head. The cake costs €٥. Parking fee 3."),
       make_document(5, "Opening hours", "Open 8:30 am to 6 pm. The minimum order is 15."),
       make_document(6, "Payment", "Surcharge for cards: 1.50. We take cards and cash.")});
  return shop;
}

std::shared_ptr<const RetrievalIndex> big_shop(std::size_t items) {
  static constexpr const char* kMaterials[] = {"Oak",    "Steel",  "Linen",  "Cotton",  "Leather",
                                               "Marble", "Copper", "Walnut", "Ceramic", "Bamboo",
                                               "Glass",  "Wool",   "Silver", "Velvet",  "Cork"};
  static constexpr const char* kThings[] = {"Chair",  "Lamp",   "Mug",      "Jacket", "Hammer",
                                            "Shelf",  "Bowl",   "Blanket",  "Clock",  "Mirror",
                                            "Vase",   "Pillow", "Knife",    "Basket", "Scarf",
                                            "Candle", "Teapot", "Notebook", "Wallet", "Umbrella"};
  static constexpr const char* kStyles[] = {"Classic", "Nordic", "Vintage", "Compact", "Deluxe",
                                            "Travel",  "Garden", "Studio",  "Harbor",  "Alpine"};
  std::vector<std::string> names;
  std::vector<Row> rows;
  names.reserve(items);
  for (std::size_t i = 0; i < items; ++i) {
    names.push_back(std::string(kStyles[i % 10]) + " " + kMaterials[i / 10 % 15] + " " +
                    kThings[i / 150 % 20] + (i >= 500 ? " No" + std::to_string(i) : ""));
  }
  for (std::size_t i = 0; i < items; ++i) {
    rows.push_back(
        {names[i].c_str(), static_cast<std::int64_t>(100 + i),
         "Made by hand in a small workshop, packed with care and sent with a warranty card."});
  }
  return make_shop({"Big Shop", "en-US", "USD", "UTC", ""}, rows,
                   {make_document(1, "Opening hours", "Open daily from 9:00 to 17:00."),
                    make_document(2, "Delivery", "We ship within 3 days.")});
}

Proposal ask(const std::shared_ptr<const RetrievalIndex>& shop, std::string text,
             std::vector<PastMessage> recent) {
  TurnContext context;
  context.index = shop;
  context.text = std::move(text);
  context.history = History(std::move(recent));
  context.channel.max_quick_replies = 3;
  return EmbeddedAgent().answer(context);
}

void expect_answers(const Shop& shop, const std::vector<Asked>& rows,
                    const std::vector<PastMessage>& before) {
  for (const Asked& row : rows) {
    const Proposal reply = ask(shop, row.question, before);
    SCOPED_TRACE(std::string(row.question) + "\n  → " + reply.text);
    EXPECT_EQ(reply.action, Action::reply);
    for (const char* part : row.parts) EXPECT_NE(reply.text.find(part), std::string::npos) << part;
    for (const char* part : row.absent) EXPECT_EQ(reply.text.find(part), std::string::npos) << part;
  }
}

void expect_rows(const std::vector<Asked>& rows, const std::vector<PastMessage>& before) {
  expect_answers(demo_shop(), rows, before);
}

std::vector<PastMessage> after(const char* question, std::vector<PastMessage> before) {
  return after_in(demo_shop(), question, std::move(before));
}

std::vector<PastMessage> after_in(const Shop& shop, const char* question,
                                  std::vector<PastMessage> before) {
  std::string answer = ask(shop, question, before).text;
  before.push_back({Author::contact, question});
  before.push_back({Author::ai, std::move(answer)});
  return before;
}

}  // namespace aura::agent::testing
