// Inbound text messages as Twilio posts them.
#include "bench/sim/inbound.h"

namespace aura::bench {
namespace {

#define MESSAGE(body, media)                                                                      \
  "MessageSid=$ID&SmsSid=$ID&SmsMessageSid=$ID&AccountSid=$ACCOUNT&From=$FROM&To=$OWN&Body=" body \
  "&NumMedia=" media "&NumSegments=1&FromCountry=US&ToCountry=US&ApiVersion=2010-04-01"

constexpr auto kSms = Channel::sms;
constexpr InboundKind kSmsKinds[] = {
    {kSms, "text", true, "", MESSAGE("$TEXT", "0")},
    {kSms, "mms", true, "", MESSAGE("$TEXT", "1") "&MediaUrl0=$MEDIA_URL&MediaContentType0=$MIME",
     "image"},
    {kSms, "picture_only", true, "",
     MESSAGE("", "1") "&MediaUrl0=$MEDIA_URL&MediaContentType0=$MIME", "image"},
    {kSms, "stop", true, "", MESSAGE("STOP", "0") "&OptOutType=STOP"},
    {kSms, "start", true, "", MESSAGE("START", "0") "&OptOutType=START"},
    {kSms, "help", true, "", MESSAGE("HELP", "0") "&OptOutType=HELP"},
};

#undef MESSAGE

}  // namespace

std::span<const InboundKind> sms_kinds() { return kSmsKinds; }

}  // namespace aura::bench
