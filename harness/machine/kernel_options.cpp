#include "harness/machine/kernel_options.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <string_view>

namespace unitcost {
namespace {

constexpr std::array<std::string_view, 40> kAllowed{"mitigations",
                                                    "nosmt",
                                                    "nosmt=force",
                                                    "maxcpus",
                                                    "nr_cpus",
                                                    "isolcpus",
                                                    "nohz",
                                                    "nohz_full",
                                                    "rcu_nocbs",
                                                    "irqaffinity",
                                                    "transparent_hugepage",
                                                    "hugepages",
                                                    "hugepagesz",
                                                    "default_hugepagesz",
                                                    "idle",
                                                    "intel_pstate",
                                                    "amd_pstate",
                                                    "intel_idle.max_cstate",
                                                    "processor.max_cstate",
                                                    "cpufreq.default_governor",
                                                    "preempt",
                                                    "pti",
                                                    "nopti",
                                                    "kpti",
                                                    "nospectre_v1",
                                                    "nospectre_v2",
                                                    "spectre_v2",
                                                    "spec_store_bypass_disable",
                                                    "ssbd",
                                                    "l1tf",
                                                    "mds",
                                                    "tsx",
                                                    "tsx_async_abort",
                                                    "retbleed",
                                                    "nokaslr",
                                                    "norandmaps",
                                                    "tsc",
                                                    "clocksource",
                                                    "numa_balancing",
                                                    "init_on_alloc"};

/// Values of these options are words and numbers; anything longer or stranger is not repeated.
bool is_plain(std::string_view value) {
  return value.size() <= 64 && std::all_of(value.begin(), value.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == '-' || c == ',' || c == '.' || c == ':' || c == '=';
         });
}

}  // namespace

std::string relevant_kernel_options(const std::string& command_line) {
  std::istringstream words(command_line);
  std::string kept;
  for (std::string word; words >> word;) {
    const std::string_view name = std::string_view(word).substr(0, word.find('='));
    if (std::find(kAllowed.begin(), kAllowed.end(), name) == kAllowed.end() || !is_plain(word)) continue;
    kept += kept.empty() ? word : " " + word;
  }
  return kept;
}

}  // namespace unitcost
