#include "config/load.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace aura::config {
namespace {

class LoadTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("aura-config-" + std::to_string(getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return (folder_ / name).string();
  }
  static std::vector<std::string> errors(const std::string& toml, const Environment& env = {}) {
    std::vector<std::string> texts;
    for (const ConfigError& error : load_string(toml, "c.toml", env).errors)
      texts.push_back(error.text());
    return texts;
  }
  static Settings good(const std::string& toml, const Environment& env = {}) {
    const LoadResult result = load_string(toml, "c.toml", env);
    for (const ConfigError& error : result.errors) ADD_FAILURE() << error.text();
    return result.settings;
  }

  std::filesystem::path folder_;
};

TEST_F(LoadTest, AnEmptyFileGivesTheDefaults) {
  const Settings s = good("");
  EXPECT_EQ(s.public_endpoint.listen.host, "127.0.0.1");
  EXPECT_EQ(s.public_endpoint.listen.port, 8080);
  EXPECT_EQ(s.public_endpoint.url, "http://127.0.0.1:8080");
  EXPECT_EQ(s.operator_endpoint.listen.port, 9090);
  EXPECT_TRUE(s.operator_endpoint.token.empty());
  EXPECT_EQ(s.storage.path, "./data");
  EXPECT_TRUE(s.storage.sync);
  EXPECT_EQ(s.master_key_path(), "./data/master.key");
  EXPECT_EQ(s.runtime.threads, 0);
  EXPECT_EQ(s.runtime.conversation_idle_seconds, 300);
  EXPECT_EQ(s.runtime.shutdown_seconds, 10);
  EXPECT_EQ(s.channels.meta.graph_url, "https://graph.facebook.com");
  EXPECT_EQ(s.channels.meta.instagram_url, "https://graph.instagram.com");
  EXPECT_EQ(s.channels.meta.api_version, "v25.0");
  EXPECT_EQ(s.channels.twilio.api_url, "https://api.twilio.com");
  EXPECT_TRUE(s.channels.twilio.opt_out_words.starts_with("ARRET, "));
  EXPECT_EQ(s.channels.twilio.opt_in_words, "");
  EXPECT_EQ(s.channels.twilio.help_words, "");
  EXPECT_EQ(s.ai.provider, "embedded");
  EXPECT_FALSE(s.ai.reply_debounce_ms);
  EXPECT_EQ(s.log.level, "info");
}

TEST_F(LoadTest, ValuesAreTaken) {
  const Settings s = good(R"(
    [public]
    listen = "[::]:0"
    url = "https://chat.example.com/"
    io_threads = 2
    max_connections = 50_000
    [storage]
    path = "/var/lib/aura"
    sync = false
    min_free_bytes = 5_000_000_000
    backlog_mb = 16
    keep_log_mb = 0
    [runtime]
    threads = 3
    [channels.meta]
    app_id = "123"
    app_secret = "s1"
    previous_app_secret = "s0"
    instagram_app_secret = "s2"
    verify_token = "v"
    [ai]
    provider = "embedded"
    reply_debounce_ms = 0
    [log]
    level = "debug"
  )");
  EXPECT_EQ(s.public_endpoint.listen.host, "::");
  EXPECT_EQ(s.public_endpoint.url, "https://chat.example.com");
  EXPECT_EQ(s.public_endpoint.io_threads, 2);
  EXPECT_EQ(s.public_endpoint.max_connections, 50'000);
  EXPECT_FALSE(s.storage.sync);
  EXPECT_EQ(s.storage.min_free_bytes, 5'000'000'000);
  EXPECT_EQ(s.storage.backlog_mb, 16);
  EXPECT_EQ(s.storage.keep_log_mb, 0);
  EXPECT_EQ(s.master_key_path(), "/var/lib/aura/master.key");
  EXPECT_EQ(s.operator_token_path(), "/var/lib/aura/operator.token");
  EXPECT_EQ(s.runtime.threads, 3);
  EXPECT_EQ(s.channels.meta.app_secret.reveal(), "s1");
  EXPECT_EQ(s.channels.meta.previous_app_secret.reveal(), "s0");
  EXPECT_EQ(s.channels.meta.instagram_app_secret.reveal(), "s2");
  EXPECT_EQ(s.channels.meta.verify_token.reveal(), "v");
  EXPECT_EQ(s.ai.reply_debounce_ms, 0);
  EXPECT_EQ(s.log.level, "debug");
}

TEST_F(LoadTest, AllErrorsAreReportedWithTheirLines) {
  const auto found = errors(
      "[public]\n"
      "listen = \"nowhere\"\n"
      "lisen = 1\n"
      "[runtime]\n"
      "threads = \"four\"\n"
      "shutdown_seconds = 0\n"
      "[storage]\n"
      "sync = 1\n"
      "[nonsense]\n"
      "a = 1\n"
      "b = 2\n"
      "[log]\n"
      "\"log.level\" = \"info\"\n");
  ASSERT_EQ(found.size(), 7u);
  EXPECT_EQ(found[6], "c.toml:13: log.log.level: is not a known key; [log] knows level");
  EXPECT_EQ(found[0],
            "c.toml:2: public.listen: \"nowhere\" is not host:port with a port from 0 to 65535; "
            "write for example \"127.0.0.1:8080\" or \"[::1]:8080\"");
  EXPECT_EQ(found[1],
            "c.toml:3: public.lisen: is not a known key; [public] knows listen, url, "
            "tls_certificate, tls_key, io_threads, max_connections");
  EXPECT_EQ(found[2],
            "c.toml:5: runtime.threads: must be a whole number from 0 to 1024, not a text; "
            "write it in digits, without quotes");
  EXPECT_EQ(found[3],
            "c.toml:6: runtime.shutdown_seconds: must be a whole number from 1 to 600, not 0; "
            "write it in digits, without quotes");
  EXPECT_EQ(found[4],
            "c.toml:8: storage.sync: must be true or false; write true or false, without quotes");
  EXPECT_EQ(found[5],
            "c.toml:9: nonsense: is not a known key; the tables are public, operator, storage, "
            "security, runtime, log, channels, ai");
}

TEST_F(LoadTest, AModelNeedsItsNameAndAProvidersOwnApiItsKey) {
  EXPECT_TRUE(errors("[ai]\nprovider = \"embedded\"\nmodel = \"m\"\n").empty());
  for (const std::string provider : {"openai", "anthropic"}) {
    const std::string head = "[ai]\nprovider = \"" + provider + "\"\n";
    EXPECT_TRUE(errors(head + "model = \"m\"\napi_key = \"k\"\n").empty());
    EXPECT_TRUE(errors(head + "model = \"m\"\nbase_url = \"http://127.0.0.1:8080\"\n").empty());
    const auto found = errors(head);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0],
              "c.toml:2: ai.provider: stands without ai.model; name the model that answers");
    EXPECT_EQ(found[1].substr(0, 51), "c.toml:2: ai.provider: stands without ai.api_key; s");
  }
  const auto secret = errors(
      "[ai]\nprovider = \"openai\"\nmodel = \"m\"\napi_key = \"k\"\n"
      "base_url = \"https://ada:s3cret@models.example/v1?key=s3cret\"\n");
  ASSERT_EQ(secret.size(), 1u);
  EXPECT_EQ(secret[0].find("s3cret"), std::string::npos) << secret[0];
  EXPECT_NE(secret[0].find("models.example/v1"), std::string::npos) << secret[0];
  EXPECT_EQ(errors("", {{"AURA_AI__PROVIDER", "anthropic"}, {"AURA_AI__API_KEY", "k"}}).size(), 1u);
  EXPECT_EQ(errors("[ai]\nprovider = \"oracle\"\n").size(), 1u);
  EXPECT_EQ(errors("[ai]\ntimeout_seconds = 26\n").size(), 1u);
}

TEST_F(LoadTest, BadSyntaxNamesItsLine) {
  const auto found = errors("[public]\nlisten = \n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].substr(0, 25), "c.toml:2: is not TOML: Er");
}

TEST_F(LoadTest, WrongShapesAreRefused) {
  EXPECT_EQ(errors("public = 3\n").size(), 1u);
  EXPECT_EQ(errors("[public.listen]\nport = 1\n").size(), 1u);
  EXPECT_EQ(errors("[log]\nlevel = [\"info\"]\n").size(), 1u);
  EXPECT_EQ(errors("[log]\nlevel = 1979-05-27\n").size(), 1u);
  EXPECT_EQ(errors("[runtime]\nthreads = 2.0\n").size(), 1u);
  EXPECT_EQ(errors("[[public]]\nlisten = \"a:1\"\n").size(), 1u);
  EXPECT_EQ(errors("[channels.telegram]\n").size(), 1u);
  EXPECT_EQ(errors("[storage]\npath = \"\"\n").size(), 1u);
  EXPECT_EQ(errors("[channels.meta]\napp_id = \"1\\u0000\"\n").size(), 1u);
  EXPECT_EQ(errors("[channels.meta]\napp_secret = \"a\\nb\"\n").size(), 1u);
  EXPECT_EQ(errors("[log]\nlevel = \"info\"\nlevel = \"warn\"\n").size(), 1u);
  EXPECT_EQ(errors("\"a.b\" = 1\n\"\" = 2\n").size(), 2u);
}

TEST_F(LoadTest, TheEnvironmentGoesBeforeTheFile) {
  const Settings s = good("[public]\nlisten = \"127.0.0.1:1\"\n[storage]\nsync = true\n",
                          {{"AURA_PUBLIC__LISTEN", "0.0.0.0:2"},
                           {"AURA_STORAGE__SYNC", "false"},
                           {"AURA_RUNTIME__THREADS", "7"},
                           {"AURA_CHANNELS__META__APP_SECRET", "from-env"},
                           {"AURA_AI__REPLY_DEBOUNCE_MS", "20"}});
  EXPECT_EQ(s.public_endpoint.listen.host, "0.0.0.0");
  EXPECT_FALSE(s.storage.sync);
  EXPECT_EQ(s.runtime.threads, 7);
  EXPECT_EQ(s.channels.meta.app_secret.reveal(), "from-env");
  EXPECT_EQ(s.ai.reply_debounce_ms, 20);
}

TEST_F(LoadTest, WrongVariablesAreNamed) {
  const auto found = errors("", {{"AURA_RUNTIME__THREADS", "many"},
                                 {"AURA_STORAGE__SYNC", "yes"},
                                 {"AURA_PUBLIC__LISEN", "a:1"},
                                 {"AURA_CHANNELS__TELEGRAM__TOKEN", "x"},
                                 {"AURA_Log__Level", "info"}});
  ASSERT_EQ(found.size(), 5u);
  EXPECT_EQ(found[0].substr(0, 39), "AURA_STORAGE__SYNC: storage.sync: must ");
  EXPECT_EQ(found[1].substr(0, 46), "AURA_RUNTIME__THREADS: runtime.threads: must b");
  EXPECT_EQ(found[2].substr(0, 43), "AURA_CHANNELS__TELEGRAM__TOKEN: channels.te");
  EXPECT_EQ(found[3].substr(0, 27), "AURA_Log__Level: log.level:");
  EXPECT_EQ(found[4].substr(0, 33), "AURA_PUBLIC__LISEN: public.lisen:");
}

TEST_F(LoadTest, OtherVariablesAreLeftAlone) {
  good("", {{"AURA_FAILPOINT", "S3:kill"},
            {"AURA_FAILPOINT_SEED", "1"},
            {"AURA_E2E_KEEP", "1"},
            {"AURA_URL", "http://127.0.0.1:1"},
            {"PUBLIC__LISTEN", "x"},
            {"PUBLIC_LISTEN", "x"}});
}

// A misspelt override must not be ignored: the error says what to write.
TEST_F(LoadTest, MisspeltVariablesSayWhatToWrite) {
  const auto only = [](const std::string& variable) {
    const auto found = errors("", {{variable, "x"}});
    EXPECT_EQ(found.size(), 1u) << variable;
    return found.empty() ? std::string() : found[0];
  };
  EXPECT_EQ(only("AURA_STORAGE_PATH"),
            "AURA_STORAGE_PATH: storage_path: is not a known key; write AURA_STORAGE__PATH");
  EXPECT_TRUE(only("AURA_LOG_LEVEL").ends_with("; write AURA_LOG__LEVEL"));
  EXPECT_TRUE(only("AURA_Log__Level").ends_with("; write AURA_LOG__LEVEL"));
  EXPECT_TRUE(only("AURA_CHANNELS_META_APP_SECRET_FILE")
                  .ends_with("; write AURA_CHANNELS__META__APP_SECRET_FILE"));
  EXPECT_TRUE(only("AURA_CHANNELS__META_APP_ID").ends_with("; write AURA_CHANNELS__META__APP_ID"));
  EXPECT_TRUE(only("AURA_STORAGE")
                  .ends_with("; [storage] knows path, sync, block_cache_mb, write_buffer_mb, "
                             "min_free_bytes, backlog_mb, "
                             "keep_log_mb; levels are joined by two underscores"));
  EXPECT_TRUE(only("AURA_RUNTIME_SECONDS").find("; [runtime] knows threads, ") !=
              std::string::npos);
  EXPECT_TRUE(only("AURA_CHANEL__META__APP_ID").find("; the tables are public, ") !=
              std::string::npos);
}

TEST_F(LoadTest, SecretsComeFromFiles) {
  const Settings s = good("[channels.meta]\napp_secret_file = \"" + file("a", "s3cret\n") +
                              "\"\nverify_token_file = \"" + file("b", "token\r\n") + "\"\n",
                          {{"AURA_OPERATOR__TOKEN_FILE", file("c", "op")}});
  EXPECT_EQ(s.channels.meta.app_secret.reveal(), "s3cret");
  EXPECT_EQ(s.channels.meta.verify_token.reveal(), "token");
  EXPECT_EQ(s.operator_endpoint.token.reveal(), "op");
}

TEST_F(LoadTest, AVariableReplacesTheOtherFormInTheFile) {
  const std::string toml = "[ai]\napi_key_file = \"" + file("k", "old") + "\"\n";
  EXPECT_EQ(good(toml, {{"AURA_AI__API_KEY", "new"}}).ai.api_key.reveal(), "new");
}

TEST_F(LoadTest, SecretFilesMustHoldOneLine) {
  const auto count = [&](const std::string& path) {
    return errors("[ai]\napi_key_file = \"" + path + "\"\n").size();
  };
  EXPECT_EQ(count(file("empty", "\n")), 1u);
  EXPECT_EQ(count(file("lines", "a\nb\n")), 1u);
  EXPECT_EQ(count(file("two-newlines", "a\n\n")), 1u);
  EXPECT_EQ(count(file("large", std::string(70'000, 'x'))), 1u);
  EXPECT_EQ(count((folder_ / "missing").string()), 1u);
  EXPECT_EQ(count(folder_.string()), 1u);
}

TEST_F(LoadTest, ASecretAndItsFileExcludeEachOther) {
  const std::string toml =
      "[ai]\napi_key = \"hunter2\"\napi_key_file = \"" + file("k", "x") + "\"\n";
  const auto found = errors(toml);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0], "c.toml:3: ai.api_key_file: stands beside ai.api_key; keep one of the two");
}

TEST_F(LoadTest, ErrorsNeverShowASecret) {
  for (const char* toml :
       {"[ai]\napi_key = \"hunter2\\u0007\"\n", "[ai]\napi_key = [\"hunter2\"]\n",
        "[channels.meta]\napp_secret = { a = \"hunter2\" }\n"})
    for (const std::string& text : errors(toml))
      EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  for (const std::string& text :
       errors("", {{"AURA_AI__API_KEY", "hunter2\n"}, {"AURA_AI__KEY", "hunter2"}}))
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
}

TEST_F(LoadTest, CertificateAndKeyBelongTogether) {
  const std::string certificate = file("c.pem", "x");
  const std::string key = file("k.pem", "x");
  const auto found = errors("[public]\ntls_certificate = \"" + certificate + "\"\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("stands without public.tls_key"), std::string::npos);
  const Settings s = good("[public]\ntls_certificate = \"" + certificate + "\"\n",
                          {{"AURA_PUBLIC__TLS_KEY", key}});
  EXPECT_EQ(s.public_endpoint.tls_key, key);
  EXPECT_EQ(errors("[public]\ntls_certificate = \"/none\"\ntls_key = \"/none\"\n").size(), 2u);
}

TEST_F(LoadTest, FilesThatCannotBeReadAreNamed) {
  const auto missing = load_file(folder_ / "none.toml", {});
  ASSERT_EQ(missing.errors.size(), 1u);
  EXPECT_EQ(missing.errors[0].text(),
            (folder_ / "none.toml").string() + ": cannot be read; check the path");
  EXPECT_FALSE(load_file(folder_, {}).ok());
  EXPECT_FALSE(load_file(file("big.toml", std::string(2'000'000, '#')), {}).ok());
  const auto loaded = load_file(file("ok.toml", "[log]\nlevel = \"warn\"\n"), {});
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(loaded.settings.log.level, "warn");
}

TEST_F(LoadTest, DeepOrHostileTomlIsRefused) {
  EXPECT_FALSE(errors("a = " + std::string(10'000, '[')).empty());
  EXPECT_FALSE(errors("a = " + std::string(10'000, '[') + std::string(10'000, ']')).empty());
  std::string dotted = "a";
  for (int i = 0; i < 15'000; ++i) dotted += ".a";
  EXPECT_FALSE(errors(dotted + " = 1\n").empty());
  EXPECT_FALSE(errors("[" + dotted + "]\n").empty());
  EXPECT_FALSE(errors("a = \"\xff\xfe\"\n").empty());
  EXPECT_FALSE(load_string(std::string(1'000'000, '#'), "x", {}).ok());
  EXPECT_FALSE(errors(std::string("a\0 = 1\n", 7)).empty());
}

TEST_F(LoadTest, TheProcessEnvironmentIsRead) {
  ASSERT_EQ(setenv("AURA_CONFIG_TEST", "a=b", 1), 0);
  EXPECT_EQ(process_environment().at("AURA_CONFIG_TEST"), "a=b");
  unsetenv("AURA_CONFIG_TEST");
}

TEST_F(LoadTest, PublicUrlFollowsListenUntilItIsGiven) {
  const auto url = [](const std::string& toml) {
    return load_string(toml, "aura.toml", {}).settings.public_endpoint.url;
  };
  EXPECT_EQ(url("[public]\nlisten = \"127.0.0.1:18080\""), "http://127.0.0.1:18080");
  EXPECT_EQ(url("[public]\nlisten = \"0.0.0.0:80\""), "http://127.0.0.1:80");
  EXPECT_EQ(url("[public]\nlisten = \"[::]:8443\""), "http://[::1]:8443");
  EXPECT_EQ(url("[public]\nlisten = \"127.0.0.1:1\"\nurl = \"https://shop.example\""),
            "https://shop.example");
}

}  // namespace
}  // namespace aura::config
