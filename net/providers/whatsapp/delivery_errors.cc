#include "net/providers/whatsapp/delivery_errors.h"

#include <array>

namespace aura::net::whatsapp {
namespace {

using Kind = SendOutcome::Kind;

constexpr Millis kSecond = 1000;
constexpr Millis kHour = 3600 * kSecond;

constexpr Verdict kTemporary{Kind::retry, "temporary",
                             "WhatsApp had a temporary problem; the message is tried again."};
// A number under maintenance sends nothing, so all its messages wait.
constexpr Verdict kMaintenance{Kind::pause, "maintenance",
                               "WhatsApp is working on your number; sending goes on in a minute.",
                               60 * kSecond};
constexpr Verdict kReconnect{
    Kind::reconnect, "reconnect",
    "WhatsApp no longer accepts our access to your number; please connect it again."};
constexpr Verdict kPermission{
    Kind::reconnect, "permission",
    "Our access to your WhatsApp account lacks a permission; please connect the number again and "
    "allow everything that is asked."};
constexpr Verdict kRateLimited{
    Kind::pause, "rate_limited",
    "WhatsApp allows no more messages for the moment; sending goes on by itself."};
constexpr Verdict kThroughput{Kind::pause, "rate_limited",
                              "Your number sends as fast as WhatsApp allows; the rest follows.",
                              2 * kSecond};
constexpr Verdict kPair{Kind::pause, "pair_rate_limited",
                        "Too many messages to this person in a short time; the rest follows.", 0,
                        true};
constexpr Verdict kSpam{Kind::pause,
                        "spam_limit",
                        "WhatsApp has slowed your number down because people block or report its "
                        "messages; please look at its quality rating before you send more.",
                        kHour,
                        false,
                        false,
                        true,
                        true};
constexpr Verdict kNotDelivered{
    Kind::failed, "frequency_limit",
    "WhatsApp chose not to deliver this marketing message to this person; try again tomorrow at "
    "the earliest."};
constexpr Verdict kOptedOut{Kind::failed, "opted_out",
                            "This person has stopped marketing messages from you."};
constexpr Verdict kExperiment{Kind::failed, "experiment",
                              "WhatsApp holds marketing messages back from this person as part of "
                              "an experiment of its own."};
constexpr Verdict kUnreachable{Kind::failed, "unreachable",
                               "This person cannot be reached: no WhatsApp on this number, an old "
                               "version, or its terms are not accepted yet."};
constexpr Verdict kWindowClosed{
    Kind::failed, "window_closed",
    "The customer's last message is older than 24 hours; only an approved template can be sent "
    "until they write again."};
constexpr Verdict kSelf{Kind::failed, "invalid_recipient",
                        "A number cannot send messages to itself."};
constexpr Verdict kTestNumber{Kind::failed, "test_number",
                              "This is a test number: it reaches only the numbers that are on its "
                              "list in the Meta app's settings."};
constexpr Verdict kBlocked{Kind::reconnect, kRestricted,
                           "WhatsApp has locked or restricted your account; please look at its "
                           "status in the WhatsApp Manager. Sending is stopped."};
// Concerns the person's country, not the account: messages to other people are still sent.
constexpr Verdict kCountry{Kind::failed, "country_restricted",
                           "WhatsApp does not allow your account to write to people in this "
                           "country."};
constexpr Verdict kDisplayName{Kind::failed,
                               "display_name",
                               "Your number's display name is not approved yet; please look at it "
                               "in the WhatsApp Manager.",
                               0,
                               false,
                               false,
                               true};
constexpr Verdict kPayment{
    Kind::failed,
    "payment",
    "WhatsApp could not charge your account; please check the payment method "
    "in the WhatsApp Manager.",
    0,
    false,
    false,
    true};
constexpr Verdict kNotRegistered{
    Kind::reconnect, "not_registered",
    "Your number is not registered for the WhatsApp Cloud API (or its PIN is wrong); please "
    "connect it again."};
constexpr Verdict kNumberGone{Kind::reconnect, "disconnected",
                              "WhatsApp does not know this number (any more); please connect it "
                              "again."};
constexpr Verdict kRejected{Kind::failed, "rejected",
                            "WhatsApp did not accept this message; our developers are told."};
constexpr Verdict kAttachment{Kind::failed,
                              "attachment_rejected",
                              "WhatsApp could not fetch or use the attached file.",
                              0,
                              false,
                              true};
constexpr Verdict kNeedsNumber{
    Kind::failed, "needs_number",
    "This template can only be sent to a phone number, and this person's is not known."};
constexpr Verdict kMarketingApi{
    Kind::failed, "marketing_api",
    "WhatsApp sends marketing messages of your account only through its own marketing interface."};
constexpr Verdict kClassification{
    Kind::failed,
    "template_limit",
    "WhatsApp has limited this kind of template for your account; please look at the template's "
    "category.",
    0,
    false,
    false,
    true};
constexpr Verdict kTemplate{Kind::failed, "template_invalid",
                            "The template does not exist in this language, is not approved, or its "
                            "values do not fit it."};
constexpr Verdict kTemplatePaused{Kind::failed, "template_paused",
                                  "WhatsApp has paused this template because of its quality; it "
                                  "can be used again in some hours."};
constexpr Verdict kTemplateDisabled{Kind::failed, "template_disabled",
                                    "WhatsApp has switched this template off; use another one."};
constexpr Verdict kFlowBlocked{Kind::failed, "flow_blocked",
                               "WhatsApp has blocked this form; please look at it in the WhatsApp "
                               "Manager."};
constexpr Verdict kTerms{
    Kind::failed, "not_available",
    "Your account has not accepted WhatsApp's terms for this kind of message."};
constexpr Verdict kIdentity{Kind::failed, "identity_changed",
                            "This person's WhatsApp was set up anew; please make sure that it is "
                            "still them before you write."};

struct Row {
  std::int64_t code;
  const Verdict& verdict;
};

constexpr std::array<Row, 66> kTable{{
    {190, kReconnect},         {10, kPermission},         {3, kPermission},
    {131005, kPermission},     {1, kTemporary},           {2, kTemporary},
    {131000, kTemporary},      {131016, kTemporary},      {133004, kTemporary},
    {131057, kMaintenance},    {4, kRateLimited},         {80007, kRateLimited},
    {130429, kThroughput},     {133016, kRateLimited},    {131056, kPair},
    {131048, kSpam},           {131049, kNotDelivered},   {131050, kOptedOut},
    {130472, kExperiment},     {131026, kUnreachable},    {131047, kWindowClosed},
    {131021, kSelf},           {131030, kTestNumber},     {131031, kBlocked},
    {368, kBlocked},           {130497, kCountry},        {131037, kDisplayName},
    {131042, kPayment},        {131045, kNotRegistered},  {131008, kRejected},
    {131009, kRejected},       {100, kRejected},          {131051, kRejected},
    {135000, kRejected},       {33, kNumberGone},         {131052, kAttachment},
    {131053, kAttachment},     {131062, kNeedsNumber},    {131063, kMarketingApi},
    {131064, kClassification}, {132000, kTemplate},       {132001, kTemplate},
    {132005, kTemplate},       {132007, kTemplate},       {132008, kTemplate},
    {132012, kTemplate},       {132015, kTemplatePaused}, {132016, kTemplateDisabled},
    {132068, kFlowBlocked},    {132069, kTemporary},      {133000, kNotRegistered},
    {133005, kNotRegistered},  {133006, kNotRegistered},  {133008, kNotRegistered},
    {133009, kNotRegistered},  {133010, kNotRegistered},  {133015, kNotRegistered},
    {134011, kTerms},          {134100, kTerms},          {134101, kTerms},
    {134102, kTerms},          {137000, kIdentity},       {17, kRateLimited},
    {32, kRateLimited},        {613, kRateLimited},       {80008, kRateLimited},
}};

}  // namespace

Verdict verdict_of(std::int64_t code, std::int64_t subcode, int http_status) {
  constexpr std::int64_t kNoSuchObject = 33;
  if (code == 100 && subcode == kNoSuchObject) return kNumberGone;
  for (const Row& row : kTable) {
    if (row.code == code) return row.verdict;
  }
  constexpr std::int64_t kPermissionFirst = 200;
  constexpr std::int64_t kPermissionLast = 299;
  if (code >= kPermissionFirst && code <= kPermissionLast) return kPermission;
  if (code == 0 && http_status == 401) return kReconnect;
  if (http_status == 429) return kRateLimited;
  if (http_status >= 500) return kTemporary;
  return kRejected;
}

}  // namespace aura::net::whatsapp
