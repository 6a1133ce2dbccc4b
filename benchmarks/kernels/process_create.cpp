#include "benchmarks/kernels/process_create.hpp"

#include <pthread.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <future>
#include <thread>

namespace unitcost::kernels {
namespace {

/// True when `child` was reaped and ended with kChildStatus; else says in `made` what went wrong.
bool reap(pid_t child, Made& made) {
  int status = 0;
  while (waitpid(child, &status, 0) != child) {
    if (errno == EINTR) continue;
    made.error = errno;
    made.call = "waitpid";
    return false;
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kChildStatus) return true;
  made.call = "the child";
  return false;
}

Made fault(Made made, const char* call, int error) {
  made.call = call;
  made.error = error;
  return made;
}

void* count_one(void* counter) {
  ++*static_cast<std::uint64_t*>(counter);
  return nullptr;
}

}  // namespace

Made fork_and_wait(std::uint64_t times) {
  Made made;
  for (; made.done < times; ++made.done) {
    const pid_t child = fork();
    if (child == 0) _exit(kChildStatus);
    if (child < 0) return fault(made, "fork", errno);
    if (!reap(child, made)) return made;
  }
  return made;
}

Made vfork_and_wait(std::uint64_t times) {
  Made made;
  for (; made.done < times; ++made.done) {
    const pid_t child = vfork();  // its cost is the question
    if (child == 0) _exit(kChildStatus);
    if (child < 0) return fault(made, "vfork", errno);
    if (!reap(child, made)) return made;
  }
  return made;
}

Made fork_exec_and_wait(const char* program, std::uint64_t times) {
  Made made;
  // execve() and posix_spawn() take arguments that they could write to, and do not.
  char* const arguments[] = {const_cast<char*>(program), nullptr};
  for (; made.done < times; ++made.done) {
    const pid_t child = fork();
    if (child == 0) {
      execve(program, arguments, environ);
      _exit(127);
    }
    if (child < 0) return fault(made, "fork", errno);
    if (!reap(child, made)) return made;
  }
  return made;
}

Made spawn_and_wait(const char* program, std::uint64_t times) {
  Made made;
  char* const arguments[] = {const_cast<char*>(program), nullptr};
  for (; made.done < times; ++made.done) {
    pid_t child = 0;
    const int error = posix_spawn(&child, program, nullptr, nullptr, arguments, environ);
    if (error != 0) return fault(made, "posix_spawn", error);
    if (!reap(child, made)) return made;
  }
  return made;
}

Made create_and_join_pthreads(std::uint64_t times) {
  Made made;
  while (made.done < times) {
    pthread_t thread{};
    const int not_created = pthread_create(&thread, nullptr, count_one, &made.done);
    if (not_created != 0) return fault(made, "pthread_create", not_created);
    const int not_joined = pthread_join(thread, nullptr);
    if (not_joined != 0) return fault(made, "pthread_join", not_joined);
  }
  return made;
}

Made create_and_join_std_threads(std::uint64_t times) {
  Made made;
  while (made.done < times) {
    std::thread thread([&made] { ++made.done; });
    thread.join();
  }
  return made;
}

Made run_std_async(std::uint64_t times) {
  Made made;
  while (made.done < times) std::async(std::launch::async, [&made] { ++made.done; }).get();
  return made;
}

}  // namespace unitcost::kernels
