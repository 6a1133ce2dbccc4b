#pragma once
// A case as one side of a pair: in slices, between which the other side works.
#include <functional>
#include <string>

#include "benchmarks/support/options.hpp"
#include "benchmarks/support/reporters.hpp"

namespace unitcost {

/// How one side works: each call runs one repetition and returns what there is to report of it.
struct SideWork {
  std::function<Runs()> warm_up;
  std::function<Runs()> slice;
};

/// Works by `options.pair`, and writes options.out_path: one repetition of `name` a slice, the warm-ups not among them. The file is written and
/// this returns when the other side works no more, so that neither falls into its slices. Throws PeerGone.
void run_in_slices(const std::string& name, const Options& options, const SideWork& work);

}  // namespace unitcost
