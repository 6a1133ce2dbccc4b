#pragma once
// The one exception type of the harness: "cannot go on". It is caught once, in cli/main.cpp, and becomes the exit status.
#include <stdexcept>
#include <string>

namespace unitcost {

/// Exit statuses of the program (docs/formats.md).
enum class Exit { kOk = 0, kFailed = 1, kBadInput = 2, kGateFailed = 3, kInconclusive = 4, kInterrupted = 130 };

/// what(): one or more lines for a person: what happened, where (file:line where there is one), what to do.
class Error : public std::runtime_error {
 public:
  Error(Exit exit_status, const std::string& message) : std::runtime_error(message), exit_status_(exit_status) {}
  [[nodiscard]] Exit exit_status() const { return exit_status_; }

 private:
  Exit exit_status_;
};

/// Bad input: a file, option or name that the user gave (exit status 2).
class BadInput : public Error {
 public:
  explicit BadInput(const std::string& message) : Error(Exit::kBadInput, message) {}
};

}  // namespace unitcost
