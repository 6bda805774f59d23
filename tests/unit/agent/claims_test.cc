// The claims checker against texts that the composer would not write. It must refuse each row of
// amounts without a claim, and each mutation of a sound reply.
#include "actors/agent/claims.h"

#include <gtest/gtest.h>

#include "tests/unit/agent/shops.h"

namespace aura::agent::testing {
namespace {

bool refused(const std::string& text) { return !check_claims(text, {}, *demo_shop()).empty(); }

TEST(CheckClaims, RefusesEveryUnbackedAmount) {
  for (const char* text : {"It is $5.",
                           "It is 5.",
                           "It is 5.00",
                           "It costs 5 dollars.",
                           "Cuesta cinco euros.",
                           "Das kostet fünf Euro.",
                           "Ça coûte vingt euros.",
                           "Custa dez reais.",
                           "Costa dieci euro.",
                           "It is ٥ dollars.",
                           "It is ５．００.",
                           "It is ५०.",
                           "It is ⑤.",
                           "It is ½ the usual.",
                           "It is Ⅴ.",
                           "Das macht 12,50\u00A0€.",
                           "USD 7",
                           "seven USD",
                           "EUR",
                           "only €",
                           "50% off",
                           "fifty percent off",
                           "cincuenta por ciento",
                           "20 Prozent Rabatt",
                           "a discount for you",
                           "half price today",
                           "moitié prix",
                           "zum halben Preis",
                           "a metà prezzo",
                           "٪",
                           "５０％",
                           "1\u200B0",
                           "𝟓 each",
                           "五 yuan",
                           "The price is twenty.",
                           "Der Preis ist zwanzig.",
                           "five bucks",
                           "99 cents",
                           "£3",
                           "¥300",
                           "₹20",
                           "5.–",
                           "3 for 2",
                           "1e3",
                           "0x10",
                           "$",
                           "R$ 5"}) {
    EXPECT_TRUE(refused(text)) << text;
  }
}

TEST(CheckClaims, AllowsTextsWithoutAmounts) {
  for (const char* text :
       {"Hello, how can I help you?", "Ich übergebe an einen Menschen.",
        "Would you like to talk to a person from our team?", "Sei gentile.", ""}) {
    EXPECT_FALSE(refused(text)) << text;
  }
}

TEST(CheckClaims, RefusesUnknownLinks) {
  EXPECT_TRUE(refused("See https://evil.example/pay"));
  EXPECT_TRUE(refused("See evil.example/pay"));
  EXPECT_TRUE(refused("Write to pay@evil.example"));
  EXPECT_FALSE(refused("Write to hello@auradmer.example."));
}

class SoundReply : public ::testing::Test {
 protected:
  void SetUp() override {
    proposal_ = ask(demo_shop(), "how much is the chocolate cake?");
    ASSERT_EQ(proposal_.text, "Chocolate Cake is $6.50.");
    ASSERT_EQ(proposal_.claims.size(), 2u);
    ASSERT_TRUE(sound());
  }
  bool sound() const {
    return check_claims(proposal_.text, proposal_.claims, *demo_shop()).empty();
  }
  Claim& price() { return proposal_.claims[1]; }

