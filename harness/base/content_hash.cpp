#include "harness/base/content_hash.hpp"

#include <xxhash.h>

#include <new>

#include <fmt/format.h>

namespace unitcost {

ContentHash::ContentHash() : state_(XXH3_createState()) {
  if (!state_ || XXH3_128bits_reset(state_.get()) != XXH_OK) throw std::bad_alloc();
}

void ContentHash::Free::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

/// Fails without a state alone.
void ContentHash::add(std::string_view part) { XXH3_128bits_update(state_.get(), part.data(), part.size()); }

std::string ContentHash::hex() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace unitcost
