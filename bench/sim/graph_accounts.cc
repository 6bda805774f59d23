#include "bench/sim/graph_accounts.h"

#include "bench/sim/json_read.h"

namespace aura::bench {
namespace {

constexpr std::string_view kPageFields =
    "messages,message_echoes,message_edits,message_deliveries,message_reads,message_reactions,"
    "messaging_postbacks,messaging_referrals,messaging_optins,messaging_handovers,standby,feed";
constexpr std::string_view kInstagramFields =
    "messages,message_edit,message_reactions,messaging_seen,messaging_postbacks,"
    "messaging_referral,messaging_optins,standby,comments,live_comments,mentions";

HttpAnswer unknown_path() { return refuse({404, 2500, 0, false, "Unknown path components", {}}); }

// Turns "a,b" into the JSON array ["a","b"].
std::string array_of(std::string_view list) {
  std::string out = "[";
  while (!list.empty()) {
    const auto one = list.substr(0, list.find(','));
    if (out.size() > 1) out += ',';
    out += quoted_json(one);
    list.remove_prefix(std::min(list.size(), one.size() + 1));
  }
  return out + "]";
}

std::string person(const std::string& id) {
  const auto tail = id.substr(id.size() / 2);
  return R"({"id":)" + quoted_json(id) + R"(,"name":"Person )" + tail +
         R"(","first_name":"Person","last_name":")" + tail + R"(","username":"person.)" + tail +
         R"(","profile_pic":"https://cdn.example.test/p.jpg"})";
}

std::string instagram_account(const std::string& id) {
  return R"({"id":)" + quoted_json(id) + R"(,"user_id":)" + quoted_json(id) +
         R"(,"username":"shop.)" + id.substr(id.size() / 2) +
         R"(","name":"Shop","account_type":"BUSINESS"})";
}

// The account that the token belongs to: `account` if the knobs name it, else the id at the end of
// the token.
std::string owner(std::string_view token, Channel channel, const std::string& account) {
  constexpr std::size_t kShortestId = 9;
  const auto letters = token.find_last_not_of("0123456789");
  const auto digits = letters == token.npos ? token : token.substr(letters + 1);
  const std::string id = account != "me"               ? account
                         : digits.size() < kShortestId ? std::string()
                                                       : std::string(digits);
  if (id.empty()) return R"({"name":"Shop","username":"shop.me"})";
  if (channel == Channel::instagram) return instagram_account(id);
  return R"({"id":)" + quoted_json(id) + R"(,"name":"Page","instagram_business_account":{"id":)" +
         quoted_json("178414" + id) + "}}";
}

std::string phone_number(const std::string& id) {
  return R"({"id":)" + quoted_json(id) + R"(,"display_phone_number":"+1 555-000-)" +
         id.substr(id.size() > 4 ? id.size() - 4 : 0) +
         R"(","verified_name":"Shop","code_verification_status":"VERIFIED",)"
         R"("quality_rating":"GREEN","platform_type":"CLOUD_API","status":"CONNECTED",)"
         R"("name_status":"APPROVED","whatsapp_business_manager_messaging_limit":"TIER_10K",)"
         R"("throughput":{"level":"STANDARD"}})";
}

}  // namespace

HttpAnswer GraphAccounts::pages() const {
  std::string body = R"({"data":[)";
  for (const auto& [page, token] : faults_.of(Channel::messenger).tokens) {
    if (body.back() == '}') body += ',';
    body += R"({"id":")" + page + R"(","name":"Page )" + page + R"(","access_token":")" + token +
            R"(","tasks":["MODERATE","MESSAGING"],"instagram_business_account":{"id":"178414)" +
            page + R"(","username":"shop.)" + page + R"("}})";
  }
  return json_answer(body + "]}");
}

HttpAnswer GraphAccounts::subscriptions(const GraphCall& call, Channel channel,
                                        const std::string& account) {
  const auto method = call.request.method();
  auto& fields = fields_[account];
  if (method == "DELETE") fields = "-";
  if (method == "POST") {
    fields = call.parameter("subscribed_fields");
    if (fields.empty() && channel != Channel::whatsapp) {
      fields.clear();
      return refuse({400, 100, 0, false, "(#100) Param subscribed_fields is required", {}});
    }
  }
  if (method != "GET") return graph_done();
  if (fields == "-") return json_answer(R"({"data":[]})");
  if (channel == Channel::whatsapp) {
    return json_answer(R"({"data":[{"whatsapp_business_api_data":{"id":")" + app_id_ +
                       R"(","name":"Aura","link":"https://www.facebook.com/games/?app_id=)" +
                       app_id_ + R"("}}]})");
  }
  const auto names = !fields.empty()                 ? std::string_view(fields)
                     : channel == Channel::instagram ? kInstagramFields
                                                     : kPageFields;
  return json_answer(R"({"data":[{"id":")" + app_id_ + R"(","name":"Aura","subscribed_fields":)" +
                     array_of(names) + "}]}");
}

HttpAnswer GraphAccounts::handle(const GraphCall& call, Channel channel,
                                 const std::string& account) {
  if (call.edge == "subscribed_apps") return subscriptions(call, channel, account);
  const auto method = call.request.method();
  if (call.edge == "subscriptions" && method == "POST") return graph_done();
  if (method == "POST" && channel == Channel::messenger &&
      (call.edge.ends_with("_thread_control") || call.edge == "messenger_profile")) {
    return graph_done();
  }
  if (method != "GET") return unknown_path();
  if (call.edge == "accounts") return pages();
  if (call.edge == "thread_owner") {
    return json_answer(R"({"data":[{"thread_owner":{"app_id":")" + app_id_ + R"("}}]})");
  }
  if (call.edge == "phone_numbers") {
    return json_answer(R"({"data":[)" + phone_number("44" + account) + "]}");
  }
  if (!call.edge.empty() || call.node.empty()) return unknown_path();
  if (call.node == "me") return json_answer(owner(call.token, channel, account));
  const std::string id(call.node);
  if (channel == Channel::whatsapp) return json_answer(phone_number(id));
  if (channel == Channel::instagram && id.starts_with("178414"))
    return json_answer(instagram_account(id));
  return json_answer(person(id));
}

}  // namespace aura::bench
