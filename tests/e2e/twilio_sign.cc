// Our own Twilio signature on the command line, for the test that Twilio's library accepts it:
// twilio_sign TOKEN URL [NAME VALUE]… prints it.
#include <cstdio>

#include "net/webhooks/twilio_signature.h"

int main(int argc, char** argv) {
  if (argc < 3 || argc % 2 == 0) return 2;
  aura::net::Params params;
  for (int i = 3; i < argc; i += 2) params.add(argv[i], argv[i + 1]);
  const std::string message = argv[2] + aura::net::signed_params(params);
  std::puts(aura::net::twilio_signature(argv[1], message).c_str());
}
