#include "bench/sim/graph_call.h"

#include "bench/sim/form.h"

namespace aura::bench {
namespace {

std::string token_of(const GraphCall& call) {
  if (const auto header = call.request.header("Authorization")) {
    if (header->starts_with("Bearer ")) return std::string(header->substr(7));
    if (header->starts_with("OAuth ")) return std::string(header->substr(6));
  }
  return call.parameter("access_token");
}

std::string_view take_segment(std::string_view& path) {
  const auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(path.size(), segment.size() + 1));
  return segment;
}

}  // namespace

std::string GraphCall::parameter(std::string_view name) const {
  if (auto value = query_value(request.target(), name)) return *value;
  const auto type = request.header("Content-Type").value_or("");
  if (!type.starts_with("application/x-www-form-urlencoded")) return {};
  return form_value(parse_form(body), name);
}

std::string GraphCall::base_url() const {
  return "http://" + std::string(request.header("Host").value_or("127.0.0.1"));
}

GraphCall graph_call(const HttpMessage& request) {
  GraphCall call{request, {}, {}, {}, {}, request.decoded_body()};
  auto path = request.target().substr(0, request.target().find('?'));
  if (path.starts_with('/')) path.remove_prefix(1);
  if (const auto first = path.substr(0, path.find('/')); first.ends_with(".com")) {
    call.host = take_segment(path);
  }
  if (path.size() > 1 && path[0] == 'v' && path[1] >= '0' && path[1] <= '9') take_segment(path);
  if (path.ends_with('/')) path.remove_suffix(1);
  call.node = take_segment(path);
  call.edge = path;
  call.token = token_of(call);
  return call;
}

}  // namespace aura::bench
