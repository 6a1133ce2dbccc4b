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
  /// For a command that ends without an answer: what an earlier one left in these files, in the document of `report` (a folder, or empty) and in its
  /// page is removed and named on standard error, so that nobody takes it for this answer.
  void remove_earlier(const std::string& who, const std::string& report, const std::string& document) const;
};

}  // namespace unitcost::cli
