#include "benchmarks/support/checked_team.hpp"

#include <cstddef>
#include <exception>

namespace unitcost {

TeamTimes run_checked_team(int members, const std::vector<int>& cpus, const std::function<void(int)>& work) {
  std::vector<std::exception_ptr> thrown(static_cast<std::size_t>(members));
  TeamTimes times = run_team(members, cpus, [&](int member) {
    try {
      work(member);
    } catch (...) {
      thrown[static_cast<std::size_t>(member)] = std::current_exception();
    }
  });
  for (const std::exception_ptr& one : thrown) {
    if (one) std::rethrow_exception(one);
  }
  return times;
}

}  // namespace unitcost
