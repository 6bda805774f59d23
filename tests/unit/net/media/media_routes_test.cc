// Files over HTTP: links, ranges and headers that protect a browser; uploads in both forms and
// their limits.
#include "net/media/media_routes.h"

#include <gtest/gtest.h>

#include "config/limits.h"
#include "fake_engine.h"
#include "net/chat/chat_session.h"
#include "tests/unit/net/serve.h"

namespace aura::net {
namespace {

using namespace std::string_literals;

const std::string kJpeg = "\xff\xd8\xff\xe0 picture"s;

class FakeLibrary final : public MediaLibrary {
 public:
  void upload(Id, std::optional<Id> conversation, Upload upload, MaybeIdempotency given,
              Reply<api::Media> reply) override {
    for_conversation = conversation;
    once = std::move(given);
    take(std::move(upload), reply);
  }
  void upload(const ChatVisitor& visitor, Upload upload, Reply<api::Media> reply) override {
    thread = visitor.thread;
    take(std::move(upload), reply);
  }
  void describe(Id, MediaRef media, Reply<api::Media> reply) override {
    api::Media out;
    out.set_id(format_media(media));
    reply(out);
  }
  void read(Id ws, MediaRef media, std::optional<ByteRange> range,
            Reply<MediaBytes> reply) override {
    read_of = {ws, media.id};
    asked = range;
    if (!file) return reply(fail(Errc::not_found, "There is no such file."));
    reply(*file);
  }

  std::optional<Upload> taken;
  std::optional<Id> for_conversation;
  MaybeIdempotency once;
  std::string thread;
  std::optional<MediaBytes> file;
  std::optional<ByteRange> asked;
  std::pair<Id, Id> read_of;

 private:
  void take(Upload upload, const Reply<api::Media>& reply) {
    taken = std::move(upload);
    api::Media out;
    out.set_id("med_1");
    reply(out);
  }
};

class MediaRoutesTest : public ::testing::Test {
 protected:
  MediaRoutesTest() {
    add_media_route(router_, library_, links_);
    add_media_api(router_, {engine_, engine_, engine_, engine_}, library_);
    add_chat_upload_route(
        router_,
        [](const Request& request) -> Result<ChatVisitor> {
          if (request.param("widget_key") != "wk_1") return fail(Errc::not_found, "no web chat");
          if (!request.headers.get("Origin").empty()) return fail(Errc::forbidden, "not listed");
          ChatVisitor visitor;
          visitor.thread = "thread of " + *request.query_param("visitor");
          return visitor;
        },
        library_);
  }
  Response send(Method method, const std::string& target, std::string body = {},
                const std::string& type = {},
                std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    request.method = method;
    request.target = target;
    request.headers.add("Authorization", "Bearer good_key");
    if (!type.empty()) request.headers.add("Content-Type", type);
    for (const auto& [name, value] : headers) request.headers.set(name, value);
    request.body = std::move(body);
    Response out;
    serve(router_, std::move(request), Responder([&](Response r) { out = std::move(r); }));
    return out;
  }
  Response upload(std::string body, const std::string& type = {}, const std::string& query = {}) {
    return send(Method::post,
                "/api/v1/workspaces/" + format_id(IdType::workspace, engine_.workspace_id) +
                    "/media" + query,
                std::move(body), type);
  }
  std::string link() { return links_.url(derived_id({"ws"}), {{}, derived_id({"file"})}); }
  MediaBytes file(const std::string& type, const std::string& name = {}) {
    MediaBytes out;
    out.content_type = type;
    out.filename = name;
    out.bytes = kJpeg;
    out.total = static_cast<std::int64_t>(kJpeg.size());
    return out;
  }

