#include "net/client/connection.h"

#include <cstring>

#include "runtime/fault_points.h"

namespace aura::net {
namespace {

constexpr std::size_t kBuffer = 64 * 1024;

bool harmless_twice(Method method) {
  return method != Method::post && method != Method::patch && method != Method::other;
}

bool wants_length(const HttpCall& call) {
  return !call.body.empty() || call.method == Method::post || call.method == Method::put ||
         call.method == Method::patch;
}

}  // namespace

void ClientConnection::connect(std::shared_ptr<ClientCall> call) {
  call_ = std::move(call);
  since_ = std::chrono::steady_clock::now();
  if (!pool_.endpoints.empty() && since_ < pool_.endpoints_until) {
    connect_to_endpoints();
  } else {
    resolve();
  }
}

void ClientConnection::resolve() {
  resolver_.emplace(shard_.loop().context());
  resolver_->async_resolve(
      call_->url.host, call_->url.port,
      [self = shared_from_this()](const error_code& ec, const tcp::resolver::results_type& found) {
        if (self->phase_ == Phase::closed) return;
        if (ec) return self->fail(Errc::io, "The host name could not be resolved.");
        self->pool_.endpoints.assign(found.begin(), found.end());
        self->pool_.endpoints_until =
            std::chrono::steady_clock::now() + self->shard_.options().dns_ttl;
        self->connect_to_endpoints();
      });
}

void ClientConnection::connect_to_endpoints() {
  endpoints_.assign(pool_.endpoints.rbegin(), pool_.endpoints.rend());
  connect_next();
}

// Gives each remaining address an equal share of the time left, so that one address that does not
// answer leaves time for the next.
void ClientConnection::connect_next() {
  const auto now = std::chrono::steady_clock::now();
  const auto left = since_ + call_->call.connect_timeout - now;
  attempt_until_ = now + left / static_cast<int>(endpoints_.size());
  const tcp::endpoint endpoint = endpoints_.back();
  endpoints_.pop_back();
  socket_.emplace(shard_.loop().context());
  socket_->async_connect(endpoint,
                         [self = shared_from_this(), attempt = ++attempt_](const error_code& ec) {
                           if (self->attempt_ == attempt) self->on_connected(ec);
                         });
}

void ClientConnection::on_connected(const error_code& ec) {
  if (phase_ == Phase::closed) return;
  if (ec && !endpoints_.empty()) return connect_next();
  if (ec) {
    pool_.endpoints_until = {};  // resolve again: the address may have changed
    return fail(Errc::io, "The connection could not be made: " + ec.message() + ".");
  }
  error_code ignored;
  socket_->set_option(tcp::no_delay(true), ignored);
  tcp::socket socket = std::move(*socket_);
  socket_.reset();
  resolver_.reset();
  if (!call_->url.tls) {
    transport_ = plain_transport(std::move(socket));
    return on_handshake({});
  }
  transport_ = tls_transport(std::move(socket), shard_.tls(), call_->url.host);
  transport_->handshake(shared_from_this(), true);
}

void ClientConnection::on_handshake(const error_code& ec) {
  if (phase_ == Phase::closed) return;
  if (ec) return fail(Errc::io, "The TLS connection was refused: " + ec.message() + ".");
  in_ = std::make_unique_for_overwrite<char[]>(kBuffer);
  start(std::move(call_));
  if (phase_ != Phase::closed) read();
}

void ClientConnection::start(std::shared_ptr<ClientCall> call) {
  call_ = std::move(call);
  phase_ = Phase::busy;
  sent_ = false;
  got_bytes_ = false;
  parser_.emplace(call_->call.method == Method::head, call_->call.max_response_bytes);
  write_request();
}

void ClientConnection::write_request() {
  const HttpCall& what = call_->call;
  const Url& url = call_->url;
  const bool v6 = url.host.find(':') != std::string::npos;
  const bool usual_port = url.port == (url.tls ? "443" : "80");
  out_.clear();
  out_.append(to_string(what.method)).append(" ").append(url.target).append(" HTTP/1.1\r\nHost: ");
  out_.append(v6 ? "[" : "").append(url.host).append(v6 ? "]" : "");
  if (!usual_port) out_.append(":").append(url.port);
  out_.append("\r\nUser-Agent: ").append(shard_.options().user_agent).append("\r\n");
  if (wants_length(what)) {
    out_.append("Content-Length: ").append(std::to_string(what.body.size())).append("\r\n");
  }
  out_.append(what.headers.wire()).append("\r\n").append(what.body);
  const auto written = transport_->write(out_, shared_from_this());
  if (written == Transport::Written::failed) return on_broken(asio::error::broken_pipe);
  sent_ = true;
  fault::point("S8_sent");
  writing_ = written == Transport::Written::pending;
}

void ClientConnection::on_written(const error_code& ec) {
  writing_ = false;
  if (phase_ == Phase::closed || !ec) return;
  on_broken(ec);
}

void ClientConnection::read() {
  transport_->read_some(in_.get() + in_end_, kBuffer - in_end_, shared_from_this());
}

void ClientConnection::on_read(const error_code& ec, std::size_t size) {
  if (phase_ == Phase::closed) return;
  if (ec) return on_broken(ec);
  if (phase_ == Phase::idle) return close();  // bytes that no call asked for
  got_bytes_ = true;
  in_end_ += size;
  parse();
  if (phase_ == Phase::closed) return;
  if (in_end_ == kBuffer) return fail(Errc::io, "The reply's header is too large.");
  read();
}

void ClientConnection::parse() {
  std::size_t used = 0;
  while (used < in_end_ && phase_ == Phase::busy) {
    error_code ec;
    used += parser_->put({in_.get() + used, in_end_ - used}, ec);
    if (ec == beast_http::error::need_more) break;
    if (ec) {
      return fail(Errc::io, parser_->too_large ? "The reply is larger than allowed."
                                               : "The reply is not valid HTTP.");
    }
    if (!parser_->is_done()) continue;
    if (parser_->status_code / 100 == 1) {  // an interim response; the final one follows
      parser_.emplace(call_->call.method == Method::head, call_->call.max_response_bytes);
      continue;
    }
    const bool reusable = parser_->keep_alive() && used == in_end_ && !writing_;
    in_end_ = 0;
    if (!reusable) {
      reused_ = false;
      const auto self = shared_from_this();
      const auto call = std::move(call_);
      HttpReply reply{parser_->status_code, std::move(parser_->headers), std::move(parser_->body)};
      close();
      return call->finish(std::move(reply));
    }
    return complete();
  }
  std::memmove(in_.get(), in_.get() + used, in_end_ - used);
  in_end_ -= used;
}

void ClientConnection::complete() {
  const auto call = std::move(call_);
  HttpReply reply{parser_->status_code, std::move(parser_->headers), std::move(parser_->body)};
  phase_ = Phase::idle;
  reused_ = true;
  since_ = std::chrono::steady_clock::now();
  shard_.now_idle(*this);
  call->finish(std::move(reply));
}

// The peer closed the connection, or the socket failed.
void ClientConnection::on_broken(const error_code& ec) {
  if (phase_ != Phase::busy) return close();
  if (ec == asio::error::eof && got_bytes_ && parser_->got_some()) {
    error_code end;
    parser_->put_eof(end);
    if (!end) {
      const auto call = std::move(call_);
      HttpReply reply{parser_->status_code, std::move(parser_->headers), std::move(parser_->body)};
      close();
      return call->finish(std::move(reply));
    }
  }
  const bool untouched = !got_bytes_ && reused_ && !call_->retried;
  if (untouched && (!sent_ || harmless_twice(call_->call.method))) {
    const auto call = std::move(call_);
    close();
    return shard_.retry(call);
  }
  fail(Errc::io, "The peer closed the connection before its reply was complete.");
}

void ClientConnection::fail(Errc code, const std::string& detail) {
  const auto call = std::move(call_);
  const bool sent = sent_ && phase_ == Phase::busy;
  const int status = parser_ && phase_ == Phase::busy ? parser_->status_code : 0;
  close();
  if (call) call->fail(code, detail, sent, status);
}

// What is written to a connection that its peer is closing has an unknown fate. So the socket
// itself is asked: the loop may not have come to read the end of the stream yet.
bool ClientConnection::usable() const {
  const auto idle = std::chrono::steady_clock::now() - since_;
  return phase_ == Phase::idle && idle <= shard_.options().idle_timeout && transport_->quiet();
}

void ClientConnection::tick(SteadyTime now) {
  if (call_ && call_->call.stop.stop_requested())
    return fail(Errc::unavailable, "The call was stopped.");
  switch (phase_) {
    case Phase::connecting:
      if (now - since_ > call_->call.connect_timeout || now > call_->deadline) {
        fail(Errc::timeout, "The connection was not made in time.");
      } else if (socket_ && now > attempt_until_ && !endpoints_.empty()) {
        connect_next();
      }
      return;
    case Phase::busy:
      if (now > call_->deadline) fail(Errc::timeout, "The reply did not come in time.");
      return;
    case Phase::idle:
      if (now - since_ > shard_.options().idle_timeout) close();
      return;
    case Phase::closed:
      return;
  }
}

void ClientConnection::close() {
  if (phase_ == Phase::closed) return;
  const auto self = shared_from_this();
  phase_ = Phase::closed;
  error_code ignored;
  if (socket_) socket_->close(ignored);
  if (resolver_) resolver_->cancel();
  if (transport_) transport_->close();
  shard_.gone(*this);
}

}  // namespace aura::net
