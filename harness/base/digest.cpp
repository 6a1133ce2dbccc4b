#include "harness/base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "harness/base/error.hpp"

namespace unitcost {
namespace {

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string sha256_hex(std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(data.data(), data.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    throw Error(Exit::kFailed, "SHA-256 is not offered by this system's libcrypto");
  return hex(std::span(digest).first(size));
}

std::string hmac_sha256_hex(std::string_view key, std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(data), data.size(), digest.data(), &size) ==
      nullptr) {
    throw Error(Exit::kFailed, "HMAC with SHA-256 is not offered by this system's libcrypto");
  }
  return hex(std::span(digest).first(size));
}

std::string random_hex(int bytes) {
  std::vector<unsigned char> drawn(static_cast<std::size_t>(bytes));
  if (RAND_bytes(drawn.data(), bytes) != 1)
    throw Error(Exit::kFailed, "the system gives no random bytes for the machine key");
  return hex(drawn);
}

std::uint64_t random_seed() { return std::stoull(random_hex(4), nullptr, 16) + 1; }

}  // namespace unitcost
