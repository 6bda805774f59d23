// TLS settings for both directions: at least TLS 1.2, strong ciphers, no compression, no
// renegotiation. A context is immutable once created; connections share it and keep it alive.
#pragma once

#include <memory>
#include <string>

#include "net/transport.h"
#include "runtime/result.h"

namespace aura::net {

// For a server: certificate chain and key (PEM files); fails if they do not match.
Result<std::shared_ptr<TlsContext>> server_tls(const std::string& certificate_file,
                                               const std::string& key_file);
// For a client: trusts the system's store and, if given, the certificates in `ca_file`.
Result<std::shared_ptr<TlsContext>> client_tls(const std::string& ca_file);

// A value that changes when one of the files changes.
std::string file_stamp(const std::string& a, const std::string& b);

}  // namespace aura::net
