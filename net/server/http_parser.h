// The parsers of server and client: Beast's state machine fills our values, plus strict rules that
// Beast does not enforce (one Content-Length, Transfer-Encoding only "chunked", no folded lines).
// One parser reads one message; used by one connection at a time.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string>

#include "net/http.h"

namespace aura::net {

namespace beast_http = boost::beast::http;

// Checks of header fields in both directions. False: refuse the message.
class FramingRules {
 public:
  bool field(std::string_view name, std::string_view value);
  bool transfer_encoding() const { return transfer_encodings_ > 0; }
  unsigned hosts() const { return hosts_; }

 private:
  unsigned content_lengths_ = 0;
  unsigned transfer_encodings_ = 0;
  unsigned hosts_ = 0;
};

bool has_folded_line(std::string_view header_bytes);

class RequestParser final : public beast_http::basic_parser<true> {
 public:
  RequestParser();
  Request& request() { return request_; }
  const Request& request() const { return request_; }
  int version() const { return version_; }
  std::size_t max_body = 0;  // decoded bytes; beyond it: body_limit
  bool wants_continue() const;

  enum class Fed { need_more, header_done, done, failed };
  // Consumes a prefix of `input` and puts its size into `used`. Reports header_done once, before
  // the body.
  Fed feed(std::string_view input, std::size_t& used, std::size_t header_limit);
  int refusal() const { return refusal_; }  // HTTP status after `failed`

 private:
  using error_code = boost::system::error_code;
  using view = boost::beast::string_view;
  void on_request_impl(beast_http::verb, view method, view target, int version,
                       error_code& ec) override;
  void on_response_impl(int, view, int, error_code&) override {}
  void on_field_impl(beast_http::field, view name, view value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const& size, error_code&) override;
  std::size_t on_body_impl(view body, error_code& ec) override;
  void on_chunk_header_impl(std::uint64_t, view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, view body, error_code& ec) override;
  void on_finish_impl(error_code&) override {}
  void refuse(int status, error_code& ec);
  void refuse_for(const error_code& ec, std::string_view input);

  Request request_;
  FramingRules rules_;
  int version_ = 11;
  int refusal_ = 0;
  std::size_t header_bytes_ = 0;
  bool header_seen_ = false;
};

class ReplyParser final : public beast_http::basic_parser<false> {
 public:
  ReplyParser(bool head_request, std::size_t max_body);
  int status_code = 0;
  Headers headers;
  std::string body;
  bool too_large = false;

 private:
  using error_code = boost::system::error_code;
  using view = boost::beast::string_view;
  void on_request_impl(beast_http::verb, view, view, int, error_code&) override {}
  void on_response_impl(int code, view, int, error_code&) override { status_code = code; }
  void on_field_impl(beast_http::field, view name, view value, error_code& ec) override;
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const& size, error_code&) override;
  std::size_t on_body_impl(view text, error_code& ec) override;
  void on_chunk_header_impl(std::uint64_t, view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, view text, error_code& ec) override;
  void on_finish_impl(error_code&) override {}

  std::size_t max_body_;
  FramingRules rules_;
};

}  // namespace aura::net
