// The same breadth in a German bookshop.
#include <gtest/gtest.h>

#include "tests/unit/agent/more_shops.h"

namespace aura::agent::testing {
namespace {

void expect_bookshop(const std::vector<Asked>& rows) { expect_answers(bookshop(), rows); }

TEST(BroadBookshop, Hours) {
  expect_bookshop({
      {"habt ihr um halb zehn am Montag offen?", {"Ja, nach"}},
      {"habt ihr montags um neun Uhr morgens offen?", {"Nein, nach"}},
      {"habt ihr am Samstag um viertel vor vier nachmittags geöffnet?", {"Ja, nach"}},
      {"habt ihr samstags um fünf Uhr nachmittags auf?", {"Nein, nach"}},
      {"habt ihr sonntags auf?", {"Nein, nach"}},
      {"habt ihr mittags auf?", {"9.30 bis 18.30"}},
      {"are you open at quarter past six pm on friday?", {"Yes, going by"}},
      {"¿abren el viernes a las siete de la tarde?", {"No, según"}},
      {"vous êtes ouverts à midi le samedi ?", {"Oui, d'après"}},
      {"siete aperti a mezzanotte?", {"No, secondo"}},
      {"estão abertos no sábado às dez e meia da manhã?", {"Sim, segundo"}},
      {"bis wann habt ihr freitags offen?", {"18.30"}},
  });
}

}  // namespace
}  // namespace aura::agent::testing
