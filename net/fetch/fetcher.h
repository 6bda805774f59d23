// Fetcher: GETs of user-supplied addresses. Each hop is checked (address_rules.h); its name is
// resolved once, and the connection goes to exactly that address. At most three redirects; secret
// headers go only to their hosts; number, time and bytes are bounded. No pooled connections,
// because a pooled connection was not checked for this name. Owned by the application; the
// destructor ends running fetches.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "net/fetch/address_rules.h"
#include "runtime/ports/media_fetcher.h"

namespace aura::net {

// Resolves a host name, once per hop. Any thread; `done` may run on any thread.
class NameLookup {
 public:
  virtual ~NameLookup() = default;
  using Done = std::function<void(std::vector<boost::asio::ip::address> addresses)>;
  virtual void resolve(const std::string& host, Done done) = 0;
};

struct FetcherOptions {
  std::vector<std::string> trusted_urls;  // base URLs of the configured providers
  std::size_t running = 16;               // at once; further fetches wait
  std::size_t waiting = 1024;             // beyond it a fetch fails at once
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds quiet_timeout{15'000};  // without a byte
  std::chrono::milliseconds total_timeout{180'000};
  std::string ca_file;
  NameLookup* names = nullptr;  // null: the system's resolver
  // Called with each address before connecting to it; on the fetcher's thread.
  std::function<void(const boost::asio::ip::address&)> on_connect;
};

class Fetcher final : public MediaFetcher {
 public:
  explicit Fetcher(FetcherOptions options);
  ~Fetcher() override;
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  void fetch(MediaTarget target, std::int64_t max_bytes, Sink sink) override;
  void stop();  // running fetches end as failed; later ones fail at once

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace aura::net