  FakeClock clock_;
  MediaLinks links_{"secret", "", clock_};
  FakeLibrary library_;
  FakeEngine engine_;
  Router router_;
};

TEST_F(MediaRoutesTest, ALinkGivesTheFileAndKeepsABrowserSafe) {
  library_.file = file("image/jpeg", "caf\u00e9 \"1\".jpg");
  const Response response = send(Method::get, link());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, kJpeg);
  EXPECT_EQ(library_.read_of, std::pair(derived_id({"ws"}), derived_id({"file"})));
  EXPECT_EQ(response.headers.get("Content-Type"), "image/jpeg");
  EXPECT_EQ(response.headers.get("Content-Security-Policy"), "default-src 'none'; sandbox");
  EXPECT_EQ(response.headers.get("Accept-Ranges"), "bytes");
  EXPECT_EQ(response.headers.get("Content-Disposition"),
            "inline; filename=\"caf__ _1_.jpg\"; filename*=UTF-8''caf%C3%A9%20%221%22.jpg");
}

// A copy in a browser's cache must not outlive the file: unsent content is really removed.
TEST_F(MediaRoutesTest, ABrowserAsksBeforeItShowsItsCopyAgain) {
  library_.file = file("image/jpeg");
  const Response first = send(Method::get, link());
  EXPECT_EQ(first.headers.get("Cache-Control"), "private, no-cache");
  const std::string etag(first.headers.get("ETag"));
  ASSERT_FALSE(etag.empty());
  const auto again = [&] {
    return send(Method::get, link(), {}, {}, {{"If-None-Match", "W/\"other\", " + etag}});
  };
  EXPECT_EQ(again().status, 304);
  EXPECT_EQ(again().body, "");
  EXPECT_EQ(again().headers.get("ETag"), etag);
  EXPECT_EQ(again().headers.get("Cache-Control"), "private, no-cache");
  EXPECT_EQ(send(Method::get, link(), {}, {}, {{"If-None-Match", "\"other\""}}).body, kJpeg);
  library_.file.reset();  // unsent
  EXPECT_EQ(again().status, 404);
}

TEST_F(MediaRoutesTest, WhatIsNoPictureIsADownload) {
  for (const std::string type : {"application/pdf", "video/mp4", "text/html", "image/svg+xml"}) {
    library_.file = file(type);
    const Response response = send(Method::get, link());
    EXPECT_EQ(response.headers.get("Content-Disposition"), "attachment") << type;
  }
  for (const std::string type : {"text/html", "image/svg+xml", "application/xml"}) {
    library_.file = file(type);
    EXPECT_EQ(send(Method::get, link()).headers.get("Content-Type"), "application/octet-stream");
  }
}

TEST_F(MediaRoutesTest, AWrongOrOldLinkGivesNothing) {
  library_.file = file("image/jpeg");
  std::string wrong = link();
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  const std::string good = link();
  for (const std::string& target :
       {wrong, good.substr(0, good.find('?')), good.substr(0, good.find("&signature")),
        "/media/x?expires=9&signature=0"s, "/media/med_1"s}) {
    EXPECT_EQ(send(Method::get, target).status, 403) << target;
  }
  clock_.advance(std::chrono::hours(26));
  EXPECT_EQ(send(Method::get, good).status, 403);
  library_.file.reset();
  EXPECT_EQ(send(Method::get, link()).status, 404);
}

TEST_F(MediaRoutesTest, RangesAreAnsweredInPart) {
  library_.file = file("video/mp4");
  library_.file->first = 3;
  library_.file->total = 1000;
  const Response part = send(Method::get, link(), {}, {}, {{"Range", "bytes=3-"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.headers.get("Content-Range"),
            "bytes 3-" + std::to_string(2 + kJpeg.size()) + "/1000");
  EXPECT_EQ(library_.asked->first, 3);
  library_.file->out_of_range = true;
  const Response none = send(Method::get, link(), {}, {}, {{"Range", "bytes=2000-"}});
  EXPECT_EQ(none.status, 416);
  EXPECT_EQ(none.headers.get("Content-Range"), "bytes */1000");
}

TEST_F(MediaRoutesTest, OnlyOnePlainRangeIsARange) {
  EXPECT_EQ(parse_range("bytes=0-99")->last, 99);
  EXPECT_EQ(parse_range("bytes=100-")->first, 100);
  EXPECT_FALSE(parse_range("bytes=100-")->last);
  EXPECT_FALSE(parse_range("bytes=-5")->first);
  EXPECT_EQ(parse_range("bytes=-5")->last, 5);
  for (const char* text :
       {"", "bytes", "bytes=", "bytes=-", "bytes=5", "bytes=5-3", "bytes=a-b", "bytes=0-1,3-4",
        "bytes=-1-2", "items=0-1", "bytes= 0-1", "bytes=99999999999999999999-"})
    EXPECT_FALSE(parse_range(text)) << text;
}

TEST_F(MediaRoutesTest, TheBodyOrAFormIsTheFile) {
  EXPECT_EQ(upload(kJpeg, "image/jpeg; q=1", "?filename=a%2Fb.jpg").status, 201);
  EXPECT_EQ(library_.taken->bytes, kJpeg);
  EXPECT_EQ(library_.taken->declared_type, "image/jpeg");
  EXPECT_EQ(library_.taken->filename, "b.jpg");
  const std::string form =
      "--X\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
      "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"..\\\\menu.png\"\r\n"
      "Content-Type: image/png\r\n\r\n" +
      kJpeg + "\r\n--X--\r\n";
  EXPECT_EQ(upload(form, "multipart/form-data; boundary=X").status, 201);
  EXPECT_EQ(library_.taken->bytes, kJpeg);
  EXPECT_EQ(library_.taken->declared_type, "image/png");
  EXPECT_EQ(library_.taken->filename, "menu.png");
}

TEST_F(MediaRoutesTest, AWrongUploadIsRefused) {
  EXPECT_EQ(upload("", "image/jpeg").status, 422);
  EXPECT_EQ(upload("nonsense", "multipart/form-data; boundary=X").status, 400);
  EXPECT_EQ(upload("--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X--",
                   "multipart/form-data; boundary=X")
                .status,
            422);
  EXPECT_EQ(upload(kJpeg, "image/jpeg", "?conversation_id=nonsense").status, 400);
  EXPECT_EQ(upload(std::string(static_cast<std::size_t>(limits::kMediaBytes) + 1, 'x')).status,
            413);
  EXPECT_EQ(upload(kJpeg, "", "?filename=%ff%fe").status, 400) << "no UTF-8";
  EXPECT_FALSE(library_.taken);
  for (const std::string& name : {"a%00b"s, ".."s, "."s, std::string(300, 'n')}) {
    EXPECT_EQ(upload(kJpeg, "", "?filename=" + name).status, 201);
    EXPECT_EQ(library_.taken->filename, "") << name;
  }
}

TEST_F(MediaRoutesTest, AnUploadMayBelongToAConversation) {
  const Id conversation = derived_id({"cv"});
  EXPECT_EQ(
      upload(kJpeg, "", "?conversation_id=" + format_id(IdType::conversation, conversation)).status,
      201);
  EXPECT_EQ(library_.for_conversation, conversation);
}

TEST_F(MediaRoutesTest, AVisitorUploadsFromAnyPage) {
  const std::string token = new_visitor_token();
  const Response stored =
      send(Method::post, "/chat/wk_1/uploads?visitor=" + token, kJpeg, "image/jpeg");
  EXPECT_EQ(stored.status, 201);
  EXPECT_EQ(stored.headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(library_.thread, "thread of " + token);
  for (const std::string& target : {"/chat/wk_2/uploads?visitor=" + token, "/chat/wk_1/uploads"s,
                                    "/chat/wk_1/uploads?visitor=guess"s}) {
    library_.taken.reset();
    const Response refused = send(Method::post, target, kJpeg);
    EXPECT_EQ(refused.status, 404) << target;
    EXPECT_EQ(refused.headers.get("Access-Control-Allow-Origin"), "*");
    EXPECT_FALSE(library_.taken);
  }
}

TEST_F(MediaRoutesTest, APageThatMayNotOpenTheChatUploadsNothing) {
  const Response refused = send(Method::post, "/chat/wk_1/uploads?visitor=" + new_visitor_token(),
                                kJpeg, "image/jpeg", {{"Origin", "https://evil.example"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_FALSE(library_.taken);
}

TEST_F(MediaRoutesTest, BrowsersMayAskBeforeAnUpload) {
  const Response allowed = send(Method::options, "/chat/wk_1/uploads?visitor=x");
  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(allowed.headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(allowed.headers.get("Access-Control-Allow-Headers"), "Content-Type");
}

TEST_F(MediaRoutesTest, AnUploadIsFoundAgain) {
  const std::string base =
      "/api/v1/workspaces/" + format_id(IdType::workspace, engine_.workspace_id) + "/media/";
  const std::string id = format_media({{}, derived_id({"file"})});
  EXPECT_EQ(send(Method::get, base + id).status, 200);
  EXPECT_EQ(send(Method::get, base + "nonsense").status, 404);
}

}  // namespace
}  // namespace aura::net
