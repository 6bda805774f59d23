// One HTTP/1.1 connection of a server. It reads requests ahead, passes each to its handler, and
// sends the answers in the order of the requests, whatever order they become ready in. Answers that
// are ready together leave in one write. Owned by its Shard until it closes; everything runs on the
// shard's loop.
//
//   bytes → RequestParser → route → handler … Responder ─┐
//   slots_: [answered][waiting][answered]…  ◄────────────┘  the front is written to out_
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "net/server/http_exchange.h"
#include "net/server/http_parser.h"
#include "net/server/session.h"
#include "net/transport.h"

namespace aura::net {

class HttpConnection final : public Session,
                             public TransportOwner,
                             public ExchangeTarget,
                             public Flushable,
                             public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(SessionHost& host, std::unique_ptr<Transport> transport, std::string remote,
                 SteadyTime now);

  void begin();            // plain TCP: starts reading
  void await_handshake();  // TLS: queues the handshake once the client has sent bytes

  void tick(SteadyTime now) override;
  void drain() override;
  void abort() override { close(); }
  std::optional<SteadyTime> silent_since() const override;

  void on_handshake(const error_code& ec) override;
  void on_read(const error_code& ec, std::size_t size) override;
  void on_written(const error_code& ec) override;

  void answer(std::uint64_t sequence, Response&& response) override;
  void open_stream(std::uint64_t sequence, Response&& head,
                   std::shared_ptr<StreamState> stream) override;
  void stream_data(std::uint64_t sequence, std::string&& text) override;
  void end_stream(std::uint64_t sequence, bool cut_off) override;

  void flush() override;

 private:
  enum class Phase { handshake, header, body, lingering, closed };

  // What is logged of a request that carries a trace. Not its path: it may hold a secret link.
  struct TracedRequest {
    std::string trace_id;
    Method method;
    std::string_view route;  // the router's
    void note(int status, SteadyTime since) const;
  };
  // A request in flight, or its answer waiting for its turn.
  struct Slot {
    enum class State { waiting, ready, streaming, stream_ended };
    State state = State::waiting;
    bool head = false;       // a HEAD request: the answer has no body
    bool keep_alive = true;  // false: the connection ends after this answer
    bool chunked = true;     // chunked framing of a stream (not in HTTP/1.0)
    bool head_sent = false;  // the stream's header was written
    Response response;
    std::shared_ptr<StreamState> stream;
    std::size_t keepalive_bytes = 0;  // of response.body: not counted against the stream
    SteadyTime since;
    std::unique_ptr<TracedRequest> traced;  // only if the caller sent a traceparent
  };

  // Reading (http_connection.cc)
  void start_read();
  void fit_buffer();
  void advance();
  bool take_input();
  bool parse_some();
  void on_header();
  void on_request();
  std::unique_ptr<TracedRequest> traced(const Request& request) const;
  void dispatch(const Router::Route& route, Request&& request);
  bool try_upgrade(const Router::Route& route, Request& request);
  void refuse(Response&& response);  // answers and then ends: the input cannot be trusted any more
  bool accepts_requests() const;
  void account_body(std::size_t held);
  void check_request_deadlines(SteadyTime now);
  bool behind_its_rate(SteadyTime now) const;
  void on_input_end(const error_code& ec);

  // Writing (http_connection_write.cc)
  Slot* slot(std::uint64_t sequence);
  void queue_flush();
  void write_ready();
  bool finish_front();
  void append_answer(const Slot& slot, bool keep_alive);
  void append_head(const Response& response, bool keep_alive);
  void append_stream(Slot& slot);
  void write_out();
  void after_write(bool wrote);
  void end_connection();
  void finish_streams();
  void close();
  bool idle() const { return slots_.empty() && !parser_ && in_begin_ == in_end_; }
  std::size_t unsent() const { return out_.size() + sending_.size() - sent_; }

  SessionHost& host_;
  IoLoop& loop_;
  const ServerLimits& limits_;
  std::unique_ptr<Transport> transport_;
  std::string remote_;

  Phase phase_;
  bool reading_ = false;
  bool writing_ = false;
  bool flush_queued_ = false;
  bool no_more_requests_ = false;  // after a refusal, "Connection: close", end of input, or drain
  bool peer_ended_ = false;
  bool continue_due_ = false;
  bool draining_ = false;

  std::unique_ptr<char[]> in_;
  std::size_t in_capacity_ = 0;
  std::size_t last_read_ = 0;
  std::size_t in_begin_ = 0;
  std::size_t in_end_ = 0;
  std::optional<RequestParser> parser_;
  const Router::Route* route_ = nullptr;
  std::optional<Response> refusal_;  // for the request being received, sent once it is complete
  std::size_t body_accounted_ = 0;

  std::deque<Slot> slots_;
  std::uint64_t first_sequence_ = 0;  // sequence of slots_.front()
  std::string out_;                   // to be written next
  std::string sending_;               // being written; its first sent_ bytes are gone
  std::size_t sent_ = 0;
  std::size_t writing_size_ = 0;
  std::shared_ptr<StreamState> stream_;  // the connection's last answer; there is at most one
  std::size_t stream_bytes_out_ = 0;     // part of out_ that counts against the stream's limit
  std::size_t stream_bytes_sending_ = 0;

  SteadyTime body_since_;
  // Header: its first byte (or the last answer); body: start of the window.
  SteadyTime phase_since_;
  SteadyTime write_since_;
  SteadyTime last_output_;
  std::size_t window_bytes_ = 0;  // body bytes received in this window
};

}  // namespace aura::net
