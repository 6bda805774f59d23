#include "bench/sim/graph_error.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>

namespace aura::bench {
namespace {

// The HTTP status that Meta answers with the code, where it is not 400.
int status_of(int code) {
  switch (code) {
    case 0:
    case 190:
      return 401;
    case 10:
    case 200:
    case 368:
    case 130497:
    case 131005:
    case 131031:
      return 403;
    case 132001:
      return 404;
    case 130429:
    case 131056:
    case 613:
      return 429;
    case 3:
    case 131000:
    case 131016:
    case 131045:
    case 131057:
      return 500;
    case 2:
    case 133004:
      return 503;
    default:
      return 400;
  }
}

}  // namespace

std::string error_json(const GraphError& error, std::uint64_t trace) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.StartObject();
  writer.Key("error");
  writer.StartObject();
  writer.Key("message");
  writer.String(error.message);
  writer.Key("type");
  writer.String("OAuthException");
  writer.Key("code");
  writer.Int(error.code);
  if (error.subcode != 0) {
    writer.Key("error_subcode");
    writer.Int(error.subcode);
  }
  writer.Key("is_transient");
  writer.Bool(error.transient);
  if (!error.details.empty()) {
    writer.Key("error_data");
    writer.StartObject();
    writer.Key("messaging_product");
    writer.String("whatsapp");
    writer.Key("details");
    writer.String(error.details);
    writer.EndObject();
  }
  writer.Key("fbtrace_id");
  writer.String("Asim" + std::to_string(trace));
  writer.EndObject();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

HttpAnswer refuse(const GraphError& error) {
  static std::uint64_t trace = 0;
  return json_answer(error_json(error, ++trace), error.status);
}

HttpAnswer json_answer(std::string body, int status) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

HttpAnswer graph_done() { return json_answer(R"({"success":true})"); }

GraphError error_named(std::string_view text) {
  GraphError error;
  const auto slash = text.find('/');
  const auto code = text.substr(0, slash);
  std::from_chars(code.data(), code.data() + code.size(), error.code);
  if (slash != text.npos) {
    std::from_chars(text.data() + slash + 1, text.data() + text.size(), error.subcode);
  }
  error.status = status_of(error.code);
  error.transient = error.status >= 500;
  error.message = "(#" + std::to_string(error.code) + ") as the knob recipient_errors says";
  return error;
}

}  // namespace aura::bench
