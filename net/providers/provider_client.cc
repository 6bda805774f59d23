#include "net/providers/provider_client.h"

#include <utility>

#include "config/limits.h"

namespace aura::net {

ProviderReply provider_reply(HttpResult result) {
  ProviderReply out;
  if (!result) {
    out.error = result.error().error.code;
    out.maybe_sent = result.error().sent;
    return out;
  }
  out.status = result->status;
  out.body = std::move(result->body);
  for (std::size_t i = 0; i < result->headers.size(); ++i) {
    const Headers::Field field = result->headers[i];
    out.headers.emplace_back(field.name, field.value);
  }
  return out;
}

void HttpProviderClient::call(ProviderCall call, std::function<void(ProviderReply)> done) {
  HttpCall request;
  request.method = parse_method(call.method);
  request.url = std::move(call.url);
  for (const auto& [name, value] : call.headers) request.headers.add(name, value);
  request.body = std::move(call.body);
  request.connect_timeout = limits::kConnectTimeout;
  request.total_timeout = limits::kConnectTimeout + limits::kCallTimeout;
  request.max_response_bytes = limits::kResponseBodyBytes;
  client_.send(std::move(request), [done = std::move(done)](HttpResult result) {
    done(provider_reply(std::move(result)));
  });
}

}  // namespace aura::net
