#pragma once
// Making processes and threads, one after the other, each waited for.
#include <cstdint>

namespace unitcost::kernels {

/// What came of it: all `times` are done, or the call that failed.
struct Made {
  std::uint64_t done = 0;  ///< made, waited for, and ended as they should
  int error = 0;           ///< errno of the call that failed; 0 with done < times: a child did not end as it should
  const char* call = "";   ///< name of the call that failed
};

/// The exit status of every child made here, and of the programs run here: one that nothing else gives by accident.
constexpr int kChildStatus = 7;

Made fork_and_wait(std::uint64_t times);   ///< the child calls _exit() at once
Made vfork_and_wait(std::uint64_t times);  ///< the same; the parent stands still meanwhile and nothing is copied
Made fork_exec_and_wait(const char* program, std::uint64_t times);  ///< `program`: a path; it exits with kChildStatus
Made spawn_and_wait(const char* program, std::uint64_t times);      ///< by posix_spawn()
Made create_and_join_pthreads(std::uint64_t times);                 ///< the thread counts itself and ends
Made create_and_join_std_threads(std::uint64_t times);              ///< throws std::system_error as std::thread does
Made run_std_async(std::uint64_t times);                            ///< std::launch::async; throws as it does

}  // namespace unitcost::kernels
