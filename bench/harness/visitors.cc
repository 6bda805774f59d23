#include "bench/harness/visitors.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

namespace aura::bench {
namespace {

constexpr unsigned kText = 1;
constexpr unsigned kClose = 8;
constexpr unsigned kPing = 9;
constexpr unsigned kPong = 10;

bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

// Visitors connect from many addresses, as in reality: an engine may limit the connections of one
// address.
std::string address_of_visitor(std::size_t number) {
  return "127.1." + std::to_string(number / 250 % 250) + "." + std::to_string(1 + number % 250);
}

// A UUID whose last digits are the number: unique in this run, and easy to find in an
// acknowledgement.
std::string client_id(std::uint64_t number) {
  const auto digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

}  // namespace

std::string client_frame(unsigned opcode, std::string_view payload) {
  constexpr char kMask[4] = {0x12, 0x34, 0x56, 0x78};
  std::string out;
  out += static_cast<char>(0x80 | opcode);
  if (payload.size() < 126) {
    out += static_cast<char>(0x80 | payload.size());
  } else {
    out += static_cast<char>(0x80 | 126);
    out += static_cast<char>(payload.size() >> 8);
    out += static_cast<char>(payload.size() & 0xFF);
  }
  out.append(kMask, 4);
  for (std::size_t i = 0; i < payload.size(); ++i)
    out += static_cast<char>(payload[i] ^ kMask[i % 4]);
  return out;
}

ServerFrame parse_server_frame(std::string_view bytes) {
  if (bytes.size() < 2) return {};
  std::size_t length = static_cast<unsigned char>(bytes[1]) & 0x7F;
  std::size_t head = 2;
  if (length >= 126) {
    const std::size_t wide = length == 126 ? 2 : 8;
    if (bytes.size() < head + wide) return {};
    length = 0;
    for (std::size_t i = 0; i < wide; ++i) {
      length = (length << 8) | static_cast<unsigned char>(bytes[head + i]);
    }
    head += wide;
  }
  if (bytes.size() < head + length) return {};
  return {static_cast<unsigned char>(bytes[0]) & 0x0Fu, bytes.substr(head, length), head + length};
}

class Visitors::Visitor final : public IoHandler {
 public:
  explicit Visitor(Visitors& all)
      : all_(all),
        socket_(connect_to(all.where_, false, address_of_visitor(all.visitors_.size()))) {
    all_.loop_.add(socket_.fd(), EPOLLIN | EPOLLOUT, this);
  }
  ~Visitor() override { close(); }

  void on_io(std::uint32_t events) override {
    if ((events & EPOLLOUT) != 0 && !asked_) ask();
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) read();
  }

  bool waits() const { return !pending_.empty(); }

  void say(const std::string& text) {
    if (!socket_) return;
    pending_ = client_id(++all_.next_client_id_);
    said_ = steady_now();
    ++all_.unacknowledged_;
    write(client_frame(
        kText, R"({"type":"message","client_id":")" + pending_ + R"(","text":")" + text + R"("})"));
  }

 private:
  void ask() {
    asked_ = true;
    all_.loop_.change(socket_.fd(), EPOLLIN);
    write("GET " + all_.path_ + " HTTP/1.1\r\nHost: " + all_.where_.text() +
          "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " +
          all_.where_.url() + "\r\n\r\n");
  }

  // Frames are far smaller than an empty socket buffer, so a partial write means a lost connection.
  void write(const std::string& bytes) {
    const auto wrote = send(socket_.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (wrote != static_cast<ssize_t>(bytes.size())) lose();
  }

  void read() {
    char buffer[16384];
    const auto got = recv(socket_.fd(), buffer, sizeof buffer, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return lose();
    input_.append(buffer, static_cast<std::size_t>(got));
    if (!upgraded_ && !take_upgrade()) return;
    take_frames();
    if (input_.empty()) input_.shrink_to_fit();
  }

  bool take_upgrade() {
    const auto end = input_.find("\r\n\r\n");
    if (end == input_.npos) return false;
    if (!input_.starts_with("HTTP/1.1 101")) {
      lose();
      return false;
    }
    input_.erase(0, end + 4);
    return upgraded_ = true;
  }

  void take_frames() {
    while (socket_) {
      const auto frame = parse_server_frame(input_);
      if (frame.size == 0) return;
      take(frame);
      input_.erase(0, frame.size);
    }
  }

  void take(const ServerFrame& frame) {
    if (frame.opcode == kPing) return write(client_frame(kPong, frame.payload));
    if (frame.opcode == kClose) return lose();
    if (!welcome_ && holds(frame.payload, "\"welcome\"")) {
      welcome_ = true;
      ++all_.welcomed_;
      all_.open_more();
    } else if (!pending_.empty() && holds(frame.payload, "\"ack\"") &&
               holds(frame.payload, pending_)) {
      all_.latency_.record(steady_now() - said_);
      --all_.unacknowledged_;
      pending_.clear();
    }
  }

  void close() {
    if (!socket_) return;
    all_.loop_.remove(socket_.fd());
    socket_.reset();
  }

  void lose() {
    if (!socket_) return;
    close();
    ++all_.lost_;
    if (!welcome_) all_.open_more();
  }

  Visitors& all_;
  Socket socket_;
  std::string input_;
  std::string pending_;  // client id of the unacknowledged message
  TimePoint said_;
  bool asked_ = false;
  bool upgraded_ = false;
  bool welcome_ = false;
};

Visitors::Visitors(Loop& loop, Endpoint where, std::string path)
    : loop_(loop), where_(std::move(where)), path_(std::move(path)) {}

Visitors::~Visitors() = default;

void Visitors::open(std::size_t count) {
  wanted_ += count;
  open_more();
}

void Visitors::open_more() {
  while (visitors_.size() < wanted_ && visitors_.size() < welcomed_ + lost_ + kHandshakesAtOnce) {
    visitors_.push_back(std::make_unique<Visitor>(*this));
  }
}

bool Visitors::is_waiting(std::size_t visitor) const { return visitors_[visitor]->waits(); }

void Visitors::say(std::size_t visitor, const std::string& text) { visitors_[visitor]->say(text); }

}  // namespace aura::bench
