// The whole engine with a channel whose messages contain files, a fetcher that the test answers,
// and media links: shared by the media tests.
#pragma once

#include <gtest/gtest.h>

#include "runtime/log.h"
#include "runtime/media_link.h"
#include "storage/schema/records.pb.h"
#include "tests/support/engine_world.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/sim_channel.h"

namespace aura::test {

// item = "media" 0x1D external-id 0x1D thread 0x1D type 0x1D url 0x1D provider-id 0x1D sha256 …, or
// one of SimChannel's. A source with a provider id is looked up; the body of the answer is the URL.
class MediaChannel final : public ChannelAdapter {
 public:
  static std::string item(const std::string& id, const std::string& thread, const std::string& type,
                          const MediaSource& source);
  Normalised normalise(std::string_view payload) const override;
  std::vector<ProviderCall> compose(const OutboundMessage& message,
                                    const api::Credentials& credentials) const override;
  std::optional<ProviderCall> compose_typing(const std::string&,
                                             const api::Credentials&) const override {
    return std::nullopt;
  }
  SendOutcome classify(const ProviderReply& reply) const override { return sim_.classify(reply); }
  Result<std::string> account_of(const api::Credentials& credentials) const override {
    return credentials.page_id();
  }
  std::optional<Millis> window_length() const override { return std::nullopt; }
  std::optional<ProviderCall> compose_media_lookup(
      const MediaSource& source, const api::Credentials& credentials) const override;
  Result<MediaTarget> read_media_lookup(const MediaSource& source, const ProviderReply& reply,
                                        const api::Credentials& credentials) const override;

 private:
  SimChannel sim_;
};

// Answers sends with 200 and look-ups as scripted; records both.
class MediaProvider final : public ProviderClient {
 public:
  void call(ProviderCall call, std::function<void(ProviderReply)> done) override;
  std::vector<std::string> sent;     // bodies of sends
  std::vector<std::string> lookups;  // look-ups that were requested
  ProviderReply lookup_answer;
};

class MediaTest : public ::testing::Test {
 protected:
  MediaTest();
  void start();
  void crash();  // ends the process; start() begins the next run
  void deliver(const std::string& payload);
  void receive_file(const std::string& id, const std::string& thread = "person",
                    const std::string& type = "image");
  void tell(ChannelEvent::Kind kind, const std::string& id, const std::string& target);
  void answer(const std::string& bytes, const std::string& type = "image/jpeg");
  void pass(Millis time);
  Id conversation(const std::string& thread = "person") const;
  std::vector<api::Message> messages(const std::string& thread = "person");
  api::Attachment attachment(const std::string& thread = "person");
  Result<MediaBytes> open(const std::string& url, std::optional<ByteRange> range = {});
  Result<api::Media> upload(const std::string& bytes, std::optional<Id> conversation = {});
  std::string canary_file(const std::string& canary);  // a file that contains the canary, or ""

  SeededRandom random_{1};
  FakeClock clock_;
  Disk disk_;
  MediaProvider provider_;
  FakeFetcher fetcher_;
  MediaChannel channel_;
  MediaLinks links_{"secret", "https://shop.test", clock_};
  const ChannelAdapters adapters_{{api::CHANNEL_TYPE_MESSENGER, &channel_}};
  std::unique_ptr<EngineWorld> world_;
  Id workspace_, channel_id_;
};

}  // namespace aura::test
