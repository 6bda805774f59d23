// The writing half of a connection: turns slots into bytes, in order.
#include <array>
#include <charconv>

#include "net/server/http_connection.h"
#include "runtime/fault_points.h"

namespace aura::net {
namespace {

constexpr std::size_t kKeepBuffer = 32 * 1024;   // capacity kept for later answers
constexpr std::size_t kWritePiece = 256 * 1024;  // must be written within one write timeout

void append_number(std::string& out, std::uint64_t value, int base = 10) {
  std::array<char, 20> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, base).ptr;
  out.append(text.data(), end);
}

bool has_no_body(int status) { return status == 204 || status == 304 || status < 200; }

}  // namespace

HttpConnection::Slot* HttpConnection::slot(std::uint64_t sequence) {
  if (phase_ == Phase::closed || sequence < first_sequence_) return nullptr;
  const std::uint64_t index = sequence - first_sequence_;
  return index < slots_.size() ? &slots_[index] : nullptr;
}

void HttpConnection::answer(std::uint64_t sequence, Response&& response) {
  Slot* const found = slot(sequence);
  if (!found || found->state != Slot::State::waiting) return;
  found->response = std::move(response);
  found->state = Slot::State::ready;
  if (sequence == first_sequence_) queue_flush();
}

void HttpConnection::open_stream(std::uint64_t sequence, Response&& head,
                                 std::shared_ptr<StreamState> stream) {
  Slot* const found = slot(sequence);
  if (!found || found->state != Slot::State::waiting) return stream->finished();
  found->response = std::move(head);
  found->response.status = 200;
  found->response.body.clear();
  if (!found->response.headers.contains("Content-Type")) {
    found->response.headers.add("Content-Type", "text/event-stream");
  }
  found->response.headers.set("Cache-Control", "no-store");
  if (found->chunked) found->response.headers.set("Transfer-Encoding", "chunked");
  found->state = found->head ? Slot::State::stream_ended : Slot::State::streaming;
  found->stream = std::move(stream);
  found->keep_alive = false;
  no_more_requests_ = true;
  queue_flush();
}

void HttpConnection::stream_data(std::uint64_t sequence, std::string&& text) {
  Slot* const found = slot(sequence);
  if (!found || found->state != Slot::State::streaming) return;
  found->response.body += text;
  if (sequence == first_sequence_) queue_flush();
}

void HttpConnection::end_stream(std::uint64_t sequence, bool cut_off) {
  Slot* const found = slot(sequence);
  if (!found || !found->stream) return;
  if (cut_off) return close();  // the reader is too slow to receive an error
  found->state = Slot::State::stream_ended;
  queue_flush();
}

void HttpConnection::queue_flush() {
  if (flush_queued_) return;
  flush_queued_ = true;
  loop_.flush_later(shared_from_this());
}

void HttpConnection::flush() {
  flush_queued_ = false;
  if (phase_ == Phase::closed) return;
  write_ready();
  // Now there may be room for requests that wait in the buffer.
  if (phase_ != Phase::closed) advance();
}

void HttpConnection::write_ready() {
  while (!slots_.empty() && unsent() < limits_.write_buffer_bytes && finish_front()) {
  }
  if (continue_due_ && slots_.empty()) {
    continue_due_ = false;
    out_ += "HTTP/1.1 100 Continue\r\n\r\n";
  }
  write_out();
}

// Writes the answer of the front slot; true if the answer is complete and the slot removed.
bool HttpConnection::finish_front() {
  Slot& front = slots_.front();
  if (front.state == Slot::State::waiting) return false;
  const bool last_of_drain = draining_ && slots_.size() == 1 && !parser_;
  const bool keep_alive = front.keep_alive && !last_of_drain;
  if (front.stream) {
    append_stream(front);
    if (front.state == Slot::State::streaming) return false;
    front.stream->finished();
  } else {
    append_answer(front, keep_alive);
  }
  host_.count_response(front.response.status);
  if (front.traced) front.traced->note(front.response.status, front.since);
  slots_.pop_front();
  ++first_sequence_;
  if (!keep_alive) {
    no_more_requests_ = true;
    finish_streams();
    slots_.clear();
  }
  return true;
}

