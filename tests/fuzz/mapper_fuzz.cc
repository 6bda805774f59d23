// API bodies: read into every input type and checked; what was read can be written and parsed
// again.
#include <cstdlib>

#include "net/api/json_mapper.h"
#include "net/api/validate.h"
#include "net/providers/split_text.h"

namespace {

using namespace aura;

template <class Input, class Check>
void read_and_check(const rapidjson::Value& json, Check check) {
  Input input;
  if (!net::read_json(json, input)) return;
  (void)check(input);
  if (!net::parse_json(net::to_json(input), {64 << 20, 200})) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t kept = 0;
  for (const auto part : net::split_text(text, 7)) kept += part.size();
  if (kept > size) std::abort();
  const auto json = net::parse_json(text);
  if (!json) return 0;
  using net::Write;
  read_and_check<api::ItemInput>(*json, [](auto& in) { return net::validate(in, Write::create); });
  read_and_check<api::ChannelInput>(*json,
                                    [](auto& in) { return net::validate(in, Write::create); });
  read_and_check<api::WorkspaceInput>(*json,
                                      [](auto& in) { return net::validate(in, Write::update); });
  read_and_check<api::DocumentInput>(*json,
                                     [](auto& in) { return net::validate(in, Write::create); });
  read_and_check<api::MessageInput>(*json, [](auto& in) { return net::validate(in); });
  read_and_check<api::ContactInput>(*json, [](auto& in) { return net::validate(in); });
  read_and_check<api::ConversationInput>(*json, [](auto& in) { return net::validate(in); });
  return 0;
}
