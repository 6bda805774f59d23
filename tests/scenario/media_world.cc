#include "tests/scenario/media_world.h"

namespace aura::test {
namespace {

constexpr char kMark = '\x1d';

}  // namespace

std::string MediaChannel::item(const std::string& id, const std::string& thread,
                               const std::string& type, const MediaSource& source) {
  std::string text = "media";
  for (const std::string& field :
       {id, thread, type, source.url, source.provider_id, source.sha256_base64})
    text += kMark + field;
  return text;
}

Normalised MediaChannel::normalise(std::string_view payload) const {
  const auto fields = split(payload, kMark);
  if (fields.size() != 7) return sim_.normalise(payload);
  ChannelEvent event;
  event.external_id = fields[1];
  event.thread = fields[2];
  event.at = 1'790'000'000'000;
  event.text = "Look at this";
  api::Attachment attachment;
  attachment.set_type(fields[3]);
  if (!fields[4].empty()) attachment.set_url(fields[4]);
  event.attachments.push_back(attachment);
  event.media.push_back({fields[4], fields[5], fields[6], !fields[5].empty()});
  return {{event}, {}, {}};
}

std::vector<ProviderCall> MediaChannel::compose(const OutboundMessage& message,
                                                const api::Credentials&) const {
  ProviderCall call;
  call.url = "sim:send";
  call.body = message.text;
  for (const auto& attachment : message.attachments)
    call.body += " " + attachment.type() + " " + attachment.url();
  return {call};
}

std::optional<ProviderCall> MediaChannel::compose_media_lookup(const MediaSource& source,
                                                               const api::Credentials&) const {
  if (source.provider_id.empty()) return std::nullopt;
  ProviderCall call;
  call.method = "GET";
  call.url = "sim:media/" + source.provider_id;
  return call;
}

Result<MediaTarget> MediaChannel::read_media_lookup(const MediaSource& source,
                                                    const ProviderReply& reply,
                                                    const api::Credentials&) const {
  if (reply.status == 404) return fail(Errc::not_found, "Media not found.");
  if (reply.status != 200) return fail(Errc::io, "No answer.");
  return MediaTarget{.url = reply.body,
                     .headers = {{"Authorization", "Bearer t"}},
                     .sha256 = source.sha256_base64};
}

void MediaProvider::call(ProviderCall call, std::function<void(ProviderReply)> done) {
  if (call.url.starts_with("sim:media/")) {
    lookups.push_back(call.url);
    return done(lookup_answer);
  }
  sent.push_back(call.body);
  ProviderReply reply;
  reply.status = 200;
  reply.body = "sent-" + std::to_string(sent.size());
  done(std::move(reply));
}

MediaTest::MediaTest() {
  log::set_level(log::Level::error);
  start();
  const EngineWorld::Shop shop = world_->open_shop();
  workspace_ = shop.workspace;
  channel_id_ = shop.channel;
}

void MediaTest::start() {
  EngineOptions options;
  options.channel_debounce = std::chrono::hours(1000);  // the AI does not answer in these tests
  world_ = std::make_unique<EngineWorld>(disk_, clock_, random_, provider_, adapters_, options,
                                         Sabotage::none, &links_);
  world_->services().fetcher = &fetcher_;
  world_->services().media_links = &links_;
  world_->settle();
}

void MediaTest::crash() {
  world_.reset();
  fetcher_.forget_callers();
}

void MediaTest::deliver(const std::string& payload) {
  InboundItem item;
  item.channel_type = api::CHANNEL_TYPE_MESSENGER;
  item.account = "page";
  item.payload = payload;
  Errc answer = Errc::timeout;
  world_->host().ingress().accept({item}, [&](Errc code) { answer = code; });
  world_->settle();
  EXPECT_EQ(answer, Errc::ok);
}

void MediaTest::receive_file(const std::string& id, const std::string& thread,
                             const std::string& type) {
  deliver(MediaChannel::item(id, thread, type, {"https://cdn.test/" + id, "", "", false}));
}

void MediaTest::tell(ChannelEvent::Kind kind, const std::string& id, const std::string& target) {
  ChannelEvent event;
  event.kind = kind;
  event.external_id = id;
  event.thread = "person";
  event.at = clock_.now_ms();
  event.target_id = target;
  deliver(encode_event(event));
}

void MediaTest::answer(const std::string& bytes, const std::string& type) {
  ASSERT_FALSE(fetcher_.open.empty());
  for (std::size_t at = 0; at < bytes.size(); at += MediaFetcher::kPieceBytes) {
    fetcher_.piece(bytes.substr(at, MediaFetcher::kPieceBytes));
    world_->settle();
  }
  fetcher_.end(FetchEnd::Kind::complete, {}, type);
  world_->settle();
}

void MediaTest::pass(Millis time) {
  for (Millis done = 0; done < time; done += 1000) {
    world_->advance(1000);
    world_->settle();
  }
}

Id MediaTest::conversation(const std::string& thread) const {
  return conversation::conversation_id(channel_id_, thread);
}

std::vector<api::Message> MediaTest::messages(const std::string& thread) {
  auto list = world_->ask<List<api::Message>>([&](auto reply) {
    world_->queries().messages(workspace_, conversation(thread), {}, std::move(reply));
  });
  return list ? std::move(list->data) : std::vector<api::Message>();
}

api::Attachment MediaTest::attachment(const std::string& thread) {
  const auto all = messages(thread);
  if (all.empty() || all.back().attachments_size() == 0) return {};
  return all.back().attachments(0);
}

Result<MediaBytes> MediaTest::open(const std::string& url, std::optional<ByteRange> range) {
  const auto id = url.find("/media/") + 7, expires = url.find("?expires="),
             signature = url.find("&signature=");
  const auto opened =
      links_.open(url.substr(id, expires - id), url.substr(expires + 9, signature - expires - 9),
                  url.substr(signature + 11));
  if (!opened) return fail(Errc::unauthorized, "the link does not open");
  return world_->ask<MediaBytes>([&](auto reply) {
    world_->host().media().read(opened->workspace, opened->media, range, std::move(reply));
  });
}

Result<api::Media> MediaTest::upload(const std::string& bytes, std::optional<Id> conversation) {
  return world_->ask<api::Media>([&](auto reply) {
    world_->host().media().upload(workspace_, conversation, {bytes, "", "menu.jpg"}, {},
                                  std::move(reply));
  });
}

std::string MediaTest::canary_file(const std::string& canary) {
  for (const std::string folder : {"/keys", "/db"}) {
    std::vector<std::string> names;
    EXPECT_TRUE(disk_.memory->GetChildren(folder, &names).ok());
    for (const auto& name : names) {
      std::string content;
      const std::string path = folder + "/" + name;
      if (rocksdb::ReadFileToString(disk_.memory.get(), path, &content).ok() &&
          content.find(canary) != std::string::npos)
        return path;
    }
  }
  return {};
}

}  // namespace aura::test
