#include "net/providers/sms/twilio_errors.h"

#include <algorithm>
#include <array>

namespace aura::net::sms {
namespace {

using Kind = SendOutcome::Kind;
using Notice = Verdict::Notice;

constexpr Millis kSecond = 1000;
constexpr Millis kMinute = 60 * kSecond;
constexpr Millis kDay = 24 * 60 * kMinute;

constexpr Verdict kLogin{Kind::reconnect, "reconnect",
                         "Twilio does not accept the account's credentials any more; please "
                         "connect again.",
                         0, Notice::owner};
constexpr Verdict kAccountGone{Kind::reconnect, "reconnect",
                               "Twilio does not know this account; please connect again.", 0,
                               Notice::owner};
constexpr Verdict kSuspended{Kind::reconnect, kRestricted,
                             "Twilio has suspended this account; please look into Twilio's "
                             "console. Sending is stopped.",
                             0, Notice::owner};
constexpr Verdict kRateLimited{
    Kind::pause, "rate_limited",
    "Twilio takes no more messages for the moment; sending goes on by itself.", 2 * kSecond};
constexpr Verdict kQueueFull{Kind::pause, "rate_limited",
                             "Too many messages wait at Twilio for this number; sending goes on "
                             "by itself.",
                             kMinute};
constexpr Verdict kOverflow{Kind::retry,
                            "temporary",
                            "Twilio's queue for this number was full; the message is tried again.",
                            kMinute,
                            Notice::none,
                            5 * kMinute};
constexpr Verdict kDailyLimit{Kind::pause, "rate_limited",
                              "The carriers allow this number no more messages today; sending "
                              "goes on tomorrow.",
                              6 * 60 * kMinute, Notice::owner};
constexpr Verdict kFault{Kind::ambiguous, "no_answer",
                         "Twilio had a fault, so the message may or may not have been taken."};
constexpr Verdict kBadNumber{Kind::failed, "invalid_number",
                             "This phone number cannot receive text messages."};
constexpr Verdict kNoRoute{Kind::failed, "unreachable",
                           "Text messages from your number do not reach this phone number."};
constexpr Verdict kBadSender{Kind::reconnect, "sender_invalid",
                             "Your number cannot send text messages with this Twilio account; "
                             "please check it in Twilio's console, then connect again.",
                             0, Notice::owner};
constexpr Verdict kNoSender{Kind::failed, "sender_invalid",
                            "The messaging service has no number that can send this message.", 0,
                            Notice::owner};
constexpr Verdict kCountry{Kind::failed, "country_disabled",
                           "Your Twilio account may not send to this country; allow it under "
                           "Messaging, Geo permissions in Twilio's console.",
                           0, Notice::owner};
constexpr Verdict kRejected{Kind::failed, kRefused,
                            "Twilio did not accept this message; its own code says why."};
constexpr Verdict kTooLong{Kind::failed, "too_long", "The message is too long for an SMS."};
constexpr Verdict kMedia{Kind::failed,
                         "attachment_rejected",
                         "Twilio could not fetch or use an attached file.",
                         0,
                         Notice::none,
                         0,
                         true};
constexpr Verdict kMmsUnsupported{Kind::failed,
                                  "attachment_unsupported",
                                  "This phone or its carrier takes no pictures or files by MMS; "
                                  "a link goes instead.",
                                  0,
                                  Notice::none,
                                  2 * kSecond,
                                  true};
constexpr Verdict kTrial{Kind::failed, "trial_account",
                         "A Twilio trial account may only write to numbers that were verified in "
                         "Twilio's console.",
                         0, Notice::owner};
constexpr Verdict kStopped{Kind::failed, "opted_out",
                           "This person has stopped messages from your number. Only they can allow "
                           "them again, by writing START.",
                           0, Notice::opted_out};
constexpr Verdict kUnreachable{
    Kind::failed, "unreachable", "The phone is switched off or cannot be reached at the moment.", 0,
    Notice::none, 60 * kMinute};
constexpr Verdict kUnknownNumber{Kind::failed, "unknown_number",
                                 "This phone number is unknown or no longer in use."};
constexpr Verdict kLandLine{Kind::failed, "landline",
                            "This is a land line, which cannot receive text messages."};
constexpr Verdict kBlocked{Kind::failed, "blocked",
                           "The phone or its carrier does not accept messages from your number.", 0,
                           Notice::opted_out};
constexpr Verdict kSpam{Kind::failed, kFiltered,
                        "The carrier took this message for spam and did not deliver it. Fewer "
                        "links, no shortened ones and your business's name help."};
constexpr Verdict kCarrier{
    Kind::failed, "carrier_error", "The carrier could not deliver this message.", 0,
    Notice::none, 10 * kMinute};
constexpr Verdict kIncomplete{Kind::failed, "incomplete",
                              "A part of this message was lost on its way."};
constexpr Verdict kPrice{Kind::failed, "price_limit",
                         "This message would cost more than your Twilio account allows."};
constexpr Verdict kNotRegistered{Kind::reconnect, kUnregistered,
                                 "Your number is not registered with the carriers yet, so they do "
                                 "not deliver its messages; finish the registration in Twilio's "
                                 "console, then switch the channel on again. Sending is stopped.",
                                 0, Notice::owner};
constexpr Verdict kWindow{Kind::failed, "window_closed",
                          "The customer's last message is too old for a free reply; only an "
                          "approved template may be sent."};

struct Row {
  std::int64_t code;
  const Verdict& verdict;
};

constexpr std::array<Row, 46> kRows{{
    {20003, kLogin},          {20404, kAccountGone},   {20429, kRateLimited},
    {14107, kRateLimited},    {20500, kFault},         {21211, kBadNumber},
    {21604, kBadNumber},      {21614, kBadNumber},     {21612, kNoRoute},
    {21212, kBadSender},      {21603, kBadSender},     {21606, kBadSender},
    {21703, kNoSender},       {21704, kNoSender},      {21408, kCountry},
    {21602, kRejected},       {21617, kTooLong},       {21620, kMedia},
    {21623, kMedia},          {21608, kTrial},         {21609, kRejected},
    {kOptedOut, kStopped},    {21611, kQueueFull},     {30001, kOverflow},
    {30002, kSuspended},      {30003, kUnreachable},   {30004, kBlocked},
    {30005, kUnknownNumber},  {30006, kLandLine},      {30007, kSpam},
    {30008, kCarrier},        {30017, kCarrier},       {30410, kCarrier},
    {30009, kIncomplete},     {30010, kPrice},         {30011, kMmsUnsupported},
    {30019, kMmsUnsupported}, {30018, kNotRegistered}, {30024, kNotRegistered},
    {30032, kNotRegistered},  {30034, kNotRegistered}, {30022, kDailyLimit},
    {30023, kDailyLimit},     {30027, kDailyLimit},    {63016, kWindow},
    {63018, kRateLimited},
}};

}  // namespace

Millis next_day(Millis now) { return (now / kDay + 1) * kDay; }

bool until_next_day(std::int64_t code) { return code == 30022 || code == 30023 || code == 30027; }

Verdict verdict_of(std::int64_t code, int http_status) {
  const auto row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& it) { return it.code == code; });
  if (row != kRows.end()) return row->verdict;
  if (http_status == 401) return kLogin;
  if (http_status == 404) return kAccountGone;
  if (http_status == 429) return kRateLimited;
  if (http_status >= 500) return kFault;
  return kRejected;
}

}  // namespace aura::net::sms
