// Sample shops of the agent tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "actors/agent/embedded_agent.h"

namespace aura::agent::testing {

Id make_id(std::uint8_t kind, std::uint32_t number);

struct Row {
  const char* name;
  std::int64_t price_minor;  // negative: no price
  const char* description = "";
  bool available = true;
  std::vector<ItemOption> options = {};
};
std::shared_ptr<const RetrievalIndex> make_shop(BusinessProfile profile,
                                                const std::vector<Row>& rows,
                                                const std::vector<Document>& documents);
Document make_document(std::uint32_t number, std::string title, std::string text);

std::shared_ptr<const RetrievalIndex> demo_shop();
std::shared_ptr<const RetrievalIndex> salon();         // English, GBP
std::shared_ptr<const RetrievalIndex> tool_shop();     // German, EUR
std::shared_ptr<const RetrievalIndex> clothes_shop();  // Spanish rows in a workspace left at en-US
std::shared_ptr<const RetrievalIndex> bakery();        // French, EUR
std::shared_ptr<const RetrievalIndex> pizzeria();      // Italian, EUR, without a word on allergens
std::shared_ptr<const RetrievalIndex> trap_shop();     // names, texts and prices made to mislead
std::shared_ptr<const RetrievalIndex> big_shop(std::size_t items);

Proposal ask(const std::shared_ptr<const RetrievalIndex>& shop, std::string text,
             std::vector<PastMessage> recent = {});

// A question, and what its answer must contain.
struct Asked {
  const char* question;
  std::vector<const char*> parts;        // all must be in the answer
  std::vector<const char*> absent = {};  // none may be in the answer
};
using Shop = std::shared_ptr<const RetrievalIndex>;
void expect_answers(const Shop& shop, const std::vector<Asked>& rows,
                    const std::vector<PastMessage>& before = {});
// Asks the demo café each question and checks the answers.
void expect_rows(const std::vector<Asked>& rows, const std::vector<PastMessage>& before = {});
// The message history after asking this question at the demo café.
std::vector<PastMessage> after(const char* question, std::vector<PastMessage> before = {});
std::vector<PastMessage> after_in(const Shop& shop, const char* question,
                                  std::vector<PastMessage> before = {});

}  // namespace aura::agent::testing
