#include "net/fetch/fetch_run.h"

#include <atomic>
#include <charconv>
#include <cstring>
#include <limits>

#include "config/limits.h"

namespace aura::net {
namespace {

constexpr std::size_t kBuffer = 64 * 1024;
constexpr int kRedirects = 3;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool at_or_below(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto end = text.data() + text.size();
  if (text.empty() || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
  return value;
}

FetchEnd::Kind kind_of(int status) {
  if (status == 404 || status == 410) return FetchEnd::Kind::gone;
  if (status == 401 || status == 403) return FetchEnd::Kind::denied;
  if (status == 408 || status == 425 || status == 429 || status >= 500)
    return FetchEnd::Kind::failed;
  return FetchEnd::Kind::refused;
}

}  // namespace

FetchRun::FetchRun(const Surroundings& around, MediaTarget target, std::int64_t max_bytes,
                   MediaFetcher::Sink sink)
    : around_(around),
      target_(std::move(target)),
      max_bytes_(max_bytes),
      sink_(std::move(sink)),
      begun_(std::chrono::steady_clock::now()),
      moved_(begun_) {}

void FetchRun::start() {
  if (target_.size > max_bytes_) return end(FetchEnd::Kind::refused, "The file is too large.");
  hop(target_.url);
}

void FetchRun::hop(const std::string& address) {
  auto url = check_fetch_url(address, around_.trusted);
  if (!url) return end(FetchEnd::Kind::refused, url.error().detail);
  url_ = std::move(*url);
  if (first_origin_.empty()) first_origin_ = origin_of(url_);
  if (url_.tls && !around_.tls) return end(FetchEnd::Kind::failed, "TLS is not set up.");
  moved_ = std::chrono::steady_clock::now();
  const auto number = ++hop_number_;
  error_code ec;
  const auto literal = boost::asio::ip::make_address(url_.host, ec);
  if (!ec) return on_resolved({literal});
  around_.names->resolve(url_.host,
                         [weak = weak_from_this(), loop = around_.loop, number](auto addresses) {
                           loop->post([weak, number, addresses = std::move(addresses)]() mutable {
                             const auto self = weak.lock();
                             if (self && !self->over_ && self->hop_number_ == number)
                               self->on_resolved(std::move(addresses));
                           });
                         });
}

// Refuses the host if any of its addresses is not public: a mix of public and private addresses is
// an attack.
void FetchRun::on_resolved(std::vector<boost::asio::ip::address> addresses) {
  if (addresses.empty()) return end(FetchEnd::Kind::failed, "The host name could not be resolved.");
  if (!around_.trusted.contains(origin_of(url_)))
    for (const auto& address : addresses)
      if (const auto kind = address_class(address); kind != AddressClass::global)
        return end(FetchEnd::Kind::refused,
                   std::string("The address is not public: ") + to_string(kind) + ".");
  addresses_ = std::move(addresses);
  next_address_ = 0;
  connect_next();
}

void FetchRun::connect_next() {
  if (next_address_ == addresses_.size())
    return end(FetchEnd::Kind::failed, "The connection could not be made.");
  const auto port = static_cast<std::uint16_t>(number_in(url_.port).value_or(0));
  const tcp::endpoint endpoint(addresses_[next_address_++], port);
  if (around_.options.on_connect) around_.options.on_connect(endpoint.address());
  socket_.emplace(around_.loop->context());
  moved_ = std::chrono::steady_clock::now();
  socket_->async_connect(endpoint, [self = shared_from_this(), number = hop_number_,
                                    address = next_address_](const error_code& ec) {
    const bool ours = !self->over_ && self->hop_number_ == number && self->next_address_ == address;
    if (ours) self->on_connected(ec);
  });
}

void FetchRun::on_connected(const error_code& ec) {
  if (ec) return connect_next();
  tcp::socket socket = std::move(*socket_);
  socket_.reset();
  if (!url_.tls) {
    transport_ = plain_transport(std::move(socket));
    return on_handshake({});
  }
  transport_ = tls_transport(std::move(socket), around_.tls, url_.host);
  transport_->handshake(shared_from_this(), true);
}

bool FetchRun::may_see_headers() const {
  const std::string origin = origin_of(url_);
  if (around_.trusted.contains(origin) && origin == first_origin_) return true;
  if (!url_.tls) return false;
  for (const std::string& domain : target_.header_hosts)
    if (at_or_below(url_.host, domain)) return true;
  return false;
}

void FetchRun::on_handshake(const error_code& ec) {
  if (over_) return;
  if (ec) return end(FetchEnd::Kind::failed, "The TLS connection was refused.");
  connected_ = true;
  moved_ = std::chrono::steady_clock::now();
  const bool v6 = url_.host.find(':') != std::string::npos;
  const bool usual_port = url_.port == (url_.tls ? "443" : "80");
  out_ = "GET " + url_.target + " HTTP/1.1\r\nHost: " + (v6 ? "[" + url_.host + "]" : url_.host) +
         (usual_port ? "" : ":" + url_.port) +
         "\r\nUser-Agent: AuraDeMer/1\r\nAccept: */*\r\nAccept-Encoding: identity\r\n"
         "Connection: close\r\n";
  Headers secret;
  if (may_see_headers())
    for (const auto& [name, value] : target_.headers) secret.add(name, value);
  out_.append(secret.wire()).append("\r\n");
  parser_.emplace(false, std::numeric_limits<std::size_t>::max());
  header_seen_ = false;
  in_end_ = 0;
  if (!in_) in_ = std::make_unique_for_overwrite<char[]>(kBuffer);
  if (transport_->write(out_, shared_from_this()) == Transport::Written::failed)
    return end(FetchEnd::Kind::failed, "The connection was cut.");
  read();
}

void FetchRun::on_written(const error_code&) {}  // the response is read meanwhile

void FetchRun::read() {
  transport_->read_some(in_.get() + in_end_, kBuffer - in_end_, shared_from_this());
}

void FetchRun::on_read(const error_code& ec, std::size_t size) {
  if (over_ || !transport_) return;
  moved_ = std::chrono::steady_clock::now();
  if (ec) {
    error_code end_ec = asio::error::eof;
    if (ec == asio::error::eof && header_seen_) parser_->put_eof(end_ec);
    if (end_ec) return end(FetchEnd::Kind::failed, "The answer was cut off.");
    take_body();
    if (!over_) complete();
    return;
  }
  in_end_ += size;
  parse();
}

void FetchRun::parse() {
  std::size_t used = 0;
  while (used < in_end_ && !parser_->is_done()) {
    error_code ec;
    used += parser_->put({in_.get() + used, in_end_ - used}, ec);
    if (ec == beast_http::error::need_more) break;
    if (ec) return end(FetchEnd::Kind::failed, "The answer is not valid HTTP.");
    if (parser_->is_done() && parser_->status_code / 100 == 1)
      parser_.emplace(false, std::numeric_limits<std::size_t>::max());
    if (!header_seen_ && parser_->is_header_done()) {
      header_seen_ = true;
      if (!on_header()) return;
    }
  }
  std::memmove(in_.get(), in_.get() + used, in_end_ - used);
  in_end_ -= used;
  if (in_end_ == kBuffer) return end(FetchEnd::Kind::failed, "The answer's header is too large.");
  take_body();
  if (over_) return;
  if (parser_->is_done()) return complete();
  if (!paused_) read();
}

bool FetchRun::on_header() {
  const int status = parser_->status_code;
  if (is_redirect(status)) return redirect(), false;
  if (status != 200) {
    end(kind_of(status), "The other side answered " + std::to_string(status) + ".");
    return false;
  }
  const auto encoding = parser_->headers.get("Content-Encoding");
  if (!encoding.empty() && !equals_ignoring_case(encoding, "identity")) {
    end(FetchEnd::Kind::refused, "The file came in an encoding that was not asked for.");
    return false;
  }
  const auto length = number_in(parser_->headers.get("Content-Length"));
  if (length && *length > max_bytes_) {
    end(FetchEnd::Kind::refused, "The file is too large.");
    return false;
  }
  return true;
}

void FetchRun::redirect() {
  const std::string location(parser_->headers.get("Location"));
  if (location.empty() || ++redirects_ > kRedirects)
    return end(FetchEnd::Kind::refused, "The other side redirects too often.");
  const std::string next = resolve_location(url_, location);
  disconnect();
  hop(next);
}

void FetchRun::take_body() {
  if (parser_->body.empty()) return;
  bytes_ += static_cast<std::int64_t>(parser_->body.size());
  if (bytes_ > max_bytes_) return end(FetchEnd::Kind::refused, "The file is too large.");
  piece_ += parser_->body;
  parser_->body.clear();
  if (piece_.size() >= MediaFetcher::kPieceBytes) hand_over();
}

// The sink's answer to one piece. If the reader dies with the piece in its mailbox, destroying the
// last copy answers "no more".
class FetchRun::Answer {
 public:
  Answer(std::weak_ptr<FetchRun> run, std::shared_ptr<IoLoop> loop)
      : run_(std::move(run)), loop_(std::move(loop)) {}
  ~Answer() { say(false); }
  void say(bool more) {
    if (said_.exchange(true)) return;
    loop_->post([run = run_, more] {
      if (const auto self = run.lock()) self->go_on(more);
    });
  }

