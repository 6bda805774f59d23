// TLS settings of both directions: at least 1.2, sane ciphers, no compression, no renegotiation.
// A context is immutable once made; connections share it and keep it alive.
#pragma once

#include <memory>
#include <string>

#include "net/transport.h"
#include "runtime/result.h"

namespace aura::net {

// Of a server: certificate chain and key (PEM files); fails if they do not fit each other.
Result<std::shared_ptr<TlsContext>> server_tls(const std::string& certificate_file,
                                               const std::string& key_file);
// Of a client: the system's trust store and, if given, the certificates of `ca_file`.
Result<std::shared_ptr<TlsContext>> client_tls(const std::string& ca_file);

// Changes when one of the files does.
std::string file_stamp(const std::string& a, const std::string& b);

}  // namespace aura::net
