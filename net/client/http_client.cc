#include "net/client/http_client.h"

#include <atomic>
#include <vector>

#include "net/client/pool.h"
#include "net/tls.h"
#include "runtime/log.h"

namespace aura::net {

struct HttpClient::Impl {
  explicit Impl(HttpClientOptions o) : options(std::move(o)) {
    auto tls = client_tls(options.ca_file);
    if (!tls) log::error("client_tls_failed", {{"why", tls.error().detail}});
    const unsigned threads = std::max(1U, options.io_threads);
    for (unsigned i = 0; i < threads; ++i) {
      shards.push_back(std::make_unique<ClientShard>(options, tls ? *tls : nullptr, threads));
      shards.back()->start("http-out" + std::to_string(i));
    }
  }

  HttpClientOptions options;
  std::vector<std::unique_ptr<ClientShard>> shards;
  std::atomic<std::size_t> next{0};
};

HttpClient::HttpClient(HttpClientOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}

HttpClient::~HttpClient() { stop(); }

void HttpClient::send(HttpCall call, HttpCallback callback) {
  for (const auto* name : {"Host", "Content-Length", "Connection", "Transfer-Encoding"}) {
    call.headers.remove(name);
  }
  auto url = parse_url(call.url);
  ClientShard& shard = *impl_->shards[impl_->next++ % impl_->shards.size()];
  const bool valid = url.has_value();
  const Error error = valid ? Error{} : url.error();
  auto work = std::make_shared<ClientCall>(shard, std::move(call), valid ? std::move(*url) : Url{},
                                           std::move(callback));
  if (valid) {
    shard.loop().post(std::shared_ptr<LoopWork>(std::move(work)));
  } else {
    shard.loop().post([work, error] { work->fail(error.code, error.detail, false); });
  }
}

void HttpClient::stop() {
  for (const auto& shard : impl_->shards) shard->stop();
}

}  // namespace aura::net
