#pragma once
// Another program, started, watched and waited for up to a deadline: for programs that are expected to go wrong.
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace unitcost {

/// Owns a descriptor; moved, never copied.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  [[nodiscard]] int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

/// This process's environment with `settings` ("NAME=value") in the place of those that it had, and without a library to be loaded first.
inline std::vector<std::string> environment_with(const std::vector<std::string>& settings) {
  std::vector<std::string> environment = settings;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_set = std::any_of(settings.begin(), settings.end(), [name](const std::string& setting) {
      return std::string_view(setting).substr(0, setting.find('=')) == name;
    });
    if (!is_set && name != "LD_PRELOAD") environment.emplace_back(text);
  }
  return environment;
}

/// A program that runs. It is killed and waited for when its owner goes.
class ChildProgram {
 public:
  using Clock = std::chrono::steady_clock;

  /// `descriptors`: what the child has as 0, 1 and 2; negative: /dev/null. Throws std::system_error when it cannot be started.
  ChildProgram(std::vector<std::string> command, std::vector<std::string> environment,
               const std::array<int, 3>& descriptors) {
    posix_spawn_file_actions_t actions;
    if (const int error = posix_spawn_file_actions_init(&actions); error != 0) refuse(error, command.front());
    int error = 0;
    for (int at = 0; at < 3 && error == 0; ++at) {
      const int from = descriptors[static_cast<std::size_t>(at)];
      error = from >= 0 ? posix_spawn_file_actions_adddup2(&actions, from, at)
                        : posix_spawn_file_actions_addopen(&actions, at, "/dev/null", O_RDWR, 0);
    }
    if (error == 0)
      error = posix_spawn(&child_, command.front().c_str(), &actions, nullptr, pointers_to(command).data(),
                          pointers_to(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) refuse(error, command.front());
  }
  ChildProgram(const ChildProgram&) = delete;
  ChildProgram& operator=(const ChildProgram&) = delete;
  ~ChildProgram() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    while (waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  /// Status as waitpid() gives it; empty when the child did not end by `deadline`: then it still runs.
  std::optional<int> wait_until(Clock::time_point deadline) {
    constexpr std::chrono::microseconds kBetweenLooks{100};
    while (true) {
      int status = 0;
      const pid_t ended = waitpid(child_, &status, WNOHANG);
      if (ended == child_) {
        child_ = 0;
        return status;
      }
      if (ended < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
      if (Clock::now() >= deadline) return std::nullopt;
      std::this_thread::sleep_for(kBetweenLooks);
    }
  }

 private:
  /// As execve() takes them: it could write to them, and does not.
  static std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  }
  [[noreturn]] static void refuse(int error, const std::string& program) {
    throw std::system_error(error, std::generic_category(), program.substr(program.rfind('/') + 1));
  }
  pid_t child_ = 0;
};

/// Whether `descriptor` has something to read, or has ended, before `deadline`.
inline bool is_readable_by(const Descriptor& descriptor, ChildProgram::Clock::time_point deadline) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - ChildProgram::Clock::now());
    pollfd watched{descriptor.number(), POLLIN, 0};
    const int ready = poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (ready >= 0) return ready > 0;
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
  }
}

/// How a program ended.
struct ChildEnd {
  std::optional<int> status;  ///< as waitpid() gives it; empty: it was killed at the deadline
  std::string errors;         ///< what it wrote to standard error, 64 KiB at most
};

/// Runs a program to its end, or for `at_most`. Throws std::system_error when it cannot be started.
inline ChildEnd run_program(std::vector<std::string> command, std::vector<std::string> environment,
                            std::chrono::milliseconds at_most) {
  constexpr std::size_t kMostText = std::size_t{64} << 10U;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  const auto deadline = ChildProgram::Clock::now() + at_most;
  ChildProgram child(std::move(command), std::move(environment), {-1, -1, to.number()});
  to.close();
  ChildEnd end;
  std::array<char, 4096> piece{};
  while (is_readable_by(from, deadline)) {
    const ssize_t size = read(from.number(), piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw std::system_error(errno, std::generic_category(), "read");
    if (size == 0) break;
    end.errors.append(piece.data(), std::min(static_cast<std::size_t>(size), kMostText - end.errors.size()));
  }
  end.status = child.wait_until(deadline);
  return end;
}

}  // namespace unitcost
