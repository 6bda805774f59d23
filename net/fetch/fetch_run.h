// One fetch from its first address to its end: each hop is checked, resolved once and connected to
// one of the checked addresses. Owned by the fetcher until it has ended; runs on its loop.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "net/fetch/fetcher.h"
#include "net/server/http_parser.h"
#include "net/transport.h"

namespace aura::net {

class FetchRun final : public TransportOwner, public std::enable_shared_from_this<FetchRun> {
 public:
  struct Surroundings {
    std::shared_ptr<IoLoop> loop;
    std::shared_ptr<TlsContext> tls;
    NameLookup* names = nullptr;
    TrustedOrigins trusted;
    FetcherOptions options;
    std::function<void(FetchRun&)> ended;  // the run is over; the owner drops it
  };

  FetchRun(const Surroundings& around, MediaTarget target, std::int64_t max_bytes,
           MediaFetcher::Sink sink);

  void start();
  void tick(SteadyTime now);
  void end(FetchEnd::Kind kind, std::string why);

  void on_handshake(const error_code& ec) override;
  void on_read(const error_code& ec, std::size_t size) override;
  void on_written(const error_code& ec) override;

 private:
  class Answer;

  void hop(const std::string& address);
  void on_resolved(std::vector<boost::asio::ip::address> addresses);
  void connect_next();
  void on_connected(const error_code& ec);
  bool may_see_headers() const;
  void read();
  void parse();
  bool on_header();  // true: read the body
  void redirect();
  void take_body();
  void hand_over();
  void go_on(bool more);
  void complete();
  void disconnect();

  const Surroundings& around_;
  const MediaTarget target_;
  const std::int64_t max_bytes_;
  MediaFetcher::Sink sink_;
  Url url_;
  std::string first_origin_;
  int redirects_ = 0;
  std::uint64_t hop_number_ = 0;  // tells late callbacks of earlier hops
  std::vector<boost::asio::ip::address> addresses_;
  std::size_t next_address_ = 0;
  std::optional<tcp::socket> socket_;
  std::unique_ptr<Transport> transport_;
  std::vector<std::unique_ptr<Transport>> left_;  // of earlier hops, with operations in flight
  std::optional<ReplyParser> parser_;
  std::string out_;
  std::unique_ptr<char[]> in_;
  std::size_t in_end_ = 0;
  bool header_seen_ = false;
  bool connected_ = false;
  bool paused_ = false;    // the reader has a piece and has not answered
  bool all_here_ = false;  // the body is complete; its last piece may wait for the reader
  bool over_ = false;
  std::int64_t bytes_ = 0;
  std::string piece_;
  SteadyTime begun_, moved_;
};

}  // namespace aura::net
