#include "net/providers/meta/graph_errors.h"

#include <array>

namespace aura::net::meta {
namespace {

using Kind = SendOutcome::Kind;

constexpr Verdict kTemporary{Kind::retry, "temporary",
                             "{company} had a temporary problem; the message is tried again."};
constexpr Verdict kRateLimited{
    Kind::pause, "rate_limited",
    "{company} allows no more messages for the moment; sending goes on by itself."};
constexpr Verdict kAppLimited{
    Kind::pause, "rate_limited",
    "{company} allows our app no more messages for the moment; sending goes on by itself.", true};
constexpr Verdict kAbuse{Kind::pause, "abuse_warning",
                         "{company} warns that your {account} sends too much; please check what it "
                         "sends before it is blocked."};
constexpr Verdict kFrequency{Kind::failed, "frequency_limit",
                             "{company} allows no more messages of this kind to this person now."};
constexpr Verdict kWindowClosed{
    Kind::failed, "window_closed",
    "The customer's last message is older than 24 hours, so {company} does not deliver replies "
    "until they write again."};
constexpr Verdict kUnreachable{Kind::failed, "unreachable",
                               "This person cannot receive messages at the moment."};
constexpr Verdict kUnsubscribed{Kind::failed, "unsubscribed",
                                "This person has stopped notifications from your {account}."};
constexpr Verdict kNoRecipient{Kind::failed, "invalid_recipient",
                               "{company} does not know this person (any more)."};
constexpr Verdict kReconnect{Kind::reconnect, "reconnect",
                             "{company} no longer accepts our access to your {account}; please "
                             "connect the {account} again."};
constexpr Verdict kAppRemoved{
    Kind::reconnect, "reconnect",
    "The app was removed from the {company} account; please connect the {account} again."};
constexpr Verdict kCheckpoint{Kind::reconnect, "reconnect",
                              "{company} asks the account's owner to log in on {site} and confirm "
                              "something; then connect the {account} again."};
constexpr Verdict kPassword{Kind::reconnect, "reconnect",
                            "The {company} password was changed, which ended our access; please "
                            "connect the {account} again."};
constexpr Verdict kExpired{
    Kind::reconnect, "reconnect",
    "The access to your {account} has expired; please connect the {account} again."};
constexpr Verdict kInvalidated{Kind::reconnect, "reconnect",
                               "{company} has ended our access to your {account}; please connect "
                               "the {account} again."};
constexpr Verdict kUnconfirmed{Kind::reconnect, "reconnect",
                               "The {company} account is not confirmed; please confirm it on "
                               "{site}, then connect the {account} again."};
constexpr Verdict kRoleLost{Kind::reconnect, "reconnect",
                            "The Facebook account has lost its role on the page; please connect "
                            "again with an account that manages it."};
constexpr Verdict kNotApproved{
    Kind::reconnect, "not_approved",
    "The app may not send messages yet: its permission to do so is not approved, or the app is in "
    "development mode."};
constexpr Verdict kAccessOff{Kind::reconnect, "access_off",
                             "Access to messages is switched off: please allow it in the settings "
                             "of your {company} {account}, under messages and connected tools, "
                             "then connect again."};
constexpr Verdict kLinkBroken{Kind::reconnect, "reconnect",
                              "The link between the Facebook page and its Instagram account, or "
                              "its two-factor login, needs attention; please connect again."};
constexpr Verdict kBlocked{Kind::reconnect, kRestricted,
                           "{company} has restricted your {account} for breaking a policy; please "
                           "look at its account status on {site}. Sending is stopped."};
constexpr Verdict kAttachment{Kind::failed, "attachment_rejected",
                              "{company} could not fetch or use the attached file; please send "
                              "another, or a link to it."};
constexpr Verdict kThreadExternal{Kind::failed, "thread_external",
                                  "Another app owns this conversation, so only it may answer."};
constexpr Verdict kComment{Kind::failed, "comment_not_eligible",
                           "This comment cannot be answered privately (any more): {company} allows "
                           "one message within seven days."};
constexpr Verdict kUnavailable{
    Kind::failed, "not_available",
    "{company} does not offer this for your {account} or for this message."};
constexpr Verdict kDeleted{Kind::failed, "message_deleted",
                           "The message that this one is about was deleted."};
constexpr Verdict kRejected{Kind::failed, "rejected",
                            "{company} did not accept this message; our developers are told."};

struct Row {
  std::int64_t code;
  std::int64_t subcode;
  const Verdict& verdict;
};

// By code and subcode; checked first.
constexpr std::array<Row, 45> kExact{{
    {4, 2018354, kFrequency},        {613, 2018338, kAbuse},
    {9, 2018352, kFrequency},        {10, 2018278, kWindowClosed},
    {10, 2534022, kWindowClosed},    {10, 2018065, kWindowClosed},
    {10, 2018108, kUnreachable},     {10, 1893015, kUnsubscribed},
    {10, 1893063, kBlocked},         {10, 2534077, kLinkBroken},
    {190, 458, kAppRemoved},         {190, 459, kCheckpoint},
    {190, 460, kPassword},           {190, 463, kExpired},
    {190, 464, kUnconfirmed},        {190, 467, kInvalidated},
    {190, 492, kRoleLost},           {200, 2018028, kNotApproved},
    {200, 2534041, kAccessOff},      {200, 1545041, kUnreachable},
    {551, 1545041, kUnreachable},    {100, 2018001, kNoRecipient},
    {100, 2534014, kNoRecipient},    {100, 33, kReconnect},
    {100, 2018008, kAttachment},     {100, 2018109, kAttachment},
    {100, 2018294, kAttachment},     {100, 2018047, kAttachment},
    {100, 2018074, kAttachment},     {100, 2018014, kRejected},
    {100, 2534015, kRejected},       {100, 2534013, kLinkBroken},
    {100, 2534025, kComment},        {100, 2534029, kBlocked},
    {100, 2534037, kThreadExternal}, {100, 2018300, kThreadExternal},
    {10, 2018300, kThreadExternal},  {200, 2018300, kThreadExternal},
    {100, 2018218, kUnavailable},    {100, 2018247, kUnavailable},
    {100, 2022, kUnavailable},       {100, 36103, kUnavailable},
    {100, 10303, kUnavailable},      {100, 9000001, kDeleted},
    {100, 803, kNoRecipient},
}};

// Checked before `is_transient`, because calls made while throttled prolong the throttling.
constexpr std::array<std::int64_t, 8> kLimits{4, 17, 32, 613, 341, 80001, 80002, 80006};

bool of_app(std::int64_t limit) { return limit == 4 || limit == 341; }

constexpr std::array<Row, 18> kByCode{{
    {1, 0, kTemporary},
    {2, 0, kTemporary},
    {9, 0, kFrequency},
    {10, 0, kReconnect},
    {3, 0, kReconnect},
    {102, 0, kReconnect},
    {190, 0, kReconnect},
    {551, 0, kUnreachable},
    {368, 0, kBlocked},
    {803, 0, kNoRecipient},
    {2018300, 0, kThreadExternal},
    {2018218, 0, kUnavailable},
    {2018247, 0, kUnavailable},
    {2022, 0, kUnavailable},
    {36103, 0, kUnavailable},
    {10303, 0, kUnavailable},
    {9000001, 0, kDeleted},
    {230, 0, kUnavailable},
}};

}  // namespace

GraphError read_error(JsonView error, int http_status) {
  GraphError out;
  out.http_status = http_status;
  out.code = error.integer("code").value_or(0);
  out.subcode = error.integer("error_subcode").value_or(error.integer("subcode").value_or(0));
  out.transient = error.flag("is_transient");
  return out;
}

std::string worded(std::string_view sentence, const Product& product) {
  std::string out;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    out += sentence.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = sentence.find('}', open);
    const std::string_view name = sentence.substr(open + 1, close - open - 1);
    out += name == "company" ? product.company : name == "site" ? product.site : product.account;
    sentence.remove_prefix(close + 1);
  }
  return out;
}

Verdict verdict_of(const GraphError& error) {
  for (const Row& row : kExact) {
    if (row.code == error.code && row.subcode == error.subcode) return row.verdict;
  }
  for (const std::int64_t limit : kLimits) {
    if (error.code == limit) return of_app(limit) ? kAppLimited : kRateLimited;
  }
  if (error.transient) return kTemporary;
  for (const Row& row : kByCode) {
    if (row.code == error.code) return row.verdict;
  }
  constexpr std::int64_t kPermissionFirst = 200;
  constexpr std::int64_t kPermissionLast = 299;
  if (error.code >= kPermissionFirst && error.code <= kPermissionLast && error.code != 230) {
    return kReconnect;
  }
  if (error.http_status == 429) return kRateLimited;
  if (error.http_status >= 500) return kTemporary;
  if (error.code == 0 && error.http_status == 401) return kReconnect;
  return kRejected;
}

}  // namespace aura::net::meta