 private:
  std::weak_ptr<FetchRun> run_;
  std::shared_ptr<IoLoop> loop_;
  std::atomic<bool> said_{false};
};

void FetchRun::hand_over() {
  paused_ = true;
  auto answer = std::make_shared<Answer>(weak_from_this(), around_.loop);
  sink_.piece(std::exchange(piece_, {}), [answer](bool more) { answer->say(more); });
}

void FetchRun::go_on(bool more) {
  if (over_ || !paused_) return;
  paused_ = false;
  moved_ = std::chrono::steady_clock::now();
  if (!more) {
    sink_.done = nullptr;
    return end(FetchEnd::Kind::failed, {});
  }
  if (all_here_) return complete();
  read();
}

void FetchRun::complete() {
  all_here_ = true;
  if (paused_) return;
  if (!piece_.empty()) return hand_over();
  end(FetchEnd::Kind::complete, {});
}

void FetchRun::end(FetchEnd::Kind kind, std::string why) {
  if (over_) return;
  over_ = true;
  const auto self = shared_from_this();
  FetchEnd result;
  result.kind = kind;
  result.why = std::move(why);
  if (parser_ && header_seen_) {
    result.status = parser_->status_code;
    result.content_type = std::string(parser_->headers.get("Content-Type"));
    if (const auto seconds = number_in(parser_->headers.get("Retry-After")))
      result.retry_after_ms = std::min<Millis>(*seconds, 24 * 3600) * 1000;
  }
  disconnect();
  const auto sink = std::exchange(sink_, {});
  around_.ended(*this);
  if (sink.done) sink.done(std::move(result));
}

void FetchRun::disconnect() {
  error_code ignored;
  if (socket_) socket_->close(ignored);
  socket_.reset();
  if (transport_) {
    transport_->close();
    left_.push_back(std::move(transport_));  // its operations in flight may still use it
  }
  connected_ = false;
}

void FetchRun::tick(SteadyTime now) {
  const auto& options = around_.options;
  if (now - begun_ > options.total_timeout)
    return end(FetchEnd::Kind::failed, "The file did not come in time.");
  if (paused_) return;
  if (!connected_ && now - moved_ > options.connect_timeout) {
    if (!socket_ || next_address_ == addresses_.size())
      return end(FetchEnd::Kind::failed, "The connection was not made in time.");
    return connect_next();  // this address does not answer: try the next
  }
  if (connected_ && now - moved_ > options.quiet_timeout)
    end(FetchEnd::Kind::failed, "The other side fell silent.");
}

}  // namespace aura::net
