// Files that the business and its visitors upload, and their use in messages.
#include <caf/send.hpp>

#include "actors/protocol.h"
#include "config/limits.h"
#include "tests/scenario/media_world.h"

namespace aura::test {
namespace {

using storage::Family;

const std::string kJpeg = "\xff\xd8\xff\xe0 the menu";

class UploadsTest : public MediaTest {
 protected:
  Result<api::Message> send(const std::string& media_id, const std::string& type = "image",
                            const std::string& thread = "person") {
    api::MessageInput input;
    input.set_text("Our menu");
    auto& attachment = *input.add_attachments();
    attachment.set_type(type);
    attachment.set_media_id(media_id);
    return world_->ask<api::Message>([&](auto reply) {
      world_->host().commands().send_message(workspace_, conversation(thread), input, {},
                                             std::move(reply));
    });
  }
  Result<api::Media> upload_as_visitor() {
    ChatVisitor visitor;
    visitor.workspace = workspace_;
    visitor.channel = channel_id_;
    visitor.thread = "visitor";
    visitor.conversation = conversation("visitor");
    return world_->ask<api::Media>([&](auto reply) {
      world_->host().media().upload(visitor, {kJpeg, "", "a.jpg"}, std::move(reply));
    });
  }
  void talk(const std::string& thread) {
    ChannelEvent event;
    event.external_id = "hello-" + thread;
    event.thread = thread;
    event.at = clock_.now_ms();
    event.text = "Hello";
    deliver(encode_event(event));
  }
};

TEST_F(UploadsTest, AnUploadIsReadableAndSentAsALink) {
  talk("person");
  const auto media = upload(kJpeg);
  ASSERT_TRUE(media) << media.error().detail;
  EXPECT_EQ(media->type(), "image");
  EXPECT_EQ(media->mime_type(), "image/jpeg");
  EXPECT_EQ(media->filename(), "menu.jpg");
  EXPECT_EQ(open(media->url())->bytes, kJpeg);
  const auto sent = send(media->id());
  ASSERT_TRUE(sent) << sent.error().detail;
  EXPECT_EQ(sent->attachments(0).mime_type(), "image/jpeg");
  EXPECT_EQ(open(sent->attachments(0).url())->bytes, kJpeg);
  ASSERT_EQ(provider_.sent.size(), 1u);
  const std::string& body = provider_.sent[0];
  EXPECT_TRUE(body.starts_with("Our menu image https://shop.test/media/")) << body;
  EXPECT_EQ(open(body.substr(body.find("https")))->bytes, kJpeg) << "the provider can fetch it";
  world_->advance(Millis{6} * 24 * 3'600'000);
  EXPECT_TRUE(open(body.substr(body.find("https")))) << "even a late retry";
}

TEST_F(UploadsTest, ALargeUploadIsStoredInSeveralCommits) {
  const std::string bytes = kJpeg + std::string(1'300'000, 'x');
  const auto media = upload(bytes);
  ASSERT_TRUE(media);
  EXPECT_EQ(media->size_bytes(), static_cast<std::int64_t>(bytes.size()));
  EXPECT_EQ(open(media->url())->bytes, bytes);
  EXPECT_EQ(world_->count(Family::media_due), 0u);
}

TEST_F(UploadsTest, WhatACrashLeftOfAnUploadIsErased) {
  world_->host().media().upload(workspace_, std::nullopt, {std::string(2'000'000, 'x'), "", ""}, {},
                                [](const Result<api::Media>&) {});
  while (world_->count(Family::blob) == 0 &&
         (world_->run_job() || world_->pool().run_one() || world_->writer().run_group() > 0)) {
  }
  EXPECT_EQ(world_->count(Family::media_due), 1u);
  crash();
  start();
  EXPECT_GT(world_->count(Family::blob), 0u);
  pass(2 * 60'000);
  EXPECT_GT(world_->count(Family::blob), 0u) << "perhaps it is still coming";
  world_->advance(16 * 60'000);
  world_->settle();
  EXPECT_EQ(world_->count(Family::blob), 0u);
  EXPECT_EQ(world_->count(Family::media), 0u);
  EXPECT_EQ(world_->count(Family::media_due), 0u);
}

TEST_F(UploadsTest, AFileOfOneConversationGoesNowhereElse) {
  talk("person");
  talk("other");
  const auto media = upload(kJpeg, conversation("person"));
  ASSERT_TRUE(media) << media.error().detail;
  EXPECT_TRUE(send(media->id()));
  const auto refused = send(media->id(), "image", "other");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/attachments/0/media_id");
  const Id contact = conversation::contact_id(channel_id_, "person");
  ASSERT_TRUE(world_->ask<std::monostate>([&](auto reply) {
    world_->host().commands().delete_contact(workspace_, contact, std::move(reply));
  }));
  EXPECT_EQ(open(media->url()).error().code, Errc::not_found) << "it dies with its contact";
  EXPECT_EQ(upload(kJpeg, conversation("person")).error().code, Errc::invalid);
}

TEST_F(UploadsTest, WrongIdsAndTypesAreRefusedBeforeAnythingIsQueued) {
  talk("person");
  const auto media = upload(kJpeg);
  ASSERT_TRUE(media);
  const std::string unknown = format_media({{}, new_id(clock_.now_ms())});
  for (const std::string& id : {std::string("med_x"), unknown, std::string("")})
    EXPECT_EQ(send(id).error().field, "/attachments/0/media_id") << id;
  EXPECT_EQ(send(media->id(), "video").error().field, "/attachments/0/type");
  EXPECT_TRUE(send(media->id(), "file"));
  EXPECT_EQ(provider_.sent.size(), 1u);
}

TEST_F(UploadsTest, AWebpImageMayGoAsASticker) {
  talk("person");
  const auto webp = upload("RIFF\x10WWWWEBPVP8 and more");
  ASSERT_TRUE(webp) << webp.error().detail;
  ASSERT_EQ(webp->mime_type(), "image/webp");
  EXPECT_TRUE(send(webp->id(), "sticker"));
  EXPECT_NE(send(webp->id(), "audio").error().detail.find(R"("image", "sticker" or "file")"),
            std::string::npos);
  const auto jpeg = upload(kJpeg);
  ASSERT_TRUE(jpeg);
  EXPECT_EQ(send(jpeg->id(), "sticker").error().field, "/attachments/0/type");
}

TEST_F(UploadsTest, TheSameRequestTwiceStoresOnce) {
  const Idempotency once{std::string(32, 'k'), std::string(32, 'f')};
  const auto ask = [&] {
    return world_->ask<api::Media>([&](auto reply) {
      world_->host().media().upload(workspace_, std::nullopt, {kJpeg, "", ""}, once,
                                    std::move(reply));
    });
  };
  const auto first = ask(), second = ask();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id(), second->id());
  EXPECT_EQ(world_->count(Family::media), 1u);
}

TEST_F(UploadsTest, DescribingGivesAFreshLink) {
  const auto media = upload(kJpeg);
  world_->advance(Millis{30} * 3'600'000);
  EXPECT_EQ(open(media->url()).error().code, Errc::unauthorized);
  const auto again = world_->ask<api::Media>([&](auto reply) {
    world_->host().media().describe(workspace_, *parse_media(media->id()), std::move(reply));
  });
  ASSERT_TRUE(again);
  EXPECT_EQ(open(again->url())->bytes, kJpeg);
}

TEST_F(UploadsTest, AVisitorMayUploadBeforeTheFirstMessageButNotWithoutEnd) {
  const auto media = upload_as_visitor();
  ASSERT_TRUE(media) << media.error().detail;
  EXPECT_EQ(parse_media(media->id())->owner, conversation::contact_id(channel_id_, "visitor"));
  EXPECT_EQ(open(media->url())->bytes, kJpeg);
  talk("visitor");
  EXPECT_TRUE(send(media->id(), "image", "visitor")) << "one key for both";
  for (std::int64_t i = 1; i < limits::kVisitorUploads; ++i) ASSERT_TRUE(upload_as_visitor()) << i;
  EXPECT_EQ(upload_as_visitor().error().code, Errc::rate_limited);
  world_->advance(Millis{24} * 3'600'000);
  EXPECT_TRUE(upload_as_visitor());
}

TEST_F(UploadsTest, WhatAVisitorUploadedAndNeverUsedIsErasedAfterADay) {
  talk("visitor");
  const auto used = upload_as_visitor(), unused = upload_as_visitor();
  ASSERT_TRUE(used && unused);
  ASSERT_TRUE(send(used->id(), "image", "visitor"));
  EXPECT_EQ(world_->count(Family::media), 2u);
  world_->advance(Millis{23} * 3'600'000);
  world_->settle();
  EXPECT_EQ(world_->count(Family::media), 2u);
  crash();
  start();
  world_->advance(Millis{2} * 3'600'000);
  world_->settle();
  EXPECT_EQ(world_->count(Family::media), 1u);
  EXPECT_EQ(world_->count(Family::blob), 1u);
  EXPECT_EQ(world_->count(Family::media_due), 0u);
  EXPECT_EQ(send(unused->id(), "image", "visitor").error().field, "/attachments/0/media_id");
  EXPECT_TRUE(send(used->id(), "image", "visitor"));
}

// A web chat frame that names uploads.
TEST_F(UploadsTest, AVisitorsMessageShowsItsOwnFilesOnly) {
  const auto own = upload_as_visitor();
  const auto business = upload(kJpeg);
  ASSERT_TRUE(own && business);
  const auto say = [&](const std::string& id, const std::string& media) {
    return world_->ask<api::Message>([&](const Reply<api::Message>& reply) {
      ReceiveChat chat;
      chat.event.external_id = id;
      chat.event.thread = "visitor";
      chat.event.at = clock_.now_ms();
      chat.event.attachments.emplace_back().set_media_id(media);
      chat.reply = OnceReply<api::Message>(reply);
      caf::anon_send(world_->host().root(), ToConversation{workspace_, conversation("visitor"),
                                                           channel_id_, std::move(chat)});
    });
  };
  const auto refused = say("one", business->id());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "/attachments/0/media_id");
  EXPECT_TRUE(messages("visitor").empty());
  const auto taken = say("two", own->id());
  ASSERT_TRUE(taken) << taken.error().detail;
  EXPECT_EQ(taken->attachments(0).type(), "image");
  EXPECT_EQ(taken->attachments(0).filename(), "a.jpg");
  EXPECT_EQ(open(taken->attachments(0).url())->bytes, kJpeg);
  EXPECT_TRUE(fetcher_.urls.empty());
  EXPECT_EQ(messages("visitor").size(), 2u) << "and the AI's answer to it";
}

}  // namespace
}  // namespace aura::test
