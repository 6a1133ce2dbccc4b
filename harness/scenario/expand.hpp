#pragma once
// From patterns and axes to named cases, on a machine with so many CPUs and so much memory.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/scenario.hpp"

namespace unitcost {

struct Expansion {
  std::string scenario;
  std::string label;
  std::string program;
  std::string name;  ///< placeholders filled
  Observe observe = Observe::kTime;
  std::map<std::string, std::string> axes;  ///< placeholder -> text
  RunSettings run;
  std::uint64_t memory_bytes = 0;
};

struct ExpandOptions {
  int cpus = 1;
  bool dense = false;  ///< per_octave = 4 everywhere
  std::map<std::string, std::vector<std::uint64_t>>
      cliffs;  ///< "<scenario>:<axis>" -> cliff sizes in bytes: near_cliffs points are added within an octave of each
  const Profile* profile = nullptr;  ///< limits of axes; may be null
};

/// In the order labels stand in the file, then axis values ascending, the last placeholder varying fastest. Sizes are plain bytes in names
/// ("bytes:4096"). Cases that the profile leaves out are not in it. Throws BadInput when the profile keeps a value that the axis does not have.
std::vector<Expansion> expand(const Scenario& scenario, const ExpandOptions& options);

/// Values of one axis as they are written into names.
std::vector<std::string> axis_values(const Scenario& scenario, const std::string& axis, const ExpandOptions& options);

/// "<program>:<name>", with "#syscalls" behind it when calls are counted: Block::case_key. Of a pattern: placeholders as they stand.
std::string key_of(const CasePattern& pattern);
/// Could a case of this pattern have a key that starts with `prefix`? The values of placeholders are not looked at.
bool may_start_with(const CasePattern& pattern, const std::string& prefix);
std::string key_of(const Expansion& expansion);

/// {1, 1.25, 1.5, 1.75}·2^k from `from` to `to`, as many an octave as `per_octave` (1, 2 or 4) says; whole bytes only, ascending.
std::vector<std::uint64_t> size_grid(std::uint64_t from, std::uint64_t to, int per_octave);

}  // namespace unitcost
