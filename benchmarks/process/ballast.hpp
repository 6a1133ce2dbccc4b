#pragma once
// Resident memory of a stated size: what a process has when it makes another one. Shared by the programs of this folder.
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"
#include "benchmarks/support/granted.hpp"
#include "benchmarks/support/mapping.hpp"
#include "benchmarks/support/room.hpp"
#include "benchmarks/support/sizes.hpp"

namespace unitcost {

struct BallastSpec {
  std::uint64_t bytes = 0;
  Pages pages = Pages::kBase;
  bool operator==(const BallastSpec&) const = default;
};

/// Touched memory on pages of the kind asked for. Throws CannotMeasure where memory or huge pages are missing.
inline Mapping resident(const BallastSpec& spec) {
  need_pages_of_4_kib();
  need_memory(spec.bytes + spec.bytes / 64);
  Mapping memory = Mapping::anonymous(spec.bytes, spec.pages);
  make_present(memory, spec.pages);
  // A hundredth of the memory on base pages has five times as many entries as the rest on huge ones, and fork copies entries.
  constexpr double kAllButNothing = 0.999;
  if (spec.pages == Pages::kHuge && memory.huge_share() < kAllButNothing) {
    throw CannotMeasure(
        fmt::format("the kernel backs {:.1f} % of the memory with huge pages, not all", 100 * memory.huge_share()));
  }
  return memory;
}

/// Holds the ballast of the case that runs: built once a process, given back when another case comes.
class BallastSlot {
 public:
  Mapping& ready(const BallastSpec& spec) {
    if (!held_ || held_->first != spec) {
      held_.reset();
      held_.emplace(spec, resident(spec));
    }
    return held_->second;
  }

 private:
  std::optional<std::pair<BallastSpec, Mapping>> held_;
};

}  // namespace unitcost
