// A blocking HTTP client for setup: one request after the other on one connection. Owned by its
// user; one thread. Not for measuring.
#pragma once

#include <string>
#include <string_view>

#include "bench/support/socket.h"

namespace aura::bench {

struct RestAnswer {
  int status = 0;
  std::string body;
};

class RestClient {
 public:
  RestClient(Endpoint where, std::string bearer);

  // Throws std::runtime_error if the server cannot be reached within ten seconds.
  RestAnswer call(std::string_view method, std::string_view path, std::string_view body = {});
  // Like call(), but throws for any status other than 2xx; the message names the path and the
  // answer.
  std::string must(std::string_view method, std::string_view path, std::string_view body = {});

 private:
  RestAnswer exchange(const std::string& request);

  Endpoint where_;
  std::string bearer_;
  Socket socket_;
};

// A string member of a flat JSON object; throws if it is missing.
std::string json_string(const std::string& json, const char* name);

}  // namespace aura::bench
