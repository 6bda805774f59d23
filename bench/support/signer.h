// HMAC-SHA256 with a precomputed key schedule: the signature of every body that Meta posts, and the
// appsecret_proof. Owned by its user; one thread at a time.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace aura::bench {

class Signer {
 public:
  explicit Signer(std::string_view key);
  ~Signer();
  Signer(Signer&&) noexcept;
  Signer& operator=(Signer&&) noexcept;

  std::array<char, 64> hex(std::string_view message) const;  // lower-case digits

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  using Context = std::unique_ptr<evp_md_ctx_st, Free>;
  Context inner_;  // after the padded inner key
  Context outer_;  // after the padded outer key
  Context work_;
};

}  // namespace aura::bench
