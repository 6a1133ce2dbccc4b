#pragma once
// Where the program of a case lies and how it is started.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/machine/fact.hpp"

namespace unitcost {

struct Launch {
  std::string program;               ///< what is executed
  std::vector<std::string> leading;  ///< arguments before the flags: the script of an interpreter
  bool ours = true;                  ///< understands our flags; otherwise Google Benchmark's alone
  std::string unavailable;           ///< why it cannot be measured here; the rest is then empty
};

/// First 12 hex digits of the SHA-256 of its file; of a script, the scripts and modules beside it included.
std::string program_digest(const Launch& launch);

class Programs {
 public:
  /// `folder` is <build>/benchmarks.
  explicit Programs(std::filesystem::path folder);
  /// One executable of anyone's, under the name that its cases carry.
  void add_foreign(const std::string& name, Launch launch) { foreign_[name] = std::move(launch); }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// A C++ program that is not there throws BadInput (said before measuring); a Python program without its module is unavailable.
  [[nodiscard]] Launch find(const std::string& name) const;

  /// "python" and "python_gil" of the build's facts.
  [[nodiscard]] Facts python_facts() const;

 private:
  struct Interpreter {
    std::string executable;
    std::string version;
    bool gil = true;
  };
  [[nodiscard]] std::optional<Interpreter> interpreter() const;

  std::filesystem::path folder_;
  std::map<std::string, Launch> foreign_;
};

}  // namespace unitcost
