#include "runtime/ids.h"

#include <openssl/evp.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "runtime/random.h"

namespace aura {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // no i, l, o, u
constexpr std::size_t kTextSize = 26;

constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}
constexpr std::array<std::uint8_t, 256> kValues = make_values();

std::uint64_t load_big(const std::uint8_t* from) {
  std::uint64_t value = 0;
  std::memcpy(&value, from, sizeof value);
  return __builtin_bswap64(value);
}

void store_big(std::uint64_t value, std::uint8_t* to) {
  value = __builtin_bswap64(value);
  std::memcpy(to, &value, sizeof value);
}

// Fetching the algorithm costs more than hashing a short text: it is fetched once per process, and
// each thread keeps one context.
class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    check(context_ != nullptr && algorithm != nullptr);
    algorithm_ = algorithm;
  }
  void begin() { check(EVP_DigestInit_ex2(context_.get(), algorithm_, nullptr) == 1); }
  void add(const void* data, std::size_t size) {
    check(EVP_DigestUpdate(context_.get(), data, size) == 1);
  }
  void end(std::uint8_t (&out)[32]) {
    check(EVP_DigestFinal_ex(context_.get(), out, nullptr) == 1);
  }

 private:
  // Without SHA-256 no id can be derived, so the process cannot continue.
  static void check(bool ok) {
    if (!ok) std::abort();
  }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
  const EVP_MD* algorithm_ = nullptr;
};

}  // namespace

Id Id::from_view(std::string_view raw) {
  Id id;
  if (raw.size() == id.bytes.size()) std::memcpy(id.bytes.data(), raw.data(), raw.size());
  return id;
}

std::uint64_t hash_value(const Id& id) {
  // Both halves count: the first of a time-ordered id is mostly its time, the second may be a
  // sequence. The MurmurHash3 finalizer then mixes all bits.
  std::uint64_t h = load_big(id.bytes.data()) * 0x9e3779b97f4a7c15ULL ^ load_big(&id.bytes[8]);
  h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdULL;
  h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33);
}

std::string_view prefix(IdType type) {
  switch (type) {
    case IdType::workspace:
      return "ws";
    case IdType::channel:
      return "ch";
    case IdType::contact:
      return "ct";
    case IdType::conversation:
      return "cv";
    case IdType::message:
      return "msg";
    case IdType::item:
      return "item";
    case IdType::document:
      return "doc";
    case IdType::media:
      return "med";
    case IdType::login:
      return "lgn";
    case IdType::api_key:
      return "key";
  }
  return "";
}

// 128 bits in 26 characters of 5: the first character holds only the top 3 bits ('0' … '7').
std::string format_id(IdType type, const Id& id) {
  const std::string_view type_prefix = prefix(type);
  std::string text(type_prefix.size() + 1 + kTextSize, '_');
  std::memcpy(text.data(), type_prefix.data(), type_prefix.size());
  std::uint64_t high = load_big(id.bytes.data());
  std::uint64_t low = load_big(&id.bytes[8]);
  for (std::size_t i = text.size(); i > type_prefix.size() + 1; --i) {
    text[i - 1] = kAlphabet[low & 31];
    low = (low >> 5) | (high << 59);
    high >>= 5;
  }
  return text;
}

std::optional<Id> parse_id(IdType type, std::string_view text) {
  const std::string_view type_prefix = prefix(type);
  if (text.size() != type_prefix.size() + 1 + kTextSize || !text.starts_with(type_prefix) ||
      text[type_prefix.size()] != '_')
    return std::nullopt;
  text.remove_prefix(type_prefix.size() + 1);
  if (text[0] > '7') return std::nullopt;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  for (const char c : text) {
    const std::uint8_t digit = kValues[static_cast<unsigned char>(c)];
    if (digit == kNoDigit) return std::nullopt;
    high = (high << 5) | (low >> 59);
    low = (low << 5) | digit;
  }
  Id id;
  store_big(high, id.bytes.data());
  store_big(low, &id.bytes[8]);
  return id;
}

Id time_ordered_id(Millis at, std::uint64_t tail_high16, std::uint64_t tail_low64) {
  Id id;
  store_big((static_cast<std::uint64_t>(at) << 16) | (tail_high16 & 0xffff), id.bytes.data());
  store_big(tail_low64, &id.bytes[8]);
  return id;
}

// Ids of one millisecond count up in the order in which this process makes them.
Id new_id(Millis at) {
  static std::atomic<std::uint16_t> made{0};
  Id id = time_ordered_id(at, made.fetch_add(1, std::memory_order_relaxed), 0);
  fill_random(&id.bytes[8], 8);
  return id;
}

// SHA-256 over, for each part: [8 byte length, big-endian][bytes]. The lengths distinguish
// ("ab", "c") from ("a", "bc").
Id derived_id(std::initializer_list<std::string_view> parts) {
  thread_local Sha256 hash;
  hash.begin();
  for (const std::string_view part : parts) {
    std::uint8_t length[8];
    store_big(part.size(), length);
    hash.add(length, sizeof length);
    hash.add(part.data(), part.size());
  }
  std::uint8_t digest[32];
  hash.end(digest);
  Id id;
  std::memcpy(id.bytes.data(), digest, id.bytes.size());
  return id;
}

std::uint64_t short_hash(std::string_view bytes) {
  thread_local Sha256 hash;
  hash.begin();
  hash.add(bytes.data(), bytes.size());
  std::uint8_t digest[32];
  hash.end(digest);
  return load_big(digest);
}

Millis id_time(const Id& id) { return static_cast<Millis>(load_big(id.bytes.data()) >> 16); }

}  // namespace aura
