// The signature with which a host page identifies its user.
#include "actors/access/identity_signature.h"

#include <gtest/gtest.h>

namespace aura {
namespace {

// RFC 4231, test case 2.
constexpr const char* kSecret = "Jefe";
constexpr const char* kId = "what do ya want for nothing?";
constexpr const char* kSignature =
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

TEST(IdentitySignature, IsTheHexHmacOfTheId) {
  EXPECT_TRUE(signs(kSecret, kId, kSignature));
  std::string upper = kSignature;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_TRUE(signs(kSecret, kId, upper));
}

TEST(IdentitySignature, AnythingElseIsWrong) {
  const std::string right = kSignature;
  EXPECT_FALSE(signs(kSecret, "somebody else", right));
  EXPECT_FALSE(signs("another secret", kId, right));
  EXPECT_FALSE(signs(kSecret, kId, ""));
  EXPECT_FALSE(signs(kSecret, kId, right.substr(1)));
  EXPECT_FALSE(signs(kSecret, kId, right + "0"));
  EXPECT_FALSE(signs(kSecret, kId, "sha256=" + right.substr(7)));
  for (std::size_t i = 0; i < right.size(); ++i) {
    std::string changed = right;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_FALSE(signs(kSecret, kId, changed)) << i;
  }
}

TEST(IdentitySignature, SecretsAreLongAndNeverTheSame) {
  const std::string one = new_identity_secret(), two = new_identity_secret();
  EXPECT_EQ(one.size(), 46u);
  EXPECT_TRUE(one.starts_with("is_"));
  EXPECT_NE(one, two);
}

}  // namespace
}  // namespace aura
