#pragma once
// Hashes as text (lower-case hex), and what the system draws at random.
#include <cstdint>
#include <string>
#include <string_view>

namespace unitcost {

/// Throws Error where the system has no SHA-256; so does the next.
std::string sha256_hex(std::string_view data);
std::string hmac_sha256_hex(std::string_view key, std::string_view data);
/// `bytes` random bytes of the system as hex, for keys. Throws Error when the system has none.
std::string random_hex(int bytes);
/// At least 1, for what is drawn by lot in a run or a duel. Throws as random_hex.
std::uint64_t random_seed();

}  // namespace unitcost
