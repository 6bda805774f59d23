#include "actors/agent/question_openers.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "actors/agent/text.h"

namespace aura::agent {
namespace {

// In the order of kLanguages. Of two words where one alone may also join parts of one question.
constexpr std::array<std::string_view, kLanguageCount> kOpeners{
    "how much|how many|how long|how far|how do|how can|how big|how often|what is|what are|what's|"
    "whats|what time|what do|what kind|what does|where|when|which|who|do you|do u|do they|are you|"
    "r u|are there|are the|are your|are they|is there|is it|is the|is your|is this|is that|can i|"
    "can we|can you|can it|could i|could you|may i|do i|do we|does it|does the|will you|have you|"
    "should i",
    "cuánto|cuanto|cuánta|cuántos|cuál|cuáles|qué|que hora|a qué hora|hasta qué hora|desde qué "
    "hora|dónde|donde|cuándo|cuando|"
    "hay|tienen|tienes|tiene|tenéis|están|estáis|abren|abrís|abre|puedo|se puede|se admiten|se "
    "permiten|se aceptan|admiten|permiten|se pueden|"
    "puede|pueden|aceptan|hacen|venden|entregan|envían|a cuánto|es posible",
    "combien|où|quand|quel|quelle|quels|quelles|est ce que|est ce qu|avez vous|êtes vous|y a t il|"
    "peut on|puis je|acceptez vous|acceptez|livrez vous|livrez|vous avez|vous êtes|vous acceptez|"
    "vous livrez|vous fermez|vous ouvrez|jusqu'à quelle heure|comment|c'est combien|proposez "
    "vous|faites vous|qu'est ce|à quelle heure|on peut|"
    "il y a|ouvrez vous",
    "wie viel|wieviel|wie lange|wie teuer|wie groß|was kostet|was kosten|was ist|was habt|wann|wo|"
    "habt ihr|haben sie|hast du|seid ihr|sind sie|kann ich|kann man|können wir|gibt es|gibts|"
    "nehmt ihr|akzeptiert ihr|liefert ihr|macht ihr|darf ich|darf man|welche|welcher|welches|"
    "bietet ihr|könnt ihr|können sie|nehmen sie|liefern sie|um wie viel uhr|bis wann",
    "quanto|quantos|quanta|onde|quando|qual|quais|tem|têm|há|vocês|vcs|você|posso|pode se|aceitam|"
    "aceita|entregam|abrem|estão|dá para|permitem|a que horas|até que horas|que horas|é "
    "possível|fazem|vendem|o "
    "que",
    "quanto|quanti|dove|dov'è|quando|avete|c'è|ci sono|siete|posso|si può|sono ammessi|si "
    "possono|accettate|"
    "consegnate|fate|qual|quali|a che ora|fino a che ora|che ora|è possibile|aprite|vendete|che "
    "cosa|cosa"};

// "are dogs allowed": these begin a question only before a thing.
constexpr std::array<std::string_view, kLanguageCount> kBeforeThings{"are|is|do|does|can", "", "",
                                                                     "sind|ist|dürfen",    "", ""};

struct Opener {
  std::vector<std::string> words;
  std::vector<bool> accented;
  bool before_thing = false;
};
using Openers = std::unordered_map<std::string, std::vector<Opener>>;

void add_openers(std::string_view list, bool before_thing, Openers& out) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('|'), list.size());
    Tokens tokens;
    tokens.assign(list.substr(0, end), 8);
    Opener opener;
    opener.before_thing = before_thing;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      opener.words.emplace_back(tokens.word(i));
      opener.accented.push_back(tokens[i].accented);
    }
    out[opener.words.front()].push_back(opener);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

const Openers& openers_of(Language language) {
  static const auto all = [] {
    std::array<Openers, kLanguageCount> out;
    for (std::size_t i = 0; i < kLanguageCount; ++i) {
      add_openers(kOpeners[i], false, out[i]);
      add_openers(kBeforeThings[i], true, out[i]);
    }
    return out;
  }();
  return all[index_of(language)];
}

// "où" is not "ou"; a longer word may lose its mark.
bool opens_here(const Opener& opener, Words words, std::size_t at) {
  constexpr std::size_t kAmbiguousBelow = 4;
  if (opener.words.size() > words.size() - at) return false;
  for (std::size_t i = 0; i < opener.words.size(); ++i) {
    if (words[at + i].text != opener.words[i]) return false;
    const bool alone = opener.words.size() == 1 && opener.words[i].size() < kAmbiguousBelow;
    if (alone && words[at + i].accented != opener.accented[i]) return false;
  }
  return true;
}

bool names_thing(Words words, std::size_t at, Language language) {
  return at < words.size() && Lexicon::instance().phrase_at(words, at, language).roles == 0;
}

}  // namespace

bool opens_question(Words words, std::size_t at, Language language) {
  if (at >= words.size()) return false;
  const Openers& openers = openers_of(language);
  const auto found = openers.find(std::string(words[at].text));
  if (found == openers.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Opener& opener) {
    return opens_here(opener, words, at) &&
           (!opener.before_thing || names_thing(words, at + opener.words.size(), language));
  });
}

}  // namespace aura::agent
