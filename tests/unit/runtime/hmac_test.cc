#include "runtime/hmac.h"

#include <gtest/gtest.h>

#include "runtime/hex.h"

namespace aura {
namespace {

// Bodies as Meta signs them, with signatures computed apart from our code, and the vectors of RFC
// 4231.
constexpr char kSecret[] = "test_app_secret_0123456789abcdef";
constexpr char kV1[] =
    R"({"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"sender":{"id":"7001112223"},"recipient":{"id":"1029384756"},"timestamp":1790000000001,"message":{"mid":"m_AbCdEf0001","text":"hello"}}]}]})";
constexpr char kV1Digest[] = "4c6401543d8a6263d590d7553e40ad8724507444a8e8046fab98ed5c2033823c";
constexpr char kV2[] =
    R"({"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,"messaging":[{"sender":{"id":"6841100000000002"},"recipient":{"id":"17841400000000001"},"timestamp":1790000000400,"message":{"mid":"aWdfZG1fMDAwMQ==","text":"caf\u00e9 \ud83d\ude00 https:\/\/example.test\/a"}}]}]})";

TEST(HmacSha256Test, SignsTheVectors) {
  const HmacSha256 key(kSecret);
  EXPECT_EQ(key.sign_hex(kV1), kV1Digest);
  EXPECT_EQ(key.sign_hex(kV2), "2776920a644bc9b452b22801c411d15aa349a601f2d26e2ae9055c8904f152b3");
  EXPECT_EQ(key.sign_hex(""), "41e8f75a26ef599c5c89e456ec3c0729db143bb9925971cd4dab8c31ea4a95c3");
  EXPECT_EQ(key.sign_hex("EAATESTTOKEN0001"),
            "3f8440d83ba968de4973db42c1f1642d77973adcf1f9be75aaf3ef7401adae0e");
  const HmacSha256 long_key(std::string(131, '\xaa'));
  EXPECT_EQ(long_key.sign_hex("Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256Test, VerifiesOnlyTheWholeTruth) {
  const HmacSha256 key(kSecret);
  const std::string digest = kV1Digest;
  EXPECT_TRUE(key.verify_hex(kV1, "sha256=" + digest));
  std::string upper = digest;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_TRUE(key.verify_hex(kV1, "sha256=" + upper));
  EXPECT_FALSE(key.verify_hex(kV1, "sha256=" + digest.substr(0, 63) + "d"));
  EXPECT_FALSE(key.verify_hex(kV1, "sha256=" + digest.substr(0, 63)));
  EXPECT_FALSE(key.verify_hex(kV1, "sha256=" + digest + "0"));
  EXPECT_FALSE(key.verify_hex(kV1, "sha1=af089e6c077f9e2903b06a6d677b01233e64c748"));
  EXPECT_FALSE(key.verify_hex(kV1, digest));
  EXPECT_FALSE(key.verify_hex(kV1, ""));
  EXPECT_FALSE(key.verify_hex(std::string(kV1) + "\n", "sha256=" + digest));
  EXPECT_FALSE(key.verify_hex(
      kV2, "sha256=4bad7be74835e69f66245d2fb866b8b70da51bd850474dbd5bff2abbe1b3bec4"))
      << "the digest of the text parsed and written again";
  EXPECT_FALSE(HmacSha256("other").verify_hex(kV1, "sha256=" + digest));
}

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
TEST(Hmac, TheRfcsVectors) {
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

}  // namespace
}  // namespace aura
