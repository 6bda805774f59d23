// The business's details are quoted to customers, so they are labelled in the business's language.
#include <gtest/gtest.h>

#include "actors/catalog/snapshot.h"

namespace aura::test {
namespace {

TEST(BusinessDetails, AreLabelledInTheLanguageOfTheWorkspace) {
  const std::pair<const char*, const char*> rows[] = {
      {"en-US", "Opening hours: Mo-Fr 8-18.\nAddress: Via Roma 1.\nPhone: +39 06 1."},
      {"es-ES", "Horario: Mo-Fr 8-18.\nDirección: Via Roma 1.\nTeléfono: +39 06 1."},
      {"fr-FR", "Horaires : Mo-Fr 8-18.\nAdresse : Via Roma 1.\nTéléphone : +39 06 1."},
      {"de-DE", "Öffnungszeiten: Mo-Fr 8-18.\nAdresse: Via Roma 1.\nTelefon: +39 06 1."},
      {"pt_BR", "Horário: Mo-Fr 8-18.\nEndereço: Via Roma 1.\nTelefone: +39 06 1."},
      {"it", "Orari: Mo-Fr 8-18.\nIndirizzo: Via Roma 1.\nTelefono: +39 06 1."},
      {"", "Opening hours: Mo-Fr 8-18.\nAddress: Via Roma 1.\nPhone: +39 06 1."}};
  for (const auto& [locale, details] : rows) {
    api::Workspace shop;
    shop.set_locale(locale);
    shop.mutable_business()->set_opening_hours("Mo-Fr 8-18");
    shop.mutable_business()->set_address("Via Roma 1");
    shop.mutable_business()->set_phone("+39 06 1");
    EXPECT_EQ(catalog::to_agent(shop).details, details) << locale;
  }
}

}  // namespace
}  // namespace aura::test
