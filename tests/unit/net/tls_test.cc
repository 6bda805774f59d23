// TLS of both sides, with generated certificates: verification, host names, reload.
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "net/client/http_client.h"
#include "net/server/server.h"

namespace aura::net {
namespace {

namespace fs = std::filesystem;

struct Pem {
  std::string certificate;
  std::string key;
};

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

// A self-signed certificate for one host name, valid for `days` (negative: expired).
Pem make_certificate(const std::string& host, int days = 30) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const x = X509_new();
  X509_set_version(x, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
  X509_gmtime_adj(X509_getm_notBefore(x), -60L * 86'400);
  X509_gmtime_adj(X509_getm_notAfter(x), days * 86'400L);
  X509_set_pubkey(x, key);
  X509_NAME* const name = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
  X509_set_issuer_name(x, name);
  X509_EXTENSION* const san =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + host).c_str());
  X509_add_ext(x, san, -1);
  X509_EXTENSION_free(san);
  X509_sign(x, key, EVP_sha256());
  BIO* const cert_bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(cert_bio, x);
  BIO* const key_bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(key_bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  X509_free(x);
  EVP_PKEY_free(key);
  return {text_of(cert_bio), text_of(key_bio)};
}

class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    dir_ = fs::temp_directory_path() / ("aura_tls_test_" + std::to_string(::getpid()));
    fs::create_directories(dir_);
    router_.add(Method::get, "/hello",
                [](Request&&, const Responder& r) { r.reply(Response::text(200, "hello")); });
  }
  ~TlsTest() override { fs::remove_all(dir_); }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(dir_ / name, std::ios::trunc) << text;
    return (dir_ / name).string();
  }

  std::string start(const Pem& pem) {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.tls_certificate = write("server.pem", pem.certificate);
    options.tls_key = write("server.key", pem.key);
    options.tls_reload_interval = std::chrono::milliseconds(1);
    server_ = std::make_unique<Server>(options, router_);
    const auto address = server_->start();
    EXPECT_TRUE(address) << address.error().detail;
    return "https://localhost" + address->substr(address->rfind(':')) + "/hello";
  }

  std::unique_ptr<HttpClient> client_trusting(const Pem& pem) {
    HttpClientOptions options;
    options.idle_timeout =
        std::chrono::minutes(5);  // one test looks whether its connection is kept
    options.ca_file = write("ca.pem", pem.certificate);
    return std::make_unique<HttpClient>(options);
  }

  static HttpResult get(HttpClient& client, const std::string& url) {
    std::promise<HttpResult> promise;
    HttpCall call;
    call.url = url;
    client.send(std::move(call), [&](HttpResult r) { promise.set_value(std::move(r)); });
    return promise.get_future().get();
  }

  fs::path dir_;
  Router router_;
  std::unique_ptr<Server> server_;
};

TEST_F(TlsTest, AnswersAClientThatTrustsIt) {
  const Pem pem = make_certificate("localhost");
  const std::string url = start(pem);
  const auto client = client_trusting(pem);
  for (int i = 0; i < 3; ++i) {
    const HttpResult result = get(*client, url);
    ASSERT_TRUE(result) << result.error().error.detail;
    EXPECT_EQ(result->body, "hello");
  }
}

TEST_F(TlsTest, FailsHardOnAWrongCertificate) {
  const Pem unknown = make_certificate("localhost");
  HttpClient trusting_none;
  const HttpResult self_signed = get(trusting_none, start(unknown));
  ASSERT_FALSE(self_signed);
  EXPECT_FALSE(self_signed.error().sent);
  const Pem other = make_certificate("other.example");
  EXPECT_FALSE(get(*client_trusting(other), start(other))) << "another host's";
  const Pem expired = make_certificate("localhost", -1);
  EXPECT_FALSE(get(*client_trusting(expired), start(expired))) << "expired";
}

TEST_F(TlsTest, ReloadsWithoutDisturbingConnections) {
  const Pem before = make_certificate("localhost");
  const Pem after = make_certificate("localhost");
  const std::string url = start(before);
  const auto old_client = client_trusting(before);
  ASSERT_TRUE(get(*old_client, url));
  const auto some_looks_later = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
  write("server.pem", after.certificate);
  while (std::chrono::steady_clock::now() < some_looks_later)
    ASSERT_TRUE(get(*client_trusting(before), url)) << "the key does not fit yet";
  write("server.key", after.key);
  const auto too_late = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!get(*client_trusting(after), url))
    ASSERT_LT(std::chrono::steady_clock::now(), too_late) << "it was never loaded";
  EXPECT_TRUE(get(*old_client, url)) << "its connection is untouched";
  EXPECT_TRUE(get(*client_trusting(after), url));
  EXPECT_FALSE(get(*client_trusting(before), url));
}

TEST_F(TlsTest, DoesNotStartWithABrokenCertificate) {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.tls_certificate = write("server.pem", "nonsense");
  options.tls_key = write("server.key", "nonsense");
  Server server(options, router_);
  const auto address = server.start();
  ASSERT_FALSE(address);
  EXPECT_NE(address.error().detail.find("server.pem"), std::string::npos);
}

}  // namespace
}  // namespace aura::net