void HttpConnection::append_answer(const Slot& front, bool keep_alive) {
  const Response& response = front.response;
  append_head(response, keep_alive);
  if (!has_no_body(response.status)) {
    out_ += "Content-Length: ";
    append_number(out_, response.body.size());
    out_ += "\r\n";
  }
  out_ += "\r\n";
  if (!front.head && !has_no_body(response.status)) out_ += response.body;
}

void HttpConnection::append_head(const Response& response, bool keep_alive) {
  if (response.status == 200) {
    out_ += "HTTP/1.1 200 OK\r\nDate: ";
  } else {
    out_ += "HTTP/1.1 ";
    append_number(out_, static_cast<std::uint64_t>(response.status));
    out_ += ' ';
    out_ += reason_phrase(response.status);
    out_ += "\r\nDate: ";
  }
  out_ += loop_.date();
  out_ += "\r\nX-Content-Type-Options: nosniff\r\n";
  out_ += response.headers.wire();
  if (!keep_alive) out_ += "Connection: close\r\n";
}

void HttpConnection::append_stream(Slot& front) {
  if (!front.head_sent) {
    front.head_sent = true;
    append_head(front.response, false);
    out_ += "\r\n";
  }
  std::string& text = front.response.body;
  if (!text.empty() && !front.head) {
    if (front.chunked) {
      append_number(out_, text.size(), 16);
      out_ += "\r\n";
    }
    out_ += text;
    if (front.chunked) out_ += "\r\n";
    stream_ = front.stream;
    stream_bytes_out_ += text.size() - front.keepalive_bytes;
    front.keepalive_bytes = 0;
  }
  text.clear();
  if (front.state == Slot::State::stream_ended && front.chunked && !front.head) {
    out_ += "0\r\n\r\n";
  }
}

void HttpConnection::write_out() {
  while (!writing_) {
    if (sent_ == sending_.size()) {
      const bool wrote = sent_ > 0;
      sending_.clear();
      sent_ = 0;
      if (stream_) stream_->written(std::exchange(stream_bytes_sending_, stream_bytes_out_));
      stream_bytes_out_ = 0;
      if (sending_.capacity() > kKeepBuffer) sending_ = {};
      if (out_.empty()) return after_write(wrote);
      sending_.swap(out_);
    }
    writing_size_ = std::min(kWritePiece, sending_.size() - sent_);
    const auto written = transport_->write(std::string_view(sending_).substr(sent_, writing_size_),
                                           shared_from_this());
    if (written == Transport::Written::failed) return close();
    if (written == Transport::Written::pending) {
      writing_ = true;
      write_since_ = coarse_now();
      return;
    }
    sent_ += writing_size_;
    fault::point("S5_answered");
  }
}

void HttpConnection::on_written(const error_code& ec) {
  writing_ = false;
  if (phase_ == Phase::closed) return;
  if (ec) return close();
  sent_ += writing_size_;
  const IoLoop::Batch batch(loop_);
  queue_flush();
}

// Everything is written.
void HttpConnection::after_write(bool wrote) {
  if (wrote) last_output_ = coarse_now();
  if (wrote && slots_.empty() && !parser_) phase_since_ = last_output_;
  const bool over = no_more_requests_ || (draining_ && !parser_);
  if (slots_.empty() && over && phase_ != Phase::lingering) end_connection();
}

// Half-closes the connection and keeps reading for a moment: closing it at once could reset it
// while our last answer is still on its way.
void HttpConnection::end_connection() {
  no_more_requests_ = true;  // an answer to a further request could not be sent
  if (peer_ended_) return close();
  phase_ = Phase::lingering;
  phase_since_ = coarse_now();
  transport_->end_writing(shared_from_this());
}

void HttpConnection::finish_streams() {
  for (Slot& s : slots_) {
    if (s.stream) s.stream->finished();
  }
}

void HttpConnection::close() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  const auto self = shared_from_this();
  account_body(0);
  transport_->close();
  finish_streams();
  slots_.clear();
  host_.release(*this);
}

}  // namespace aura::net
