#include "net/server/http_connection.h"

#include <algorithm>
#include <cstring>

#include "net/server/problem.h"
#include "net/server/websocket_session.h"
#include "runtime/fault_points.h"
#include "runtime/log.h"
#include "runtime/trace_context.h"

namespace aura::net {
namespace {

constexpr std::size_t kSmallBuffer = 4 * 1024;  // of an idle connection
constexpr std::size_t kLargeBuffer = 64 * 1024;
constexpr std::size_t kRefusedBody = 64 * 1024;  // read before a refusal, to keep the connection
constexpr std::chrono::seconds kLinger{2};       // time for the peer to read our last answer

Response refusal_for(int status) {
  switch (status) {
    case 408:
      return problem(408, "timeout", "Request timeout", "The request came too slowly.");
    case 413:
      return problem(413, "too-large", "Content too large", "The body is too large.");
    case 414:
      return problem(414, "uri-too-long", "URI too long", "The address is too long.");
    case 415:
      return problem(415, "encoding", "Unsupported media type",
                     "Send the body without Content-Encoding.");
    case 417:
      return problem(417, "expectation", "Expectation failed");
    case 431:
      return problem(431, "header-too-large", "Header too large",
                     "The header fields are too many or too large.");
    case 505:
      return problem(505, "http-version", "HTTP version not supported", "Use HTTP/1.1.");
    default:
      return problem(400, "malformed", "Malformed request", "This is not valid HTTP/1.1.");
  }
}

}  // namespace

HttpConnection::HttpConnection(SessionHost& host, std::unique_ptr<Transport> transport,
                               std::string remote, SteadyTime now)
    : host_(host),
      loop_(host.loop()),
      limits_(host.limits()),
      transport_(std::move(transport)),
      remote_(std::move(remote)),
      phase_(Phase::handshake),
      phase_since_(now),
      write_since_(now),
      last_output_(now) {}

void HttpConnection::begin() {
  phase_ = Phase::header;
  start_read();
}

// The TLS handshake waits for a slot of the loop only once the client has sent something, so silent
// clients do not delay other handshakes.
void HttpConnection::await_handshake() {
  transport_->when_readable([self = shared_from_this()] {
    self->host_.in_turn([self] {
      if (self->phase_ != Phase::closed) self->transport_->handshake(self, false);
    });
  });
}

void HttpConnection::on_handshake(const error_code& ec) {
  if (phase_ == Phase::closed) return;
  if (ec) return close();
  begin();
}

bool HttpConnection::accepts_requests() const {
  return !no_more_requests_ && slots_.size() < limits_.pipeline_depth &&
         unsent() < limits_.write_buffer_bytes;
}

// Keeps reading after the last request too, to notice when the peer closes the connection.
void HttpConnection::start_read() {
  if (reading_ || peer_ended_ || phase_ == Phase::closed || phase_ == Phase::handshake) return;
  if (!no_more_requests_ && !accepts_requests()) return;
  fit_buffer();
  if (in_end_ == in_capacity_) return close();  // cannot happen: a header within its limit fits
  reading_ = true;
  transport_->read_some(in_.get() + in_end_, in_capacity_ - in_end_, shared_from_this());
}

// An idle connection has a small buffer. A connection that fills it gets a large buffer until its
// reads become small again.
void HttpConnection::fit_buffer() {
  const std::size_t wanted =
      last_read_ >= kSmallBuffer || in_end_ == in_capacity_ || in_end_ > kSmallBuffer / 2
          ? kLargeBuffer
          : kSmallBuffer;
  if (wanted == in_capacity_ || (wanted < in_capacity_ && in_end_ > 0)) return;
  auto bigger = std::make_unique_for_overwrite<char[]>(wanted);
  if (in_end_ > 0) std::memcpy(bigger.get(), in_.get(), in_end_);
  in_ = std::move(bigger);
  in_capacity_ = wanted;
}

void HttpConnection::on_read(const error_code& ec, std::size_t size) {
  reading_ = false;
  if (phase_ == Phase::closed) return;
  if (ec) return on_input_end(ec);
  fault::point("S0_read");
  const IoLoop::Batch batch(loop_);
  in_end_ += size;
  last_read_ = size;
  advance();
}

// Parses requests and writes answers as far as both can progress now.
void HttpConnection::advance() {
  bool more = true;
  while (more && phase_ != Phase::closed) {
    more = take_input();
    if (phase_ == Phase::closed) return;
    write_ready();
    more = more && accepts_requests();
  }
  if (phase_ != Phase::closed) start_read();
}

void HttpConnection::on_input_end(const error_code&) {
  const bool streaming =
      std::any_of(slots_.begin(), slots_.end(), [](const Slot& s) { return s.stream != nullptr; });
  if (streaming || phase_ == Phase::lingering) return close();
  peer_ended_ = true;  // the peer may still read the answers to its earlier requests
  no_more_requests_ = true;
  parser_.reset();
  account_body(0);
  if (slots_.empty() && unsent() == 0) close();
}

// True: input is left, but too many requests are in flight.
bool HttpConnection::take_input() {
  // A read is using the buffer. Complete requests were parsed before the read started.
  if (reading_) return false;
  bool more = true;
  while (more && in_begin_ != in_end_ && accepts_requests()) {
    more = parse_some() && phase_ != Phase::closed;
  }
  if (phase_ == Phase::closed) return false;
  if (no_more_requests_) in_begin_ = in_end_;
  const std::size_t left = in_end_ - in_begin_;
  if (left > 0 && in_begin_ > 0) std::memmove(in_.get(), in_.get() + in_begin_, left);
  in_begin_ = 0;
  in_end_ = left;
  return more && left > 0;
}

// True: continue with the rest of the input.
bool HttpConnection::parse_some() {
  if (!parser_) {
    parser_.emplace();
    phase_since_ = coarse_now();
  }
  std::size_t used = 0;
  const auto fed =
      parser_->feed({in_.get() + in_begin_, in_end_ - in_begin_}, used, limits_.header_bytes);
  in_begin_ += used;
  window_bytes_ += used;
  switch (fed) {
    case RequestParser::Fed::need_more:
      account_body(parser_->request().body.size());
      return false;
    case RequestParser::Fed::failed:
      refuse(refusal_for(parser_->refusal()));
      return false;
    case RequestParser::Fed::done:
      on_request();
      return true;
    case RequestParser::Fed::header_done:
      break;
  }
  on_header();
  if (parser_ && parser_->is_done()) on_request();
  return true;
}

void HttpConnection::on_header() {
  Request& request = parser_->request();
  Response refusal;
  route_ = host_.router().find(request, refusal);
  if (route_ && route_->options.refuses) {
    if (auto refused = route_->options.refuses(request)) {
      refusal = std::move(*refused);
      route_ = nullptr;
    }
  }
  if (route_) {
    parser_->max_body =
        route_->options.max_body != 0 ? route_->options.max_body : limits_.body_bytes;
  } else {
    parser_->max_body = kRefusedBody;
    if (parser_->wants_continue()) return refuse(std::move(refusal));
    refusal_ = std::move(refusal);
  }
  const auto length = parser_->content_length();
  if (length && *length > parser_->max_body) {
    return refuse(refusal_ ? std::move(*refusal_) : refusal_for(413));
  }
  if (parser_->is_done()) return;
  phase_ = Phase::body;
  phase_since_ = body_since_ = coarse_now();
  window_bytes_ = 0;
  continue_due_ = parser_->wants_continue() && in_begin_ == in_end_;
}

void HttpConnection::on_request() {
  Slot slot;
  slot.head = parser_->request().method == Method::head;
  slot.keep_alive = parser_->version() == 11 && parser_->keep_alive();
  slot.chunked = parser_->version() == 11;
  slot.since = phase_since_;
  const bool keep_alive = slot.keep_alive;
  const bool upgrade = parser_->upgrade();
  Request request = std::move(parser_->request());
  parser_.reset();
  account_body(0);
  continue_due_ = false;
  phase_ = Phase::header;
  request.remote_address = remote_;
  if (refusal_) {
    slot.response = std::move(*refusal_);
    slot.state = Slot::State::ready;
    refusal_.reset();
    slots_.push_back(std::move(slot));
  } else {
    if (upgrade && route_->websocket && try_upgrade(*route_, request)) return;
    slot.traced = traced(request);
    slots_.push_back(std::move(slot));
    dispatch(*route_, std::move(request));
  }
  if (!keep_alive) no_more_requests_ = true;
}

std::unique_ptr<HttpConnection::TracedRequest> HttpConnection::traced(
    const Request& request) const {
  auto caller = parse_traceparent(request.headers.get("traceparent"));
  if (!caller) return nullptr;
  return std::make_unique<TracedRequest>(
      TracedRequest{std::move(caller->trace_id), request.method, route_->pattern});
}

void HttpConnection::TracedRequest::note(int status, SteadyTime since) const {
  const auto took = std::chrono::steady_clock::now() - since;
  log::info("request",
            {{"trace_id", trace_id},
             {"method", to_string(method)},
             {"route", route},
             {"status", status},
             {"took_us", std::chrono::duration_cast<std::chrono::microseconds>(took).count()}});
}

void HttpConnection::dispatch(const Router::Route& route, Request&& request) {
  auto exchange = std::make_shared<HttpExchange>(
      ExchangeAddress{loop_.shared_from_this(), weak_from_this(),
                      first_sequence_ + slots_.size() - 1, limits_.stream_buffer_bytes});
  try {
    route.handler(std::move(request), Responder(exchange));
  } catch (const std::exception& e) {
    log::error("http_handler_failed", {{"what", e.what()}});
    exchange->reply(problem(Error{Errc::internal, "", ""}));
  }
}

void HttpConnection::refuse(Response&& response) {
  no_more_requests_ = true;
  parser_.reset();
  refusal_.reset();
  account_body(0);
  continue_due_ = false;
  phase_ = Phase::header;
  in_begin_ = in_end_;
  Slot slot;
  slot.state = Slot::State::ready;
  slot.keep_alive = false;
  slot.response = std::move(response);
  slots_.push_back(std::move(slot));
}

// Counts request bodies in progress over all connections of the server.
void HttpConnection::account_body(std::size_t held) {
  if (held == body_accounted_) return;
  const auto delta = static_cast<std::int64_t>(held) - static_cast<std::int64_t>(body_accounted_);
  body_accounted_ = held;
  const auto total = host_.bodies_in_memory().fetch_add(delta) + delta;
  if (delta <= 0 || total <= static_cast<std::int64_t>(limits_.bodies_in_memory)) return;
  refuse(problem(Error{Errc::overloaded, "Too many large bodies at once; try again.", ""}));
}

void HttpConnection::tick(SteadyTime now) {
  if (writing_ && now - write_since_ > limits_.write_timeout) return close();
  switch (phase_) {
    case Phase::closed:
      return;
    case Phase::handshake:
      if (now - phase_since_ > limits_.header_timeout) close();
      return;
    case Phase::lingering:
      if (now - phase_since_ > kLinger) close();
      return;
    case Phase::header:
    case Phase::body:
      break;
  }
  check_request_deadlines(now);
  if (phase_ == Phase::closed || slots_.empty()) return;
  Slot& front = slots_.front();
  if (front.state == Slot::State::waiting && now - front.since > limits_.reply_timeout) {
    answer(first_sequence_, dropped_response());
  }
  if (front.state == Slot::State::streaming && now - last_output_ > limits_.stream_keepalive) {
    front.response.body += ":\n\n";
    front.keepalive_bytes += 3;
    queue_flush();
  }
}

void HttpConnection::check_request_deadlines(SteadyTime now) {
  if (parser_ && !accepts_requests()) {
    phase_since_ = body_since_ = now;  // we are not reading, so the peer is not slow
  } else if (parser_ && phase_ == Phase::header && now - phase_since_ > limits_.header_timeout) {
    refuse(refusal_for(408));
    queue_flush();
  } else if (parser_ && phase_ == Phase::body && now - phase_since_ > limits_.body_timeout) {
    if (window_bytes_ < limits_.body_progress_bytes || behind_its_rate(now)) {
      refuse(refusal_for(408));
      queue_flush();
    }
    window_bytes_ = 0;
    phase_since_ = now;
  } else if (idle() && unsent() == 0) {
    const auto bound = first_sequence_ == 0 ? limits_.header_timeout : limits_.idle_timeout;
    if (now - phase_since_ > bound) return close();
    out_ = {};  // releases buffers that grew in a burst
    sending_ = {};
    sent_ = 0;
  }
}

// Detects a body that only trickles in: it would hold its memory for hours.
bool HttpConnection::behind_its_rate(SteadyTime now) const {
  const std::chrono::duration<double> counted = now - body_since_ - limits_.body_timeout;
  const auto came = static_cast<double>(parser_->request().body.size());
  return came < counted.count() * static_cast<double>(limits_.body_rate);
}

void HttpConnection::drain() {
  draining_ = true;
  if (phase_ == Phase::handshake || (idle() && unsent() == 0)) return close();
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].state == Slot::State::streaming) end_stream(first_sequence_ + i, false);
  }
}

std::optional<SteadyTime> HttpConnection::silent_since() const {
  const bool before_request =
      phase_ == Phase::handshake ||
      (phase_ == Phase::header && first_sequence_ == 0 && slots_.empty() && unsent() == 0);
  return before_request ? std::optional(phase_since_) : std::nullopt;
}

bool HttpConnection::try_upgrade(const Router::Route& route, Request& request) {
  if (!equals_ignoring_case(request.headers.get("Upgrade"), "websocket")) return false;
  if (!slots_.empty() || unsent() != 0 || in_begin_ != in_end_ || draining_) {
    refuse(refusal_for(400));  // nothing else may be in flight during an upgrade
    return true;
  }
  auto handler = route.websocket(request);
  if (!handler) {
    refuse(problem(handler.error()));
    return true;
  }
  if (const auto trace = traced(request)) trace->note(101, phase_since_);
  transport_->upgrade(WebSocketStart{&host_, std::move(request), std::move(*handler), nullptr});
  phase_ = Phase::closed;
  host_.release(*this);
  return true;
}

}  // namespace aura::net
