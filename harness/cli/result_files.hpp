#pragma once
// Where `compare` and `gate` put their results besides standard output.
#include <string>

#include "harness/cli/command_line.hpp"
#include "harness/export/results.hpp"

namespace unitcost::cli {

struct ResultFiles {
  std::string markdown;
  std::string junit;
  bool github = false;

  void add_options(Command& command);
  /// Throws BadInput when --github is asked for outside of a step of GitHub Actions; to be called before any work.
  void check() const;
  /// Writes the files; with --github also the step summary, and annotations on standard error.
  void write(const Results& results) const;
};

}  // namespace unitcost::cli
