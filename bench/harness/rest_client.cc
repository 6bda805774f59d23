#include "bench/harness/rest_client.h"

#include <rapidjson/document.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <stdexcept>

#include "bench/support/http_framing.h"

namespace aura::bench {

RestClient::RestClient(Endpoint where, std::string bearer)
    : where_(std::move(where)), bearer_(std::move(bearer)) {}

RestAnswer RestClient::call(std::string_view method, std::string_view path, std::string_view body) {
  std::string request(method);
  request += " ";
  request += path;
  request += " HTTP/1.1\r\nHost: " + where_.text() + "\r\n";
  if (!bearer_.empty()) request += "Authorization: Bearer " + bearer_ + "\r\n";
  if (!body.empty()) request += "Content-Type: application/json\r\n";
  request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  request += body;
  if (socket_) {
    // The server may have closed the kept connection: try once more on a new one.
    try {
      return exchange(request);
    } catch (const std::runtime_error&) {
      socket_.reset();
    }
  }
  return exchange(request);
}

RestAnswer RestClient::exchange(const std::string& request) {
  const auto fail = [this](const char* what) {
    socket_.reset();
    throw std::runtime_error(where_.text() + " " + what);
  };
  if (!socket_) {
    socket_ = connect_to(where_, true);
    const timeval limit{10, 0};
    setsockopt(socket_.fd(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  for (std::size_t sent = 0; sent < request.size();) {
    const auto wrote =
        send(socket_.fd(), request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    if (wrote <= 0) fail("closed the connection");
    sent += static_cast<std::size_t>(wrote);
  }
  std::string input;
  HttpMessage response;
  while (true) {
    const auto framing = parse_http(input, response);
    if (framing == Framing::complete) break;
    if (framing == Framing::malformed) fail("sent a malformed answer");
    char buffer[16384];
    const auto got = recv(socket_.fd(), buffer, sizeof buffer, 0);
    if (got <= 0) fail("gave no answer");
    input.append(buffer, static_cast<std::size_t>(got));
  }
  RestAnswer answer{response.status(), response.decoded_body()};
  if (!response.keep_alive()) socket_.reset();
  return answer;
}

std::string RestClient::must(std::string_view method, std::string_view path,
                             std::string_view body) {
  auto answer = call(method, path, body);
  if (answer.status / 100 != 2) {
    throw std::runtime_error(std::string(method) + " " + std::string(path) + " answered " +
                             std::to_string(answer.status) + ": " + answer.body.substr(0, 500));
  }
  return std::move(answer.body);
}

std::string json_string(const std::string& json, const char* name) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  if (document.IsObject()) {
    const auto found = document.FindMember(name);
    if (found != document.MemberEnd() && found->value.IsString()) return found->value.GetString();
  }
  throw std::runtime_error("no string '" + std::string(name) + "' in " + json.substr(0, 300));
}

}  // namespace aura::bench
