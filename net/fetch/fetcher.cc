#include "net/fetch/fetcher.h"

#include <boost/asio/ip/tcp.hpp>
#include <deque>
#include <vector>

#include "net/fetch/fetch_run.h"
#include "net/tls.h"
#include "runtime/log.h"

namespace aura::net {
namespace {

constexpr std::chrono::milliseconds kTick{50};

// The system's resolver; runs on the fetcher's loop.
class SystemNames final : public NameLookup {
 public:
  explicit SystemNames(IoLoop& loop) : loop_(loop) {}

  void resolve(const std::string& host, Done done) override {
    auto resolver = std::make_shared<tcp::resolver>(loop_.context());
    resolver->async_resolve(
        host, "", [resolver, done = std::move(done)](const error_code& ec, const auto& found) {
          std::vector<boost::asio::ip::address> addresses;
          if (!ec)
            for (const auto& entry : found) addresses.push_back(entry.endpoint().address());
          done(std::move(addresses));
        });
  }

 private:
  IoLoop& loop_;
};

}  // namespace

struct Fetcher::Impl {
  explicit Impl(FetcherOptions options) {
    around.loop = std::make_shared<IoLoop>();
    auto tls = client_tls(options.ca_file);
    if (!tls) log::error("client_tls_failed", {{"why", tls.error().detail}});
    if (tls) around.tls = *tls;
    system_names = std::make_unique<SystemNames>(*around.loop);
    around.names = options.names != nullptr ? options.names : system_names.get();
    around.trusted = trusted_origins(options.trusted_urls);
    around.options = std::move(options);
    around.ended = [this](FetchRun& run) { ended(run); };
    around.loop->every(kTick, [this] { tick(); });
    around.loop->start("fetch");
  }

  void add(std::shared_ptr<FetchRun> run) {
    if (stopped) return run->end(FetchEnd::Kind::failed, "The engine stops.");
    if (running.size() < around.options.running) {
      running.push_back(run);
      return run->start();
    }
    if (waiting.size() >= around.options.waiting)
      return run->end(FetchEnd::Kind::failed, "Too many files are being fetched.");
    waiting.push_back(std::move(run));
  }

  void ended(FetchRun& run) {
    std::erase_if(running, [&](const auto& one) { return one.get() == &run; });
    if (stopped || waiting.empty() || running.size() >= around.options.running) return;
    auto next = std::move(waiting.front());
    waiting.pop_front();
    around.loop->post([this, next = std::move(next)]() mutable { add(std::move(next)); });
  }

  void tick() {
    const auto now = std::chrono::steady_clock::now();
    const auto all = running;
    for (const auto& run : all) run->tick(now);
  }

  void stop() {
    around.loop->stop([this] {
      stopped = true;
      auto all = running;
      all.insert(all.end(), waiting.begin(), waiting.end());
      waiting.clear();
      for (const auto& run : all) run->end(FetchEnd::Kind::failed, "The engine stops.");
    });
  }

  FetchRun::Surroundings around;
  std::unique_ptr<NameLookup> system_names;
  // Only on the loop's thread.
  std::vector<std::shared_ptr<FetchRun>> running;
  std::deque<std::shared_ptr<FetchRun>> waiting;
  bool stopped = false;
};

Fetcher::Fetcher(FetcherOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Fetcher::~Fetcher() { stop(); }

void Fetcher::stop() { impl_->stop(); }

void Fetcher::fetch(MediaTarget target, std::int64_t max_bytes, Sink sink) {
  auto run =
      std::make_shared<FetchRun>(impl_->around, std::move(target), max_bytes, std::move(sink));
  impl_->around.loop->post([impl = impl_.get(), run = std::move(run)] { impl->add(run); });
}

}  // namespace aura::net
