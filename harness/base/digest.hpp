#pragma once
// Hashes as text (lower-case hex), and what the system draws at random.
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // libcrypto's own

namespace unitcost {

/// SHA-256 of a text that comes in parts. Throws Error where the system has none.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view part);
  /// Of all parts so far; nothing may be added behind it.
  std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

std::string sha256_hex(std::string_view data);
/// Of the parts one behind the other.
std::string sha256_hex_of(std::initializer_list<std::string_view> parts);
std::string hmac_sha256_hex(std::string_view key, std::string_view data);
/// `bytes` random bytes of the system as hex, for keys. Throws Error when the system has none.
std::string random_hex(int bytes);
/// At least 1, for what is drawn by lot in a run or a duel. Throws as random_hex.
std::uint64_t random_seed();

}  // namespace unitcost
