#include "net/server/http_parser.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>

#include "config/limits.h"

namespace aura::net {
namespace {

std::string_view sv(boost::beast::string_view v) { return {v.data(), v.size()}; }

constexpr std::size_t kReserve = 1024 * 1024;  // reserves at most this much for an announced length
constexpr std::size_t kMaxFields = 100;

}  // namespace

bool FramingRules::field(std::string_view name, std::string_view value) {
  if (name.size() == 4 && equals_ignoring_case(name, "host")) {
    return ++hosts_ == 1;
  }
  if (name.size() == 14 && equals_ignoring_case(name, "content-length")) {
    const bool digits =
        !value.empty() && value.size() <= 18 &&
        std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    return ++content_lengths_ == 1 && digits && transfer_encodings_ == 0;
  }
  if (name.size() == 17 && equals_ignoring_case(name, "transfer-encoding")) {
    return ++transfer_encodings_ == 1 && content_lengths_ == 0 &&
           equals_ignoring_case(value, "chunked");
  }
  return true;
}

bool has_folded_line(std::string_view header_bytes) {
  for (auto at = header_bytes.find('\n'); at != std::string_view::npos;
       at = header_bytes.find('\n', at + 1)) {
    if (at + 1 == header_bytes.size()) return false;
    if (header_bytes[at + 1] == ' ' || header_bytes[at + 1] == '\t') return true;
  }
  return false;
}

RequestParser::RequestParser() {
  eager(false);
  body_limit(boost::none);  // the limit is set when the route is known
  header_limit(static_cast<std::uint32_t>(-1));
}

RequestParser::Fed RequestParser::feed(std::string_view input, std::size_t& used,
                                       std::size_t header_limit) {
  used = 0;
  while (!is_done()) {
    if (used == input.size()) return Fed::need_more;
    error_code ec;
    const std::size_t n = put({input.data() + used, input.size() - used}, ec);
    if (!header_seen_ || refusal_ != 0) {
      header_bytes_ += n;
      if (refusal_ == 0 && has_folded_line(input.substr(used, n))) refusal_ = 400;
    }
    used += n;
    const bool more = ec == beast_http::error::need_more;
    if (ec && !more) refuse_for(ec, input.substr(used - n));
    if (refusal_ != 0) return Fed::failed;
    const std::size_t held = input.size() - used;
    if (more && header_bytes_ * (header_seen_ ? 0 : 1) + held > header_limit) {
      refusal_ = header_seen_ ? 400 : 431;  // a chunk extension or trailer without end
      return Fed::failed;
    }
    if (more) return Fed::need_more;
    if (!header_seen_ && is_header_done()) {
      header_seen_ = true;
      if (header_bytes_ > header_limit) {
        refusal_ = 431;
        return Fed::failed;
      }
      return Fed::header_done;
    }
  }
  return Fed::done;
}

void RequestParser::refuse(int status, error_code& ec) {
  refusal_ = status;
  ec = beast_http::error::bad_value;
}

void RequestParser::refuse_for(const error_code& ec, std::string_view input) {
  if (refusal_ != 0) return;
  refusal_ = 400;
  if (ec == beast_http::error::bad_version) {  // Beast's error for a bare line feed there, too
    refusal_ = input.substr(0, input.find('\n')).ends_with('\r') ? 505 : 400;
  }
  if (ec == beast_http::error::header_limit) refusal_ = 431;
}

bool RequestParser::wants_continue() const {
  return version_ == 11 && equals_ignoring_case(request_.headers.get("Expect"), "100-continue");
}

void RequestParser::on_request_impl(beast_http::verb, view method, view target, int version,
                                    error_code& ec) {
  request_.method = net::parse_method(sv(method));
  version_ = version;
  std::string_view text = sv(target);
  if (text.size() > limits::kHttpTargetBytes) return refuse(414, ec);
  if (text.find('#') != std::string_view::npos) return refuse(400, ec);
  if (text.front() != '/' && text != "*") {  // absolute form, as sent to a proxy
    const auto host = text.find("://");
    const auto path = host == std::string_view::npos ? host : text.find('/', host + 3);
    if (host == std::string_view::npos) return refuse(400, ec);
    text = path == std::string_view::npos ? "/" : text.substr(path);
  }
  request_.target.assign(text);
}

void RequestParser::on_field_impl(beast_http::field, view name, view value, error_code& ec) {
  if (header_seen_) return;  // a trailer: allowed but ignored
  if (request_.headers.size() == kMaxFields) return refuse(431, ec);
  if (!rules_.field(sv(name), sv(value))) return refuse(400, ec);
  request_.headers.add(sv(name), sv(value));
}

void RequestParser::on_header_impl(error_code& ec) {
  if (version_ == 11 && rules_.hosts() != 1) return refuse(400, ec);
  if (version_ == 10 && rules_.transfer_encoding()) return refuse(400, ec);
  const std::string_view expect = request_.headers.get("Expect");
  if (version_ == 11 && !expect.empty() && !wants_continue()) return refuse(417, ec);
  const std::string_view encoding = request_.headers.get("Content-Encoding");
  if (!encoding.empty() && !equals_ignoring_case(encoding, "identity")) return refuse(415, ec);
}

void RequestParser::on_body_init_impl(boost::optional<std::uint64_t> const& size, error_code&) {
  if (size) request_.body.reserve(std::min<std::size_t>(*size, kReserve));
}

std::size_t RequestParser::on_body_impl(view body, error_code& ec) {
  if (request_.body.size() + body.size() > max_body) {
    refuse(413, ec);
    return 0;
  }
  request_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, view body, error_code& ec) {
  return on_body_impl(body, ec);
}

ReplyParser::ReplyParser(bool head_request, std::size_t max_body) : max_body_(max_body) {
  eager(true);
  body_limit(boost::none);
  header_limit(limits::kHttpHeaderBytes * 2);
  skip(head_request);
}

void ReplyParser::on_field_impl(beast_http::field, view name, view value, error_code& ec) {
  if (is_header_done()) return;
  if (headers.size() == kMaxFields || !rules_.field(sv(name), sv(value))) {
    ec = beast_http::error::bad_value;
    return;
  }
  headers.add(sv(name), sv(value));
}

void ReplyParser::on_body_init_impl(boost::optional<std::uint64_t> const& size, error_code&) {
  if (size) body.reserve(std::min<std::size_t>(*size, std::min(kReserve, max_body_)));
}

std::size_t ReplyParser::on_body_impl(view text, error_code& ec) {
  if (body.size() + text.size() > max_body_) {
    too_large = true;
    ec = beast_http::error::body_limit;
    return 0;
  }
  body.append(text.data(), text.size());
  return text.size();
}

std::size_t ReplyParser::on_chunk_body_impl(std::uint64_t, view text, error_code& ec) {
  return on_body_impl(text, ec);
}

}  // namespace aura::net
