#include "actors/agent/stemmer.h"

#include <libstemmer.h>

#include <array>
#include <memory>
#include <string>

namespace aura::agent {
namespace {

struct DeleteStemmer {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, DeleteStemmer>;

}  // namespace

std::string_view stem(std::string_view folded, Language language) {
  thread_local std::array<Stemmer, kLanguageCount> stemmers;
  Stemmer& stemmer = stemmers[index_of(language)];
  if (!stemmer) stemmer.reset(sb_stemmer_new(std::string(code(language)).c_str(), nullptr));
  if (!stemmer) return folded;
  const sb_symbol* out =
      sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(folded.data()),
                      static_cast<int>(folded.size()));
  if (out == nullptr) return folded;
  return {reinterpret_cast<const char*>(out),
          static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

}  // namespace aura::agent
