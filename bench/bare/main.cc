// bare-beast: the reference server of the benchmarks. It is what an experienced Beast user would
// write to accept POSTs and answer 200 without doing anything: asynchronous, keep-alive, one io
// thread, reused buffers and response. It reads every body completely and stores nothing.
#include <sys/prctl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr std::size_t kMaxBody = 8 << 20;

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(tcp::socket socket) : stream_(std::move(socket)) {
    beast::error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
    response_.result(http::status::ok);
    response_.version(11);
    response_.content_length(0);
  }

  void read() {
    parser_.emplace();
    parser_->body_limit(kMaxBody);
    stream_.expires_after(std::chrono::seconds(60));
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->respond();
                     });
  }

 private:
  void respond() {
    const bool keep = parser_->keep_alive();
    response_.keep_alive(keep);
    http::async_write(stream_, response_,
                      [self = shared_from_this(), keep](beast::error_code error, std::size_t) {
                        if (!error && keep) self->read();
                      });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::empty_body> response_;
};

void accept_next(tcp::acceptor& acceptor) {
  acceptor.async_accept([&acceptor](beast::error_code error, tcp::socket socket) {
    if (!error) std::make_shared<Session>(std::move(socket))->read();
    accept_next(acceptor);
  });
}

}  // namespace

int main() {
  prctl(PR_SET_PDEATHSIG, SIGTERM);  // ends together with the process that started it
  asio::io_context context(1);
  tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
  acceptor.listen(4096);
  std::printf("bare ready http://127.0.0.1:%u\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  accept_next(acceptor);
  context.run();
}
