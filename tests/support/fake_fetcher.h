// A MediaFetcher whose answers the test gives piece by piece. Single-threaded.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "runtime/ports/media_fetcher.h"

namespace aura::test {

class FakeFetcher final : public MediaFetcher {
 public:
  struct Request {
    MediaTarget target;
    std::int64_t max_bytes = 0;
    Sink sink;
    bool wanted = true;  // false: the reader refused further pieces
  };

  void fetch(MediaTarget target, std::int64_t max_bytes, Sink sink) override {
    urls.push_back(target.url);
    open.push_back({std::move(target), max_bytes, std::move(sink)});
  }

  // Passes one piece to the oldest open request; the test then runs the engine itself.
  void piece(const std::string& bytes) {
    Request* request = &open.front();
    request->sink.piece(bytes, [request](bool more) { request->wanted = more; });
  }
  void end(FetchEnd::Kind kind, std::string why = {}, std::string content_type = {}) {
    const Request request = std::move(open.front());
    open.pop_front();
    if (!request.wanted) return;
    FetchEnd end;
    end.kind = kind;
    end.why = std::move(why);
    end.content_type = std::move(content_type);
    request.sink.done(std::move(end));
  }
  void forget_callers() { open.clear(); }

  std::vector<std::string> urls;  // every requested URL
  std::list<Request> open;
};

}  // namespace aura::test
