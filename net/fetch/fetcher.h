// Fetcher: GETs of addresses that come from outside. Every hop is checked (address_rules.h), its
// name is resolved once and exactly that address is connected to; at most three redirects; secret
// headers only to their hosts; bounded in number, time and bytes; no pooled connections, because a
// pooled one was not made for this name. Owned by the application; the destructor ends what runs.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "net/fetch/address_rules.h"
#include "runtime/ports/media_fetcher.h"

namespace aura::net {

// What a host name stands for, asked once a hop. Any thread; `done` may run on any thread.
class NameLookup {
 public:
  virtual ~NameLookup() = default;
  using Done = std::function<void(std::vector<boost::asio::ip::address> addresses)>;
  virtual void resolve(const std::string& host, Done done) = 0;
};

struct FetcherOptions {
  std::vector<std::string> trusted_urls;  // base URLs of the configured providers
  std::size_t running = 16;               // at once; the rest waits
  std::size_t waiting = 1024;             // over: failed at once
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds quiet_timeout{15'000};  // without a byte
  std::chrono::milliseconds total_timeout{180'000};
  std::string ca_file;
  NameLookup* names = nullptr;  // null: the system's resolver
  // Told of each address that is connected to, before it is; on the fetcher's thread.
  std::function<void(const boost::asio::ip::address&)> on_connect;
};

class Fetcher final : public MediaFetcher {
 public:
  explicit Fetcher(FetcherOptions options);
  ~Fetcher() override;
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  void fetch(MediaTarget target, std::int64_t max_bytes, Sink sink) override;
  void stop();  // what runs ends as failed; later fetches fail at once

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace aura::net
