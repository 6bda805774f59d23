#include "net/tls.h"

#include <openssl/ssl.h>
#include <sys/stat.h>

namespace aura::net {
namespace {

std::shared_ptr<TlsContext> new_context(TlsContext::method method) {
  auto context = std::make_shared<TlsContext>(method);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(
      native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL");
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // idle connections hold no buffers
  return context;
}

tl::unexpected<Error> cannot_load(const std::string& file, const error_code& ec) {
  return fail(Errc::invalid, "Cannot use " + file + ": " + ec.message() + ".");
}

}  // namespace

Result<std::shared_ptr<TlsContext>> server_tls(const std::string& certificate_file,
                                               const std::string& key_file) {
  auto context = new_context(TlsContext::tls_server);
  error_code ec;
  context->use_certificate_chain_file(certificate_file, ec);
  if (ec) return cannot_load(certificate_file, ec);
  context->use_private_key_file(key_file, TlsContext::pem, ec);
  if (ec) return cannot_load(key_file, ec);
  if (SSL_CTX_check_private_key(context->native_handle()) != 1) {
    return fail(Errc::invalid, "The key " + key_file + " does not belong to the certificate.");
  }
  return context;
}

Result<std::shared_ptr<TlsContext>> client_tls(const std::string& ca_file) {
  auto context = new_context(TlsContext::tls_client);
  error_code ec;
  context->set_default_verify_paths(ec);
  if (ec) return cannot_load("the system's certificates", ec);
  if (!ca_file.empty()) {
    context->load_verify_file(ca_file, ec);
    if (ec) return cannot_load(ca_file, ec);
  }
  return context;
}

std::string file_stamp(const std::string& a, const std::string& b) {
  std::string stamp;
  for (const std::string& file : {a, b}) {
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0) continue;
    stamp += std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec) +
             "." + std::to_string(info.st_ino) + "." + std::to_string(info.st_size) + ";";
  }
  return stamp;
}

}  // namespace aura::net
