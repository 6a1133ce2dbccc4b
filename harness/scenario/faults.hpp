#pragma once
// Everything that is wrong with one file, told at once.
#include <string>
#include <string_view>
#include <vector>

namespace unitcost {

class Faults {
 public:
  explicit Faults(std::string file) : file_(std::move(file)) {}

  /// `line` 0: the place is not known, the message names it.
  void add(int line, std::string message);
  /// Throws BadInput with one "file:line: message" a line, in the order of the file; at most 50 and a count of the rest.
  void throw_if_any() const;
  [[nodiscard]] bool empty() const { return faults_.empty(); }

 private:
  struct Fault {
    int line;
    std::string message;
  };
  std::string file_;
  std::vector<Fault> faults_;
};

/// A word of the user in quotes, fit for a terminal: control characters replaced, shortened to 80 bytes.
std::string in_quotes(std::string_view word);

}  // namespace unitcost
