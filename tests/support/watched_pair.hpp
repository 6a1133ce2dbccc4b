#pragma once
// Two children that pass a token, and a shared memory in which their bodies leave what they did.
#include <gtest/gtest.h>

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <new>
#include <sstream>
#include <string>
#include <vector>

namespace unitcost {

inline constexpr int kSliceIterations = 5;

struct Shared {
  std::atomic<int> inside{0};
  std::atomic<int> most_inside{0};
  std::atomic<int> worked{0};
  std::array<std::atomic<char>, 64> order{};  // who worked, a letter a call of the body
};

/// A side's body calls this around its work. A warm-up is a small letter.
class Watch {
 public:
  Watch(Shared& shared, char side, bool is_slice, bool dies = false) : shared_(shared) {
    const int inside = ++shared.inside;
    if (inside > shared.most_inside) shared.most_inside = inside;
    const auto at = static_cast<std::size_t>(shared.worked++);
    shared.order.at(at) = static_cast<char>(is_slice ? side : side - 'A' + 'a');
    if (dies && at > 4) std::raise(SIGKILL);
  }
  ~Watch() { --shared_.inside; }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  Shared& shared_;
};

inline std::array<int, 2> socket_pair() {
  std::array<int, 2> ends{};
  EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  return ends;
}

/// Runs one side ('A' or 'B') by `flags` (argv, program name first) and returns its exit status. In a child: Google Benchmark keeps its
/// flags and registered benchmarks in globals.
using SideMain = std::function<int(Shared& shared, char side, const std::vector<std::string>& flags)>;

struct Pair {
  int first = 0;
  int second = 0;
  std::string order;
  std::array<std::string, 2> json;
  int most_inside = 0;
};

inline int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

inline Pair run_pair(const SideMain& side_main, const std::string& slices_and_warm_up,
                     const std::vector<std::string>& more = {}) {
  void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  Shared& shared = *new (memory) Shared;
  const auto ends = socket_pair();
  const auto folder = std::filesystem::temp_directory_path();
  const std::array<std::string, 2> files{folder / ("unitcost-token-a-" + std::to_string(getpid())),
                                         folder / ("unitcost-token-b-" + std::to_string(getpid()))};
  std::array<pid_t, 2> children{};
  for (std::size_t side = 0; side < files.size(); ++side) {
    std::filesystem::remove(files[side]);
    std::vector<std::string> flags{
        "program",
        "--unitcost_token=" + std::to_string(ends[side]) + (side == 0 ? ",first," : ",second,") + slices_and_warm_up,
        "--unitcost_iterations=" + std::to_string(kSliceIterations), "--benchmark_out=" + files[side],
        "--benchmark_out_format=json"};
    flags.insert(flags.end(), more.begin(), more.end());
    children[side] = fork();
    if (children[side] != 0) continue;
    close(ends[1 - side]);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(99);
    _exit(side_main(shared, side == 0 ? 'A' : 'B', flags));
  }
  close(ends[0]);
  close(ends[1]);
  Pair pair;
  pair.first = status_of(children[0]);
  pair.second = status_of(children[1]);
  for (const auto& who : shared.order) {
    if (who != 0) pair.order += who;
  }
  pair.most_inside = shared.most_inside;
  for (std::size_t side = 0; side < files.size(); ++side) {
    std::stringstream text;
    text << std::ifstream(files[side]).rdbuf();
    pair.json[side] = text.str();
    std::filesystem::remove(files[side]);
  }
  munmap(memory, sizeof(Shared));
  return pair;
}

inline std::size_t count_of(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

}  // namespace unitcost
