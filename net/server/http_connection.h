// One HTTP/1.1 connection of a server. Reads requests ahead, hands each to its handler, and sends
// the answers in the order of the requests whatever order they come in; answers that are ready
// together leave in one write. Owned by its Shard until it closes; everything on the shard's loop.
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

  void begin();            // plain: read
  void begin_handshake();  // TLS

  void tick(SteadyTime now) override;
  void drain() override;
  void abort() override { close(); }

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

  // A request in flight, or its answer waiting for its turn.
  struct Slot {
    enum class State { waiting, ready, streaming, stream_ended };
    State state = State::waiting;
    bool head = false;       // answer without body
    bool keep_alive = true;  // false: the connection ends after this answer
    bool chunked = true;     // a stream's framing (HTTP/1.0 has none)
    bool head_sent = false;  // of a stream; until then its events wait in response.body
    Response response;
    std::shared_ptr<StreamState> stream;
    std::size_t keepalive_bytes = 0;  // of response.body: ours, not the stream's
    SteadyTime since;
  };

  // Reading (http_connection.cc)
  void start_read();
  void fit_buffer();
  void advance();
  bool take_input();
  bool parse_some();
  void on_header();
  void on_request();
  void dispatch(const Router::Route& route, Request&& request);
  bool try_upgrade(const Router::Route& route, Request& request);
  void refuse(Response&& response);  // answer, then end: the input cannot be trusted any more
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
  bool handshaking_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool flush_queued_ = false;
  bool no_more_requests_ = false;  // refused, "Connection: close", end of input or draining
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
  std::optional<Response> refusal_;  // of the request being received, sent once it is here
  std::size_t body_accounted_ = 0;

  std::deque<Slot> slots_;
  std::uint64_t first_sequence_ = 0;  // of slots_.front()
  std::string out_;                   // next to be written
  std::string sending_;               // being written, the first sent_ bytes already gone
  std::size_t sent_ = 0;
  std::size_t writing_size_ = 0;
  std::shared_ptr<StreamState> stream_;  // a connection has at most one, its last answer
  std::size_t stream_bytes_out_ = 0;     // of out_, what counts against the stream's bound
  std::size_t stream_bytes_sending_ = 0;

  SteadyTime body_since_;
  SteadyTime phase_since_;  // header: first byte of it (or the last answer); body: window start
  SteadyTime write_since_;
  SteadyTime last_output_;
  std::size_t window_bytes_ = 0;  // of the body in this window
};

}  // namespace aura::net