  Proposal proposal_;
};

TEST_F(SoundReply, BindsThePrice) {
  const CatalogItem* item = demo_shop()->find_item(price().source);
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(item->name, "Chocolate Cake");
  EXPECT_EQ(price().kind, ClaimKind::price);
  EXPECT_EQ(price().amount_minor, item->price_minor);
  EXPECT_EQ(price().revision, item->revision);
  EXPECT_EQ(proposal_.text.substr(price().begin, price().end - price().begin), "$6.50");
}

TEST_F(SoundReply, IsRefusedWithAnotherAmount) {
  proposal_.text.replace(price().begin, 5, "$1.50");
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedWithAnotherClaimedAmount) {
  price().amount_minor = 150;
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedAtAnotherRevision) {
  price().revision += 1;
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedForAnotherRow) {
  for (const CatalogItem& item : demo_shop()->items()) {
    if (item.name == "Latte") price().source = item.id;
  }
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedForAnUnknownRow) {
  price().source = make_id(200, 1);
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedWithAShiftedSpan) {
  price().begin += 1;
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedWithoutTheClaim) {
  proposal_.claims.pop_back();
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedInAnotherCurrency) {
  price().currency = "EUR";
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedBeyondTheText) {
  price().end = 10'000;
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsRefusedWithOverlappingClaims) {
  proposal_.claims.push_back(price());
  EXPECT_FALSE(sound());
}

TEST_F(SoundReply, IsReplacedWhenRefused) {
  price().amount_minor = 1;
  proposal_.quick_replies = {"Pay $1"};
  EXPECT_TRUE(enforce_claims(proposal_, *demo_shop()));
  EXPECT_TRUE(proposal_.claims.empty());
  EXPECT_TRUE(proposal_.quick_replies.empty());
  EXPECT_TRUE(sound());
  EXPECT_EQ(proposal_.text.find('$'), std::string::npos);
}

TEST(CheckClaims, NumberedNamesDoNotLendTheirNumbers) {
  const auto shop = trap_shop();
  const CatalogItem& menu = shop->items()[6];
  ASSERT_EQ(menu.name, "Menu 7");
  const Claim name{ClaimKind::name, 0, 6, menu.id, menu.revision, 0, ""};
  EXPECT_TRUE(check_claims("Menu 7", {name}, *shop).empty());
  EXPECT_FALSE(check_claims("Menu 7 $", {name}, *shop).empty());
  EXPECT_FALSE(check_claims("Menu 70", {name}, *shop).empty());
  EXPECT_FALSE(check_claims("Menu 7 euros", {name}, *shop).empty());
  Claim price{ClaimKind::price, 7, 13, menu.id, menu.revision, 1790, "USD"};
  EXPECT_FALSE(check_claims("Menu 7 $17.90", {name, price}, *shop).empty());
  price.begin = 8, price.end = 14;
  EXPECT_TRUE(check_claims("Menu 7: $17.90", {name, price}, *shop).empty());
}

TEST(NamesAmount, TellsMoneyFromOtherNumbers) {
  for (const char* text : {"Delivery costs $5.",
                           "Free over 30 €.",
                           "Free delivery over 30.",
                           "La entrega cuesta 5 euros.",
                           "Die Lieferung kostet 4,90 €.",
                           "10% off for students",
                           "ten percent off",
                           "Fee: 5",
                           "The minimum order is 15.",
                           "A tour is twenty dollars.",
                           "a dollar a cup",
                           "Surcharge 1.50",
                           "It is 12.50 for two.",
                           "La livraison coûte 5",
                           "Mindestbestellwert 20",
                           "2 for 1",
                           "3x2",
                           "Costa cinque euro",
                           "€٥",
                           "Deposit:\n25",
                           "Parking: 10 per day",
                           "Parking 11 por dia",
                           "Parken 12 pro Tag",
                           "Parking 13 par jour",
                           "Parcheggio 14 al giorno",
                           "Parking 15/day",
                           "Towels 3 each"}) {
    EXPECT_TRUE(names_amount(text)) << text;
  }
  for (const char* text :
       {"Open from 8:00 am to 6:00 pm.", "Montag bis Freitag 8.00 bis 18.30 Uhr",
        "Ouvert de 7h00 à 19h30", "Call +1 207 555 0148.", "48 Harbor Walk, Portland, Maine 04101",
        "within 30 to 45 minutes", "Return within 30 days, free of cost.",
        "We deliver within 5 km.", "2 to 3 working days", "Apertos das 9:00 às 18:00",
        "Dogs are welcome.", "aperto dalle 8:00 alle 19:00", "del 5 al 12 de agosto"}) {
    EXPECT_FALSE(names_amount(text)) << text;
  }
}

TEST(NamesAmount, ReadsPriceListsOfWhatIsSold) {
  const auto shop = make_shop({"Corner", "en-US", "USD", "UTC", ""},
                              {{"Latte", 475}, {"Chocolate Croissant", 350}}, {});
  for (const char* text : {"Latte 4", "Lattes: 5", "croissant - 3", "Latte\n4"}) {
    EXPECT_TRUE(names_amount(text, *shop)) << text;
    EXPECT_FALSE(names_amount(text)) << text;
  }
  for (const char* text : {"A latte. 24 seats.", "Latte 16 oz", "Room 4"})
    EXPECT_FALSE(names_amount(text, *shop)) << text;
}

TEST(NamesAmount, ReadsAbbreviationsBesideANumber) {
  for (const char* text : {"Boots: Rs. 500.",
                           "Rs 500",
                           "Tebivok: 12 zł.",
                           "Fr. 12",
                           "40 kr",
                           "kr. 40",
                           "40:-",
                           "Kr 40,-",
                           "500 Ft",
                           "30 Kč",
                           "RM 12",
                           "300 руб",
                           "40 грн",
                           "5 лв",
                           "40 baht",
                           "100円",
                           "100元",
                           "KSh 200",
                           "Bs. 20",
                           "د.إ 12",
                           "½ €",
                           "€½",
                           "5ct",
                           "6.—",
                           "6,–",
                           "2 grand",
                           "Kayaks rent for a fiver.",
                           "Canoes rent for 20 an hour.",
                           "Lamps go for twenty-five.",
                           "7 a persona",
                           "Hacemos delivery por 8 soles.",
                           "500 colones",
                           "20 quetzales",
                           "12 zlotys",
                           "300 shillings",
                           "40 couronnes",
                           "20 marks",
                           "15 USDT",
                           "5 guineas",
                           "Zaboor sells at 15."}) {
    EXPECT_TRUE(names_amount(text)) << text;
  }
  for (const char* text :
       {"Mo-Fr 9-17 Uhr", "Fr 9-17", "Fr. 9:00-18:00", "de 9 a 14", "8 a.m. to 6 p.m.",
        "Lesson for two.", "A cake for 6 people", "DIN A4", "EU 38", "½ litre", "open from 8 a.m.",
        "Parties of more than 8 people", "Size 10 US", "3 nuevos platos", "Closed at 15:00."}) {
    EXPECT_FALSE(names_amount(text)) << text;
  }
  struct OwnMark {
    const char* locale;
    const char* currency;
    const char* text;
  };
  for (const OwnMark& row :
       {OwnMark{"en-ZA", "ZAR", "R 50"}, OwnMark{"en-ZA", "ZAR", "R50"},
        OwnMark{"es-PE", "PEN", "S/ 20"}, OwnMark{"es-GT", "GTQ", "Q50"},
        OwnMark{"pl-PL", "PLN", "12 zł"}, OwnMark{"ms-MY", "MYR", "RM 12"},
        OwnMark{"pl-PL", "PLN", "12 złotych"}, OwnMark{"uk-UA", "UAH", "40 гривень"},
        OwnMark{"ro-RO", "RON", "20 lei"}, OwnMark{"tr-TR", "TRY", "20 TL"},
        OwnMark{"el-GR", "EUR", "20 ευρώ"}, OwnMark{"de-CH", "CHF", "50 Rappen"}}) {
    const auto shop = make_shop({"", row.locale, row.currency, "UTC", ""}, {{"Lamp", 100}}, {});
    EXPECT_TRUE(names_amount(row.text, *shop)) << row.text;
  }
}

// What people call the money of their country is known of every currency.
TEST(NamesAmount, KnowsTheNameOfTheOwnCurrency) {
  struct OwnName {
    const char* locale;
    const char* currency;
    const char* text;
  };
  for (const OwnName& row : {OwnName{"es-PE", "PEN", "Hacemos delivery en Lima por 8 soles."},
                             OwnName{"es-PE", "PEN", "Aceptamos Yape desde veinte soles."},
                             OwnName{"es-CR", "CRC", "500 colones"},
                             OwnName{"es-GT", "GTQ", "20 quetzales"},
                             OwnName{"es-BO", "BOB", "20 bolivianos"},
                             OwnName{"es-PY", "PYG", "20 mil guaraníes"},
                             OwnName{"pl-PL", "PLN", "Zaboor za 12 złotych"},
                             OwnName{"en-US", "PLN", "Zaboor za 12 złotych"},
                             OwnName{"pl-PL", "PLN", "Zaboor za dwanaście złotych"},
                             OwnName{"tr-TR", "TRY", "20 TL"},
                             OwnName{"tr-TR", "TRY", "20 lira"},
                             OwnName{"uk-UA", "UAH", "40 гривень"},
                             OwnName{"uk-UA", "UAH", "40 гривні"},
                             OwnName{"ro-RO", "RON", "20 de lei"},
                             OwnName{"ro-RO", "RON", "20 lei"},
                             OwnName{"el-GR", "EUR", "20 ευρώ"},
                             OwnName{"sv-SE", "SEK", "fyrtio kronor"},
                             OwnName{"en-SE", "SEK", "40 crowns"},
                             OwnName{"cs-CZ", "CZK", "třicet korun"},
                             OwnName{"ru-RU", "RUB", "триста рублей"},
                             OwnName{"de-CH", "CHF", "50 Rappen"},
                             OwnName{"en-US", "USD", "It sells at 15."},
                             OwnName{"en-US", "USD", "Socks, two for ten."}}) {
    const auto shop = make_shop({"", row.locale, row.currency, "UTC", ""}, {{"Lamp", 100}}, {});
    EXPECT_TRUE(names_amount(row.text, *shop)) << row.text;
  }
  const auto lima =
      make_shop({"Café Lima", "es-PE", "PEN", "America/Lima", ""},
                {{"Tetera", 9900, "Tetera azul, antes 60 soles."}},
                {make_document(1, "Delivery", "Hacemos delivery en Lima por 8 soles."),
                 make_document(2, "Horario",
                               "Abrimos de 9 a 18 horas, con sol o "
                               "sin él.")});
  expect_answers(lima, {{"¿hacen delivery?", {}, {"8 soles"}},
                        {"tetera", {"99"}, {"60"}},
                        {"¿cuándo abren?", {"9 a 18"}}});
}

TEST(Amounts, SignsOfOneLetterAndPricesToStartFrom) {
  struct Row {
    const char* locale;
    const char* currency;
    const char* text;
    bool amount = true;
  };
  constexpr Row kRows[] = {{"en-US", "USD", "It sells at R 50 in town."},
                           {"en-IE", "EUR", "Yours for 12e only."},
                           {"fr-FR", "EUR", "Nous sommes dans le 12e arrondissement.", false},
                           {"de-DE", "EUR", "Gutscheine gibt es ab 30."},
                           {"de-DE", "EUR", "Gruppen ab 30 Personen melden sich an.", false},
                           {"de-DE", "EUR", "Wir haben ab 9 geöffnet.", false},
                           {"de-DE", "EUR", "Karten kosten nichts, Hefte gibt es zu je 12."},
                           {"pt-BR", "BRL", "Temos peças a partir de 30."},
                           {"es-ES", "EUR", "Existe desde 1998.", false},
                           {"pl-PL", "PLN", "Only 50 gr today."},
                           {"en-GB", "GBP", "A bag of 50 gr of tea.", false},
                           {"en-GB", "GBP", "4 Quay Street, Bristol BS1 4QE.", false}};
  for (const Row& row : kRows) {
    const auto shop = make_shop({"Shop", row.locale, row.currency, "UTC", ""}, {{"Lamp", 100}}, {});
    EXPECT_EQ(names_amount(row.text, *shop), row.amount) << row.text;
  }
}

}  // namespace
}  // namespace aura::agent::testing
