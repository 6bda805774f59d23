// HMAC-SHA256 with the key schedule computed once: what Meta does to every body it posts, and what
// appsecret_proof is. Owned by its user; one thread at a time.
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
  Context inner_;  // after the inner padded key
  Context outer_;  // after the outer padded key
  Context work_;
};

}  // namespace aura::bench
